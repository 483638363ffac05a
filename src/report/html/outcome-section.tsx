import type { Verdict } from "../../evidence/verdict.js";
import { DECISION_RULE, type Statement, type TargetOutcome } from "../outcome-words.js";
import { CountsTable } from "./counts-table.js";
import { Line, Name } from "./text.js";
import type { View } from "./view.js";

/** The verdict whose colour and symbol a statement borrows. */
const LOOKS: Readonly<Record<Statement, { readonly verdict: Verdict; readonly symbol: string }>> = {
  does: { verdict: "pass", symbol: "✓" },
  "does not": { verdict: "fail", symbol: "✗" },
  "could not be told": { verdict: "inconclusive", symbol: "?" },
  "not tested": { verdict: "not-run", symbol: "○" },
};

export function OutcomeSection({ view }: { readonly view: View }) {
  const { run } = view;
  return (
    <section id="outcome" aria-labelledby="outcome-title">
      <h2 id="outcome-title">Outcome</h2>
      {!run.run.complete && (
        <p class="banner">
          <strong>This run is incomplete.</strong> It was cut short; what is missing here was not tested, and nothing
          can be concluded from its absence.
        </p>
      )}
      {run.targets.length === 0 && <p>No server was tested.</p>}
      <div class="cards">
        {view.outcomes.map((outcome) => (
          <OutcomeCard key={outcome.target.name} outcome={outcome} />
        ))}
      </div>
      <div class="beside">
        <CountsTable outcome={run.outcome} />
        <div>
          <h3>How this was decided</h3>
          <p>{DECISION_RULE}</p>
          {view.reach !== undefined && <p>{view.reach.sentence}</p>}
          <p class="soft">
            The outcome relates only to the servers named here, in the versions and settings tested, on{" "}
            <time dateTime={run.run.startedAt}>{dayOf(run.run.startedAt)}</time>. It is not a statement about a vendor.
          </p>
        </div>
      </div>
    </section>
  );
}

function OutcomeCard({ outcome }: { readonly outcome: TargetOutcome }) {
  const { target, statement, sentence, grounds } = outcome;
  const { verdict, symbol } = LOOKS[statement];
  return (
    <article class={`card edge v-${verdict}`}>
      <p class="statement">
        <span aria-hidden="true">{symbol}</span> {statement}
      </p>
      <p class="sentence">
        <Line>{sentence}</Line>
      </p>
      <p>{capital(grounds)}</p>
      <p class="soft">
        <Line>{target.vendor}</Line>, tested as <Name>{target.name}</Name> with the <Line>{target.preset}</Line>{" "}
        settings.
      </p>
    </article>
  );
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The date of an ISO 8601 instant, in UTC. */
function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
