import { createHash } from "node:crypto";
import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { RoomId, UserId } from "../../matrix/pdu.js";
import { type Context, MatrixError } from "../parts.js";
import { IdentityServers } from "./identity-servers.js";

const API = "/_matrix/identity/v2";

/** An address to be invited, and the identity server that the user trusts with it. */
export interface InvitedAddress {
  readonly medium: string;
  readonly address: string;
  readonly server: string;
  readonly token: string;
}

/** Invites whoever owns an address (client-server-api#third-party-invites). */
export class AddressInvites {
  readonly #servers: IdentityServers;

  constructor(private readonly context: Context) {
    this.#servers = new IdentityServers(context.options);
  }

  /** Invites the owner where the identity server knows them; otherwise leaves the invitation with that server and in the room. */
  async invite(sender: UserId, roomId: RoomId, to: InvitedAddress): Promise<void> {
    const { rooms, has } = this.context;
    if (rooms.get(roomId)?.membership(sender) !== "join") {
      throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
    }
    const owner = await this.#ownerOf(to);
    if (owner !== undefined && !has("invites-addresses-of-users")) {
      await rooms.invite(sender, roomId, owner);
      return;
    }
    const stored = await this.#store(sender, roomId, to);
    if (has("keeps-invited-addresses-from-the-room")) return;
    const name = has("names-invited-addresses") ? to.address : stored.name;
    const content = { ...stored.content, display_name: name };
    await rooms.send(roomId, { type: "m.room.third_party_invite", sender, stateKey: stored.token, content });
  }

  /** identity-service-api#association-lookup */
  async #ownerOf({ medium, address, server, token }: InvitedAddress): Promise<UserId | undefined> {
    const details = await this.#servers.ask(server, { method: "GET", target: `${API}/hash_details`, token });
    const { algorithms, lookup_pepper: pepper } = details;
    const algorithm = Array.isArray(algorithms) && algorithms.includes("sha256") ? "sha256" : "none";
    const plain = `${address} ${medium}`;
    const sought = algorithm === "none" ? plain : hashOf(`${plain} ${String(pepper)}`);
    const content = { addresses: [sought], algorithm, pepper: pepper ?? "" };
    const { mappings } = await this.#servers.ask(server, { method: "POST", target: `${API}/lookup`, token, content });
    const owner = isJsonObject(mappings) ? mappings[sought] : undefined;
    return typeof owner === "string" ? owner : undefined;
  }

  /** identity-service-api#invitation-storage */
  async #store(sender: UserId, roomId: RoomId, { medium, address, server, token }: InvitedAddress) {
    const content = { medium, address, room_id: roomId, sender };
    const target = `${API}/store-invite`;
    const stored = await this.#servers.ask(server, { method: "POST", target, token, content });
    const { token: key, display_name: name, public_keys: keys } = stored;
    const first = keysIn(keys)[0];
    if (typeof key !== "string" || typeof name !== "string" || first === undefined) {
      throw new MatrixError(502, "M_UNKNOWN", `${server} stored no invitation`);
    }
    const single = { public_key: first.public_key ?? "", key_validity_url: first.key_validity_url ?? "" };
    return { token: key, name, content: { ...single, public_keys: keysIn(keys) } };
  }
}

function keysIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((key: JsonValue) => isJsonObject(key)) : [];
}

function hashOf(text: string): string {
  return encodeUrlSafeBase64(createHash("sha256").update(text, "utf8").digest());
}
