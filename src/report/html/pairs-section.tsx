import { VERDICTS } from "../../evidence/verdict.js";
import type { PairCell, PairRow } from "../pair-matrix.js";
import { IMPACT_WORDS, plural, VERDICT_WORDS } from "../words.js";
import { Scroll } from "./scroll.js";
import { Line } from "./text.js";
import { VerdictBadge } from "./verdict-badge.js";
import { hrefOf, type View } from "./view.js";

/** Only where two or more targets took part. */
export function PairsSection({ view }: { readonly view: View }) {
  if (view.pairs.length === 0) return null;
  return (
    <section id="pairs" aria-labelledby="pairs-title">
      <h2 id="pairs-title">Which server with which</h2>
      <p>
        Read from the row to the column: what the server of the row owed while the server of the column sat in another
        seat. The two directions are two cells, and may differ.
      </p>
      <Scroll label="Matrix of pairs">
        <table class="pairs">
          <caption>Row: the server that owed it. Column: the server it dealt with.</caption>
          <thead>
            <tr>
              <th scope="col">Owed by</th>
              {view.run.targets.map(({ name }) => (
                <th scope="col" key={name}>
                  with <Line>{name}</Line>
                </th>
              ))}
              <th scope="col">with Concordat's peers only</th>
            </tr>
          </thead>
          <tbody>
            {view.pairs.map((row) => (
              <Row key={row.charged.name} row={row} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Row({ row }: { readonly row: PairRow }) {
  return (
    <tr>
      <th scope="row">
        <Line>{row.charged.name}</Line>
      </th>
      {row.cells.map((cell, index) => (
        <td key={index}>{cell === undefined ? <span class="soft">not paired</span> : <Cell cell={cell} />}</td>
      ))}
    </tr>
  );
}

function Cell({ cell }: { readonly cell: PairCell }) {
  const counts = VERDICTS.filter((verdict) => cell.counts[verdict] > 0);
  return (
    <>
      <a href={hrefOf(cell.shows)}>
        <VerdictBadge verdict={cell.verdict} />
      </a>
      <p class="small">
        {counts.map((verdict) => `${cell.counts[verdict]} ${VERDICT_WORDS[verdict].word}`).join(", ")} in{" "}
        {plural(cell.scenarios, "scenario")}
      </p>
      {cell.impact !== undefined && <p class="small">Gravest: {IMPACT_WORDS[cell.impact]}</p>}
    </>
  );
}
