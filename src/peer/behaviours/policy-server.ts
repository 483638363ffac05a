import { Type } from "@sinclair/typebox";
import { addEventSignature } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import { type SigningKey, signingKey } from "../../matrix/keys.js";
import type { Pdu } from "../../matrix/pdu.js";
import { POLICY_KEY_ID } from "../../matrix/policy-server.js";
import { readJson } from "../../matrix/read-json.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import { policyKeyOf } from "../policy-key.js";
import { defineBehaviour, jsonResponse, type Misbehaving } from "./define.js";

/** Signs whatever it is asked about, and gives that signature alone (server-server-api#post_matrixpolicyv1sign). */
export const policyServer = defineBehaviour({
  name: "policy-server",
  summary: "Signs every event that it is asked about as policy server",
  input: Type.Object(
    {
      "room-version": Type.String(),
      key: Type.Optional(
        Type.Literal("published", {
          description: "With the key that it publishes as a server, not with its policy key.",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  appliesTo: ({ endpoint }) => endpoint === "policy-sign",
  async respond(peer, { request }, input) {
    const event = readJson(request.body);
    if (!isJsonObject(event)) return jsonResponse(400, { errcode: "M_NOT_JSON", error: "no event in JSON" });
    const key = input.key === undefined ? policyKeyOf(peer.signingKey) : inDisguise(peer);
    return jsonResponse(200, {
      [peer.serverName]: { [POLICY_KEY_ID]: signature(peer, key, event, input["room-version"]) },
    });
  },
});

function signature({ serverName }: Misbehaving, key: SigningKey, event: JsonObject, version: string): string {
  const bare = { ...event, signatures: {} } as unknown as Pdu;
  return (
    addEventSignature(bare, roomVersionRules(version), serverName, key).signatures?.[serverName]?.[key.keyId] ?? ""
  );
}

/** The published key under the policy key's id. */
function inDisguise({ signingKey: { seed } }: Misbehaving): SigningKey {
  return signingKey(seed, POLICY_KEY_ID.slice("ed25519:".length));
}
