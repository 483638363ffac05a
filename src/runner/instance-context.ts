import type { Binding, JournalBody, ScenarioInstance } from "../evidence/journal-entry.js";
import type { JsonObject } from "../matrix/json.js";
import type { Scenario } from "../scenario/model.js";
import type { CastUser, StepContext } from "../steps/context.js";
import { type Stage, serverNameOfSeat } from "./instance-stage.js";
import type { RunServices } from "./services.js";
import { StepFailure } from "./step-failure.js";

/** What steps need of a run. */
export interface ContextServices extends Pick<RunServices, "lab" | "index" | "now" | "patienceMs"> {
  readonly journal: { append(body: JournalBody): unknown };
}

/** What the steps of one instance may touch, while one step is carried out. */
export function stepContext(
  services: ContextServices,
  scenario: Scenario,
  instance: ScenarioInstance,
  stage: Stage,
  bindings: Map<string, Binding>,
  step: string,
  signal: AbortSignal,
): StepContext {
  const { journal, index } = services;
  const user = (name: string): CastUser => {
    const found = stage.users.get(name);
    if (found === undefined) throw new Error(`nobody called ${name} in the cast of ${scenario.id}`);
    return found;
  };
  const bound = <K extends string>(name: string, kind: K): Binding & { readonly kind: K } => {
    const value = bindings.get(name);
    if (value === undefined) throw new Error(`nothing is bound to ${name} yet`);
    if (value.kind !== kind) throw new Error(`${name} is of kind ${value.kind}, where ${kind} is needed`);
    return value as Binding & { readonly kind: K };
  };
  return {
    instance,
    scenario,
    get lab() {
      return services.lab;
    },
    signal,
    patienceMs: services.patienceMs ?? Number.POSITIVE_INFINITY,
    random: stage.random,
    now: services.now,
    user,
    client(name) {
      const found = user(name);
      if (found.kind !== "client") throw new Error(`${name} sits at a peer, where a user of a target is needed`);
      return found.client;
    },
    peer(seat) {
      const found = stage.peers.get(seat);
      if (found === undefined) throw new Error(`${seat} is not a peer of ${scenario.id}`);
      return found;
    },
    register: (seat, localpart) => stage.register(seat, localpart, signal),
    power: (seat) => stage.seating[seat]?.power,
    serverName: (seat) => serverNameOfSeat(instance, seat),
    seatOf: (name) => user(name).seat,
    bind(name, value) {
      bindings.set(name, value);
      journal.append({ kind: "binding", instance: instance.id, name, value });
    },
    bound,
    boundOrNot: (name) => bindings.get(name),
    roomId: (name) => String(bound(name, "room").roomId),
    eventId: (name) => String(bound(name, "event").eventId),
    observe(what, data: JsonObject) {
      journal.append({ kind: "observation", instance: instance.id, step, what, data });
    },
    exchanges: () => index.exchangesOf(instance.id),
    exchangeThat: (matches, until) => index.waitFor(instance.id, matches, until),
    fail(seat, reason): never {
      throw new StepFailure(seat, reason);
    },
  };
}
