import { Type } from "@sinclair/typebox";
import { policyKeyOf } from "../../peer/policy-key.js";
import { defineStep } from "../define.js";

const closed = { additionalProperties: false } as const;

export const notePolicyKey = defineStep({
  name: "note-policy-key",
  summary: "The public key with which a peer signs as policy server is named, so that rooms can hold it",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the key to." }),
      peer: Type.String({ description: "The peer's seat." }),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, peer }) => `“${id}” is the key of the policy server ${peer}`,
  async run(context, input) {
    const { publicKey } = policyKeyOf(context.peer(input.peer).signingKey);
    context.bind(input.id, { kind: "policy-key", value: publicKey });
  },
});
