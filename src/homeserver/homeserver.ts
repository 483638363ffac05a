import type { WireHandler } from "../net/wire.js";
import { type ClientHalf, installClientHalf } from "./client-api/install.js";
import { createCore } from "./core.js";
import { EventChecks } from "./federation/event-checks.js";
import { Handshakes } from "./federation/handshakes.js";
import { addHistoryRoutes } from "./federation/history-api.js";
import { addInviteRoutes } from "./federation/invite-api.js";
import { KeyRing } from "./federation/key-ring.js";
import { addMembershipRoutes } from "./federation/membership-api.js";
import { Outbox } from "./federation/outbox.js";
import { Outliers } from "./federation/outliers.js";
import { Receiver } from "./federation/receiver.js";
import { FederationRouter } from "./federation/router.js";
import { addServerRoutes } from "./federation/server-api.js";
import { addTemplateRoutes } from "./federation/template-api.js";
import { addTimestampRoute } from "./federation/timestamp-api.js";
import { addTransactionRoute, EduDispatch } from "./federation/transactions-api.js";
import type { HomeserverOptions } from "./options.js";
import type { Context } from "./parts.js";
import type { RoomParts } from "./room-parts.js";
import { Intake } from "./rooms/intake.js";
import { InvitePolicy } from "./rooms/invite-policy.js";
import { OwnEvents } from "./rooms/own-events.js";
import { PolicyServers } from "./rooms/policy-servers.js";
import { RoomStore } from "./rooms/room-store.js";
import { ServerRooms } from "./rooms/server-rooms.js";
import { ThirdPartyInvites } from "./third-party-invites/redemption.js";
import { addThirdPartyInviteRoutes } from "./third-party-invites/routes.js";

/** A Matrix homeserver in memory: what comes in goes through two handlers, what goes out through the transport. */
export class Homeserver {
  readonly serverName: string;
  readonly context: Context;
  /** The server-server API and key publication, from `/_matrix` on. */
  readonly handleFederation: WireHandler;
  readonly #outbox: Outbox;
  readonly #clientHalf: ClientHalf;

  constructor(options: HomeserverOptions) {
    const core = createCore(options);
    const keys = new KeyRing(core);
    this.serverName = core.serverName;
    this.#outbox = new Outbox(core);
    const parts = roomParts(core, keys, this.#outbox);
    const handshakes = new Handshakes(parts);
    const thirdPartyInvites = new ThirdPartyInvites(parts);
    const rooms = new ServerRooms(parts, handshakes, thirdPartyInvites);
    const router = new FederationRouter(core, keys, (server) => this.#outbox.heardFrom(server));
    const edus = new EduDispatch(core, parts.store);
    addServerRoutes(core, keys, router);
    addHistoryRoutes(parts, router);
    addTemplateRoutes(parts, router);
    addMembershipRoutes(parts, thirdPartyInvites, router);
    addThirdPartyInviteRoutes(parts, thirdPartyInvites, router);
    addInviteRoutes(parts, router);
    addTimestampRoute(parts, router);
    addTransactionRoute(parts, edus, router, (roomId) => handshakes.settled(roomId));
    const { serverName, has, isLocal } = core;
    const federation = this.#outbox;
    this.context = { options, serverName, rooms, federation, federationRoutes: router, edus, keys, has, isLocal };
    this.#clientHalf = installClientHalf(this.context);
    this.handleFederation = router.handle;
  }

  /** The client-server API. */
  get handleClient(): WireHandler {
    return this.#clientHalf.handleClient;
  }

  /** Goes down as a server does that keeps its data: what is under way is broken off, and what waits goes on waiting. */
  shutDown(): void {
    this.#outbox.stop();
  }

  /** Comes up again after `shutDown`. */
  startUp(): void {
    this.#clientHalf.restarted();
    this.#outbox.resume();
  }

  /** Gives up what is still to be sent and ends long polls. */
  stop(): void {
    this.#clientHalf.stop();
    this.#outbox.stop();
  }
}

function roomParts(core: ReturnType<typeof createCore>, keys: KeyRing, federation: Outbox): RoomParts {
  const store = new RoomStore(core);
  const intake = new Intake(core, store);
  const policyServers = new PolicyServers(core, federation, (server) => keys.published(server));
  const events = new OwnEvents(core, intake, federation, policyServers);
  const checks = new EventChecks(core, keys);
  const outliers = new Outliers(core, intake, checks, federation);
  const receiver = new Receiver(core, { intake, checks, outliers, federation, policyServers });
  const invitePolicy = new InvitePolicy();
  const judges = { checks, outliers, receiver, invitePolicy, policyServers };
  return { core, store, intake, events, keys, federation, ...judges };
}
