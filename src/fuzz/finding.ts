import type { RawExchange } from "../evidence/recorder.js";
import type { Difference } from "./answers.js";
import type { RoomHistory } from "./history.js";
import type { Outcome } from "./play.js";
import type { Played, Player } from "./player.js";
import { shrink } from "./shrink.js";

/** A history whose outcome differs from the text, as small as it could be made. */
export interface Finding {
  readonly roomVersion: string;
  readonly number: number;
  readonly original: RoomHistory;
  readonly history: RoomHistory;
  readonly differences: readonly Difference[];
  /** Another reading of the text, known to be in use, under which nothing differs. */
  readonly reading?: string;
  /** What was exchanged when the original was played. */
  readonly exchanges: readonly RawExchange[];
  /** Whether the difference showed again when the same history was played once more. */
  readonly repeated: boolean;
}

export function differing({ differences }: Outcome): readonly Difference[] {
  return [...differences.values()].flat();
}

/** Plays a history that differs again, and makes it smaller as long as it differs in the same way. */
export async function examine(
  about: { readonly roomVersion: string; readonly number: number; readonly original: RoomHistory },
  first: Played,
  player: Player,
): Promise<Finding> {
  const { otherReading: reading } = first.outcome;
  let differences = differing(first.outcome);
  const again = async (history: RoomHistory) => {
    const { outcome } = await player.play(history);
    const found = outcome.otherReading === reading ? differing(outcome) : [];
    if (found.length > 0) differences = found;
    return found.length > 0;
  };
  const repeated = await again(about.original);
  const history = repeated ? await shrink(about.original, again) : about.original;
  const under = reading === undefined ? {} : { reading };
  return { ...about, ...under, history, differences, exchanges: first.exchanges, repeated };
}
