import type { QueryParameter, QueryType } from "./endpoints/endpoint.js";
import type { EndpointMatch } from "./endpoints.js";

const SHAPES: { readonly [type in QueryType]: RegExp } = {
  string: /^[\s\S]*$/,
  integer: /^-?[0-9]+$/,
  boolean: /^(?:true|false)$/,
  direction: /^[fb]$/,
};

/** What is wrong with the query of a request: a required parameter missing, one repeated, a value of another type. Unknown ones are legal. */
export function queryProblems({ endpoint, query }: EndpointMatch): readonly string[] {
  return Object.entries(endpoint.query).flatMap(([name, parameter]) =>
    ofParameter(name, parameter, query.getAll(name)),
  );
}

function ofParameter(name: string, { type, required, repeated }: QueryParameter, values: readonly string[]): string[] {
  if (values.length === 0) return required ? [`the query must have ${name}`] : [];
  if (values.length > 1 && !repeated) return [`the query has ${name} ${values.length} times`];
  return values
    .filter((value) => !SHAPES[type].test(value))
    .map((value) => `the query has ${name}=${value}, not of type ${type}`);
}
