import { isCharged } from "../charged.js";
import type { Finding } from "../findings.js";
import { productName } from "../outcome-words.js";
import { IMPACT_WORDS, LEVEL_WORDS } from "../words.js";
import { Command } from "./command.js";
import { ExchangeView } from "./exchange-view.js";
import { Line, Name, Outward } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import type { View } from "./view.js";

/** Exchanges shown for one finding; more are named. */
const EXCHANGES = 8;

/** One result: Requirement, Expected, Actual, who is charged, and the exchanges that show it. */
export function FindingArticle({ finding, view }: { readonly finding: Finding; readonly view: View }) {
  const { result, target } = finding;
  const requirement = view.requirements.get(result.requirement);
  return (
    <article class={`finding edge v-${result.verdict}`} id={finding.anchor}>
      <h4>
        <VerdictBadge verdict={result.verdict} /> <Line>{result.check}</Line>{" "}
        <a class="id" href={`#${finding.anchor}`}>
          <Line>{result.requirement}</Line>
        </a>
      </h4>
      <dl class="triple">
        <dt>Requirement</dt>
        <dd>
          <strong>{LEVEL_WORDS[result.level]}</strong> <Line>{requirement?.text ?? result.requirement}</Line>{" "}
          {requirement && <Outward href={requirement.url}>{requirement.anchor}</Outward>}
        </dd>
        <dt>Expected</dt>
        <dd>
          <Line>{result.expected}</Line>
        </dd>
        <dt>Actual</dt>
        <dd class="actual">
          <Line>{result.actual}</Line>
        </dd>
        <dt>{isCharged(result) ? "Charged" : "Nobody is charged; owed by"}</dt>
        <dd>
          <Line>{target === undefined ? "no server under test" : productName(target)}</Line>, in the seat{" "}
          <Name>{result.of}</Name> as <Name>{result.server}</Name>; {IMPACT_WORDS[result.impact]}
          {result.step !== undefined && (
            <>
              ; at step <Name>{result.step}</Name>
            </>
          )}
        </dd>
      </dl>
      <Exchanges finding={finding} view={view} />
      {result.repeat !== undefined && (
        <>
          <h5>Repeat it</h5>
          <Command text={result.repeat} />
        </>
      )}
    </article>
  );
}

function Exchanges({ finding, view }: { readonly finding: Finding; readonly view: View }) {
  const ids = [...new Set(finding.result.exchanges)];
  if (ids.length === 0) return <p class="soft">No single exchange shows it.</p>;
  return (
    <>
      {ids.slice(0, EXCHANGES).map((id) => (
        <OneExchange key={id} id={id} finding={finding} view={view} />
      ))}
      {ids.length > EXCHANGES && (
        <p class="soft">
          Also: <Line>{ids.slice(EXCHANGES, EXCHANGES + 40).join(", ")}</Line>
          {ids.length > EXCHANGES + 40 && ` and ${ids.length - EXCHANGES - 40} more`}, in the evidence of the run.
        </p>
      )}
    </>
  );
}

function OneExchange({ id, finding, view }: { readonly id: string; readonly finding: Finding; readonly view: View }) {
  const shown = view.shown.get(id);
  if (shown === undefined) {
    return (
      <p class="soft">
        Exchange <Name>{id}</Name> is not in this run's record.
      </p>
    );
  }
  if (shown.home === finding.anchor) return <ExchangeView id={id} shown={shown} />;
  return (
    <p>
      Exchange <Name>{id}</Name> is shown <a href={`#${shown.home}`}>with another finding</a>.
    </p>
  );
}
