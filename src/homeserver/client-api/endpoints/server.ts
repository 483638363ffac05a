import { ROOM_VERSIONS } from "../../../matrix/room-versions.js";
import type { Context } from "../../parts.js";
import type { ClientRoutes } from "../request.js";

/** Versions and capabilities (client-server-api#api-versions, client-server-api#capabilities-negotiation). */
export function serverEndpoints(routes: ClientRoutes, context: Context): void {
  const { options } = context;
  const offered = options.roomVersions ?? ROOM_VERSIONS;
  const defaultVersion = options.defaultRoomVersion ?? (offered.includes("12") ? "12" : (offered.at(-1) ?? "12"));
  routes.open("GET", "/versions", () => ({
    versions: ["v1.11", "v1.12", "v1.13", "v1.14", "v1.15", "v1.16"],
    unstable_features: {},
  }));
  routes.user("GET", "/v3/capabilities", () => ({
    capabilities: {
      "m.room_versions": {
        ...(context.has("names-no-default-version") ? {} : { default: defaultVersion }),
        available: Object.fromEntries(offered.map((version) => [version, "stable"])),
      },
      "m.change_password": { enabled: false },
      "m.set_displayname": { enabled: true },
      "m.set_avatar_url": { enabled: true },
      "m.profile_fields": { enabled: true },
    },
  }));
  routes.user("GET", "/v3/pushrules/", () => ({ global: {} }));
}
