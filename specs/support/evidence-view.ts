import type { Check, Finding } from "../../src/checks/define.js";
import type { JudgeView, Observation, SeenExchange } from "../../src/checks/view.js";
import type { Binding, ScenarioInstance } from "../../src/evidence/journal-entry.js";
import type { JsonObject } from "../../src/matrix/json.js";
import type { Arrivals } from "../../src/peer/arrivals.js";
import type { StepContext } from "../../src/steps/context.js";
import { ONE, PEER, TWO } from "./exchanges.js";

const STEP = "the-step";
const EXPECTATION = "spec#the-step/1";

/** Seats `one` and `two` are under test, `peer` is Concordat's; nobody is cast. */
const INSTANCE: ScenarioInstance = {
  id: "spec",
  scenario: "area/spec",
  title: "",
  purpose: "",
  file: "scenarios/area/spec.yaml",
  token: "0123456789",
  seats: {
    one: { kind: "target", serverName: ONE.name, target: "embedded" },
    two: { kind: "target", serverName: TWO.name, target: "embedded" },
    peer: { kind: "peer", serverName: PEER.name },
  },
  cast: {},
  attempt: 1,
};

export interface Evidence {
  /** The answer to the step that is judged. */
  readonly answer?: SeenExchange;
  /** Answers to earlier steps by their ids. */
  readonly earlier?: { readonly [step: string]: SeenExchange };
  readonly bindings?: { readonly [name: string]: Binding };
  /** What the check's `observe` noted, by what it is called. */
  readonly noted?: { readonly [what: string]: JsonObject };
}

/** The view that a check gets of evidence written down in a spec. */
function evidenceView({ answer, earlier = {}, bindings = {}, noted = {} }: Evidence): JudgeView {
  const here: readonly Observation[] = Object.entries(noted).map(([what, data], seq) => ({
    seq,
    step: STEP,
    what,
    data: { ...data, expectation: EXPECTATION },
  }));
  const answers: { readonly [step: string]: SeenExchange | undefined } = { ...earlier, [STEP]: answer };
  const exchanges = Object.values(answers).filter((one) => one !== undefined);
  return {
    instance: INSTANCE,
    step: STEP,
    expectation: EXPECTATION,
    binding: (name) => bindings[name],
    observations: here,
    here,
    exchanges,
    standstillMs: 0,
    exchange: (id) => exchanges.find((one) => one.id === id),
    response: (step = STEP) => answers[step],
    serverKeys: () => new Map(),
    serverName: (seat) => INSTANCE.seats[seat]?.serverName ?? "",
  };
}

/** The finding of a check on that evidence. */
export function findingOn(check: Check, input: JsonObject, evidence: Evidence): Finding {
  return check.judge(evidenceView(evidence), input as never);
}

/** The finding of a check that first looks at what came to the peer. */
export async function findingAtPeer(
  check: Check,
  input: JsonObject,
  arrivals: Arrivals,
  bindings: { readonly [name: string]: Binding } = {},
): Promise<Finding> {
  const noted: { [what: string]: JsonObject } = {};
  const context = {
    instance: INSTANCE,
    signal: new AbortController().signal,
    patienceMs: Number.POSITIVE_INFINITY,
    peer: () => ({ arrivals }),
    serverName: (seat: string) => INSTANCE.seats[seat]?.serverName ?? "",
    boundOrNot: (name: string) => bindings[name],
    observe: (what: string, data: JsonObject) => {
      noted[what] = data;
    },
  } as unknown as StepContext;
  await check.observe?.(context, input as never);
  return findingOn(check, input, { bindings, noted });
}
