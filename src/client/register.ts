import { createHmac } from "node:crypto";
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import type { AccountPolicy } from "./accounts.js";
import { type ClientAnswer, ClientError } from "./client-error.js";
import type { ClientTransport } from "./connection.js";
import { clientPath } from "./paths.js";

/** What a server hands out at registration or login. */
export interface Credentials {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
}

export interface NewUser {
  readonly localpart: string;
  readonly password: string;
  readonly signal: AbortSignal;
}

/** Makes the user in the way that the server's policy allows, or logs in where users are given. */
export function register(connection: ClientTransport, accounts: AccountPolicy, user: NewUser): Promise<Credentials> {
  switch (accounts.register) {
    case "open":
      return registerOpenly(connection, user);
    case "shared-secret":
      return registerWithSecret(connection, accounts, user);
    case "given": {
      const given = accounts.users.find((known) => known.localpart === user.localpart);
      if (given === undefined) throw new Error(`no user "${user.localpart}" is given for this server`);
      return login(connection, { ...user, password: given.password });
    }
  }
}

/** client-server-api#password-based */
export async function login(
  connection: ClientTransport,
  user: NewUser & { readonly deviceId?: string },
): Promise<Credentials> {
  const answer = await connection.send(
    {},
    "POST",
    clientPath("login"),
    {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: user.localpart },
      password: user.password,
      ...(user.deviceId === undefined ? {} : { device_id: user.deviceId }),
    },
    { signal: user.signal },
  );
  return credentialsOf(`login of ${user.localpart}`, answer);
}

/** Open registration through the dummy stage (client-server-api#user-interactive-authentication-api). */
async function registerOpenly(
  connection: ClientTransport,
  { localpart, password, signal }: NewUser,
): Promise<Credentials> {
  const body = { username: localpart, password };
  const path = clientPath("register");
  const first = await connection.send({}, "POST", path, body, { signal });
  const session = isJsonObject(first.body) ? first.body.session : undefined;
  if (first.status !== 401 || typeof session !== "string") return credentialsOf(`registration of ${localpart}`, first);
  const auth = { type: "m.login.dummy", session };
  return credentialsOf(
    `registration of ${localpart}`,
    await connection.send({}, "POST", path, { ...body, auth }, { signal }),
  );
}

/** Registration proved by a secret shared with the server, as Synapse's administration API has it. */
async function registerWithSecret(
  connection: ClientTransport,
  policy: Extract<AccountPolicy, { register: "shared-secret" }>,
  { localpart, password, signal }: NewUser,
): Promise<Credentials> {
  const offered = await connection.send({}, "GET", policy.path, undefined, { signal });
  const nonce = isJsonObject(offered.body) ? offered.body.nonce : undefined;
  if (offered.status !== 200 || typeof nonce !== "string") throw new ClientError("nonce for registration", offered);
  const mac = createHmac("sha1", policy.secret)
    .update([nonce, localpart, password, "notadmin"].join("\0"))
    .digest("hex");
  const body = { nonce, username: localpart, password, admin: false, mac };
  return credentialsOf(
    `registration of ${localpart}`,
    await connection.send({}, "POST", policy.path, body, { signal }),
  );
}

function credentialsOf(what: string, answer: ClientAnswer): Credentials {
  const body: JsonObject = isJsonObject(answer.body) ? answer.body : {};
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = body;
  if (
    answer.status !== 200 ||
    typeof userId !== "string" ||
    typeof deviceId !== "string" ||
    typeof accessToken !== "string"
  ) {
    throw new ClientError(what, answer);
  }
  return { userId, deviceId, accessToken };
}
