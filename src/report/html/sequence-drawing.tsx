import type { RunScenario } from "../run-json.js";
import { oneLine } from "../sanitise.js";
import { plural } from "../words.js";
import { ArrowMarker, arrowEnd } from "./arrow-marker.js";
import { clip } from "./clip.js";
import { Scroll } from "./scroll.js";
import { abbreviate, type DrawnRow, type Lifeline, layoutSequence, type SequenceLayout } from "./sequence-layout.js";

interface Props {
  readonly scenario: RunScenario;
  /** Ids of exchanges that a finding cites: drawn heavier. */
  readonly cited: ReadonlySet<string>;
  /** Unique in the page. */
  readonly id: string;
}

/** Who called whom, as a drawing and as a list of the same arrows. */
export function SequenceDrawing({ scenario, cited, id }: Props) {
  if (scenario.sequence.length === 0) return null;
  const layout = layoutSequence(scenario, cited);
  return (
    <details class="sequence" open>
      <summary>Who called whom ({plural(scenario.sequence.length, "request")})</summary>
      <Scroll label={`Drawing of the requests: ${oneLine(scenario.title)}`}>
        <Drawing layout={layout} scenario={scenario} id={id} />
      </Scroll>
      <p class="soft small">
        Time runs down, in ms since the scenario began. ● cited by a finding; dashed: refused; dotted: no HTTP answer.
        {layout.rows.some(({ kind }) => kind === "gap") &&
          " The middle of this long exchange is left out here; the journal has it."}
      </p>
      <details>
        <summary>The same as a list</summary>
        <ArrowList scenario={scenario} cited={cited} />
      </details>
    </details>
  );
}

function Drawing({
  layout,
  scenario,
  id,
}: {
  readonly layout: SequenceLayout;
  readonly scenario: RunScenario;
  readonly id: string;
}) {
  const { width, height, lifelines, rows, labelLimit } = layout;
  const names = lifelines.map(({ name }) => oneLine(name)).join(", ");
  return (
    <svg
      id={id}
      class="drawing"
      role="img"
      aria-labelledby={`${id}-t ${id}-d`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      <title id={`${id}-t`}>{`Requests in order: ${oneLine(scenario.title)}`}</title>
      <desc
        id={`${id}-d`}
      >{`${plural(scenario.sequence.length, "request")} between ${names}. The list below says the same.`}</desc>
      <ArrowMarker drawing={id} size={10} />
      {lifelines.map((line) => (
        <LifelineShape key={line.name} line={line} bottom={height - 8} />
      ))}
      {rows.map((row) => (
        <RowShape key={row.y} row={row} width={width} limit={labelLimit} marker={arrowEnd(id)} />
      ))}
    </svg>
  );
}

function LifelineShape({ line, bottom }: { readonly line: Lifeline; readonly bottom: number }) {
  return (
    <g>
      <line class="lifeline" x1={line.x} x2={line.x} y1="44" y2={bottom} />
      <rect class="seat-box" x={line.x - 74} y="6" width="148" height="38" rx="4" />
      <text class="seat-name" x={line.x} y={line.server === undefined ? 30 : 22} text-anchor="middle">
        {clip(line.name, 20)}
      </text>
      {line.server !== undefined && (
        <text class="seat-server" x={line.x} y="37" text-anchor="middle">
          {clip(line.server, 24)}
        </text>
      )}
    </g>
  );
}

interface RowProps {
  readonly row: DrawnRow;
  readonly width: number;
  readonly limit: number;
  readonly marker: string;
}

function RowShape({ row, width, limit, marker }: RowProps) {
  if (row.kind === "gap") {
    return (
      <text class="gap" x={width / 2} y={row.y} text-anchor="middle">
        {`… ${plural(row.left, "request")} not drawn …`}
      </text>
    );
  }
  const { arrow, fromX, toX, y, tone, cited } = row;
  const own = fromX === toX;
  const middle = own ? fromX + 46 : (fromX + toX) / 2;
  const edge = Math.sign(toX - fromX);
  const path = own ? `M${fromX} ${y - 6} h36 v12 h-34` : `M${fromX} ${y} L${toX - edge * 2} ${y}`;
  return (
    <g class={`arrow ${tone}${cited ? " cited" : ""}`}>
      <text class="time" x="4" y={y + 4}>
        {`+${arrow.atMs}`}
      </text>
      <text class="label" x={middle} y={y - 6} text-anchor={own ? "start" : "middle"}>
        {`${cited ? "● " : ""}${clip(arrow.label, limit - 2)}`}
      </text>
      <path d={path} marker-end={marker} />
      <text class="result" x={middle} y={y + 14} text-anchor={own ? "start" : "middle"}>
        {clip(arrow.result, limit)}
      </text>
    </g>
  );
}

function ArrowList({ scenario, cited }: { readonly scenario: RunScenario; readonly cited: ReadonlySet<string> }) {
  return (
    <ol class="arrows">
      {abbreviate(scenario.sequence).map((item) =>
        typeof item === "number" ? (
          <li key="gap">{`${plural(item, "request")} left out`}</li>
        ) : (
          <li key={`${item.exchange} ${item.atMs} ${item.label}`}>
            {`+${item.atMs} ms: ${oneLine(item.from)} to ${oneLine(item.to)}, ${clip(item.label, 200)}: ${clip(item.result, 120)}`}
            {cited.has(item.exchange) && <strong> (cited)</strong>}
          </li>
        ),
      )}
    </ol>
  );
}
