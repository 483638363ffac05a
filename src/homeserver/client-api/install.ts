import type { WireHandler } from "../../net/wire.js";
import { AccountData } from "../accounts/account-data.js";
import { Accounts } from "../accounts/accounts.js";
import { OpenIdTokens } from "../accounts/openid.js";
import { Profiles } from "../accounts/profiles.js";
import { PublicRooms } from "../accounts/public-rooms.js";
import { RoomDirectory } from "../accounts/room-directory.js";
import { createDeviceParts, type DeviceParts } from "../devices/device-parts.js";
import { Presence } from "../ephemeral/presence.js";
import { Receipts } from "../ephemeral/receipts.js";
import { Typing } from "../ephemeral/typing.js";
import { addMediaRoutes } from "../media/media-api.js";
import { MediaStore } from "../media/media-store.js";
import { RemoteMedia } from "../media/remote-media.js";
import type { Context } from "../parts.js";
import { SpaceWalk } from "../spaces/space-walk.js";
import { addHierarchyRoute } from "../spaces/told-hierarchy.js";
import { RoomLog } from "../sync/room-log.js";
import { Wakeups } from "../sync/wakeups.js";
import type { ClientParts } from "./client-parts.js";
import { createRoomEndpoint } from "./endpoints/create-room.js";
import { crossSigningEndpoints } from "./endpoints/cross-signing.js";
import { deviceEndpoints } from "./endpoints/devices.js";
import { directoryEndpoints } from "./endpoints/directory.js";
import { ephemeralEndpoints } from "./endpoints/ephemeral.js";
import { keyBackupEndpoints } from "./endpoints/key-backup.js";
import { keyEndpoints } from "./endpoints/keys.js";
import { mediaEndpoints } from "./endpoints/media.js";
import { membershipEndpoints } from "./endpoints/membership.js";
import { messagesEndpoint } from "./endpoints/messages.js";
import { profileEndpoints } from "./endpoints/profile.js";
import { roomReadingEndpoints } from "./endpoints/room-reading.js";
import { sendingEndpoints } from "./endpoints/sending.js";
import { serverEndpoints } from "./endpoints/server.js";
import { sessionEndpoints } from "./endpoints/session.js";
import { spaceEndpoints } from "./endpoints/spaces.js";
import { syncEndpoints } from "./endpoints/sync.js";
import { timestampEndpoint } from "./endpoints/timestamps.js";
import { upgradeRoomEndpoint } from "./endpoints/upgrade-room.js";
import { InteractiveAuth } from "./interactive-auth.js";
import { ClientRouter } from "./router.js";
import { Transactions } from "./transactions.js";

/** What `installClientHalf` adds to a homeserver. */
export interface ClientHalf {
  /** Answers `/_matrix/client/…`. */
  readonly handleClient: WireHandler;
  /** To be called when the server comes up again. */
  restarted(): void;
  /** Ends long polls and timers. */
  stop(): void;
}

/**
 * Builds accounts, devices, ephemeral data and sync around a homeserver's rooms, and registers their
 * federation routes and EDU receivers.
 */
export function installClientHalf(context: Context): ClientHalf {
  const wakeups = new Wakeups();
  const devices = createDeviceParts(context, wakeups);
  const parts = createParts(context, wakeups, devices);
  const router = new ClientRouter(parts.accounts, (line) => context.options.log?.(line));
  addEndpoints(router, parts, devices);
  const media = new MediaStore(context);
  addMediaRoutes(context, media);
  mediaEndpoints(router, context, media, new RemoteMedia(context, media));
  const stop = () => {
    router.stop();
    parts.typing.stop();
  };
  return { handleClient: router.handle, restarted: () => devices.toDevice.restarted(), stop };
}

function createParts(context: Context, wakeups: Wakeups, devices: DeviceParts): ClientParts {
  const accounts = new Accounts(context);
  devices.devices.onChange((device, change) => {
    if (change === "deleted") accounts.closeSessions(device.userId, device.deviceId);
  });
  return {
    context,
    accounts,
    accountData: userSettings(context, wakeups),
    openId: new OpenIdTokens(context, accounts),
    profiles: new Profiles(context, accounts),
    directory: new RoomDirectory(context),
    ...devices,
    typing: new Typing(context, wakeups),
    receipts: new Receipts(context, wakeups),
    presence: new Presence(context, wakeups),
    roomLog: new RoomLog(context, wakeups),
    wakeups,
    interactiveAuth: new InteractiveAuth(context, accounts),
    transactions: new Transactions(),
  };
}

function addEndpoints(router: ClientRouter, parts: ClientParts, devices: DeviceParts): void {
  serverEndpoints(router, parts.context);
  sessionEndpoints(router, parts);
  createRoomEndpoint(router, parts);
  upgradeRoomEndpoint(router, parts);
  membershipEndpoints(router, parts);
  sendingEndpoints(router, parts);
  roomReadingEndpoints(router, parts);
  messagesEndpoint(router, parts);
  timestampEndpoint(router, parts);
  ephemeralEndpoints(router, parts);
  profileEndpoints(router, parts);
  directoryEndpoints(router, parts, new PublicRooms(parts.context, parts.directory));
  keyEndpoints(router, parts);
  crossSigningEndpoints(router, parts, devices);
  keyBackupEndpoints(router, devices.keyBackups);
  deviceEndpoints(router, parts, devices.toDeviceFederation);
  syncEndpoints(router, parts);
  addHierarchyRoute(parts.context);
  spaceEndpoints(router, new SpaceWalk(parts.context));
}

/** What users have told their server, which heeds whether they want invitations (client-server-api#invite-permission). */
function userSettings(context: Context, wakeups: Wakeups): AccountData {
  const settings = new AccountData(context, wakeups);
  context.rooms.blockInvites(({ user }) => {
    const wish = settings.get(user, "m.invite_permission_config")?.default_action;
    return wish === "block" && !context.has("takes-unwanted-invites");
  });
  return settings;
}
