import type { NotTestedCode } from "../requirements/not-tested.js";
import { groupBy } from "./group-by.js";
import { gaps } from "./not-tested.js";
import type { RequirementLookup, RequirementText } from "./requirement-lookup.js";
import type { RunJson } from "./run-json.js";
import { plural } from "./words.js";

/** Requirements without a verdict in a run, and the one kind of reason that they share. */
export interface Unreached {
  readonly code: NotTestedCode | "not-in-this-run";
  /** How many and why: `3 are owed by clients`. */
  readonly words: string;
  readonly requirements: readonly RequirementText[];
}

/** What a run can speak of, measured by the whole catalogue. */
export interface Reach {
  /** For the first page. */
  readonly sentence: string;
  readonly unreached: readonly Unreached[];
}

const KINDS: readonly (readonly [Unreached["code"], singular: string, plural: string])[] = [
  ["not-in-this-run", "was not part of this run", "were not part of this run"],
  ["not-yet", "could be tested, but is not yet", "could be tested, but are not yet"],
  ["deployment", "needs a network that the lab cannot give yet", "need a network that the lab cannot give yet"],
  ["white-box", "cannot be seen from outside a server", "cannot be seen from outside a server"],
  [
    "unreachable",
    "concerns a situation that no real server gets into",
    "concern situations that no real server gets into",
  ],
  [
    "permission",
    "permits something, so that no server can break it",
    "permit something, so that no server can break them",
  ],
  ["client-only", "is owed by clients", "are owed by clients"],
  ["other-role", "is owed by another kind of server", "are owed by other kinds of servers"],
];

/** Measures a run by the catalogue; undefined when none is at hand. */
export function reachOf(run: RunJson, catalogue: RequirementLookup): Reach | undefined {
  if (catalogue.size === 0) return undefined;
  const missing = gaps(run, catalogue);
  const byCode = groupBy(missing, ({ notTested }): Unreached["code"] => notTested?.code ?? "not-in-this-run");
  const unreached = KINDS.flatMap(([code, one, many]) => {
    const requirements = byCode.get(code) ?? [];
    const words = `${requirements.length} ${requirements.length === 1 ? one : many}`;
    return requirements.length === 0 ? [] : [{ code, words, requirements }];
  });
  return { sentence: sentenceOf(catalogue.size, missing.length, unreached), unreached };
}

/** Why the run says nothing of a requirement, in a sentence without its full stop. */
export function whyUnreached({ notTested }: RequirementText): string {
  return notTested?.reason ?? "Tests of it exist, but none was part of this run";
}

function sentenceOf(total: number, missing: number, unreached: readonly Unreached[]): string {
  const known = `The catalogue knows ${plural(total, "requirement")} for federation; this run touched ${total - missing}.`;
  if (missing === 0) return known;
  return `${known} Of the other ${missing}, ${unreached.map(({ words }) => words).join("; ")}. The outcome says nothing about those.`;
}
