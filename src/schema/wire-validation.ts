import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { Endpoint } from "./endpoints/endpoint.js";
import { pduProblems } from "./pdu-format.js";
import { pdusIn } from "./pdu-places.js";
import { compileSchema } from "./schema-files.js";
import { problemLines, type SchemaProblem } from "./validator.js";

export interface WireContext {
  /** The version of a room, where it is known. */
  roomVersion?(roomId: string): string | undefined;
  /** Which PDUs are looked into; all by default. A server that relays an event does not answer for its content. */
  looksInto?(pdu: JsonObject): boolean;
}

/**
 * What is wrong with the body of a request, one readable line each, with JSON pointers; undefined is an absent body.
 * The contents of a transaction's EDUs are looked past: see `eduContentProblems`.
 */
export function requestProblems(
  endpoint: Endpoint,
  body: JsonValue | undefined,
  context: WireContext = {},
): readonly string[] {
  if (endpoint.request === undefined) return [];
  if (body === undefined) return ["(the whole) must be JSON"];
  const problems = [...compileSchema(endpoint.request)(body), ...pdusProblems(endpoint, "request", body, context)];
  return linesOf(problems);
}

/**
 * What is wrong with the body of a response. Answers of status 4xx and 5xx are measured against the standard error
 * object (client-server-api#standard-error-response), those below 400 other than 200 against nothing.
 */
export function responseProblems(
  endpoint: Endpoint,
  status: number,
  body: JsonValue | undefined,
  context: WireContext = {},
): readonly string[] {
  // A failed look-up of a delegation is an answer of any kind (server-server-api#resolving-server-names).
  if (status >= 400) return endpoint.group === "discovery" ? [] : errorProblems(body);
  if (status !== 200 || endpoint.response === undefined) return [];
  if (body === undefined) return ["(the whole) must be JSON"];
  return linesOf([...compileSchema(endpoint.response)(body), ...pdusProblems(endpoint, "response", body, context)]);
}

/** What is wrong with an error object; the one for an incompatible room version must also name the version. */
export function errorProblems(body: JsonValue | undefined): readonly string[] {
  if (body === undefined) return ["(the whole) must be JSON"];
  const incompatible = isJsonObject(body) && body.errcode === "M_INCOMPATIBLE_ROOM_VERSION";
  return linesOf(compileSchema(incompatible ? "wire/error-incompatible-room-version" : "wire/error")(body));
}

/** What is wrong with an EDU: its envelope, and its content where the type is one of the specification's. */
export function eduProblems(edu: JsonValue): readonly SchemaProblem[] {
  const envelope = compileSchema("wire/edu")(edu);
  if (envelope.length > 0 || !isJsonObject(edu)) return envelope;
  const schema = `wire/edu-${String(edu.edu_type)}`;
  return KNOWN_EDU_TYPES.has(String(edu.edu_type)) ? compileSchema(schema)(edu) : [];
}

/** The EDU types that the specification defines (server-server-api#edus). */
export const KNOWN_EDU_TYPES: ReadonlySet<string> = new Set([
  "m.typing",
  "m.presence",
  "m.receipt",
  "m.device_list_update",
  "m.signing_key_update",
  "m.direct_to_device",
]);

/** Each line once: parts of a schema may say the same of one place. */
function linesOf(problems: readonly SchemaProblem[]): readonly string[] {
  return [...new Set(problemLines(problems))];
}

function pdusProblems(
  endpoint: Endpoint,
  side: "request" | "response",
  body: JsonValue,
  context: WireContext,
): readonly SchemaProblem[] {
  return pdusIn(endpoint, side, body)
    .filter(({ pdu }) => context.looksInto?.(pdu) ?? true)
    .flatMap(({ pdu, pointer }) => {
      const version = typeof pdu.room_id === "string" ? context.roomVersion?.(pdu.room_id) : undefined;
      return pduProblems(pdu, version)
        .filter((problem) => endpoint.id !== "backfill" || !isReferenceLimit(problem))
        .map((problem) => ({ ...problem, path: `${pointer}${problem.path}` }));
    });
}

/** Old events may exceed the limits on references, and backfill hands them on (rooms/v1#event-format). */
function isReferenceLimit({ keyword, path }: SchemaProblem): boolean {
  return keyword === "maxItems" && (path === "/prev_events" || path === "/auth_events");
}

/** What is wrong with the contents of a transaction's EDUs of one type, as `requestProblems` tells it of the rest. */
export function eduContentProblems(type: string, transaction: JsonValue | undefined): readonly string[] {
  if (!isJsonObject(transaction) || !Array.isArray(transaction.edus)) return [];
  const problems = (transaction.edus as readonly JsonValue[]).flatMap((edu, at) => {
    if (!isJsonObject(edu) || edu.edu_type !== type || compileSchema("wire/edu")(edu).length > 0) return [];
    return eduProblems(edu).map((problem) => ({ ...problem, path: `/edus/${at}${problem.path}` }));
  });
  return linesOf(problems);
}
