import { isJsonObject, type JsonMembers, type JsonObject, type JsonValue, member } from "../json.js";
import type { Pdu } from "../pdu.js";
import type { KeptProperty } from "../redaction-rules.js";
import type { RoomVersionRules } from "../room-versions.js";

/** The event with only what its room version protects (client-server-api#redactions and the room version's own `redactions`). */
export function redact(event: Pdu, rules: RoomVersionRules): Pdu {
  const kept: { [key: string]: JsonValue } = {};
  for (const key of rules.redaction.topLevel) {
    const value = member(event, key);
    if (value !== undefined) kept[key] = value;
  }
  // Every required field of a PDU is in each version's list, so what was a PDU still is one.
  return { ...kept, content: redactContent(event.type, event.content, rules) } as Pdu;
}

function redactContent(type: string, content: JsonObject, rules: RoomVersionRules): JsonObject {
  const kept = Object.hasOwn(rules.redaction.content, type) ? rules.redaction.content[type] : undefined;
  if (kept === "everything") return content;
  return Object.fromEntries((kept ?? []).flatMap((property) => keep(content, property)));
}

function keep(content: JsonMembers, property: KeptProperty): [string, JsonValue][] {
  if (typeof property === "string") {
    const value = member(content, property);
    return value === undefined ? [] : [[property, value]];
  }
  const [key, innerKey] = property;
  const outer = member(content, key);
  if (!isJsonObject(outer)) return [];
  const inner = member(outer, innerKey);
  return inner === undefined ? [] : [[key, { [innerKey]: inner }]];
}
