import type { JsonObject, JsonValue } from "../matrix/json.js";
import type { Exchange } from "./exchange.js";
import type { Impact, Level, Verdict } from "./verdict.js";

/** What a step bound to a name: a room, an event, a response. Plain data, never a secret. */
export type Binding = JsonObject & { readonly kind: string };

/** The server that sits in a seat during one scenario instance. */
export interface Seated {
  readonly kind: "target" | "peer";
  readonly serverName: string;
  /** The target's name as given on the command line; absent for peers. */
  readonly target?: string;
}

/** One scenario, at one room version, with one seating: the unit that is run and judged. */
export interface ScenarioInstance {
  /** Stable across runs with the same arguments: `<scenario id>[v<room version>][<seat>=<target>,…]`. */
  readonly id: string;
  readonly scenario: string;
  readonly title: string;
  readonly purpose: string;
  readonly file: string;
  /** Occurs in every user and peer name of the instance, and so tells its traffic from that of the others. */
  readonly token: string;
  readonly roomVersion?: string;
  readonly seats: { readonly [seat: string]: Seated };
  /** User ids by cast name. */
  readonly cast: { readonly [name: string]: { readonly userId: string; readonly seat: string } };
  /** The order of delivery, where a step asks for every order. */
  readonly order?: readonly string[];
  /** Why the instance is not run: said before the run, by a target's file or by the room versions it offers. */
  readonly notApplicable?: string;
  /** 1 … `--repeat`. */
  readonly attempt: number;
}

/** An expectation as it is owed in one instance. */
export interface OwedExpectation {
  /** `<instance id>#<step id>/<n>`. */
  readonly id: string;
  readonly step: string;
  readonly check: string;
  readonly arguments: JsonObject;
  readonly requirement: string;
  readonly level: Level;
  /** The seat that owes it. */
  readonly of: string;
  readonly impact: Impact;
  /** Why the seat's target does not owe it after all, as its file declares. */
  readonly notApplicable?: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What the check looked for, in one sentence. */
  readonly expected: string;
  /** What was there, in one sentence. */
  readonly actual: string;
  /** Exchanges that show it. */
  readonly exchanges: readonly string[];
}

export interface PlannedStep {
  readonly id: string;
  readonly title: string;
  readonly verb: string;
}

/** A note that Concordat itself got nothing done for a while, and which instances were played `during` it. */
export interface Standstill {
  readonly kind: "note";
  readonly about: "standstill";
  readonly data: { readonly milliseconds: number; readonly during: readonly string[] };
}

/** What the journal holds. Each is written as one line of `journal.ndjson`, chained to the line before it by digest. */
export type JournalBody =
  | { readonly kind: "run-begin"; readonly run: JsonObject }
  | { readonly kind: "server"; readonly server: JsonObject }
  /** Written for every instance before the first begins: what is missing at the end was not run. */
  | {
      readonly kind: "planned";
      readonly instance: ScenarioInstance;
      readonly owed: readonly OwedExpectation[];
      readonly steps: readonly PlannedStep[];
    }
  | { readonly kind: "scenario-begin"; readonly instance: string }
  | { readonly kind: "step-begin"; readonly instance: string; readonly step: string }
  | {
      readonly kind: "step-end";
      readonly instance: string;
      readonly step: string;
      readonly outcome: "done" | "failed" | "skipped" | "error";
      /** The seat to which a failure is charged; absent when nobody can be charged. */
      readonly owedBy?: string;
      readonly reason?: string;
    }
  | { readonly kind: "binding"; readonly instance: string; readonly name: string; readonly value: Binding }
  | {
      readonly kind: "observation";
      readonly instance: string;
      readonly step: string;
      readonly what: string;
      readonly data: JsonObject;
    }
  | { readonly kind: "exchange"; readonly exchange: Exchange }
  /** `upTo`: the last journal line that the judgement could see. */
  | {
      readonly kind: "judgement";
      readonly instance: string;
      readonly expectation: string;
      readonly upTo: number;
      readonly judgement: Judgement;
    }
  | { readonly kind: "scenario-end"; readonly instance: string }
  | { readonly kind: "note"; readonly about: string; readonly data: JsonValue }
  | Standstill
  | { readonly kind: "run-end"; readonly endedAt: number };

export type JournalEntry = JournalBody & {
  readonly seq: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** sha256 of the line before this one, in hex; 64 zeros on the first. */
  readonly prev: string;
};

export function isStandstill(entry: JournalEntry): entry is JournalEntry & Standstill {
  return entry.kind === "note" && entry.about === "standstill";
}
