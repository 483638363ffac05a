import { VERDICTS } from "../../evidence/verdict.js";
import { PRECEDENCE } from "../roll-up.js";
import type { RunJson } from "../run-json.js";
import { VerdictBadge } from "./verdict-badge.js";

/** All eight verdicts, counted; the bar above repeats the first column of numbers. */
export function CountsTable({ outcome }: { readonly outcome: RunJson["outcome"] }) {
  return (
    <div>
      <ProportionBar counts={outcome.counts} />
      <table class="counts">
        <caption>Results by verdict</caption>
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col" class="number">
              Expectations
            </th>
            <th scope="col" class="number">
              Scenarios
            </th>
          </tr>
        </thead>
        <tbody>
          {VERDICTS.map((verdict) => (
            <tr
              key={verdict}
              class={outcome.counts[verdict] + outcome.scenarioCounts[verdict] === 0 ? "zero" : undefined}
            >
              <th scope="row">
                <VerdictBadge verdict={verdict} />
              </th>
              <td class="number">{outcome.counts[verdict]}</td>
              <td class="number">{outcome.scenarioCounts[verdict]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ProportionBar({ counts }: { readonly counts: RunJson["outcome"]["counts"] }) {
  const total = VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
  if (total === 0) return null;
  let x = 0;
  const parts = PRECEDENCE.filter((verdict) => counts[verdict] > 0).map((verdict) => {
    const width = (counts[verdict] / total) * 1000;
    const part = { verdict, x, width };
    x += width;
    return part;
  });
  return (
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map((part) => (
        <rect
          key={part.verdict}
          class={`v-${part.verdict}`}
          x={part.x}
          y="0"
          width={Math.max(1, part.width - 3)}
          height="10"
        />
      ))}
    </svg>
  );
}
