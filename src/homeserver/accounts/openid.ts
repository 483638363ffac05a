import type { UserId } from "../../matrix/pdu.js";
import { type Context, MatrixError } from "../parts.js";
import type { Accounts } from "./accounts.js";
import { randomToken } from "./random-id.js";

const LIFETIME_SECONDS = 3600;

/** Tokens that prove a user's identity to third parties, redeemed through this server (server-server-api#openid). */
export class OpenIdTokens {
  readonly #context: Context;
  readonly #sessions: Pick<Accounts, "session">;
  readonly #tokens = new Map<string, { readonly userId: UserId; readonly expiresAt: number }>();

  constructor(context: Context, sessions: Pick<Accounts, "session">) {
    this.#context = context;
    this.#sessions = sessions;
    context.federationRoutes.add(
      "GET",
      "/_matrix/federation/v1/openid/userinfo",
      { authenticated: false },
      async (request) => ({ sub: this.#redeem(request.query.get("access_token"), request.now) }),
    );
  }

  issue(userId: UserId) {
    const token = randomToken(this.#context.options, 24);
    this.#tokens.set(token, { userId, expiresAt: this.#context.options.now() + LIFETIME_SECONDS * 1000 });
    return {
      access_token: token,
      token_type: "Bearer",
      matrix_server_name: this.#context.serverName,
      expires_in: LIFETIME_SECONDS,
    };
  }

  #redeem(token: string | null, now: number): UserId {
    const { has, serverName } = this.#context;
    const entry = token === null ? undefined : this.#tokens.get(token);
    if (entry !== undefined && entry.expiresAt > now)
      return has("openid-for-anybody") ? `@anybody:${serverName}` : entry.userId;
    const session = token !== null && has("openid-takes-access-tokens") ? this.#sessions.session(token) : undefined;
    if (session !== undefined) return session.userId;
    const status = has("openid-unknown-token-404") ? 404 : 401;
    throw new MatrixError(status, "M_UNKNOWN_TOKEN", "the token is not known or has expired");
  }
}
