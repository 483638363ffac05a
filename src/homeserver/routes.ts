import findMyWay, { type HTTPMethod } from "find-my-way";

/** What one server does at the paths of an API, and what fits a request. */
export interface Found<Route> {
  readonly route: Route;
  /** By name, decoded. */
  readonly params: { readonly [name: string]: string };
}

/**
 * The paths of an API, shared by all servers that offer it: a virtual server often answers fewer requests than the API has paths,
 * and a search tree takes longer to build than to ask.
 */
export class Paths {
  readonly #tree;
  readonly #known = new Set<string>();

  /** `maxParamLength`: in characters, of one parameter as it stands in the path. */
  constructor(maxParamLength: number) {
    this.#tree = findMyWay({ maxParamLength });
  }

  /** Adds a pattern in which `:name` stands for a parameter, unless it is known. Returns what `find` will call it. */
  add(method: HTTPMethod, pattern: string): string {
    const name = `${method} ${pattern}`;
    if (!this.#known.has(name)) this.#tree.on(method, pattern, () => undefined, name);
    this.#known.add(name);
    return name;
  }

  find(method: HTTPMethod, path: string): Found<string> | undefined {
    const found = this.#tree.find(method, path);
    if (found === null) return undefined;
    const given = Object.entries(found.params).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return { route: found.store as string, params: Object.fromEntries(given) };
  }
}

/** The routes of one server. */
export class Routes<Route> {
  readonly #byName = new Map<string, Route>();

  constructor(private readonly paths: Paths) {}

  on(method: HTTPMethod, pattern: string, route: Route): void {
    this.#byName.set(this.paths.add(method, pattern), route);
  }

  /** What fits the path, which has no query. */
  find(method: HTTPMethod, path: string): Found<Route> | undefined {
    const found = this.paths.find(method, path);
    const route = found === undefined ? undefined : this.#byName.get(found.route);
    return found === undefined || route === undefined ? undefined : { route, params: found.params };
  }
}
