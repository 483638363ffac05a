import { DIRECTORY_ENDPOINTS } from "./endpoints/directory.js";
import { DISCOVERY_ENDPOINTS } from "./endpoints/discovery.js";
import type { Endpoint } from "./endpoints/endpoint.js";
import { EVENT_ENDPOINTS } from "./endpoints/events.js";
import { IDENTITY_ENDPOINTS } from "./endpoints/identity.js";
import { MEMBERSHIP_ENDPOINTS } from "./endpoints/membership.js";
import { REMOVED_ENDPOINTS } from "./endpoints/removed.js";
import { USER_ENDPOINTS } from "./endpoints/users.js";

export type { Endpoint, EndpointGroup } from "./endpoints/endpoint.js";

/** The operations of the Server-Server API, 36 at v1.19 (server-server-api). */
export const ENDPOINTS: readonly Endpoint[] = [
  ...DISCOVERY_ENDPOINTS,
  ...EVENT_ENDPOINTS,
  ...MEMBERSHIP_ENDPOINTS,
  ...DIRECTORY_ENDPOINTS,
  ...USER_ENDPOINTS,
];

/** An endpoint that a request addresses, with its path parameters and query decoded. */
export interface EndpointMatch {
  readonly endpoint: Endpoint;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
}

/**
 * The endpoint of a request target as it stands on the wire; removed ones, which servers may still speak, and those of
 * identity servers included. Undefined when the path is unknown, and also when only the method is wrong: `endpointsAt` tells which.
 */
export function matchEndpoint(method: string, target: string): EndpointMatch | undefined {
  const wanted = method.toUpperCase();
  return endpointsAt(target).find(({ endpoint }) => endpoint.method === wanted);
}

/** Every endpoint whose path the target has, whatever the method, the most specific first; empty for an unknown path. */
export function endpointsAt(target: string): readonly EndpointMatch[] {
  const [path = "", ...rest] = target.split("?");
  const query = new URLSearchParams(rest.join("?"));
  const segments = path.split("/").map(decoded);
  const found: EndpointMatch[] = [];
  for (const { endpoint, pattern } of PATTERNS.get(segments.length) ?? []) {
    const params = paramsOf(pattern, segments);
    if (params !== undefined) found.push({ endpoint, params, query });
  }
  return found;
}

interface Pattern {
  readonly endpoint: Endpoint;
  readonly pattern: readonly string[];
}

/** By length. Literal paths stand before those with parameters, so that `/query/profile` is not taken for `/query/{queryType}`. */
const PATTERNS: ReadonlyMap<number, readonly Pattern[]> = byLength(
  [...ENDPOINTS, ...REMOVED_ENDPOINTS, ...IDENTITY_ENDPOINTS]
    .map((endpoint) => ({ endpoint, pattern: endpoint.path.split("/") }))
    .sort((a, b) => parameterCount(a.pattern) - parameterCount(b.pattern)),
);

function byLength(patterns: readonly Pattern[]): ReadonlyMap<number, readonly Pattern[]> {
  const lengths = new Set(patterns.map(({ pattern }) => pattern.length));
  return new Map([...lengths].map((length) => [length, patterns.filter(({ pattern }) => pattern.length === length)]));
}

function parameterCount(pattern: readonly string[]): number {
  return pattern.filter((segment) => segment.startsWith("{")).length;
}

function paramsOf(pattern: readonly string[], segments: readonly (string | undefined)[]) {
  const params: { [name: string]: string } = {};
  for (const [at, expected] of pattern.entries()) {
    const segment = segments[at];
    if (segment === undefined) return undefined;
    if (!expected.startsWith("{")) {
      if (segment !== expected) return undefined;
    } else if (segment === "") return undefined;
    else params[expected.slice(1, -1)] = segment;
  }
  return params;
}

/** Undefined for a segment whose percent-encoding is broken: it addresses nothing. */
function decoded(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
