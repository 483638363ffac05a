import { EvidenceIndex } from "../checks/evidence-index.js";
import type { Binding, ScenarioInstance } from "../evidence/journal-entry.js";
import { signingKey } from "../matrix/keys.js";
import type { FederationTransport } from "../net/wire.js";
import { Peer } from "../peer/peer.js";
import { boundBy } from "../scenario/bound-names.js";
import type { CatalogueEntry, Scenario, StepCall } from "../scenario/model.js";
import type { CastUser } from "../steps/context.js";
import { STEPS } from "../steps/index.js";
import { seededRandom } from "../targets/seeded-random.js";
import { stepContext } from "./instance-context.js";
import { StepFailure } from "./step-failure.js";

/** The steps that make a room's history without asking anything of a server under test. */
const REHEARSED: ReadonlySet<string> = new Set([
  "create-room",
  "join",
  "knock",
  "leave",
  "invite",
  "kick",
  "ban",
  "send-state",
  "send-message",
  "send-messages",
  "name-event",
  "make-text",
  "rotate-key",
  "forge",
  "forge-siblings",
]);

const TOKEN = "0000000000";
/** For steps that wait for what only a server under test would do. */
const DEADLINE_MS = 2_000;
/** Any time will do, and the same one each time. */
const START = 1_700_000_000_000;

/** What a rehearsal leaves behind. */
export interface Rehearsal {
  readonly instance: ScenarioInstance;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Every seat's server, those under test played by honest peers. */
  readonly peers: ReadonlyMap<string, Peer>;
}

/**
 * Plays what a scenario does to rooms among servers in memory, without a network, the same each time. Steps that ask or
 * tell a server under test are left out, as is all that rests upon them; what comes after a failure is not played.
 */
export async function rehearse(scenario: Scenario, roomVersion: string): Promise<Rehearsal> {
  const instance = instanceFor(scenario, roomVersion);
  const random = seededRandom(scenario.id);
  let time = START;
  const now = () => {
    time += 1;
    return time;
  };
  const peers = openPeers(instance, random, now);
  const bindings = new Map<string, Binding>();
  const users = new Map(Object.keys(instance.cast).map((name) => [name, castUser(instance, peers, name)]));
  const register = () => Promise.reject(new StepFailure(undefined, "a rehearsal has no server under test"));
  const stage = { peers, users, random, seating: {}, register, strike: () => undefined };
  const services = {
    get lab(): never {
      throw new Error("a rehearsal has no network");
    },
    journal: { append: () => undefined },
    index: new EvidenceIndex(() => undefined),
    now,
  };
  services.index.add({ kind: "planned", instance, owed: [], steps: [], seq: 1, at: START, prev: "" });
  const deadline = new AbortController();
  const late = () => deadline.abort(new StepFailure(undefined, "nothing comes of it without a server under test"));
  const timer = setTimeout(late, DEADLINE_MS);
  try {
    for (const call of playable(scenario)) {
      const step = STEPS.find(({ name }) => name === call.do);
      const context = stepContext(services, scenario, instance, stage, bindings, call.id, deadline.signal);
      await step?.run(context, call.arguments as never);
    }
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
  } finally {
    clearTimeout(timer);
    for (const peer of peers.values()) peer.stop();
  }
  return { instance, bindings, peers };
}

/** The steps to play: not those that name what a step binds which is left out. */
export function playable({ given, steps }: Scenario): readonly StepCall[] {
  const missing = new Set<string>();
  return [...given, ...steps].filter((call) => {
    const step = STEPS.find(({ name }) => name === call.do);
    const plays = REHEARSED.has(call.do) && !mentions(call, missing);
    const bound = boundBy(call.arguments, step as unknown as CatalogueEntry | undefined);
    for (const name of plays ? [] : bound) missing.add(name);
    return plays;
  });
}

function mentions({ arguments: given }: StepCall, names: ReadonlySet<string>): boolean {
  const text = JSON.stringify(given);
  return [...names].some((name) => text.includes(`"${name}"`) || text.includes(`\${${name}}`));
}

function instanceFor(scenario: Scenario, roomVersion: string): ScenarioInstance {
  const { id, title, purpose, file } = scenario;
  const nameOf = (seat: string) => `${seat}.rehearsal.test`;
  const seats = Object.keys(scenario.seats).map((seat) => [seat, { kind: "peer", serverName: nameOf(seat) }] as const);
  const cast = Object.entries(scenario.cast).map(
    ([name, { at }]) => [name, { userId: `@${name}:${nameOf(at)}`, seat: at }] as const,
  );
  return {
    id,
    scenario: id,
    title,
    purpose,
    file,
    token: TOKEN,
    roomVersion,
    seats: Object.fromEntries(seats),
    cast: Object.fromEntries(cast),
    attempt: 1,
  };
}

function openPeers(
  { seats }: ScenarioInstance,
  random: (length: number) => Uint8Array,
  now: () => number,
): ReadonlyMap<string, Peer> {
  const byServer = new Map<string, Peer>();
  const transport: FederationTransport = async (destination, request) => {
    const peer = byServer.get(destination);
    if (peer === undefined) throw new Error(`${destination} takes no part`);
    return peer.homeserver.handleFederation(request);
  };
  return new Map(
    Object.entries(seats).map(([seat, { serverName }]) => {
      const key = signingKey(random(32), "p1");
      const options = { serverName, signingKey: key, transport, now, random, allows: [], onViolation: () => undefined };
      const peer = new Peer(options);
      byServer.set(serverName, peer);
      return [seat, peer];
    }),
  );
}

function castUser(instance: ScenarioInstance, peers: ReadonlyMap<string, Peer>, name: string): CastUser {
  const { userId = "", seat = "" } = instance.cast[name] ?? {};
  const peer = peers.get(seat);
  if (peer === undefined) throw new Error(`${name} sits at ${seat}, which is no seat`);
  return { kind: "peer", name, userId, seat, peer };
}
