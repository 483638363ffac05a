import type { StateLookup } from "../../matrix/auth-rules/authorise.js";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { splitStateKey } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { StoredRoom } from "./stored-room.js";

type Key = { readonly public_key?: JsonValue; readonly key_validity_url?: JsonValue };

/** The lookup through which a faulty server sees other keys in invitations of addresses than there are. */
export function withFaultyInvitations(core: Core, room: StoredRoom, lookup: StateLookup): StateLookup {
  return (type, key) => {
    const event = lookup(type, key);
    if (type !== "m.room.third_party_invite" || event === undefined) return event;
    let keys = keysOf(event);
    if (core.has("knows-one-identity-key")) keys = keys.slice(0, 1);
    if (core.has("identity-keys-in-one-alphabet")) keys = keys.filter((one) => !/[-_]/.test(String(one.public_key)));
    if (core.has("distrusts-keys-with-an-address")) keys = keys.filter((one) => one.key_validity_url === undefined);
    if (core.has("any-identity-key-of-the-room")) keys = invitationsIn(room).flatMap(keysOf);
    return { ...event, content: { ...event.content, public_key: null, public_keys: keys as readonly JsonValue[] } };
  };
}

function keysOf({ content }: Pdu): readonly Key[] {
  const listed: readonly JsonValue[] = Array.isArray(content.public_keys) ? content.public_keys : [];
  return [content, ...listed.filter(isJsonObject)];
}

function invitationsIn(room: StoredRoom): readonly Pdu[] {
  return [...room.currentState()].flatMap(([pair, eventId]) => {
    const event = splitStateKey(pair)[0] === "m.room.third_party_invite" ? room.record(eventId)?.event : undefined;
    return event === undefined ? [] : [event];
  });
}
