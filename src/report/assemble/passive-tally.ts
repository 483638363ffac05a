import type { Finding } from "../../checks/define.js";
import type { PassiveCheck, PassiveJudgement } from "../../checks/passive/index.js";
import type { Level, Verdict } from "../../evidence/verdict.js";
import { rollUp } from "../roll-up.js";
import type { ExpectationResult } from "../run-json.js";

const SHOWN_EXCHANGES = 3;
const SHOWN_FAULTS = 5;

/** The judgements of one verdict: how many, and what the report shows of them. */
interface Share {
  count: number;
  readonly server: string;
  readonly expected: string;
  /** The first few. */
  readonly exchanges: string[];
  /** What is wrong, each once. */
  readonly faults: Set<string>;
}

/** Counts what a check found in the messages of one target, judgement by judgement. */
export class PassiveTally {
  readonly #shares = new Map<Verdict, Share>();

  constructor(
    private readonly check: PassiveCheck,
    private readonly target: string,
  ) {}

  get isEmpty(): boolean {
    return this.#shares.size === 0;
  }

  add({ server, exchange, finding }: PassiveJudgement): void {
    const verdict = verdictOf(this.check.level, finding);
    const share = this.#shares.get(verdict) ?? beginning(server, finding.expected);
    this.#shares.set(verdict, share);
    share.count += 1;
    if (share.exchanges.length < SHOWN_EXCHANGES) share.exchanges.push(exchange.id);
    if (verdict !== "pass") share.faults.add(finding.actual);
  }

  /** All of them as one result, which shows those with the verdict that names it; `commandFor` repeats what an exchange was of. */
  result(commandFor: (exchangeId: string) => string | undefined): ExpectationResult {
    const { name, requirement, level } = this.check;
    const verdict = rollUp(this.#shares.keys());
    const total = [...this.#shares.values()].reduce((sum, { count }) => sum + count, 0);
    const share = this.#shares.get(verdict);
    if (share === undefined) throw new Error("a tally is never without a judgement");
    const passed = verdict === "pass";
    const [example = ""] = share.exchanges;
    const repeat = passed ? undefined : commandFor(example);
    const faults = `${share.count} of ${total} messages: ${faultsIn(share).join("; also ")}`;
    return {
      id: `passive/${name}/${this.target}`,
      check: name,
      requirement,
      level,
      of: this.target,
      server: share.server,
      impact: "unknown",
      verdict,
      expected: share.expected,
      actual: passed ? `${total} messages, all as expected` : faults,
      exchanges: passed ? [] : share.exchanges,
      ...(repeat === undefined ? {} : { repeat }),
    };
  }
}

function beginning(server: string, expected: string): Share {
  return { count: 0, server, expected, exchanges: [], faults: new Set() };
}

/** What is wrong, the first few. */
function faultsIn(share: Share): readonly string[] {
  const faults = [...share.faults];
  const left = faults.length - SHOWN_FAULTS;
  return left > 0 ? [...faults.slice(0, SHOWN_FAULTS), `${left} other faults`] : faults;
}

const BROKEN = { must: "fail", should: "warn", may: "not-applicable" } as const satisfies Record<Level, Verdict>;

function verdictOf(level: Level, { holds }: Finding): Verdict {
  if (holds === "unknown") return "inconclusive";
  return holds ? "pass" : BROKEN[level];
}
