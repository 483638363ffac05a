import { Type } from "@sinclair/typebox";
import { ClientError } from "../../client/client-error.js";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import { observeResponse } from "../asking/client-calls.js";
import { defineStep } from "../define.js";
import { resolveText } from "../names.js";
import { namesOf } from "../names-of.js";

export const register = defineStep({
  name: "register",
  summary: "A user is registered on a server under test in the way that all its users are; it may be refused",
  input: Type.Object(
    {
      at: Type.String({ description: "The server's seat.", "refers-to": "seat" }),
      localpart: Type.String({ description: "The name, in which the instance's token must stand." }),
    },
    { additionalProperties: false },
  ),
  describe: ({ at, localpart }) => `Somebody wants to be “${localpart}” at ${at}`,
  async run(context, input) {
    const localpart = resolveText(input.localpart, namesOf(context));
    await context.register(input.at, localpart).catch((error: unknown) => {
      if (!(error instanceof ClientError)) throw error;
    });
    const server = context.serverName(input.at);
    const asked = context
      .exchanges()
      .findLast(({ to, requestJson }) => to === server && nameIn(requestJson()) === localpart);
    if (asked?.response === undefined)
      throw new Error(`${localpart} holds no token, so that its registration is not found`);
    const body = asked.responseJson();
    const { status } = asked.response;
    observeResponse(context, { status, body: isJsonObject(body) ? body : {}, exchange: asked.id });
  },
});

function nameIn(body: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(body) ? body.username : undefined;
}
