import { VERDICTS } from "../../src/evidence/verdict.js";
import { requirementsOf } from "../../src/report/requirement-lookup.js";
import { outcomeOf } from "../../src/report/roll-up.js";
import type { ExpectationResult, RunExchange, RunJson, RunScenario, RunTarget } from "../../src/report/run-json.js";
import { CATALOGUE, exchange, HARBOUR, json, LANTERN, PEER, result, scenario } from "./fixture/parts.js";
import { SCENARIOS } from "./fixture/scenarios.js";

export { CATALOGUE } from "./fixture/parts.js";

/** What a malicious server may put wherever a report shows its words. */
export const HOSTILE = `</script><img src=x onerror="alert(1)">]]>--><svg/onload=alert(2)>\u202e\u0000\u001b[31m|\`*_[x](javascript:alert(3))&amp;'`;

const event = {
  type: "m.room.member",
  state_key: `@june:${PEER}`,
  content: { membership: "join", join_authorised_via_users_server: "@olivia:hs1.lab.example" },
  depth: 12,
  signatures: { [PEER]: { "ed25519:a": "Yk3l…" } },
};

const EXCHANGES: readonly RunExchange[] = [
  exchange("x3", {
    from: PEER,
    to: "hs1.lab.example",
    method: "GET",
    target: "/_matrix/federation/v1/make_join/!b:hs1.lab.example/@june?ver=11",
    status: 403,
    received: json({ errcode: "M_FORBIDDEN", error: "Not a member of the Council" }),
  }),
  exchange("x4", {
    from: PEER,
    to: "hs1.lab.example",
    method: "GET",
    target: "/_matrix/federation/v1/make_join/!b:hs1.lab.example/@june?ver=11",
    status: 200,
    received: json({ room_version: "11", event }),
  }),
  exchange("x5", {
    from: PEER,
    to: "hs1.lab.example",
    method: "PUT",
    target: "/_matrix/federation/v2/send_join/!b:hs1.lab.example/$aBc",
    sent: json(event),
    status: 500,
    received: json({ errcode: "M_UNKNOWN", error: "Internal server error" }),
    interference: "the second byte of the answer was delayed by 200 ms",
  }),
  exchange("x7", {
    from: PEER,
    to: "hs1.lab.example",
    method: "PUT",
    target: "/_matrix/federation/v1/send/1801",
    sent: json({ pdus: [event], edus: [] }),
    status: 200,
    received: json({ pdus: {} }),
  }),
  exchange("x8", {
    from: PEER,
    to: "hs2.lab.example",
    method: "PUT",
    target: "/_matrix/federation/v1/send/77",
    sent: json({ pdus: [] }),
    failure: "connection reset before an answer",
  }),
  exchange("x9", {
    from: PEER,
    to: "hs1.lab.example",
    method: "GET",
    target: "/_matrix/key/v2/server",
    status: 200,
    received: { encoding: "base64", text: "//79/A==", cut: true },
  }),
];

const PASSIVE: readonly ExpectationResult[] = [
  passive("transaction-size/hs1", "fail", "hs1.lab.example", "A transaction held 61 PDUs."),
  passive("transaction-size/hs2", "pass", "hs2.lab.example", "The largest of 40 transactions held 12 PDUs."),
];

function passive(id: string, verdict: "pass" | "fail", server: string, actual: string): ExpectationResult {
  const {
    instance: _instance,
    step: _step,
    ...rest
  } = result("passive", "all", {
    check: "transaction-size",
    requirement: "FED-TXN-001",
    verdict,
    expected: "At most 50 PDUs in each transaction.",
    actual,
    server,
    of: server,
    exchanges: verdict === "fail" ? ["x7"] : [],
  });
  return { ...rest, id: `passive/${id}` };
}

interface RunParts {
  readonly targets?: readonly RunTarget[];
  readonly scenarios: readonly RunScenario[];
  readonly passive?: readonly ExpectationResult[];
  readonly exchanges?: readonly RunExchange[];
  readonly complete?: boolean;
}

/** A run around some scenarios, rolled up by the rules under test elsewhere. */
export function runOf({
  targets = [HARBOUR, LANTERN],
  scenarios,
  passive = [],
  exchanges = [],
  complete = true,
}: RunParts): RunJson {
  return {
    format: "concordat-run/1",
    run: {
      id: "2026-11-23T10-34-11Z-7f3a",
      startedAt: "2026-11-23T10:34:11.000Z",
      endedAt: "2026-11-23T10:36:02.500Z",
      complete,
      seed: "7f3a",
      command: ["run", "--target", "harbour", "--target", "lantern", "--seed", "7f3a"],
      tool: { name: "concordat", version: "0.1.0" },
      host: { platform: "linux x64", node: "20.20.2" },
      profile: { name: "public-federation", version: "1.0.0" },
      method: { naming: "names answered by the lab's own DNS", "deadline of a scenario": "60 s" },
    },
    targets,
    outcome: outcomeOf(scenarios, passive),
    scenarios,
    passive,
    requirements: requirementsOf({ targets, scenarios, passive }, CATALOGUE),
    exchanges: Object.fromEntries(exchanges.map((one) => [one.id, one])),
    journal: "9c".repeat(32),
  };
}

/** Two targets, all eight verdicts, failures with exchanges and drawings, an unstable scenario, passive results. */
export function mixedRun(): RunJson {
  return runOf({ scenarios: SCENARIOS, passive: PASSIVE, exchanges: EXCHANGES });
}

/** As `mixedRun`, cut short. */
export function incompleteRun(): RunJson {
  return runOf({ scenarios: SCENARIOS.slice(0, 2), exchanges: EXCHANGES, complete: false });
}

/** One target, everything good. */
export function passingRun(): RunJson {
  const instance = "auth/signed[owner=lantern]";
  const good = result(instance, "ask", {
    server: "hs2.lab.example",
    check: "signed",
    requirement: "FED-AUTH-001",
    verdict: "pass",
    expected: "A signature.",
    actual: "A signature.",
  });
  const seats = { owner: { kind: "target", serverName: "hs2.lab.example", target: "lantern" } } as const;
  const only = scenario({
    scenario: "auth/signed",
    instance,
    title: "Requests are signed",
    seats,
    expectations: [good],
  });
  return runOf({ targets: [LANTERN], scenarios: [only] });
}

/** Names of fields and values whose form the schema fixes: everything else is some person's or server's word. */
const FIXED_FIELDS = new Set([
  "format",
  "verdict",
  "level",
  "impact",
  "startedAt",
  "endedAt",
  "kind",
  "encoding",
  "fate",
]);
const FIXED_VALUES: ReadonlySet<string> = new Set([
  ...VERDICTS,
  "concordat",
  "done",
  "failed",
  "skipped",
  "not-reached",
]);
const NAMED_BY_OTHERS = new Set(["seats", "byTarget", "method"]);

/** Every string of the mixed run that a server, an author or an operator could have written is hostile. */
export function hostileRun(): RunJson {
  return poison(mixedRun(), "") as RunJson;
}

function poison(value: unknown, field: string): unknown {
  if (typeof value === "string") return isFixed(value, field) ? value : `${value}${HOSTILE}`;
  if (Array.isArray(value)) return value.map((item) => poison(item, field));
  if (typeof value !== "object" || value === null) return value;
  const keyOf = (key: string) => (NAMED_BY_OTHERS.has(field) || /^x\d+$/.test(key) ? `${key}${HOSTILE}` : key);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [keyOf(key), poison(inner, key)]));
}

function isFixed(value: string, field: string): boolean {
  return FIXED_FIELDS.has(field) || FIXED_VALUES.has(value) || /^[0-9a-f]{64}$/.test(value);
}
