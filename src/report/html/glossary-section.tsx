import { VERDICTS } from "../../evidence/verdict.js";
import { VERDICT_WORDS } from "../words.js";
import { VerdictBadge } from "./verdict-badge.js";

const WORDS: readonly (readonly [string, string])[] = [
  ["requirement", "One thing that the Matrix specification, or a profile, demands: MUST, SHOULD or MAY."],
  ["scenario", "A written situation between servers and users, with what is expected at each step."],
  ["seat", "A place for a server in a scenario; whoever sits there owes what the seat owes."],
  ["peer", "A server played by Concordat, which deviates from the specification only where the scenario says so."],
  ["expectation", "One requirement, checked at one step, charged to one seat. Verdicts are given to expectations."],
  ["exchange", "One HTTP request and its answer, as recorded on the wire."],
  ["unstable", "Attempts of the same scenario gave different results. Each is kept; none replaces another."],
];

export function GlossarySection() {
  return (
    <section id="glossary" aria-labelledby="glossary-title">
      <h2 id="glossary-title">Words</h2>
      <dl class="glossary">
        {VERDICTS.map((verdict) => (
          <div key={verdict}>
            <dt>
              <VerdictBadge verdict={verdict} />
            </dt>
            <dd>{VERDICT_WORDS[verdict].meaning}</dd>
          </div>
        ))}
        {WORDS.map(([word, meaning]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
