import { utf8Length } from "../../matrix/code-points.js";
import { MAX_AUTH_EVENTS, MAX_PREV_EVENTS } from "../../matrix/events/format.js";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";

const MAX_IDENTIFIER_LENGTH = 255;

/** The event whose form is judged: short where limits do not hold for it, and as the server's faults see it. */
export function formJudged(core: Core, event: JsonObject, history: boolean): JsonObject {
  const views: ((seen: JsonObject) => JsonObject)[] = [];
  const unlimited = history ? !core.has("reference-limits-in-history") : core.has("no-reference-limits");
  if (unlimited) views.push(withFewReferences);
  if (core.has("no-event-size-limit")) views.push(withLittleContent);
  if (core.has("identifiers-in-characters")) views.push(withShortIdentifiers);
  if (core.has("hashes-optional")) views.push((seen) => ({ ...seen, hashes: { sha256: "" } }));
  if (core.has("depth-optional")) views.push((seen) => ({ depth: 1, ...seen }));
  if (core.has("any-depth-will-do")) views.push((seen) => ({ ...seen, depth: 1 }));
  if (core.has("event-ids-of-any-length")) views.push(withShort("event_id", (id) => utf8Length(id)));
  if (core.has("event-ids-in-characters"))
    views.push(withShort("event_id", (id) => [...id].length, MAX_IDENTIFIER_LENGTH));
  if (core.has("room-ids-of-any-length")) views.push(withShort("room_id", (id) => utf8Length(id)));
  return views.reduce((seen, view) => view(seen), event);
}

/** The rules for an event's form, as the server's faults see them. */
export function formRules(core: Core, rules: RoomVersionRules): RoomVersionRules {
  if (core.has("takes-any-numbers") || core.has("takes-half-characters"))
    return { ...rules, strictCanonicalJson: false };
  return core.has("strict-numbers-in-old-rooms") ? { ...rules, strictCanonicalJson: true } : rules;
}

// The limits on references do not hold for history (server-server-api#get_matrixfederationv1backfillroomid).
function withFewReferences(event: JsonObject): JsonObject {
  return {
    ...event,
    ...first(event, "prev_events", MAX_PREV_EVENTS),
    ...first(event, "auth_events", MAX_AUTH_EVENTS),
  };
}

function first(event: JsonObject, field: string, limit: number): JsonObject {
  const value = event[field];
  return Array.isArray(value) ? { [field]: (value as readonly JsonValue[]).slice(0, limit) } : {};
}

function withLittleContent(event: JsonObject): JsonObject {
  const { content } = event;
  const large = JSON.stringify(content ?? null).length > MAX_IDENTIFIER_LENGTH;
  return large && typeof content === "object" && content !== null && !Array.isArray(content)
    ? { ...event, content: {} }
    : event;
}

/** The event with a short name in place of one that is too long in bytes, and within `most` as `measured`. */
function withShort(
  field: "event_id" | "room_id",
  measured: (id: string) => number,
  most = Number.POSITIVE_INFINITY,
): (event: JsonObject) => JsonObject {
  return (event) => {
    const id = event[field];
    if (typeof id !== "string" || utf8Length(id) <= MAX_IDENTIFIER_LENGTH || measured(id) > most) return event;
    return { ...event, [field]: `${id.charAt(0)}short${id.slice(id.indexOf(":"))}` };
  };
}

function withShortIdentifiers(event: JsonObject): JsonObject {
  const short = (field: string): JsonObject => {
    const value = event[field];
    if (typeof value !== "string" || utf8Length(value) <= MAX_IDENTIFIER_LENGTH) return {};
    return [...value].length <= MAX_IDENTIFIER_LENGTH ? { [field]: "short" } : {};
  };
  return { ...event, ...short("type"), ...short("state_key") };
}
