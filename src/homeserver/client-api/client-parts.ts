import type { AccountData } from "../accounts/account-data.js";
import type { Accounts } from "../accounts/accounts.js";
import type { OpenIdTokens } from "../accounts/openid.js";
import type { Profiles } from "../accounts/profiles.js";
import type { RoomDirectory } from "../accounts/room-directory.js";
import type { CrossSigning } from "../devices/cross-signing.js";
import type { DeviceChanges } from "../devices/device-changes.js";
import type { Devices } from "../devices/devices.js";
import type { KeyClaims } from "../devices/key-claims.js";
import type { KeyQueries } from "../devices/key-queries.js";
import type { OneTimeKeys } from "../devices/one-time-keys.js";
import type { ToDevice } from "../devices/to-device.js";
import type { Presence } from "../ephemeral/presence.js";
import type { Receipts } from "../ephemeral/receipts.js";
import type { Typing } from "../ephemeral/typing.js";
import type { Context } from "../parts.js";
import type { RoomLog } from "../sync/room-log.js";
import type { Wakeups } from "../sync/wakeups.js";
import type { InteractiveAuth } from "./interactive-auth.js";
import type { Transactions } from "./transactions.js";

/** Everything the client API's endpoints work on. */
export interface ClientParts {
  readonly context: Context;
  readonly accounts: Accounts;
  readonly accountData: AccountData;
  readonly openId: OpenIdTokens;
  readonly profiles: Profiles;
  readonly directory: RoomDirectory;
  readonly devices: Devices;
  readonly oneTimeKeys: OneTimeKeys;
  readonly crossSigning: CrossSigning;
  readonly deviceChanges: DeviceChanges;
  readonly keyQueries: KeyQueries;
  readonly keyClaims: KeyClaims;
  readonly toDevice: ToDevice;
  readonly typing: Typing;
  readonly receipts: Receipts;
  readonly presence: Presence;
  readonly roomLog: RoomLog;
  readonly wakeups: Wakeups;
  readonly interactiveAuth: InteractiveAuth;
  readonly transactions: Transactions;
}
