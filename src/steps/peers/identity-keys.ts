import { type Static, Type } from "@sinclair/typebox";
import { decodeBase64, encodeUrlSafeBase64 } from "../../matrix/base64.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { type SigningKey, signingKey } from "../../matrix/keys.js";
import { signJson } from "../../matrix/signing.js";
import { withMember } from "../../peer/behaviours/answers.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { instanceStore } from "../instance-store.js";

const closed = { additionalProperties: false } as const;
/** The name under which identity servers sign; nobody is ever asked there. */
const IDENTITY_SERVER = "identity.test";
const kept = instanceStore<SigningKey>();

export const makeIdentityKey = defineStep({
  name: "make-identity-key",
  summary: "An identity server, which exists in name only, gets a key; its name stands for the public key",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the key to." }),
      spelling: Type.Optional(Type.Literal("url-safe", { description: "The public key in URL-safe base64." })),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id }) => `An identity server has the key “${id}”`,
  async run(context, input) {
    const key = input.spelling === undefined ? signingKey(context.random(32), "0") : keyOfTwoSpellings(context);
    kept.set(context, input.id, key);
    const urlSafe = encodeUrlSafeBase64(decodeBase64(key.publicKey));
    context.bind(input.id, { kind: "identity-key", value: input.spelling === undefined ? key.publicKey : urlSafe });
  },
});

/** A key of which the two alphabets of base64 give two texts. */
function keyOfTwoSpellings(context: StepContext): SigningKey {
  for (;;) {
    const key = signingKey(context.random(32), "0");
    if (/[+/]/.test(key.publicKey)) return key;
  }
}

/** Which objects of what is sent an identity server has signed. */
export const Vouchers = Type.Array(
  Type.Object(
    {
      at: Type.String({ pattern: "^/", description: "JSON Pointer of the object within what is sent." }),
      by: Type.String({ description: "The name of an identity server's key.", "refers-to": "bound" }),
    },
    closed,
  ),
  { description: "Objects within that identity servers sign." },
);

/** A content or body with the objects named signed by identity servers' keys (client-server-api#mroommember). */
export function allVouched(
  context: StepContext,
  unsigned: JsonObject,
  vouchers: Static<typeof Vouchers> = [],
): JsonObject {
  return vouchers.reduce((content, { at, by }) => vouchedFor(context, content, at, by), unsigned);
}

function vouchedFor(context: StepContext, content: JsonObject, pointer: string, keyName: string): JsonObject {
  const key = kept.get(context, keyName);
  if (key === undefined) throw new Error(`${keyName} is no identity server's key`);
  const object = pointer
    .slice(1)
    .split("/")
    .reduce<JsonValue | undefined>((parent, part) => partOf(parent, part), content);
  if (!isJsonObject(object)) throw new Error(`there is no object at ${pointer} to sign`);
  return withMember(content, pointer, signJson(object, IDENTITY_SERVER, key));
}

function partOf(parent: JsonValue | undefined, part: string): JsonValue | undefined {
  if (Array.isArray(parent)) return parent[Number(part)] as JsonValue | undefined;
  return isJsonObject(parent) ? parent[part] : undefined;
}
