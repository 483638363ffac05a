import { VERDICTS, type Verdict } from "../evidence/verdict.js";
import { isJsonObject } from "../matrix/json.js";
import type { RunJson } from "./run-json.js";
import { jsonText } from "./sanitise.js";

/** What a run is expected to give: every expectation that does not pass, with its verdict. All others are expected to pass. */
export type Baseline = ReadonlyMap<string, Verdict>;

const FORMAT = "concordat-baseline/1";

/** The baseline that this run would meet, as JSON. One whose attempts disagree meets none: the first that does not pass is written. */
export function renderBaseline(run: RunJson): string {
  const expected = new Map<string, Verdict>();
  for (const [id, verdict] of verdictsOf(run)) {
    const known = withoutAttempt(id);
    if (verdict !== "pass" && !expected.has(known)) expected.set(known, verdict);
  }
  return jsonText({ format: FORMAT, expected: Object.fromEntries([...expected].sort()) });
}

/** A baseline from its text. Throws SyntaxError for what is none. */
export function readBaseline(text: string): Baseline {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value) || value.format !== FORMAT || !isJsonObject(value.expected)) {
    throw new SyntaxError(`not a baseline: "format" must be "${FORMAT}", "expected" an object`);
  }
  const entries = Object.entries(value.expected).map(([id, verdict]): [string, Verdict] => {
    const known = VERDICTS.find((one) => one === verdict);
    if (known === undefined) throw new SyntaxError(`${id}: ${JSON.stringify(verdict)} is no verdict`);
    return [id, known];
  });
  return new Map(entries);
}

/** Every expectation whose verdict is not the one expected, one line each, in both directions: better is different too. */
export function differencesFrom(baseline: Baseline, run: RunJson): readonly string[] {
  const verdicts = verdictsOf(run);
  const unexpected = [...verdicts].flatMap(([id, is]) => {
    const expected = baseline.get(withoutAttempt(id)) ?? "pass";
    return is === expected ? [] : [`${id}: ${is}, where the baseline expects ${expected}`];
  });
  const absent = [...baseline.keys()].filter((id) => !verdicts.has(id));
  return [...unexpected, ...absent.map((id) => `${id}: not in this run, but in the baseline`)].sort();
}

/** The id of an expectation, the same for every attempt at its instance. */
function withoutAttempt(id: string): string {
  return id.replace(/~[0-9]+(?=#)/u, "");
}

function verdictsOf(run: RunJson): ReadonlyMap<string, Verdict> {
  const results = [...run.scenarios.flatMap(({ expectations }) => expectations), ...run.passive];
  return new Map(results.map(({ id, verdict }) => [id, verdict]));
}
