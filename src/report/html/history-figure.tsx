import type { RunHistory, RunScenario, RunState } from "../run-json.js";
import { HistoryDrawing } from "./history-drawing.js";
import { StateAnswer } from "./state-answer.js";
import { Line, Name } from "./text.js";
import type { View } from "./view.js";

interface Props {
  readonly scenario: RunScenario;
  readonly view: View;
  /** Unique in the page. */
  readonly id: string;
}

/** The histories of a scenario's rooms, each with the states that were asked for beside it. */
export function HistoryFigures({ scenario, view, id }: Props) {
  return (
    <>
      {(scenario.histories ?? []).map((history, at) => (
        <HistoryFigure
          key={`${history.room} ${history.seat}`}
          {...{ history, scenario, view }}
          id={`${id}-history-${at + 1}`}
        />
      ))}
    </>
  );
}

function HistoryFigure({ history, scenario, view, id }: Props & { readonly history: RunHistory }) {
  const asked = new Set(history.states.flatMap(({ at }) => at ?? []));
  return (
    <figure class="history">
      <figcaption>
        <strong>What happened in the room</strong>, as <Name>{history.seat}</Name> got it, and what must come of it
        <span class="soft small">
          {" "}
          (room <Line>{history.room}</Line>, version <Line>{history.roomVersion}</Line>)
        </span>
      </figcaption>
      <div class="side-by-side">
        <div>
          <HistoryDrawing drawing={history.drawing} asked={asked} title={scenario.title} id={id} />
        </div>
        <div class="answers">
          {history.states.map((state, at) => (
            <StateAnswer
              key={`${state.at} ${state.expectations.join()}`}
              state={state}
              view={view}
              told={history.states.slice(0, at).some((one) => sameReasons(one, state))}
            />
          ))}
          {history.states.length === 0 && <Refusals history={history} view={view} />}
        </div>
      </div>
      <Legend />
    </figure>
  );
}

function sameReasons(a: RunState, b: RunState): boolean {
  return JSON.stringify(a.decisions) === JSON.stringify(b.decisions);
}

function Legend() {
  return (
    <p class="soft small">
      Time runs down; lines lead from each event to those that followed it, events side by side were written without
      knowledge of each other. Square with a bar: changes the room's state; round: does not. ▶ the state was asked for
      before it. ✗ refused by the rules; ↯ overruled: allowed where it stands, gives way where the branches come
      together; ◌ soft-failed: allowed where it stands, kept from users.
    </p>
  );
}

function Refusals({ history, view }: { readonly history: RunHistory; readonly view: View }) {
  const refused = history.drawing.events.filter(({ rule }) => rule !== undefined);
  if (refused.length === 0) return <p class="small soft">No event of it is refused, and no state was asked for.</p>;
  return (
    <>
      <p class="small lead">What is refused</p>
      <ul class="decisions">
        {refused.map(({ name, reason = "", rule = "" }) => (
          <li key={name}>
            <Name>{name}</Name>: <Line>{reason}</Line>{" "}
            <span class="soft small">
              <Line>{rule}</Line>: <Line>{view.requirements.get(rule)?.text ?? ""}</Line>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
