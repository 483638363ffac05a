import { Type } from "@sinclair/typebox";
import { defineBehaviour } from "./define.js";

/** Takes the request and cuts the connection instead of answering. */
export const hangsUp = defineBehaviour({
  name: "hangs-up",
  summary: "Takes requests to an endpoint and cuts the connection",
  input: Type.Object(
    { endpoint: Type.String({ description: "An endpoint's id (`make-join`) or group (`events`)." }) },
    { additionalProperties: false },
  ),
  appliesTo: (call, input) => call.endpoint === input.endpoint || call.group === input.endpoint,
  respond: () => Promise.reject(new Error("hung up on purpose")),
});
