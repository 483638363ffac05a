import { REMOVED_ENDPOINTS } from "../../src/schema/endpoints/removed.js";
import { ENDPOINTS, type Endpoint } from "../../src/schema/endpoints.js";

export function endpointById(id: string): Endpoint {
  const endpoint = [...ENDPOINTS, ...REMOVED_ENDPOINTS].find((candidate) => candidate.id === id);
  if (endpoint === undefined) throw new RangeError(`no endpoint has the id ${id}`);
  return endpoint;
}
