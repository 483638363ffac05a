import { scryptSync, timingSafeEqual } from "node:crypto";
import { isCurrentUserId } from "../../matrix/identifiers.js";
import type { UserId } from "../../matrix/pdu.js";
import type { Requester } from "../client-api/request.js";
import { type Context, MatrixError } from "../parts.js";
import { randomToken } from "./random-id.js";

interface Account {
  readonly userId: UserId;
  readonly salt: Uint8Array;
  readonly passwordHash: Uint8Array;
}

/** Cheap on purpose: the accounts live as long as the process and hold nothing worth attacking. */
const SCRYPT_COST = 16;

function hashPassword(password: string, salt: Uint8Array): Uint8Array {
  return scryptSync(password, salt, 32, { N: SCRYPT_COST });
}

/** The server's users, their passwords and their access tokens. */
export class Accounts {
  readonly #context: Context;
  readonly #accounts = new Map<UserId, Account>();
  readonly #sessions = new Map<string, Requester>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** The user id of a local part; 400 M_INVALID_USERNAME when the grammar forbids it (appendices#user-identifiers). */
  userIdOf(localpart: string): UserId {
    const userId = `@${localpart}:${this.#context.serverName}`;
    if (!isCurrentUserId(userId) && !this.#context.has("registers-any-name"))
      throw new MatrixError(400, "M_INVALID_USERNAME", "that is not a possible user name");
    return userId;
  }

  register(userId: UserId, password: string): void {
    if (this.#accounts.has(userId)) throw new MatrixError(400, "M_USER_IN_USE", "that user name is taken");
    const salt = this.#context.options.random(16);
    this.#accounts.set(userId, { userId, salt, passwordHash: hashPassword(password, salt) });
  }

  has(userId: UserId): boolean {
    return this.#accounts.has(userId);
  }

  passwordMatches(userId: UserId, password: string): boolean {
    const account = this.#accounts.get(userId);
    return account !== undefined && timingSafeEqual(hashPassword(password, account.salt), account.passwordHash);
  }

  /** A new access token for a user's device. */
  openSession(userId: UserId, deviceId: string): string {
    const token = `concordat_${randomToken(this.#context.options, 24)}`;
    this.#sessions.set(token, { userId, deviceId, token });
    return token;
  }

  session(token: string): Requester | undefined {
    return this.#sessions.get(token);
  }

  closeSessions(userId: UserId, deviceId: string): void {
    for (const [token, session] of this.#sessions) {
      if (session.userId === userId && session.deviceId === deviceId) this.#sessions.delete(token);
    }
  }
}
