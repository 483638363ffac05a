import { resultAnchor } from "../findings.js";
import type { Placed } from "../run-targets.js";
import { LEVEL_WORDS } from "../words.js";
import { Line, Name } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import { hrefOf, type View } from "./view.js";

interface Props {
  readonly placed: readonly Placed[];
  readonly caption: string;
  readonly view: View;
}

/** Results as rows. Those told among the findings are linked to, the others have their own place here. */
export function ResultsTable({ placed, caption, view }: Props) {
  const told = new Set(view.groups.flatMap(({ findings }) => findings.map(({ result }) => result)));
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Requirement</th>
          <th scope="col">Owed by</th>
          <th scope="col">Verdict</th>
          <th scope="col">Actual</th>
        </tr>
      </thead>
      <tbody>
        {placed.map((one) => (
          <Row key={resultAnchor(one)} one={one} isFinding={told.has(one.result)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ one, isFinding }: { readonly one: Placed; readonly isFinding: boolean }) {
  const { result } = one;
  return (
    <tr id={isFinding ? undefined : resultAnchor(one)}>
      <th scope="row" class="plain">
        {result.step !== undefined && (
          <>
            <Line>{result.step}</Line>:{" "}
          </>
        )}
        <Line>{result.check}</Line>
      </th>
      <td>
        <Line>{result.requirement}</Line> <span class="soft">{LEVEL_WORDS[result.level]}</span>
      </td>
      <td>
        <Name>{result.of}</Name>
      </td>
      <td>
        {isFinding ? (
          <a href={hrefOf(one)}>
            <VerdictBadge verdict={result.verdict} />
          </a>
        ) : (
          <VerdictBadge verdict={result.verdict} />
        )}
      </td>
      <td class="wide">
        <Line>{result.actual}</Line>
      </td>
    </tr>
  );
}
