import type { JsonObject, JsonValue } from "../../matrix/json.js";
import { isJsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import type { MediaFile } from "../media/media-store.js";
import { MatrixError } from "../parts.js";
import type { RawAnswer } from "../raw-answer.js";

/** Whose access token came with a request. */
export interface Requester {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly token: string;
}

/** A request to the client API after routing and authentication. */
export interface ClientRequest {
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  /** An empty object when there was no body. */
  readonly body: JsonObject;
  readonly signal: AbortSignal;
  /** Method and path, what transaction ids are counted by. */
  readonly endpoint: string;
}

export interface UserRequest extends ClientRequest {
  readonly requester: Requester;
}

export type OpenAnswer = (request: ClientRequest) => JsonValue | Promise<JsonValue>;
export type UserAnswer = (request: UserRequest) => JsonValue | RawAnswer | Promise<JsonValue | RawAnswer>;
export type FileAnswer = (file: MediaFile) => JsonValue;

export type ClientMethod = "GET" | "PUT" | "POST" | "DELETE";

/** Where the client API's endpoints are registered; `path` in find-my-way's syntax, from `/_matrix/client` on. */
export interface ClientRoutes {
  open(method: ClientMethod, path: string, answer: OpenAnswer): void;
  user(method: ClientMethod, path: string, answer: UserAnswer): void;
  /** For uploads by users; the whole path is given. */
  file(method: ClientMethod, path: string, answer: FileAnswer): void;
}

/** A path parameter; its absence is a mistake in the route table. */
export function param(request: ClientRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`the route has no parameter "${name}"`);
  return value;
}

/** A string of a body, or undefined when absent; 400 M_BAD_JSON for any other type. */
export function optionalString(body: JsonObject, key: string): string | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new MatrixError(400, "M_BAD_JSON", `"${key}" must be a string`);
  return value;
}

/** A string that a body must have; 400 M_MISSING_PARAM without it. */
export function requiredString(body: JsonObject, key: string): string {
  const value = optionalString(body, key);
  if (value === undefined) throw new MatrixError(400, "M_MISSING_PARAM", `"${key}" is missing`);
  return value;
}

/** An object of a body, or undefined when absent; 400 M_BAD_JSON for any other type. */
export function optionalObject(body: JsonObject, key: string): JsonObject | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new MatrixError(400, "M_BAD_JSON", `"${key}" must be an object`);
  return value;
}

/** An object that a body must have; 400 M_MISSING_PARAM without it. */
export function requiredObject(body: JsonObject, key: string): JsonObject {
  const value = optionalObject(body, key);
  if (value === undefined) throw new MatrixError(400, "M_MISSING_PARAM", `"${key}" is missing`);
  return value;
}

/** The strings of a list in a body; empty when absent; 400 M_BAD_JSON for anything else. */
export function stringList(body: JsonObject, key: string): readonly string[] {
  const value = body[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new MatrixError(400, "M_BAD_JSON", `"${key}" must be a list`);
  return value.map((item) => {
    if (typeof item !== "string") throw new MatrixError(400, "M_BAD_JSON", `"${key}" must be a list of strings`);
    return item;
  });
}

/** A whole number of the query, at least 0, or the default. */
export function wholeNumber(query: URLSearchParams, key: string, otherwise: number): number {
  const text = query.get(key);
  if (text === null) return otherwise;
  if (!/^\d{1,15}$/.test(text)) throw new MatrixError(400, "M_INVALID_PARAM", `"${key}" must be a whole number`);
  return Number(text);
}
