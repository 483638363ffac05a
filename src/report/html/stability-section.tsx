import { withoutAttempt } from "../../scenario/plan.js";
import { groupBy } from "../group-by.js";
import type { RunScenario } from "../run-json.js";
import { plural } from "../words.js";
import { Scroll } from "./scroll.js";
import { Name } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import { scenarioHref, type View } from "./view.js";

/** Attempts of one instance beside each other: a repetition replaces nothing. */
export function StabilitySection({ view }: { readonly view: View }) {
  const repeated = [...groupBy(view.run.scenarios, ({ instance }) => withoutAttempt(instance)).values()].filter(
    ({ length }) => length > 1,
  );
  const unstable = repeated.filter((attempts) => attempts.some((one) => one.unstable));
  return (
    <section id="stability" aria-labelledby="stability-title">
      <h2 id="stability-title">Stability</h2>
      {repeated.length === 0 && <p>Each scenario was run once, so nothing is known of its stability.</p>}
      {repeated.length > 0 && unstable.length === 0 && (
        <p>{plural(repeated.length, "scenario instance")} ran more than once, with the same results each time.</p>
      )}
      {unstable.length > 0 && <UnstableTable unstable={unstable} of={repeated.length} />}
    </section>
  );
}

function UnstableTable({
  unstable,
  of,
}: {
  readonly unstable: readonly (readonly RunScenario[])[];
  readonly of: number;
}) {
  return (
    <Scroll label="Scenarios whose attempts differ">
      <table>
        <caption>{`Attempts differ in ${unstable.length} of ${plural(of, "repeated scenario instance")}`}</caption>
        <thead>
          <tr>
            <th scope="col">Scenario instance</th>
            <th scope="col">Attempts</th>
            <th scope="col">Passed</th>
          </tr>
        </thead>
        <tbody>
          {unstable.map((attempts) => (
            <tr key={attempts[0]?.instance}>
              <th scope="row" class="plain">
                <Name>{attempts[0]?.instance ?? ""}</Name>
              </th>
              <td>
                <ol class="inline">
                  {attempts.map((one) => (
                    <li key={one.attempt}>
                      <a href={scenarioHref(one)}>
                        {one.attempt}: <VerdictBadge verdict={one.verdict} />
                      </a>
                    </li>
                  ))}
                </ol>
              </td>
              <td>{`${attempts.filter(({ verdict }) => verdict === "pass").length} of ${attempts.length}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
