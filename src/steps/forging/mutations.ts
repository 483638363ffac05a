import { type Static, Type } from "@sinclair/typebox";
import { completeEvent } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject, type JsonValue, pointerParts } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { withMember } from "../../peer/behaviours/answers.js";
import type { Peer } from "../../peer/peer.js";
import { type Names, resolveNames, resolveText } from "../names.js";

/** Declared forgeries of an event: what stands elsewhere than a conforming server would have put it. */
export const Mutations = Type.Array(
  Type.Object(
    {
      at: Type.String({
        pattern: "^/",
        description: "JSON Pointer of the member; `${name}` stands for what is bound.",
      }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
      append: Type.Optional(
        Type.String({ description: "Instead of a new value: what is added to the end of the text that stands there." }),
      ),
      stage: Type.Union(
        [Type.Literal("before-signing"), Type.Literal("after-hashing"), Type.Literal("after-signing")],
        {
          description:
            "Before signing the forgery is covered by hash and signature, after hashing by the signature alone, after signing by neither.",
        },
      ),
    },
    { additionalProperties: false },
  ),
);

export type Mutations = Static<typeof Mutations>;

/** The event with the forgeries of one stage. */
export function mutated(
  event: Pdu,
  mutations: Mutations | undefined,
  stage: Mutations[number]["stage"],
  names: Names,
): Pdu {
  let forged = event as unknown as JsonObject;
  for (const { at, set, append, stage: when } of mutations ?? []) {
    if (when !== stage) continue;
    const place = resolveText(at, names);
    const value = set === undefined ? undefined : resolveNames(set as JsonValue, names);
    forged = withMember(forged, place, append === undefined ? value : `${textAt(forged, place)}${append}`);
  }
  return forged as unknown as Pdu;
}

/** Throws, an authoring error, when no text stands there. */
function textAt(document: JsonObject, pointer: string): string {
  const found = pointerParts(pointer).reduce<JsonValue | undefined>(
    (value, part) => (isJsonObject(value) ? value[part] : undefined),
    document,
  );
  if (typeof found !== "string") throw new Error(`no text stands at ${pointer}`);
  return found;
}

/** The event with all its forgeries: those before signing are covered by the peer's fresh hash and signature. */
export function forged(
  honest: Pdu,
  mutations: Mutations | undefined,
  rules: RoomVersionRules,
  peer: Peer,
  names: Names,
): Pdu {
  const changed = (mutations ?? []).some(({ stage }) => stage === "before-signing");
  const bare = mutated(honest, mutations, "before-signing", names);
  const signed = changed
    ? completeEvent({ ...bare, hashes: {}, signatures: {} }, rules, peer.serverName, peer.signingKey)
    : bare;
  return mutated(signed, mutations, "after-signing", names);
}
