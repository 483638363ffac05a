import { parseServerName } from "../../matrix/identifiers.js";
import { headerValues } from "../../net/wire.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";

/** A name with a port is reached at that name (server-server-api#resolving-server-names); others may be delegated. */
function directHost(exchange: SeenExchange): { readonly host: string; readonly literal: boolean } | undefined {
  const name = parseServerName(exchange.to);
  if (name === undefined || endpointOf(exchange)?.endpoint.group === "discovery") return undefined;
  const literal = name.kind !== "dns";
  return literal || name.port !== undefined ? { host: name.host, literal } : undefined;
}

/** server-server-api#tls */
const SNI_NAMES_HOST: PassiveCheck = {
  name: "sni-names-host",
  summary: "The ClientHello names the host whose certificate is expected",
  requirement: "FED-API-005",
  level: "should",
  side: "request",
  appliesTo: (exchange) => exchange.sni !== undefined && directHost(exchange)?.literal === false,
  judge(exchange) {
    const host = directHost(exchange)?.host ?? "";
    const met = exchange.sni?.toLowerCase() === host.toLowerCase();
    return findingOf(exchange, `SNI ${host}`, met ? [] : [`SNI ${exchange.sni}`]);
  },
};

/** server-server-api#tls */
const NO_SNI_FOR_ADDRESS: PassiveCheck = {
  name: "no-sni-for-address",
  summary: "A server named by an IP address is not named in the ClientHello",
  requirement: "FED-API-006",
  level: "should",
  side: "request",
  appliesTo: (exchange) => directHost(exchange)?.literal === true,
  judge: (exchange) => findingOf(exchange, "no SNI", exchange.sni === undefined ? [] : [`SNI ${exchange.sni}`]),
};

/** server-server-api#resolving-server-names, step 2: a name with a port is the Host header as it is. */
const HOST_HEADER: PassiveCheck = {
  name: "host-header",
  summary: "The Host header is the server name, port included",
  requirement: "FED-DISC-010",
  level: "must",
  side: "request",
  appliesTo: (exchange) =>
    directHost(exchange)?.literal === false && headerValues(exchange.request.headers, "host").length > 0,
  judge(exchange) {
    const hosts = headerValues(exchange.request.headers, "host");
    const wrong = hosts.filter((host) => host.toLowerCase() !== exchange.to.toLowerCase());
    return findingOf(
      exchange,
      `Host: ${exchange.to}`,
      wrong.map((host) => `Host: ${host}`),
    );
  },
};

export const CONNECTION_CHECKS: readonly PassiveCheck[] = [SNI_NAMES_HOST, NO_SNI_FOR_ADDRESS, HOST_HEADER];
