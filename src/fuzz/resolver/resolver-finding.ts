import type { Difference } from "../answers.js";
import type { RoomHistory } from "../history.js";
import { shrink } from "../shrink.js";
import { casesOf, type ResolutionCase, resolutionOf } from "./resolution-case.js";
import type { ResolverPlayer, Verdict } from "./resolver-player.js";
import { shrinkCase } from "./shrink-case.js";

/** A resolution that differs from the text, as small as it could be made. */
export interface ResolverFinding {
  readonly roomVersion: string;
  readonly number: number;
  /** Another reading of the text, known to be in use, under which it is right. */
  readonly reading?: string;
  readonly posed: ResolutionCase;
  readonly difference: Difference;
  /** The history that it comes from, unless the states were made. */
  readonly history?: RoomHistory;
  /** Whether the difference showed again when the same was asked once more. */
  readonly repeated: boolean;
}

export type Disagreement = Extract<Verdict, { readonly given: unknown }>;

/** A resolution that differs when it is first found. */
export interface FoundCase {
  readonly roomVersion: string;
  readonly number: number;
  readonly posed: ResolutionCase;
  readonly verdict: Disagreement;
  readonly history?: RoomHistory;
}

/** The finding as it was found. */
export function asFound({ verdict, ...found }: FoundCase, repeated = false): ResolverFinding {
  return { ...found, ...readingOf(verdict), difference: differenceOf(found.posed, verdict), repeated };
}

/** Asks again, and makes the history or the states smaller as long as the answer differs in the same way. */
export async function examineCase(found: FoundCase, player: ResolverPlayer): Promise<ResolverFinding> {
  let smallest: FoundCase = found;
  const differs = async (posed: ResolutionCase, history?: RoomHistory) => {
    const { verdict } = await player.judge(posed);
    if (!isSame(verdict, found.verdict)) return false;
    smallest = { ...found, posed, verdict, ...(history === undefined ? {} : { history }) };
    return true;
  };
  if (!(await differs(found.posed, found.history))) return asFound(found);
  if (found.history === undefined) await shrinkCase(found.posed, differs);
  else {
    await shrink({ ...found.history, asked: [found.posed.at] }, async (history) => {
      const posed = casesOf(history).find(({ at }) => history.asked.includes(at));
      return posed !== undefined && differs(posed, history);
    });
  }
  return asFound(smallest, true);
}

function isSame(verdict: Verdict, wanted: Disagreement): verdict is Disagreement {
  if (verdict.kind === "read-otherwise" && wanted.kind === "read-otherwise") return verdict.reading === wanted.reading;
  return verdict.kind === "differs" && wanted.kind === "differs";
}

function readingOf(verdict: Disagreement) {
  return verdict.kind === "read-otherwise" ? { reading: verdict.reading } : {};
}

function differenceOf(posed: ResolutionCase, { given }: Disagreement): Difference {
  const [right, answered] = [resolutionOf(posed), given].map((state) => new Set(state.values()));
  const only = (ids: ReadonlySet<string> = new Set(), others: ReadonlySet<string> = new Set()) =>
    [...ids]
      .filter((id) => !others.has(id))
      .map((id) => posed.nameOf(id))
      .sort();
  return { kind: "state", at: posed.at, expected: only(right, answered), given: only(answered, right) };
}
