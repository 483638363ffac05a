import type { NotTested } from "../not-tested.js";
import { type Unreached, whyUnreached } from "../reach.js";
import { LEVEL_WORDS } from "../words.js";
import { Scroll } from "./scroll.js";
import { Line, Name, Outward } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import type { View } from "./view.js";

export function NotTestedSection({ view }: { readonly view: View }) {
  return (
    <section id="not-tested" aria-labelledby="not-tested-title">
      <h2 id="not-tested-title">What was not tested, and why</h2>
      {view.notTested.length === 0 ? (
        <p>
          {view.run.run.complete
            ? "Everything that was planned for this run was tested."
            : "The run was cut short before it could say what it would leave out."}
        </p>
      ) : (
        <Scroll label="What was not tested">
          <table>
            <caption>Planned, but neither for nor against a server</caption>
            <thead>
              <tr>
                <th scope="col">Verdict</th>
                <th scope="col">Reason</th>
                <th scope="col">Concerns</th>
              </tr>
            </thead>
            <tbody>
              {view.notTested.map((group) => (
                <NotTestedRow key={`${group.verdict} ${group.reason}`} group={group} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {view.reach !== undefined && <p>{view.reach.sentence}</p>}
      {view.reach?.unreached.map((group) => (
        <Gaps key={group.code} group={group} />
      ))}
    </section>
  );
}

function NotTestedRow({ group }: { readonly group: NotTested }) {
  return (
    <tr>
      <td>
        <VerdictBadge verdict={group.verdict} />
      </td>
      <th scope="row" class="plain">
        <Line>{group.reason}</Line>
      </th>
      <td>
        <Names names={group.requirements.length > 0 ? group.requirements : group.instances} />
      </td>
    </tr>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  const list = (
    <ul class="inline">
      {names.map((name) => (
        <li key={name}>
          <Name>{name}</Name>
        </li>
      ))}
    </ul>
  );
  if (names.length <= 12) return list;
  return (
    <details>
      <summary>{names.length} names</summary>
      {list}
    </details>
  );
}

function Gaps({ group }: { readonly group: Unreached }) {
  return (
    <details>
      <summary>{group.words}</summary>
      <Scroll label={group.words}>
        <table>
          <caption>{group.words}</caption>
          <thead>
            <tr>
              <th scope="col">Requirement</th>
              <th scope="col">Level</th>
              <th scope="col">Text</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {group.requirements.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Outward href={one.url}>{one.id}</Outward>
                </th>
                <td>{LEVEL_WORDS[one.level]}</td>
                <td>
                  <Line>{one.text}</Line>
                </td>
                <td>
                  <Line>{whyUnreached(one)}</Line>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
