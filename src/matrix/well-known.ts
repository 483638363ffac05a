import { isJsonObject, member } from "./json.js";
import { parseJson } from "./parse-json.js";
import type { ServerName } from "./pdu.js";
import { parseServerName } from "./server-name.js";

export type WellKnown =
  | { readonly ok: true; readonly delegatedTo: ServerName }
  | { readonly ok: false; readonly reason: string };

const HOUR_MS = 60 * 60 * 1000;
const DEFAULT_LIFETIME_MS = 24 * HOUR_MS;
const LONGEST_LIFETIME_MS = 48 * HOUR_MS;
const LONGEST_ERROR_LIFETIME_MS = HOUR_MS;

/** Reads the answer, redirects followed, of `/.well-known/matrix/server`, whatever its Content-Type. */
export function readWellKnown(status: number, body: Uint8Array): WellKnown {
  if (status !== 200) return { ok: false, reason: `status ${status}` };
  const parsed = parseJson(body);
  if ("error" in parsed) return { ok: false, reason: `bad JSON: ${parsed.error}` };
  const delegatedTo = isJsonObject(parsed.value) ? member(parsed.value, "m.server") : undefined;
  if (typeof delegatedTo !== "string") return { ok: false, reason: "m.server is not a string" };
  if (parseServerName(delegatedTo) === undefined) return { ok: false, reason: "m.server is not a server name" };
  return { ok: true, delegatedTo };
}

export interface CacheHeaders {
  readonly cacheControl?: string | undefined;
  readonly expires?: string | undefined;
}

/**
 * How long, in ms from `now`, to remember the answer: as its headers say, a day without them, two days at most, an hour at most
 * for failures (server-server-api#resolving-server-names).
 */
export function wellKnownLifetime(headers: CacheHeaders, ok: boolean, now: number): number {
  const longest = ok ? LONGEST_LIFETIME_MS : LONGEST_ERROR_LIFETIME_MS;
  const asked = lifetimeInHeaders(headers, now) ?? DEFAULT_LIFETIME_MS;
  return Math.min(Math.max(asked, 0), longest);
}

function lifetimeInHeaders({ cacheControl, expires }: CacheHeaders, now: number): number | undefined {
  const directives = (cacheControl ?? "").toLowerCase().split(",");
  const names = directives.map((directive) => directive.trim());
  if (names.includes("no-store") || names.includes("no-cache")) return 0;
  const maxAge = names.map((name) => /^max-age="?(\d+)"?$/.exec(name)?.[1]).find((seconds) => seconds !== undefined);
  if (maxAge !== undefined) return Number(maxAge) * 1000;
  if (expires === undefined) return undefined;
  const date = Date.parse(expires);
  // An unreadable date, "0" above all, means: already stale (RFC 9111, section 5.3).
  return Number.isNaN(date) || /^\d+$/.test(expires.trim()) ? 0 : date - now;
}
