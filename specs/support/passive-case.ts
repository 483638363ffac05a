import { expect } from "chai";
import type { Finding } from "../../src/checks/define.js";
import { PASSIVE_CHECKS, type PassiveCheck, passiveFacts } from "../../src/checks/passive/index.js";
import type { SeenExchange } from "../../src/checks/view.js";
import { keysOf, ONE, PEER, roomOf, specExchange, TWO } from "./exchanges.js";

const VERSIONS = ["1", "3", "5", "6", "10", "11", "12"];

/** The keys of all three servers, as they published them. */
export const KEY_FETCHES = [ONE, TWO, PEER].map((to) =>
  specExchange({ from: PEER, to, target: "/_matrix/key/v2/server", answer: keysOf(to) }),
);

/** What a check is shown: an exchange, and others that came before it. */
export interface PassiveCase {
  readonly check: string;
  readonly holds: readonly SeenExchange[];
  readonly fails: readonly SeenExchange[];
  readonly unknown?: readonly SeenExchange[];
  /** Exchanges to which it does not apply. */
  readonly ignores?: readonly SeenExchange[];
  /** Recorded earlier in the same run. */
  readonly before?: readonly SeenExchange[];
}

export const checkNamed = (name: string): PassiveCheck => {
  const check = PASSIVE_CHECKS.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`no passive check is called ${name}`);
  return check;
};

export function judged(
  name: string,
  exchange: SeenExchange,
  before: readonly SeenExchange[] = [],
): Finding | undefined {
  const check = checkNamed(name);
  const facts = passiveFacts([...KEY_FETCHES, ...before, exchange], {
    underTest: new Set([ONE.name, TWO.name]),
    roomVersions: new Map(VERSIONS.map((version) => [roomOf(version), version])),
  });
  return check.appliesTo(exchange, facts) ? check.judge(exchange, facts) : undefined;
}

/** The checks that some spec shows both holding and failing. */
export const DESCRIBED = new Set<string>();

/** For each case: what holds, what fails, what cannot be told, what is none of the check's business. */
export function describePassive(title: string, cases: readonly PassiveCase[]): void {
  describe(title, () => {
    for (const { check, holds, fails, unknown = [], ignores = [], before } of cases) {
      DESCRIBED.add(check);
      it(`${check} tells right from wrong`, () => {
        expect(holds, "a case that holds").not.to.be.empty;
        expect(fails, "a case that fails").not.to.be.empty;
        for (const exchange of holds) expectFinding(check, exchange, true, before);
        for (const exchange of fails) expectFinding(check, exchange, false, before);
        for (const exchange of unknown) expectFinding(check, exchange, "unknown", before);
        for (const exchange of ignores)
          expect(judged(check, exchange, before), exchange.request.target).to.equal(undefined);
      });
    }
  });
}

function expectFinding(
  check: string,
  exchange: SeenExchange,
  holds: Finding["holds"],
  before?: readonly SeenExchange[],
) {
  const finding = judged(check, exchange, before);
  const text = `${exchange.request.method} ${exchange.request.target}: ${JSON.stringify(finding)}`;
  expect(finding?.holds, text).to.equal(holds);
  if (holds === false) expect(finding?.actual).not.to.be.empty;
}
