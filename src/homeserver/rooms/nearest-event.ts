import type { EventRecord, MomentSought, NearestEvent } from "../parts.js";

/** How far the time lies from the moment, in milliseconds; less than 0 on the wrong side. */
export function distanceFrom({ ts, dir }: MomentSought, at: number): number {
  return dir === "f" ? at - ts : ts - at;
}

/** The event nearest to a moment on that side, the moment itself included. */
export function nearestEvent(timeline: readonly EventRecord[], moment: MomentSought): NearestEvent | undefined {
  const [nearest] = timeline
    .map(({ eventId, event }) => ({ eventId, at: event.origin_server_ts }))
    .filter(({ at }) => distanceFrom(moment, at) >= 0)
    .sort((one, other) => distanceFrom(moment, one.at) - distanceFrom(moment, other.at));
  return nearest;
}
