import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import { inviteThrough } from "../federation/outgoing-invites.js";
import { type EventDraft, MatrixError, type ThirdPartyWord } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { isResident, residentRoom } from "../rooms/access.js";
import { domainOf, membershipIn } from "../rooms/membership.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { requireKeyThatHolds } from "./identity-keys.js";
import { IdentityServers } from "./identity-servers.js";

/** Turns invitations of addresses into invitations of users, on an identity server's word (server-server-api#third-party-invites). */
export class ThirdPartyInvites {
  readonly #identityServers: IdentityServers;

  constructor(private readonly parts: RoomParts) {
    this.#identityServers = new IdentityServers(parts.core.options);
  }

  /** Invites one of this server's users: by itself where it is in the room, else through the inviter's server. */
  async redeem(word: ThirdPartyWord): Promise<void> {
    const { core, store } = this.parts;
    const room = store.get(word.roomId);
    if (isResident(core, room) && !core.has("exchanges-although-in-the-room")) return this.issue(room, word);
    if (core.has("redeems-in-own-rooms-only")) throw new MatrixError(404, "M_NOT_FOUND", "that room is not known here");
    const { roomId, sender, user, signed } = word;
    // The name that stands for the address is the room's to know; the request has to have one.
    const invitation = { display_name: user, signed };
    const content = { membership: "invite", third_party_invite: invitation };
    const event = { type: "m.room.member", room_id: roomId, sender, state_key: user, content };
    const uri = `/_matrix/federation/v1/exchange_third_party_invite/${encodeURIComponent(roomId)}`;
    await this.parts.federation.request(domainOf(sender), "PUT", uri, event);
  }

  /** The invitation in a room that this server is in; resolves when the invited user's server has agreed. */
  async issue(room: StoredRoom, { sender, user, signed }: ThirdPartyWord): Promise<void> {
    const { core, events } = this.parts;
    const invitation = this.#invitation(room, signed);
    const name = invitation?.content.display_name;
    const content = { display_name: typeof name === "string" ? name : user, signed };
    const draft: EventDraft = {
      type: "m.room.member",
      sender: core.has("exchanges-in-its-own-name") ? this.#anybodyElse(room, sender) : sender,
      stateKey: user,
      content: { membership: "invite", third_party_invite: content },
    };
    // Refused here before anybody else is asked.
    events.prepare(room, draft);
    if (core.isLocal(sender)) await this.#requireKey(room, signed);
    if (core.isLocal(user) || core.has("exchanges-in-silence")) await events.send(room, draft);
    else await inviteThrough(this.parts, room, draft);
  }

  /** For the first user of a server who enters on an identity server's word (client-server-api#third-party-invites). */
  async requireKeyOfFirstJoin(room: StoredRoom, user: string, origin: ServerName): Promise<void> {
    const { core } = this.parts;
    const member = room.state("m.room.member", user);
    const redeemed = member?.content.third_party_invite;
    if (membershipIn(member) !== "invite" || !isJsonObject(redeemed) || !isJsonObject(redeemed.signed)) return;
    if (room.joinedServers().includes(origin) || core.has("first-joins-unasked")) return;
    await this.#requireKey(room, redeemed.signed);
  }

  #anybodyElse(room: StoredRoom, sender: string): string {
    const { core } = this.parts;
    return room.joinedUsers().find((user) => core.isLocal(user) && user !== sender) ?? sender;
  }

  /** A room in which a word may be exchanged. */
  room(roomId: string): StoredRoom {
    return residentRoom(this.parts.core, this.parts.store, roomId);
  }

  async #requireKey(room: StoredRoom, signed: JsonObject): Promise<void> {
    const invitation = this.#invitation(room, signed);
    if (invitation === undefined || this.parts.core.has("never-asks-whether-keys-hold")) return;
    await requireKeyThatHolds(this.#identityServers, invitation, signed);
  }

  #invitation(room: StoredRoom, { token }: JsonObject) {
    return typeof token === "string" ? room.state("m.room.third_party_invite", token) : undefined;
  }
}
