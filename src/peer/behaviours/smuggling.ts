import { Type } from "@sinclair/typebox";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import { isJsonObject } from "../../matrix/json.js";
import { plainTarget } from "../../net/plain-target.js";
import { defineBehaviour, jsonResponse, withChangedBody } from "./define.js";

/** Where the answers of an endpoint hold events, and whether by their ids alone. */
const LISTS: { readonly [endpoint: string]: { readonly at: string; readonly ids?: true } } = {
  state: { at: "pdus" },
  "state-ids": { at: "pdu_ids", ids: true },
  "send-join": { at: "state" },
  "event-auth": { at: "auth_chain" },
  backfill: { at: "pdus" },
  "get-missing-events": { at: "events" },
};

const Smuggled = Type.Array(
  Type.Object(
    { id: Type.String(), pdu: Type.Object({}, { additionalProperties: true }) },
    { additionalProperties: false },
  ),
);

/** Adds events to lists in honest answers, and hands them out to whoever asks for them by id. */
export const smuggling = defineBehaviour({
  name: "smuggling",
  summary: "Gives honest answers with further events in their lists, and those events also when asked for by id",
  input: Type.Object(
    {
      into: Type.Array(Type.String(), { description: "Ids of endpoints that answer with lists of events." }),
      events: Smuggled,
      instead: Type.Optional(Smuggled),
    },
    { additionalProperties: false },
  ),
  appliesTo: (call, input) => call.endpoint === "event" || input.into.includes(call.endpoint),
  async respond(peer, call, input, honest) {
    if (call.endpoint === "event") {
      const asked = plainTarget(call.request.target.split("/").at(-1) ?? "");
      const found = input.events.find(({ id }) => id === asked);
      if (found === undefined) return honest();
      return jsonResponse(200, { origin: peer.serverName, origin_server_ts: peer.now(), pdus: [found.pdu] });
    }
    const list = LISTS[call.endpoint];
    if (list === undefined) throw new Error(`${call.endpoint} answers with no list of events`);
    const { at, ids = false } = list;
    const gone = new Set((input.instead ?? []).map(({ id, pdu }) => (ids ? id : hashOf(pdu as JsonObject))));
    const more = input.events.map(({ id, pdu }) => (ids ? id : (pdu as JsonObject)));
    const answer = await honest();
    if (answer.status !== 200) return jsonResponse(200, { [at]: more });
    return withChangedBody(answer, (body) => {
      const told: readonly JsonValue[] = Array.isArray(body[at]) ? body[at] : [];
      const kept = told.filter((item) => !gone.has(isJsonObject(item) ? hashOf(item) : String(item)));
      return { ...body, [at]: [...kept, ...more] };
    });
  },
});

/** What tells an event from others of its room, whatever the room version. */
function hashOf({ hashes }: JsonObject): string {
  return isJsonObject(hashes) ? String(hashes.sha256) : "";
}
