import { randomBytes } from "node:crypto";
import { type ClientUser, loginUser, registerUser } from "../client/client-user.js";
import type { ScenarioInstance } from "../evidence/journal-entry.js";
import { localpartOf } from "../matrix/identifiers.js";
import { signingKey } from "../matrix/keys.js";
import { Peer } from "../peer/peer.js";
import type { Scenario } from "../scenario/model.js";
import type { CastUser } from "../steps/context.js";
import { type RandomSource, seededRandom } from "../targets/seeded-random.js";
import type { StartedTarget } from "../targets/target.js";
import type { RunServices, Seating } from "./services.js";
import { StepFailure } from "./step-failure.js";

/** The servers and people of one scenario instance. */
export interface Stage {
  readonly peers: ReadonlyMap<string, Peer>;
  readonly users: ReadonlyMap<string, CastUser>;
  readonly random: RandomSource;
  /** The servers under test, by their seats. */
  readonly seating: Seating;
  /** Makes a further user at a target, in the way that all its users are made; rejects as `registerUser` does. */
  register(seat: string, localpart: string, signal: AbortSignal): Promise<ClientUser>;
  /** Takes the peers down and forgets their names; nothing is altered on the way any more. */
  strike(): void;
}

export function serverNameOfSeat(instance: ScenarioInstance, seat: string): string {
  const seated = instance.seats[seat];
  if (seated === undefined) throw new Error(`no seat ${seat} in ${instance.id}`);
  return seated.serverName;
}

/** Sets up fresh peers and fresh users. Rejects with StepFailure, charged to the seat, when a server does not let its users in. */
export async function setStage(
  services: RunServices,
  scenario: Scenario,
  instance: ScenarioInstance,
  seating: Seating,
  signal: AbortSignal,
): Promise<Stage> {
  const random = seededRandom(`${services.seed}/${instance.id}`);
  const peers = openPeers(services, scenario, instance, random);
  const strike = () => {
    services.lab.forgetAlterations(`${instance.token}/`);
    for (const peer of peers.values()) {
      services.lab.detach(peer.serverName);
      peer.stop();
    }
  };
  const register = async (seat: string, localpart: string, stop: AbortSignal) => {
    const target = seating[seat];
    if (target === undefined) throw new Error(`no server under test sits at ${seat}`);
    return registerUser({ ...accountOf(services, target, localpart), accounts: target.accounts, signal: stop });
  };
  try {
    // A scenario before may have ended while a server was down.
    await Promise.all(Object.values(seating).map(({ power }) => power?.startUp(signal)));
    const users = await Promise.all(
      Object.entries(instance.cast).map(async ([name, { userId, seat }]): Promise<[string, CastUser]> => {
        const peer = peers.get(seat);
        if (peer !== undefined) return [name, { kind: "peer", name, userId, seat, peer }];
        const target = seating[seat];
        if (target === undefined) throw new Error(`seat ${seat} of ${instance.id} is empty`);
        const account = accountOf(services, target, localpartOf(userId));
        const client = await enter(account, target, seat, signal);
        const logIn = (stop: AbortSignal, deviceId?: string) =>
          loginUser({ ...account, signal: stop, ...(deviceId === undefined ? {} : { deviceId }) });
        const { password } = account;
        return [name, { kind: "client", name, userId: client.userId, seat, client, password, logIn }];
      }),
    );
    return { peers, users: new Map(users), random, seating, register, strike };
  } catch (error) {
    strike();
    throw error;
  }
}

function openPeers(
  services: RunServices,
  scenario: Scenario,
  instance: ScenarioInstance,
  random: RandomSource,
): ReadonlyMap<string, Peer> {
  const peers = new Map<string, Peer>();
  for (const [seat, { kind, allows, behaviours }] of Object.entries(scenario.seats)) {
    if (kind !== "peer") continue;
    const serverName = serverNameOfSeat(instance, seat);
    const peer = new Peer({
      serverName,
      signingKey: signingKey(random(32), "p1"),
      transport: services.lab.transportFor(serverName),
      now: services.now,
      random,
      allows,
      onViolation: (violation) =>
        services.journal.append({
          kind: "observation",
          instance: instance.id,
          step: "",
          what: "violation",
          data: { peer: seat, origin: violation.origin ?? "", method: violation.method, target: violation.target },
        }),
    });
    for (const { name, ...input } of behaviours) peer.behave(String(name), input);
    services.lab.attach(serverName, { kind: "handler", handler: peer.handle });
    peers.set(seat, peer);
  }
  return peers;
}

type Account = Omit<Parameters<typeof loginUser>[0], "signal">;

function accountOf(services: RunServices, target: StartedTarget, localpart: string): Account {
  return {
    baseUrl: target.clientUrl,
    serverName: target.serverName,
    localpart,
    password: freshPassword(),
    recorder: clientRecorder(services),
    ...clientLimits(services),
  };
}

async function enter(
  account: Account,
  { accounts }: StartedTarget,
  seat: string,
  signal: AbortSignal,
): Promise<ClientUser> {
  try {
    return await registerUser({ ...account, accounts, signal });
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    throw new StepFailure(seat, `${account.localpart} could not be registered: ${why}`);
  }
}

/** Drawn, not derived from the seed: that stands in the report. */
export function freshPassword(): string {
  return randomBytes(16).toString("hex");
}

/** Client exchanges go to the same journal as those of the tap. */
export function clientRecorder(services: RunServices): Parameters<typeof registerUser>[0]["recorder"] {
  return { record: (exchange) => services.recorder.record({ kind: "client", ...exchange }) };
}

/** Limits of clients, where the run has limits of its own. */
export function clientLimits({ limits }: RunServices): { readonly maxBodyBytes?: number; readonly timeoutMs?: number } {
  return limits === undefined ? {} : { maxBodyBytes: limits.maxBodyBytes, timeoutMs: limits.timeoutMs };
}
