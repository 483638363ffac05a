import type { ToldHistory } from "../../drawing/told-history.js";
import { prevEventIds } from "../../matrix/events/references.js";
import type { EventId } from "../../matrix/pdu.js";

/** Where in a history a requirement decides something. */
export type Deciding =
  /** An event is refused or kept from users by it, or let in. */
  | { readonly kind: "event"; readonly id: EventId; readonly refused: boolean }
  /** It takes part in resolving the state before an event, or the current one. */
  | { readonly kind: "state"; readonly before: EventId | undefined };

/** The clearest place where this requirement decides; undefined where others do. */
export function decidingPlace(told: ToldHistory, requirement: string): Deciding | undefined {
  const named = [...told.material.names.keys()].flatMap((id) => told.arrivals.get(id) ?? []);
  const rejected = named.find(({ rejected: is, verdict }) => is && verdict.rule === requirement);
  const softFailed = named.find(({ softFailure }) => softFailure?.rule === requirement);
  const refused = rejected ?? softFailed;
  if (refused !== undefined) return { kind: "event", id: refused.eventId, refused: true };
  const resolved = disputes(told).find(({ before }) =>
    told.reasoning(before).decisions.some(({ rule }) => rule === requirement),
  );
  if (resolved !== undefined) return resolved;
  const allowed = named.find(({ verdict }) => verdict.allowed && verdict.rule === requirement);
  return allowed === undefined ? undefined : { kind: "event", id: allowed.eventId, refused: false };
}

/** For requirements of how events are treated that no verdict names: what was refused or soft-failed. */
export function anyRefusal(told: ToldHistory, kind: "rejected" | "soft-failed"): Deciding | undefined {
  const named = [...told.material.names.keys()].flatMap((id) => told.arrivals.get(id) ?? []);
  const found = named.find(({ rejected, softFailed }) => (kind === "rejected" ? rejected : softFailed));
  return found === undefined ? undefined : { kind: "event", id: found.eventId, refused: true };
}

/** For requirements of the algorithm that no step names: any place where branches come together in dispute. */
export function anyDispute(told: ToldHistory): Deciding | undefined {
  return disputes(told)[0];
}

type StatePlace = Extract<Deciding, { readonly kind: "state" }>;

/** Events that join branches in dispute; the current state, where several ends are left. */
function disputes(told: ToldHistory): readonly StatePlace[] {
  const merges = [...told.material.names.keys()].filter((id) => {
    const event = told.arrivals.get(id)?.event;
    return event !== undefined && prevEventIds(event).length > 1;
  });
  return [...merges, undefined].flatMap((before) =>
    told.reasoning(before).decisions.length > 0 ? [{ kind: "state", before } as const] : [],
  );
}
