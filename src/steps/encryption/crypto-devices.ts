import { type ClientUser, loginOver, registerOver } from "../../client/client-user.js";
import type { CryptoDevice } from "../../client/crypto-device.js";
import { HandlerConnection } from "../../client/handler-connection.js";
import { localpartOf } from "../../matrix/identifiers.js";
import type { CastUser, StepContext } from "../context.js";
import { instanceStore } from "../instance-store.js";

/** The encrypting devices of an instance: the first of a member of the cast under their name, others under the names they were bound to. */
const devices = instanceStore<CryptoDevice>();
const accounts = instanceStore<PeerAccount>();

interface PeerAccount {
  readonly first: ClientUser;
  logIn(signal: AbortSignal): Promise<ClientUser>;
}

/** The client of a member of the cast. One at a peer gets an account on the peer's own server, which is no server under test. */
export async function clientFor(context: StepContext, who: string): Promise<ClientUser> {
  const user = context.user(who);
  return user.kind === "client" ? user.client : (await peerAccount(context, who, user)).first;
}

/** One more session of that account, on a device of its own. */
export async function logInFor(context: StepContext, who: string): Promise<ClientUser> {
  const user = context.user(who);
  if (user.kind === "client") return user.logIn(context.signal);
  return (await peerAccount(context, who, user)).logIn(context.signal);
}

/** The password of an account, where a server asks its user for it again. */
export async function passwordOf(context: StepContext, who: string): Promise<string> {
  const user = context.user(who);
  return user.kind === "client" ? user.password : PEER_PASSWORD;
}

export function keepDevice(context: StepContext, name: string, device: CryptoDevice): void {
  devices.set(context, name, device);
}

/** The device of that name, else the first of the member of the cast; an authoring error when there is none. */
export function deviceOf(context: StepContext, who: string, device?: string): CryptoDevice {
  const found = devices.get(context, device ?? who);
  if (found !== undefined) return found;
  throw new Error(
    device === undefined
      ? `${who} has no encrypting device: start-encryption comes first`
      : `nobody opened the encrypting device ${device}: open-device comes first`,
  );
}

/** Nobody but this process can reach a peer's client API. */
const PEER_PASSWORD = "a peer's";

async function peerAccount(
  context: StepContext,
  who: string,
  { userId, peer }: Extract<CastUser, { kind: "peer" }>,
): Promise<PeerAccount> {
  const known = accounts.get(context, who);
  if (known !== undefined) return known;
  const connection = new HandlerConnection(peer.homeserver.handleClient);
  const localpart = localpartOf(userId);
  const credentials = { localpart, password: PEER_PASSWORD };
  const account = {
    first: await registerOver(connection, { ...credentials, signal: context.signal }),
    logIn: (signal: AbortSignal) => loginOver(connection, { ...credentials, signal }),
  };
  accounts.set(context, who, account);
  return account;
}
