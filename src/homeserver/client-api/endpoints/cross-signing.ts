import type { JsonObject } from "../../../matrix/json.js";
import type { DeviceListSender } from "../../devices/device-list-sender.js";
import type { SignatureUploads } from "../../devices/signature-uploads.js";
import type { ClientParts } from "../client-parts.js";
import type { ClientRoutes, UserRequest } from "../request.js";

function upload(parts: ClientParts, sender: DeviceListSender, request: UserRequest): JsonObject {
  const user = request.requester.userId;
  const fresh = parts.crossSigning.newIn(user, request.body);
  if (Object.keys(fresh).length === 0) return {};
  const { has } = parts.context;
  const replaces = parts.crossSigning.of(user).master !== undefined && !has("replaces-identity-unasked");
  if (replaces || has("asks-password-for-first-identity")) parts.interactiveAuth.requirePassword(request.body, user);
  parts.crossSigning.store(user, fresh);
  parts.deviceChanges.record(user);
  const late = fresh.self_signing !== undefined && !has("late-self-signing-key-untold");
  if (fresh.master !== undefined || late) sender.announceCrossSigning(user);
  return {};
}

export interface CrossSigningParts {
  readonly sender: DeviceListSender;
  readonly signatureUploads: SignatureUploads;
}

/** client-server-api#cross-signing */
export function crossSigningEndpoints(routes: ClientRoutes, parts: ClientParts, more: CrossSigningParts): void {
  routes.user("POST", "/v3/keys/device_signing/upload", (request) => upload(parts, more.sender, request));
  routes.user("POST", "/v3/keys/signatures/upload", ({ requester, body, signal }) =>
    more.signatureUploads.upload(requester.userId, body, signal),
  );
}
