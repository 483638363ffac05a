import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../matrix/json.js";
import { ask } from "./client-calls.js";
import { defineStep } from "./define.js";
import { resolveNames, resolveText } from "./names.js";
import { namesOf } from "./names-of.js";

export const clientRequest = defineStep({
  name: "client-request",
  summary: "A user's client makes a request of the client-server API, which may be refused",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a target." }),
      method: Type.Union([Type.Literal("GET"), Type.Literal("PUT"), Type.Literal("POST"), Type.Literal("DELETE")]),
      path: Type.String({
        pattern: "^/",
        description: "What follows `/_matrix/client/v3`; `${name}` is replaced and percent-encoded.",
      }),
      body: Type.Optional(Type.Object({}, { additionalProperties: true })),
    },
    { additionalProperties: false },
  ),
  describe: ({ as, method, path }) => `${as}'s client asks its server: ${method} ${path}`,
  async run(context, { as, method, path, body }) {
    const names = namesOf(context);
    const asked = resolveText(path, names, encodeURIComponent);
    await ask(context, as, method, asked, body === undefined ? undefined : resolveNames(body as JsonObject, names));
  },
});
