import type { Core } from "./core.js";
import type { EventChecks } from "./federation/event-checks.js";
import type { KeyRing } from "./federation/key-ring.js";
import type { Outliers } from "./federation/outliers.js";
import type { Receiver } from "./federation/receiver.js";
import type { FederationClient } from "./parts.js";
import type { Intake } from "./rooms/intake.js";
import type { InvitePolicy } from "./rooms/invite-policy.js";
import type { OwnEvents } from "./rooms/own-events.js";
import type { PolicyServers } from "./rooms/policy-servers.js";
import type { RoomStore } from "./rooms/room-store.js";

/** What the endpoints and handshakes about rooms work on. */
export interface RoomParts {
  readonly core: Core;
  readonly store: RoomStore;
  readonly intake: Intake;
  readonly events: OwnEvents;
  readonly keys: KeyRing;
  readonly checks: EventChecks;
  readonly outliers: Outliers;
  readonly receiver: Receiver;
  readonly federation: FederationClient;
  readonly invitePolicy: InvitePolicy;
  readonly policyServers: PolicyServers;
}
