import { createHmac } from "node:crypto";
import type { StartedTarget } from "../../src/targets/target.js";

/** A user of a server, by plain requests: independent of the client that runs use. */
export interface PlainUser {
  readonly userId: string;
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Resolves when a message with this text has come in a room. */
  sees(roomId: string, body: string): Promise<void>;
}

export async function registerUser(server: StartedTarget, localpart: string): Promise<PlainUser> {
  const made = await (server.accounts.register === "shared-secret"
    ? registerBySecret(server, server.accounts, localpart)
    : registerOpenly(server, localpart));
  const token = String(made.access_token);
  const call = (method: string, path: string, body?: unknown) => request(server, { method, path, body, token });
  return { userId: String(made.user_id), call, sees: (roomId, body) => seen(call, roomId, body) };
}

async function registerBySecret(
  server: StartedTarget,
  { path, secret }: { readonly path: string; readonly secret: string },
  username: string,
) {
  const { nonce } = await request(server, { method: "GET", path });
  const password = "correct horse";
  const mac = createHmac("sha1", secret).update([nonce, username, password, "notadmin"].join("\0")).digest("hex");
  return request(server, { method: "POST", path, body: { nonce, username, password, mac, admin: false } });
}

function registerOpenly(server: StartedTarget, username: string) {
  const body = { username, password: "correct horse", auth: { type: "m.login.dummy" } };
  return request(server, { method: "POST", path: "/_matrix/client/v3/register", body });
}

async function request(
  server: StartedTarget,
  ask: { readonly method: string; readonly path: string; readonly body?: unknown; readonly token?: string },
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.clientUrl}${ask.path}`, {
    method: ask.method,
    headers: { "content-type": "application/json", ...(ask.token ? { authorization: `Bearer ${ask.token}` } : {}) },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${ask.method} ${ask.path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function seen(call: PlainUser["call"], roomId: string, body: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (let since = ""; Date.now() < deadline; ) {
    const sync = await call("GET", `/_matrix/client/v3/sync?timeout=3000${since === "" ? "" : `&since=${since}`}`);
    if (messagesIn(sync, roomId).includes(body)) return;
    since = encodeURIComponent(String(sync.next_batch));
  }
  throw new Error(`"${body}" never came in ${roomId}`);
}

function messagesIn(sync: Record<string, unknown>, roomId: string): unknown[] {
  const { join } = (sync.rooms ?? {}) as {
    join?: Record<string, { timeline?: { events?: { content?: { body?: unknown } }[] } }>;
  };
  return (join?.[roomId]?.timeline?.events ?? []).map((event) => event.content?.body);
}
