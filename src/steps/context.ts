import type { ClientUser } from "../client/client-user.js";
import type { Binding, ScenarioInstance } from "../evidence/journal-entry.js";
import type { SeenExchange } from "../evidence/seen-exchange.js";
import type { Lab } from "../lab/lab.js";
import type { JsonObject } from "../matrix/json.js";
import type { Peer } from "../peer/peer.js";
import type { Scenario } from "../scenario/model.js";
import type { Power } from "../targets/target.js";

/** A member of the cast. Those at a target act through a client; those at a peer act through the peer. */
export type CastUser =
  | {
      readonly kind: "client";
      readonly name: string;
      readonly userId: string;
      readonly seat: string;
      readonly client: ClientUser;
      /** For servers that ask their user for it again. No step may write it anywhere. */
      readonly password: string;
      /** Opens one more session of the same account, on a device of its own unless one is named. */
      logIn(signal: AbortSignal, deviceId?: string): Promise<ClientUser>;
    }
  | {
      readonly kind: "peer";
      readonly name: string;
      readonly userId: string;
      readonly seat: string;
      readonly peer: Peer;
    };

/** The hands of a step: what it may touch. It acts, binds names and appends observations; it never judges. */
export interface StepContext {
  readonly instance: ScenarioInstance;
  readonly scenario: Scenario;
  readonly lab: Lab;
  /** Aborted at the scenario's deadline. Everything that waits must take it. */
  readonly signal: AbortSignal;
  /** Milliseconds for which an expectation waits at most, whatever it says itself. */
  readonly patienceMs: number;
  /** Deterministic under `--seed`. */
  random(bytes: number): Uint8Array;
  now(): number;
  user(name: string): CastUser;
  /** The client of a user at a target; an authoring error otherwise. */
  client(name: string): ClientUser;
  peer(seat: string): Peer;
  /** Makes a further user at a target, in the way that all its users are made; rejects with `ClientError` when it is refused. */
  register(seat: string, localpart: string): Promise<ClientUser>;
  serverName(seat: string): string;
  /** Takes the server under test in a seat down and up; undefined where that cannot be. */
  power(seat: string): Power | undefined;
  /** The seat at which a user is cast. */
  seatOf(userName: string): string;
  bind(name: string, value: Binding): void;
  /** A bound value of the kind asked for; an authoring error otherwise. */
  bound<K extends string>(name: string, kind: K): Binding & { readonly kind: K };
  boundOrNot(name: string): Binding | undefined;
  roomId(name: string): string;
  eventId(name: string): string;
  /** Appends to the journal what the step saw; checks judge from it. */
  observe(what: string, data: JsonObject): void;
  /** The scenario's exchanges so far, oldest first. */
  exchanges(): readonly SeenExchange[];
  /** The scenario's first exchange that matches, recorded already or soon; rejects when the signal is aborted first. */
  exchangeThat(matches: (exchange: SeenExchange) => boolean, signal: AbortSignal): Promise<SeenExchange>;
  /**
   * Ends the step as failed and charges the seat, or nobody where the lab stood in the way: what follows cannot be judged.
   * For answers that the scenario needs and did not get; never for a tester's own fault.
   */
  fail(seat: string | undefined, reason: string): never;
}
