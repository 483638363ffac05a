import { Type } from "@sinclair/typebox";
import { askFor, encode, textMember } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { peerRequest } from "../peers/peer-requests.js";

const closed = { additionalProperties: false } as const;

export const redeemToken = defineStep({
  name: "redeem-token",
  summary: "A user gives somebody else a token, who asks the user's server for whom it speaks",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a target." }),
      by: Type.String({ description: "The seat of the peer that asks.", "refers-to": "seat" }),
      token: Type.Union([Type.Literal("openid"), Type.Literal("access-token"), Type.Literal("unknown")], {
        description:
          "One made for this, the one with which the user's client does everything, or one that nobody made.",
        "refers-to": "nothing",
      }),
    },
    closed,
  ),
  describe: ({ as, by, token }) =>
    `${by} redeems ${as}'s ${token === "openid" ? "OpenID token" : token.replace("-", " ")}`,
  async run(context, { as, by, token }) {
    const text = await tokenOf(context, as, token);
    const uri = `/_matrix/federation/v1/openid/userinfo?access_token=${encode(text)}`;
    await peerRequest(context, by, context.seatOf(as), { method: "GET", uri, signed: false });
  },
});

/** Never bound to a name: whoever reads the journal could use it. */
async function tokenOf(
  context: StepContext,
  who: string,
  kind: "openid" | "access-token" | "unknown",
): Promise<string> {
  if (kind === "access-token") return context.client(who).accessToken;
  if (kind === "unknown") return "nobody-made-this-token";
  const user = context.client(who).userId;
  const said = await askFor(context, who, "POST", `/user/${encode(user)}/openid/request_token`, {});
  return textMember(context, who, said, "access_token");
}
