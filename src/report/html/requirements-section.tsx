import { resultAnchor } from "../findings.js";
import { groupBy } from "../group-by.js";
import type { RunRequirement } from "../run-json.js";
import { type Placed, targetNames } from "../run-targets.js";
import { LEVEL_WORDS, VERDICT_WORDS } from "../words.js";
import { Scroll } from "./scroll.js";
import { Line, Outward, Unseen } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import { hrefOf, type View } from "./view.js";

/** Links to single results in one row; more would bury the table. */
const LINKS = 6;

export function RequirementsSection({ view }: { readonly view: View }) {
  const placed = groupBy(view.placed, ({ result }) => result.requirement);
  const names = targetNames(view.run);
  return (
    <section id="requirements" aria-labelledby="requirements-title">
      <h2 id="requirements-title">Requirements</h2>
      <Scroll label="Requirements and their verdicts">
        <table>
          <caption>What was demanded, and what was found of each server</caption>
          <thead>
            <tr>
              <th scope="col">Requirement</th>
              <th scope="col">Level</th>
              <th scope="col">Text</th>
              {names.map((name) => (
                <th scope="col" key={name}>
                  <Line>{name}</Line>
                </th>
              ))}
              <th scope="col">Results</th>
            </tr>
          </thead>
          <tbody>
            {view.run.requirements.map((one) => (
              <Row key={one.id} one={one} placed={placed.get(one.id) ?? []} names={names} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

interface RowProps {
  readonly one: RunRequirement;
  readonly placed: readonly Placed[];
  readonly names: readonly string[];
}

function Row({ one, placed, names }: RowProps) {
  const links = [...placed].sort((a, b) => Number(a.result.verdict === "pass") - Number(b.result.verdict === "pass"));
  return (
    <tr>
      <th scope="row">
        <Outward href={one.url}>{one.id}</Outward>
      </th>
      <td>{LEVEL_WORDS[one.level]}</td>
      <td class="wide">
        <Line>{one.text}</Line>
      </td>
      {names.map((name) => {
        const verdict = Object.hasOwn(one.byTarget, name) ? one.byTarget[name] : undefined;
        return (
          <td key={name}>
            {verdict === undefined ? <span class="soft">not asked</span> : <VerdictBadge verdict={verdict} />}
          </td>
        );
      })}
      <td>
        <ul class="inline">
          {links.slice(0, LINKS).map((link) => (
            <li key={resultAnchor(link)}>
              <a href={hrefOf(link)}>
                <span aria-hidden="true">{VERDICT_WORDS[link.result.verdict].symbol}</span>
                <Unseen>{`${VERDICT_WORDS[link.result.verdict].word}, ${one.id}, ${link.scenario?.title ?? "passive"}`}</Unseen>
              </a>
            </li>
          ))}
          {links.length > LINKS && <li>{`and ${links.length - LINKS} more`}</li>}
        </ul>
      </td>
    </tr>
  );
}
