import type { Route, SrvRecord } from "../matrix/server-discovery.js";
import type { WireResponse } from "./wire.js";

/** What a server asks of the network to find another (server-server-api#resolving-server-names). */
export interface LookUps {
  /**
   * One HTTPS GET, nothing followed. Rejects with an Error when no HTTP answer came back, of a site with a wrong
   * certificate too unless `anyCertificate`.
   */
  get(url: URL, options: { readonly anyCertificate: boolean }): Promise<WireResponse>;
  /** Empty when there is no such record. */
  services(name: string): Promise<readonly SrvRecord[]>;
  /** AAAA and A, through a CNAME unless `direct`; empty when there are none. */
  addresses(name: string, direct: boolean): Promise<readonly string[]>;
}

/** A route as a server chose it. */
export interface ChosenRoute extends Route {
  /** Whatever certificate is presented there will do. */
  readonly anyCertificate?: boolean;
}

/** Finds the way to a server by its name; rejects with an Error where there is none. */
export type RouteFinder = (serverName: string) => Promise<ChosenRoute>;
