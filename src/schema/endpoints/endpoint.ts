/** What an operation is about. `discovery` and `version` concern the server as a whole. */
export type EndpointGroup =
  | "discovery"
  | "keys"
  | "version"
  | "send"
  | "join"
  | "leave"
  | "invite"
  | "knock"
  | "events"
  | "query"
  | "directory"
  | "devices"
  | "media"
  | "spaces"
  | "publicRooms"
  | "openid"
  | "identity"
  | "policy";

export type QueryType = "string" | "integer" | "boolean" | "direction";

export interface QueryParameter {
  readonly type: QueryType;
  readonly required: boolean;
  /** The parameter may occur several times. */
  readonly repeated: boolean;
}

/** One operation of the Server-Server API. Schemas are names for `compileSchema`; absent where no JSON is exchanged. */
export interface Endpoint {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT";
  /** The path with `{parameters}`, from the root. */
  readonly path: string;
  readonly group: EndpointGroup;
  /** Whether the request is signed with X-Matrix (server-server-api#request-authentication). */
  readonly signed: boolean;
  readonly request?: string;
  readonly response?: string;
  readonly query: { readonly [name: string]: QueryParameter };
  /** The version of the specification that brought it. */
  readonly since: string;
  /** The version of the specification that removed it. */
  readonly removed?: string;
  readonly anchor: string;
  /** Whether server ACLs protect it (server-server-api#server-access-control-lists-acls). */
  readonly acl: boolean;
}

interface Traits {
  readonly unsigned?: boolean;
  readonly acl?: boolean;
  /** Whether there is a request schema; true for POST and PUT unless said otherwise. */
  readonly request?: boolean;
  /** False where the answer is not JSON. */
  readonly response?: boolean;
  readonly query?: { readonly [name: string]: QueryParameter };
  readonly since?: string;
  readonly removed?: string;
  /** Another endpoint's schemas serve this one too. */
  readonly schemasOf?: string;
}

/** One row of the table: `line` is the method and the path, `anchor` the fragment within server-server-api. */
export function endpoint(
  id: string,
  group: EndpointGroup,
  line: string,
  anchor: string,
  traits: Traits = {},
): Endpoint {
  const [method, path] = line.split(" ") as [Endpoint["method"], string];
  const schema = `wire/${traits.schemasOf ?? id}`;
  return {
    id,
    method,
    path,
    group,
    signed: traits.unsigned !== true,
    ...((traits.request ?? method !== "GET") ? { request: `${schema}.request` } : {}),
    ...((traits.response ?? true) ? { response: `${schema}.response` } : {}),
    query: traits.query ?? {},
    since: traits.since ?? "r0.1",
    ...(traits.removed === undefined ? {} : { removed: traits.removed }),
    anchor: `server-server-api#${anchor}`,
    acl: traits.acl === true,
  };
}

export const needed = (type: QueryType): QueryParameter => ({ type, required: true, repeated: false });
export const optional = (type: QueryType): QueryParameter => ({ type, required: false, repeated: false });
export const repeatable = (type: QueryType, required: boolean): QueryParameter => ({ type, required, repeated: true });
