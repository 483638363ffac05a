import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import type { Accounts } from "../accounts/accounts.js";
import { randomToken } from "../accounts/random-id.js";
import { type Context, MatrixError } from "../parts.js";

type Stage = "m.login.dummy" | "m.login.password";

/** The dance that sensitive endpoints ask for (client-server-api#user-interactive-authentication-api). One stage is always enough. */
export class InteractiveAuth {
  readonly #context: Context;
  readonly #accounts: Accounts;
  readonly #sessions = new Set<string>();

  constructor(context: Context, accounts: Accounts) {
    this.#context = context;
    this.#accounts = accounts;
  }

  /** Returns when the body's `auth` satisfies the dummy stage. */
  requireDummy(body: JsonObject): void {
    this.#stage(body, "m.login.dummy");
  }

  /** Returns when the body's `auth` has the user's password. */
  requirePassword(body: JsonObject, userId: UserId): void {
    const auth = this.#stage(body, "m.login.password");
    const identifier = auth.identifier;
    const named = isJsonObject(identifier) ? identifier.user : auth.user;
    const password = auth.password;
    const same = named === userId || `@${String(named)}:${this.#context.serverName}` === userId;
    if (!same || typeof password !== "string" || !this.#accounts.passwordMatches(userId, password)) {
      throw this.#challenge("m.login.password", { errcode: "M_FORBIDDEN", error: "the password is wrong" });
    }
  }

  #stage(body: JsonObject, stage: Stage): JsonObject {
    const auth = body.auth;
    if (!isJsonObject(auth) || auth.type === undefined) throw this.#challenge(stage);
    const session = auth.session;
    if (session !== undefined && (typeof session !== "string" || !this.#sessions.has(session))) {
      throw this.#challenge(stage, { errcode: "M_UNKNOWN", error: "that session is not known" });
    }
    if (auth.type !== stage)
      throw this.#challenge(stage, { errcode: "M_FORBIDDEN", error: "that stage is not offered" });
    return auth;
  }

  #challenge(stage: Stage, problem?: { readonly errcode: string; readonly error: string }): MatrixError {
    const session = randomToken(this.#context.options, 12);
    this.#sessions.add(session);
    return new MatrixError(
      401,
      problem?.errcode ?? "M_UNAUTHORIZED",
      problem?.error ?? "more authentication is needed",
      {
        flows: [{ stages: [stage] }],
        params: {},
        completed: [],
        session,
      },
    );
  }
}
