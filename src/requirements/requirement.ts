import { isJsonObject, type JsonObject } from "../matrix/json.js";
import type { Place } from "../schema/problem.js";
import type { NotTestedReason } from "./not-tested.js";
import { specUrl } from "./spec-url.js";

export type SeenBy = "probe" | "observation" | "client" | "static";

/** One thing that the specification demands of a homeserver in federation. */
export interface Requirement {
  /** `FED-<code>-<number>`, never given anew. */
  readonly id: string;
  readonly area: string;
  readonly level: "must" | "should" | "may";
  /** No sentence says it: the text implies it, or interoperability needs it. */
  readonly derived: boolean;
  /** Binding by a keyword of RFC 2119, or by an algorithm, a schema or plain words. */
  readonly normative: "keyword" | "algorithmic";
  readonly text: string;
  /** Page and heading: `server-server-api#publishing-keys`. */
  readonly anchor: string;
  /** Link to the published page. */
  readonly url: string;
  readonly since: string;
  /** How it shows from outside. */
  readonly seenBy: readonly SeenBy[];
  readonly roomVersions: "all" | "none" | readonly string[];
  /** A hint for who writes a scenario. */
  readonly check?: string;
  /** Authorisation rules: the rule's number in each room version's text. */
  readonly rules?: { readonly [roomVersion: string]: string };
  /** Why nothing tests it. */
  readonly notTested?: NotTestedReason;
  readonly place: Place;
  /** Where the reason stands, if there is one. */
  readonly reasonPlace?: Place;
}

/** The requirements of one subject: one file of the catalogue. */
export interface Area {
  readonly area: string;
  readonly code: string;
  readonly title: string;
  readonly file: string;
  readonly requirements: readonly Requirement[];
}

/** Where a row and its parts stand. */
export interface RowPlaces {
  readonly place: Place;
  readonly reasonPlace: Place;
}

/** A row that conforms to the schema, as the program uses it. */
export function toRequirement(row: JsonObject, area: string, { place, reasonPlace }: RowPlaces): Requirement {
  const { check, rules } = row;
  const untested = row["not-tested"];
  return {
    id: String(row.id),
    area,
    level: row.level as Requirement["level"],
    derived: row.derived === true,
    normative: row.normative === "algorithmic" ? "algorithmic" : "keyword",
    text: String(row.text),
    anchor: String(row.anchor),
    url: specUrl(String(row.anchor)),
    since: String(row.since),
    seenBy: row["seen-by"] as unknown as readonly SeenBy[],
    roomVersions: row["room-versions"] as Requirement["roomVersions"],
    ...(typeof check === "string" ? { check } : {}),
    ...(isJsonObject(rules) ? { rules: rules as { readonly [version: string]: string } } : {}),
    ...(isJsonObject(untested) ? { notTested: toReason(untested), reasonPlace } : {}),
    place,
  };
}

function toReason({ code, reason }: JsonObject): NotTestedReason {
  return { code: code as NotTestedReason["code"], reason: String(reason) };
}
