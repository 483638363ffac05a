import type { Decision } from "../../drawing/account-words.js";
import type { RunState } from "../run-json.js";
import { plural } from "../words.js";
import { Line, Name } from "./text.js";
import type { View } from "./view.js";

interface Props {
  readonly state: RunState;
  readonly view: View;
  /** Its reasons stand above already. */
  readonly told: boolean;
}

/** The state that must be, the server's answer where it is another, and the rules that decided. */
export function StateAnswer({ state, view, told }: Props) {
  const differs = state.entries.some(({ given }) => given !== undefined);
  return (
    <div class="state">
      <EntryTable state={state} differs={differs} />
      <Reasoning state={state} view={view} told={told} />
    </div>
  );
}

function AnswerWords({ state: { remark }, differs }: { readonly state: RunState; readonly differs: boolean }) {
  if (!differs) return <>✓ The server's answer is what the rules give.</>;
  if (remark === undefined) return <>✗ The server's answer is not what the rules give.</>;
  return (
    <>
      ✓ No breach: <Line>{remark}</Line>.
    </>
  );
}

function EntryTable({ state, differs }: { readonly state: RunState; readonly differs: boolean }) {
  return (
    <table class="entries">
      <caption>
        <strong>
          {state.at === undefined ? (
            "The room's current state"
          ) : (
            <>
              The state before <Name>{state.at}</Name>
            </>
          )}
        </strong>
        <br />
        <AnswerWords state={state} differs={differs} />
      </caption>
      <thead>
        <tr>
          <th scope="col">About</th>
          <th scope="col">By the rules</th>
          {differs && <th scope="col">By the server</th>}
        </tr>
      </thead>
      <tbody>
        {state.entries.map(({ entry, right, given }) => (
          <tr key={entry} class={given === undefined ? undefined : "v-fail wrong"}>
            <th scope="row" class="plain">
              <Line>{entry}</Line>
            </th>
            <td>
              <Line>{right}</Line>
            </td>
            {differs && <td>{given === undefined ? <span class="soft">the same</span> : <Given>{given}</Given>}</td>}
          </tr>
        ))}
      </tbody>
      {state.others > 0 && (
        <tfoot>
          <tr>
            <td colSpan={differs ? 3 : 2} class="soft">
              {plural(state.others, "more entry", "more entries")}, all as they must be
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Given({ children }: { readonly children: string }) {
  return (
    <strong>
      ✗ <Line>{children}</Line>
    </strong>
  );
}

function Reasoning({ state, view, told }: Props) {
  const { decisions, joined } = state;
  if (decisions.length === 0) return <p class="small soft">No branches were in dispute before it.</p>;
  if (told) return <p class="small soft">It is decided as above.</p>;
  const deciding = decisions.filter(({ decides }) => decides);
  return (
    <>
      {deciding.length > 0 && (
        <>
          <p class="small lead">What decides</p>
          <ul class="decisions">
            {deciding.map((decision) => (
              <li key={decision.text}>
                <DecisionLine decision={decision} view={view} whole />
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>
          Step by step, where <Line>{joined.join(" and ")}</Line> come together
        </summary>
        <ol class="decisions">
          {decisions.map((decision) => (
            <li key={decision.text}>
              <DecisionLine decision={decision} view={view} />
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

interface LineProps {
  readonly decision: Decision;
  readonly view: View;
  /** With the words of the requirement. */
  readonly whole?: boolean;
}

function DecisionLine({ decision: { text, rule, decides }, view, whole = false }: LineProps) {
  const requirement = rule === undefined ? undefined : view.requirements.get(rule);
  return (
    <>
      {decides ? (
        <strong>
          <Line>{text}</Line>
        </strong>
      ) : (
        <Line>{text}</Line>
      )}
      {rule !== undefined && (
        <span class="soft small">
          {" "}
          <Line>{rule}</Line>
          {whole && requirement !== undefined && (
            <>
              : <Line>{requirement.text}</Line>
            </>
          )}
        </span>
      )}
    </>
  );
}
