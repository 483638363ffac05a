import type { RunStep } from "../run-json.js";
import { Scroll } from "./scroll.js";
import { Line, Name } from "./text.js";

const WORDS: Readonly<Record<RunStep["outcome"], string>> = {
  done: "✓ done",
  failed: "✗ failed",
  skipped: "– skipped",
  error: "■ error",
  "not-reached": "○ not reached",
};

/** Steps in order; `label` tells this table from others in the page. */
export function StepsTable({ steps, label }: { readonly steps: readonly RunStep[]; readonly label: string }) {
  return (
    <Scroll label={label}>
      <table>
        <caption>Steps, in order</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">What it does</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id}>
              <th scope="row">
                <Name>{step.id}</Name>
              </th>
              <td>
                <Line>{step.title}</Line>{" "}
                <span class="soft">
                  <Line>{step.verb}</Line>
                </span>
              </td>
              <td>
                {WORDS[step.outcome]}
                {step.reason !== undefined && (
                  <>
                    : <Line>{step.reason}</Line>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
