import type { Impact, Level } from "../evidence/verdict.js";
import type { JsonObject } from "../matrix/json.js";
import type { Place } from "../schema/problem.js";

export type { Place };

/** A scenario as written, after validation: every name in it is known to exist. */
export interface Scenario {
  /** `<area>/<name>`, equal to its file's place below `scenarios/`. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly purpose: string;
  readonly covers: readonly string[];
  /** Absent in scenarios that touch no room. */
  readonly roomVersions?: readonly string[];
  readonly preset: "testing" | "as-shipped";
  readonly exclusive: boolean;
  readonly deadlineMs: number;
  readonly seats: { readonly [seat: string]: Seat };
  readonly cast: { readonly [name: string]: CastMember };
  readonly given: readonly StepCall[];
  readonly steps: readonly StepCall[];
  /** Defects of the embedded homeserver that must turn this scenario red. */
  readonly detects: readonly string[];
}

/**
 * `portless`: a host name alone, so that others must look for the server; `with-port`: a host name and a port, also where the lab
 * would give an address; `address`: an IP address and a port.
 */
export type PeerNaming = "portless" | "with-port" | "address";

export interface Seat {
  readonly kind: "target" | "peer";
  /** Peers only: the endpoint groups that may be called on it; any other request is recorded as a violation. */
  readonly allows: readonly string[];
  /** Peers only: what its server name is, where that matters. */
  readonly named?: PeerNaming;
  /** Peers only: named deviations in force from the start. */
  readonly behaviours: readonly JsonObject[];
}

export interface CastMember {
  readonly at: string;
  readonly settings: JsonObject;
}

export interface StepCall {
  /** Given in the file, or `given-1`, `step-2` … by position. */
  readonly id: string;
  readonly title?: string;
  readonly do: string;
  /** The step's own arguments, without `do`, `id`, `title` and `expect`. */
  readonly arguments: JsonObject;
  readonly expect: readonly ExpectationCall[];
  readonly place: Place;
}

export interface ExpectationCall {
  readonly check: string;
  readonly arguments: JsonObject;
  readonly level: Level;
  readonly requirement: string;
  readonly of: string;
  readonly impact: Impact;
  readonly place: Place;
}

/** What the scenario layer knows of a step or check: its name, words and schema, not its code. */
export interface CatalogueEntry {
  readonly name: string;
  /** One line, for `list` and `explain`. */
  readonly summary: string;
  /** JSON Schema of its arguments: an object schema without `additionalProperties`. */
  readonly input: JsonObject;
  /** Steps only: arguments whose values are names that the step binds. */
  readonly binds?: readonly string[];
}

/** Everything that a scenario may name. */
export interface Catalogue {
  readonly steps: ReadonlyMap<string, CatalogueEntry>;
  readonly checks: ReadonlyMap<string, CatalogueEntry>;
  readonly behaviours: ReadonlyMap<string, CatalogueEntry>;
  readonly endpointGroups: readonly string[];
  readonly defects: ReadonlySet<string>;
  readonly requirements: ReadonlyMap<string, { readonly level: Level }>;
}
