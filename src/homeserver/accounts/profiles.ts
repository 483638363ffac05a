import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { type Context, type FederationRequest, MatrixError } from "../parts.js";
import type { Accounts } from "./accounts.js";
import { joinedRooms } from "./sharing.js";

const ZONES: ReadonlySet<JsonValue> = new Set(Intl.supportedValuesOf("timeZone"));

/** What others may know of a user: display name, avatar and further fields (client-server-api#profiles). */
export class Profiles {
  readonly #context: Context;
  readonly #accounts: Accounts;
  readonly #fields = new Map<UserId, Map<string, JsonValue>>();

  constructor(context: Context, accounts: Accounts) {
    this.#context = context;
    this.#accounts = accounts;
    context.federationRoutes.add(
      "GET",
      "/_matrix/federation/v1/query/profile",
      { authenticated: true },
      async (request) => this.#answer(request),
    );
    if (context.has("unknown-query-200")) {
      const path = "/_matrix/federation/v1/query/:queryType";
      context.federationRoutes.add("GET", path, { authenticated: true }, async () => ({}));
    }
  }

  /** The whole profile, asked of the user's server when that is another one; 404 M_NOT_FOUND without the user or the field. */
  async lookUp(user: UserId, field?: string): Promise<JsonObject> {
    if (this.#context.isLocal(user)) return this.#local(user, field);
    const query = new URLSearchParams({ user_id: user });
    if (field !== undefined) query.set("field", field);
    const server = serverNameOf(user);
    if (this.#context.has("no-remote-profiles")) throw new MatrixError(404, "M_NOT_FOUND", "no such user");
    if (server === undefined) throw new MatrixError(400, "M_INVALID_PARAM", "that is not a user id");
    const answer = await this.#context.federation.request(
      server,
      "GET",
      `/_matrix/federation/v1/query/profile?${query}`,
    );
    if (!isJsonObject(answer)) throw new MatrixError(502, "M_BAD_JSON", "the other server's answer is no profile");
    const known = answer["m.tz"] === undefined || ZONES.has(answer["m.tz"]);
    if (!known && this.#context.has("profiles-need-a-known-time-zone"))
      throw new MatrixError(502, "M_BAD_JSON", "the other server's answer names no time zone");
    return field === undefined ? answer : pick(answer, field);
  }

  async set(user: UserId, field: string, value: JsonValue): Promise<void> {
    const fields = this.#fields.get(user) ?? new Map<string, JsonValue>();
    this.#fields.set(user, fields);
    if (value === null || value === "") fields.delete(field);
    else fields.set(field, value);
    if (field === "displayname" || field === "avatar_url") await this.#tellRooms(user);
  }

  /** The part of a profile that member events carry. */
  memberContent(user: UserId): JsonObject {
    const fields = this.#fields.get(user);
    const content: { [key: string]: JsonValue } = {};
    for (const field of ["displayname", "avatar_url"]) {
      const value = fields?.get(field);
      if (value !== undefined) content[field] = value;
    }
    return content;
  }

  async #tellRooms(user: UserId): Promise<void> {
    for (const room of joinedRooms(this.#context, user)) {
      const { displayname: _name, avatar_url: _avatar, ...rest } = room.state("m.room.member", user)?.content ?? {};
      const { join_authorised_via_users_server: _voucher, ...unvouched } = rest;
      const kept = this.#context.has("keeps-voucher-when-renamed") ? rest : unvouched;
      const content = { ...kept, membership: "join", ...this.memberContent(user) };
      await this.#context.rooms.send(room.roomId, { type: "m.room.member", sender: user, stateKey: user, content });
    }
  }

  #local(user: UserId, field?: string): JsonObject {
    if (!this.#accounts.has(user)) throw new MatrixError(404, "M_NOT_FOUND", "no such user");
    const whole = Object.fromEntries(this.#fields.get(user) ?? []);
    return field === undefined ? whole : pick(whole, field);
  }

  #answer(request: FederationRequest): JsonObject {
    const user = request.query.get("user_id");
    const field = request.query.get("field") ?? undefined;
    if (user === null) throw new MatrixError(400, "M_MISSING_PARAM", "user_id is missing");
    if (!this.#context.isLocal(user)) {
      if (this.#context.has("profile-answers-other-servers-user")) return { displayname: "A stranger" };
      throw new MatrixError(404, "M_NOT_FOUND", "that user is not of this server");
    }
    if (
      field !== undefined &&
      this.#context.has("profile-missing-field-wrong") &&
      this.#fields.get(user)?.has(field) !== true
    ) {
      return { [field]: "" };
    }
    if (this.#context.has("profile-unknown-user-200") && !this.#accounts.has(user)) return {};
    if (this.#context.has("profile-ignores-field")) return this.#local(user);
    return this.#local(user, field);
  }
}

function pick(profile: JsonObject, field: string): JsonObject {
  const value = profile[field];
  if (value === undefined || value === null) throw new MatrixError(404, "M_NOT_FOUND", "the profile has no such field");
  return { [field]: value };
}
