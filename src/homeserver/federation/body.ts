import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { type FederationRequest, MatrixError } from "../parts.js";

/** The body as an object; throws MatrixError 400 M_BAD_JSON. */
export function objectBody(request: FederationRequest): JsonObject {
  if (isJsonObject(request.body)) return request.body;
  throw new MatrixError(400, "M_BAD_JSON", "the body is not a JSON object");
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** A list of objects out of an answer or a body; entries of other kinds are left out. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isJsonObject) : [];
}

export function stringsIn(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A path parameter, which the route guarantees. */
export function parameter(request: FederationRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new MatrixError(404, "M_UNRECOGNIZED", `no ${name} in the path`);
  return value;
}

/** A query parameter that must be there; throws MatrixError 400 M_MISSING_PARAM. */
export function requiredQuery(request: FederationRequest, name: string): string {
  const value = request.query.get(name);
  if (value === null) throw new MatrixError(400, "M_MISSING_PARAM", `${name} is missing`);
  return value;
}

/** A whole number from a query or body, or what stands in for it when absent; throws MatrixError 400 M_INVALID_PARAM. */
export function wholeNumber(value: JsonValue | undefined, name: string, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw new MatrixError(400, "M_INVALID_PARAM", `${name} is not a whole number`);
}
