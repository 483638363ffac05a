import type { DrawnHistory } from "../../drawing/drawn-history.js";
import { layoutHistory } from "../../drawing/layout.js";
import { labelOf } from "../../drawing/mermaid.js";
import { oneLine } from "../sanitise.js";
import { plural } from "../words.js";
import { ArrowMarker, arrowEnd } from "./arrow-marker.js";
import { EventNode, HistoryLine, NODE } from "./history-nodes.js";
import { Scroll } from "./scroll.js";

const MARGIN = 6;

interface Props {
  readonly drawing: DrawnHistory;
  /** Names of events before which a server was asked for the state. */
  readonly asked: ReadonlySet<string>;
  readonly title: string;
  /** Unique in the page. */
  readonly id: string;
}

/** What happened in a room, time running down, branches side by side: as a drawing and as a list. */
export function HistoryDrawing({ drawing, asked, title, id }: Props) {
  const { events, left } = drawing;
  const layout = layoutHistory(events, NODE);
  const width = layout.width + 2 * MARGIN;
  const height = layout.height + 2 * MARGIN;
  const through = new Set(events.flatMap(({ name, through: far = [] }) => far.map((from) => `${from}\n${name}`)));
  return (
    <>
      <Scroll label={`Drawing of the history: ${oneLine(title)}`}>
        <svg
          id={id}
          class="history-drawing"
          role="img"
          aria-labelledby={`${id}-t ${id}-d`}
          viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
          width={width}
          height={height}
        >
          <title id={`${id}-t`}>{`What happened in the room: ${oneLine(title)}`}</title>
          <desc
            id={`${id}-d`}
          >{`${plural(events.length, "event")}, the oldest at the top. The list below says the same.`}</desc>
          <ArrowMarker drawing={id} size={8} />
          {layout.lines.map((line) => (
            <HistoryLine
              key={`${line.from} ${line.to}`}
              line={line}
              through={through.has(`${line.from}\n${line.to}`)}
              marker={arrowEnd(id)}
            />
          ))}
          {events.map((event) => (
            <EventNode
              key={event.name}
              event={event}
              at={layout.places.get(event.name) ?? { x: 0, y: 0 }}
              asked={asked.has(event.name)}
            />
          ))}
        </svg>
      </Scroll>
      {left > 0 && (
        <p class="note">
          This part of the history matters here; {plural(left, "other event")} are left out. A dashed line leads past
          them.
        </p>
      )}
      <details>
        <summary>The same as a list</summary>
        <EventList drawing={drawing} />
      </details>
    </>
  );
}

function EventList({ drawing }: { readonly drawing: DrawnHistory }) {
  return (
    <ol class="arrows">
      {drawing.events.map((event) => (
        <li key={event.name}>
          {oneLine(labelOf(event))}
          {event.reason !== undefined && `: ${oneLine(event.reason)}`}
          {event.prev.length > 0 && event.kind !== "earlier" && (
            <span class="soft">{`, after ${event.prev.map((name) => oneLine(name)).join(" and ")}`}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
