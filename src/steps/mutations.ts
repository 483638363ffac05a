import { type Static, Type } from "@sinclair/typebox";
import type { JsonObject, JsonValue } from "../matrix/json.js";
import type { Pdu } from "../matrix/pdu.js";
import { withMember } from "../peer/behaviours/answers.js";
import { type Names, resolveNames } from "./names.js";

/** Declared forgeries of an event: what stands elsewhere than a conforming server would have put it. */
export const Mutations = Type.Array(
  Type.Object(
    {
      at: Type.String({ pattern: "^/", description: "JSON Pointer of the member." }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
      stage: Type.Union([Type.Literal("before-signing"), Type.Literal("after-signing")], {
        description: "Before signing the forgery is covered by hash and signature; after signing it breaks them.",
      }),
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
  for (const { at, set, stage: when } of mutations ?? []) {
    if (when === stage)
      forged = withMember(forged, at, set === undefined ? undefined : resolveNames(set as JsonValue, names));
  }
  return forged as unknown as Pdu;
}
