import type { NotTested } from "../not-tested.js";
import type { RequirementText } from "../requirement-lookup.js";
import { LEVEL_WORDS, plural } from "../words.js";
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
      {view.gaps.length > 0 && <Gaps gaps={view.gaps} />}
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

function Gaps({ gaps }: { readonly gaps: readonly RequirementText[] }) {
  return (
    <details>
      <summary>{plural(gaps.length, "requirement")} of the catalogue that this run did not touch</summary>
      <Scroll label="Requirements without a result">
        <table>
          <caption>Requirements without a result</caption>
          <thead>
            <tr>
              <th scope="col">Requirement</th>
              <th scope="col">Level</th>
              <th scope="col">Text</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {gaps.map(({ id, level, text, url, notTested }) => (
              <tr key={id}>
                <th scope="row">
                  <Outward href={url}>{id}</Outward>
                </th>
                <td>{LEVEL_WORDS[level]}</td>
                <td>
                  <Line>{text}</Line>
                </td>
                <td>
                  <Line>{notTested ?? "No scenario of this run concerns it."}</Line>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
