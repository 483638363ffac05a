import { isJsonObject, type JsonObject } from "../../../matrix/json.js";
import type { UserId } from "../../../matrix/pdu.js";
import { randomDeviceId, randomToken } from "../../accounts/random-id.js";
import { MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, optionalString, requiredString } from "../request.js";

function openSession(parts: ClientParts, userId: UserId, body: JsonObject): JsonObject {
  const deviceId = optionalString(body, "device_id") ?? randomDeviceId(parts.context.options);
  const taken = parts.crossSigning.isPublicKey(userId, deviceId);
  if (taken && !parts.context.has("opens-devices-named-like-keys")) {
    throw new MatrixError(403, "M_FORBIDDEN", "a cross-signing key has that device id as its public key");
  }
  // A login on a device that is there takes it over: its older tokens end.
  parts.accounts.closeSessions(userId, deviceId);
  parts.devices.ensure(userId, deviceId, optionalString(body, "initial_device_display_name"));
  return { user_id: userId, access_token: parts.accounts.openSession(userId, deviceId), device_id: deviceId };
}

function register(parts: ClientParts, query: URLSearchParams, body: JsonObject): JsonObject {
  if ((query.get("kind") ?? "user") !== "user")
    throw new MatrixError(403, "M_GUEST_ACCESS_FORBIDDEN", "there are no guests here");
  const localpart =
    optionalString(body, "username") ?? `u${randomToken(parts.context.options, 6).toLowerCase().replaceAll("-", ".")}`;
  const userId = parts.accounts.userIdOf(localpart);
  if (parts.accounts.has(userId)) throw new MatrixError(400, "M_USER_IN_USE", "that user name is taken");
  parts.interactiveAuth.requireDummy(body);
  parts.accounts.register(userId, requiredString(body, "password"));
  return body.inhibit_login === true ? { user_id: userId } : openSession(parts, userId, body);
}

function login(parts: ClientParts, body: JsonObject): JsonObject {
  if (requiredString(body, "type") !== "m.login.password") {
    throw new MatrixError(400, "M_UNKNOWN", "only m.login.password is offered");
  }
  const identifier = body.identifier;
  const user = isJsonObject(identifier) ? identifier.user : body.user;
  if (typeof user !== "string") throw new MatrixError(400, "M_MISSING_PARAM", "the user is not named");
  const userId = user.startsWith("@") ? user : `@${user}:${parts.context.serverName}`;
  if (!parts.accounts.passwordMatches(userId, requiredString(body, "password"))) {
    throw new MatrixError(403, "M_FORBIDDEN", "the user name or the password is wrong");
  }
  return openSession(parts, userId, body);
}

/** Registration, login and logout (client-server-api#account-registration-and-management, client-server-api#login). */
export function sessionEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  routes.open("POST", "/v3/register", ({ query, body }) => register(parts, query, body));
  routes.open("GET", "/v3/register/available", ({ query }) => {
    const userId = parts.accounts.userIdOf(query.get("username") ?? "");
    if (parts.accounts.has(userId)) throw new MatrixError(400, "M_USER_IN_USE", "that user name is taken");
    return { available: true };
  });
  routes.open("GET", "/v3/login", () => ({ flows: [{ type: "m.login.password" }] }));
  routes.open("POST", "/v3/login", ({ body }) => login(parts, body));
  routes.user("POST", "/v3/logout", ({ requester }) => {
    parts.devices.remove(requester.userId, requester.deviceId);
    return {};
  });
  routes.user("POST", "/v3/logout/all", ({ requester }) => {
    for (const device of parts.devices.list(requester.userId)) parts.devices.remove(device.userId, device.deviceId);
    return {};
  });
  routes.user("GET", "/v3/account/whoami", ({ requester }) => ({
    user_id: requester.userId,
    device_id: requester.deviceId,
    is_guest: false,
  }));
}
