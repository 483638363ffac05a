import { type Discovery, discover, type Lookup, type LookupAnswer } from "../../matrix/server-discovery.js";
import { parseServerName } from "../../matrix/server-name.js";
import { readWellKnown } from "../../matrix/well-known.js";
import type { ChosenRoute } from "../../net/look-ups.js";
import { type DelegationOptions, Delegations } from "./delegation.js";
import { chosenRoute, misled, servicesOf } from "./faulty-discovery.js";

/** Finds the way to other servers (server-server-api#resolving-server-names): drives the steps, and asks the network for them. */
export class Discoverer {
  readonly #delegations: Delegations;

  constructor(private readonly options: DelegationOptions) {
    this.#delegations = new Delegations(options);
  }

  /** The route to a server. Rejects where its name leads nowhere. */
  readonly find = async (serverName: string): Promise<ChosenRoute> => {
    let stands: Discovery = discover(await misled(serverName, this.options));
    let lookedUp = "";
    while (stands.state === "asking") {
      if (stands.lookup.kind === "addresses") lookedUp ||= stands.lookup.name;
      stands = stands.answer(await this.#answer(stands.lookup, serverName));
    }
    if (stands.state === "failed") throw new Error(`${serverName} cannot be found: ${stands.reason}`);
    return chosenRoute(stands.route, { serverName, lookedUp }, (defect) => this.options.has(defect));
  };

  async #answer(lookup: Lookup, serverName: string): Promise<LookupAnswer> {
    const { lookUps, has } = this.options;
    if (lookup.kind === "srv") return { kind: "srv", records: await servicesOf(lookup.name, this.options) };
    if (lookup.kind === "addresses") {
      return {
        kind: "addresses",
        addresses: await lookUps.addresses(lookup.name, lookup.direct || has("finds-no-aliases")),
      };
    }
    if (has("ignores-delegation")) return { kind: "well-known-failed" };
    if (has("services-before-delegation") && (await lookUps.services(`_matrix-fed._tcp.${serverName}`)).length > 0) {
      return { kind: "well-known-failed" };
    }
    return this.#delegation(lookup.host);
  }

  async #delegation(host: string): Promise<LookupAnswer> {
    const { has } = this.options;
    const answer = await this.#delegations.of(host);
    if (answer.kind !== "well-known") return answer;
    const said = readWellKnown(answer.status, answer.body);
    if (!said.ok && has("takes-any-delegate") && answer.status === 200 && said.reason.startsWith("m.server")) {
      throw new Error(`${host} delegates to what is no server: ${said.reason}`);
    }
    if (!said.ok || !has("follows-chains-of-delegation")) return answer;
    const next = await this.#delegations.of(parseServerName(said.delegatedTo)?.host ?? "");
    return next.kind === "well-known" && readWellKnown(next.status, next.body).ok ? next : answer;
  }
}
