import type { Verdict } from "../../evidence/verdict.js";
import { VERDICT_WORDS } from "../words.js";

/** A verdict as symbol and word. The colour only repeats what they say. */
export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const { symbol, word } = VERDICT_WORDS[verdict];
  return (
    <span class={`badge v-${verdict}`}>
      <span aria-hidden="true">{symbol}</span> {word}
    </span>
  );
}
