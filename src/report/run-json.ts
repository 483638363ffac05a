import type { Decision } from "../drawing/account-words.js";
import type { StateComparison } from "../drawing/compared-state.js";
import type { DrawnHistory } from "../drawing/drawn-history.js";
import type { Exchange } from "../evidence/exchange.js";
import type { Seated } from "../evidence/journal-entry.js";
import type { Impact, Level, Verdict } from "../evidence/verdict.js";

/** `run.json`: the only truth of a run. Every rendering is a function of it and of the catalogue of requirements. */
export interface RunJson {
  readonly format: "concordat-run/1";
  readonly run: {
    readonly id: string;
    /** ISO 8601. */
    readonly startedAt: string;
    readonly endedAt: string;
    /** False when the run was cut short; the report then says so first. */
    readonly complete: boolean;
    readonly seed: string;
    /** The arguments after `concordat`. */
    readonly command: readonly string[];
    readonly tool: { readonly name: "concordat"; readonly version: string };
    readonly host: { readonly platform: string; readonly node: string };
    readonly profile?: { readonly name: string; readonly version: string };
    /** How it was measured, in words: naming, deadlines, network, resolver … by the name of the fact. */
    readonly method?: { readonly [fact: string]: string };
  };
  readonly targets: readonly RunTarget[];
  readonly outcome: {
    readonly verdict: Verdict;
    /** Expectations by verdict, all eight always present. */
    readonly counts: Readonly<Record<Verdict, number>>;
    readonly scenarioCounts: Readonly<Record<Verdict, number>>;
  };
  readonly scenarios: readonly RunScenario[];
  /** What every message of the servers under test was checked for, whatever the scenario. */
  readonly passive: readonly ExpectationResult[];
  readonly requirements: readonly RunRequirement[];
  /** The exchanges that the results above refer to, bodies inline. */
  readonly exchanges: { readonly [id: string]: RunExchange };
  /** sha256 of the journal file. */
  readonly journal: string;
}

export interface RunTarget {
  readonly name: string;
  readonly product: string;
  readonly vendor: string;
  readonly driver: string;
  readonly preset: string;
  readonly image?: string;
  readonly imageDigest?: string;
  /** What the server said of itself at /_matrix/federation/v1/version. */
  readonly observed: { readonly name?: string; readonly version?: string };
  readonly serverNames: readonly string[];
}

export interface RunScenario {
  readonly instance: string;
  readonly scenario: string;
  readonly title: string;
  readonly purpose: string;
  readonly file: string;
  readonly roomVersion?: string;
  readonly seats: { readonly [seat: string]: Seated };
  readonly verdict: Verdict;
  /** Why, where the scenario was not carried out as a whole and no expectation says it. */
  readonly reason?: string;
  /** True when attempts of the same instance differ. */
  readonly unstable: boolean;
  readonly attempt: number;
  readonly durationMs: number;
  readonly steps: readonly RunStep[];
  readonly expectations: readonly ExpectationResult[];
  /** The one command that repeats it. */
  readonly repeat: string;
  /** The instance's traffic in order, for the drawing. */
  readonly sequence: readonly SequenceArrow[];
  /** The rooms whose events were written by peers, as each server under test got them; absent where there are none. */
  readonly histories?: readonly RunHistory[];
}

/** A room's history at one server: the drawing, and what the specification's algorithm makes of it. */
export interface RunHistory {
  /** The room's name in the scenario. */
  readonly room: string;
  readonly roomVersion: string;
  /** The seat whose server got it so. */
  readonly seat: string;
  readonly drawing: DrawnHistory;
  readonly states: readonly RunState[];
}

/** A state that a server was asked for, beside the right one. */
export interface RunState extends StateComparison {
  /** The event before which it is; the room's current state where absent. */
  readonly at?: string;
  /** Where branches last came together in dispute: the events joined, and how it was decided. */
  readonly joined: readonly string[];
  readonly decisions: readonly Decision[];
  /** Why the answer is no breach although it differs. */
  readonly remark?: string;
  /** Ids of the expectations that are judged by it. */
  readonly expectations: readonly string[];
}

export interface RunStep {
  readonly id: string;
  readonly title: string;
  readonly verb: string;
  readonly outcome: "done" | "failed" | "skipped" | "error" | "not-reached";
  readonly reason?: string;
}

export interface ExpectationResult {
  readonly id: string;
  readonly instance?: string;
  readonly step?: string;
  readonly check: string;
  readonly requirement: string;
  readonly level: Level;
  /** The seat charged, and the server that sat there. */
  readonly of: string;
  readonly server: string;
  readonly impact: Impact;
  readonly verdict: Verdict;
  readonly expected: string;
  readonly actual: string;
  readonly exchanges: readonly string[];
  /** Passive results that did not pass: the command that repeats a scenario in which it showed. */
  readonly repeat?: string;
}

export interface RunRequirement {
  readonly id: string;
  readonly level: Level;
  readonly text: string;
  readonly anchor: string;
  /** Link to the published specification. */
  readonly url: string;
  readonly verdict: Verdict;
  /** Verdict per target name. */
  readonly byTarget: { readonly [target: string]: Verdict };
  readonly expectations: readonly string[];
}

export interface SequenceArrow {
  readonly exchange: string;
  /** Seat or cast name; the server name or user id where neither fits. */
  readonly from: string;
  readonly to: string;
  /** `PUT /send/…`, shortened. */
  readonly label: string;
  /** `200`, or the failure in a word. */
  readonly result: string;
  /** Milliseconds since the scenario began. */
  readonly atMs: number;
}

/** An exchange with its bodies inline: text where they are UTF-8, base64 otherwise; cut at a limit, and said so. */
export interface RunExchange extends Exchange {
  readonly requestBody: InlineBody;
  readonly responseBody?: InlineBody;
  /** Of what arrived in their place, where the tap altered them. */
  readonly arrivedRequestBody?: InlineBody;
  readonly arrivedResponseBody?: InlineBody;
}

export interface InlineBody {
  readonly encoding: "utf-8" | "base64";
  readonly text: string;
  readonly cut: boolean;
}
