import { VERDICTS } from "../../evidence/verdict.js";
import { scenarioAnchor } from "../findings.js";
import { groupBy } from "../group-by.js";
import type { RunScenario } from "../run-json.js";
import type { Placed } from "../run-targets.js";
import { oneLine } from "../sanitise.js";
import { VERDICT_WORDS } from "../words.js";
import { Command } from "./command.js";
import { HistoryFigures } from "./history-figure.js";
import { ResultsTable } from "./results-table.js";
import { Scroll } from "./scroll.js";
import { Seats } from "./seats.js";
import { StepsTable } from "./steps-table.js";
import { Line, Name } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import type { View } from "./view.js";

export function ScenariosSection({ view }: { readonly view: View }) {
  const placed = groupBy(view.placed, ({ scenario }) => scenario);
  return (
    <section id="scenarios" aria-labelledby="scenarios-title">
      <h2 id="scenarios-title">All scenarios</h2>
      <Filter />
      <div id="scenario-list">
        {view.run.scenarios.map((scenario) => (
          <ScenarioDetails
            key={scenarioAnchor(scenario)}
            scenario={scenario}
            placed={placed.get(scenario) ?? []}
            view={view}
          />
        ))}
      </div>
    </section>
  );
}

/** Hidden until the script takes it into service. */
function Filter() {
  return (
    <form id="filter" hidden>
      <label>
        Verdict{" "}
        <select id="filter-verdict">
          <option value="">all</option>
          {VERDICTS.map((verdict) => (
            <option key={verdict} value={verdict}>
              {VERDICT_WORDS[verdict].word}
            </option>
          ))}
        </select>
      </label>{" "}
      <label>
        Text <input id="filter-text" type="search" autocomplete="off" />
      </label>{" "}
      <output id="filter-count" for="filter-verdict filter-text" />
    </form>
  );
}

interface Props {
  readonly scenario: RunScenario;
  readonly placed: readonly Placed[];
  readonly view: View;
}

function ScenarioDetails({ scenario, placed, view }: Props) {
  const findings = view.findingsOf.get(scenario);
  return (
    <details class="scenario" id={scenarioAnchor(scenario)} data-verdict={scenario.verdict}>
      <summary>
        <VerdictBadge verdict={scenario.verdict} /> <Line>{scenario.title}</Line>{" "}
        <span class="soft instance">
          <Name>{scenario.instance}</Name>
          {(scenario.attempt > 1 || scenario.unstable) && ` attempt ${scenario.attempt}`}
          {scenario.unstable && ", unstable"}
        </span>
      </summary>
      <p>
        <Line>{scenario.purpose}</Line>
      </p>
      <p class="where">
        <Seats seats={scenario.seats} /> · {(scenario.durationMs / 1000).toFixed(1)} s · <Name>{scenario.file}</Name>
      </p>
      {scenario.reason !== undefined && (
        <p class="note">
          <Line>{scenario.reason}</Line>
        </p>
      )}
      {findings !== undefined && (
        <p>
          <a href={`#${findings}`}>The findings of this scenario, with what was exchanged</a>
        </p>
      )}
      {placed.length > 0 && (
        <Scroll label={`Expectations of ${oneLine(scenario.instance)}, attempt ${scenario.attempt}`}>
          <ResultsTable placed={placed} caption="Expectations" view={view} />
        </Scroll>
      )}
      {scenario.histories !== undefined && findings === undefined && view.drawn.has(scenario) && (
        <details>
          <summary>What happened in the room</summary>
          <HistoryFigures scenario={scenario} view={view} id={scenarioAnchor(scenario)} />
        </details>
      )}
      {scenario.steps.length > 0 && findings === undefined && (
        <StepsTable steps={scenario.steps} label={`Steps: ${oneLine(scenario.instance)}`} />
      )}
      <Command text={scenario.repeat} />
    </details>
  );
}
