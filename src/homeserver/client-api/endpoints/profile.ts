import { MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, type UserRequest } from "../request.js";

async function setField(parts: ClientParts, request: UserRequest): Promise<Record<string, never>> {
  const user = param(request, "userId");
  const field = param(request, "field");
  const value = request.body[field];
  if (user !== request.requester.userId) throw new MatrixError(403, "M_FORBIDDEN", "that is another user's profile");
  if (value === undefined) throw new MatrixError(400, "M_MISSING_PARAM", `"${field}" is missing`);
  if ((field === "displayname" || field === "avatar_url") && value !== null && typeof value !== "string") {
    throw new MatrixError(400, "M_BAD_JSON", `"${field}" must be a string`);
  }
  await parts.profiles.set(user, field, value);
  return {};
}

/** client-server-api#profiles */
export function profileEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  routes.open("GET", "/v3/profile/:userId", (request) => parts.profiles.lookUp(param(request, "userId")));
  routes.open("GET", "/v3/profile/:userId/:field", (request) =>
    parts.profiles.lookUp(param(request, "userId"), param(request, "field")),
  );
  routes.user("PUT", "/v3/profile/:userId/:field", (request) => setField(parts, request));
  routes.user("DELETE", "/v3/profile/:userId/:field", async (request) => {
    if (param(request, "userId") !== request.requester.userId)
      throw new MatrixError(403, "M_FORBIDDEN", "that is another user's profile");
    await parts.profiles.set(request.requester.userId, param(request, "field"), null);
    return {};
  });
}
