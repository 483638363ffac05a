import type { FindingGroup } from "../findings.js";
import { ownReason, ownVerdict } from "../own-verdict.js";
import { oneLine } from "../sanitise.js";
import { plural } from "../words.js";
import { Command } from "./command.js";
import { FindingArticle } from "./finding-article.js";
import { HistoryFigures } from "./history-figure.js";
import { Seats } from "./seats.js";
import { SequenceDrawing } from "./sequence-drawing.js";
import { StepsTable } from "./steps-table.js";
import { Line, Name } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import { scenarioHref, type View } from "./view.js";

/** Past these a page no longer helps its reader: the rest has its place in the list of scenarios, without drawings. */
const DRAWINGS = 80;

export function FindingsSection({ view }: { readonly view: View }) {
  const count = view.groups.reduce((sum, { findings, scenario }) => sum + findings.length + own(scenario), 0);
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">Findings</h2>
      {count === 0 ? (
        <p>There is none: everything that was tested passed.</p>
      ) : (
        <p>
          {plural(count, "result")} in {plural(view.groups.length, "place")}, the gravest first. Each says what the
          requirement demands, what was expected here, and what was there.
        </p>
      )}
      {view.groups.map((group, index) => (
        <Group key={group.anchor} group={group} view={view} drawn={index < DRAWINGS} />
      ))}
    </section>
  );
}

/** 1 where the scenario has a verdict beside those of its expectations. */
function own(scenario: FindingGroup["scenario"]): number {
  return scenario !== undefined && ownVerdict(scenario) !== undefined ? 1 : 0;
}

interface GroupProps {
  readonly group: FindingGroup;
  readonly view: View;
  readonly drawn: boolean;
}

function Group({ group, view, drawn }: GroupProps) {
  const { scenario, findings } = group;
  const cited = new Set(findings.flatMap(({ result }) => result.exchanges));
  return (
    <section class="group" id={group.anchor} aria-labelledby={`${group.anchor}-title`}>
      <h3 id={`${group.anchor}-title`}>
        <Line>{scenario?.title ?? "Passive checks: what every message was checked for"}</Line>
      </h3>
      {scenario && <Where scenario={scenario} />}
      {scenario && ownVerdict(scenario) !== undefined && (
        <p>
          <VerdictBadge verdict={scenario.verdict} /> <Line>{ownReason(scenario)}</Line>
        </p>
      )}
      {scenario && drawn && <HistoryFigures scenario={scenario} view={view} id={group.anchor} />}
      {findings.map((finding) => (
        <FindingArticle key={finding.anchor} finding={finding} view={view} />
      ))}
      {scenario && (
        <>
          <h4>Repeat it</h4>
          <Command text={scenario.repeat} />
          {drawn && <SequenceDrawing scenario={scenario} cited={cited} id={`${group.anchor}-drawing`} />}
          {scenario.steps.length > 0 && (
            <details>
              <summary>Steps ({scenario.steps.length})</summary>
              <StepsTable steps={scenario.steps} label={`Steps: ${oneLine(scenario.instance)}`} />
            </details>
          )}
        </>
      )}
    </section>
  );
}

function Where({ scenario }: { readonly scenario: NonNullable<FindingGroup["scenario"]> }) {
  return (
    <p class="where">
      <a href={scenarioHref(scenario)}>
        <Name>{scenario.instance}</Name>
      </a>
      {scenario.roomVersion !== undefined && (
        <>
          {" · "}room version <Line>{scenario.roomVersion}</Line>
        </>
      )}
      {(scenario.attempt > 1 || scenario.unstable) && ` · attempt ${scenario.attempt}`}
      {scenario.unstable && <strong> · unstable: attempts differ</strong>}
      <br />
      <Seats seats={scenario.seats} />
    </p>
  );
}
