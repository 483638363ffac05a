import type { Route, SrvRecord } from "../../matrix/server-discovery.js";
import { parseServerName } from "../../matrix/server-name.js";
import type { ChosenRoute, LookUps } from "../../net/look-ups.js";

/** Whether a fault is switched on. */
type Has = (defect: string) => boolean;

const WEB_PORT = 443;
const FEDERATION_PORT = 8448;
const NEW_SERVICE = "_matrix-fed._tcp.";
const OLD_SERVICE = "_matrix._tcp.";

/** The name to look for: the one that is meant, but for the fault of looking for services of names that say their port. */
export async function misled(serverName: string, { lookUps, has }: { lookUps: LookUps; has: Has }): Promise<string> {
  const { host = "", port } = parseServerName(serverName) ?? {};
  if (port === undefined || !has("services-of-names-with-ports")) return serverName;
  return (await lookUps.services(`${NEW_SERVICE}${host}`)).length > 0 ? host : serverName;
}

/** The service records of a name, as far as the faults let them be seen. */
export async function servicesOf(
  name: string,
  { lookUps, has }: { lookUps: LookUps; has: Has },
): Promise<readonly SrvRecord[]> {
  const old = name.startsWith(OLD_SERVICE);
  if (has("ignores-services") || (old && has("ignores-old-services"))) return [];
  if (!old && has("old-services-first")) {
    const first = await lookUps.services(name.replace(NEW_SERVICE, OLD_SERVICE));
    if (first.length > 0) return first;
  }
  return lookUps.services(name);
}

/** The route that a server takes where the right one is known: the same, but for its faults. */
export function chosenRoute(
  route: Route,
  { serverName, lookedUp }: { readonly serverName: string; readonly lookedUp: string },
  has: Has,
): ChosenRoute {
  const named = parseServerName(serverName);
  const byService = route.step === "3.3" || route.step === "3.4" || route.step === "4" || route.step === "5";
  const delegated = route.step.startsWith("3");
  const host = named?.host ?? serverName;
  const faults: (Partial<ChosenRoute> | false)[] = [
    has("trusts-any-certificate") && { anyCertificate: true },
    has("host-without-port") && { hostHeader: parseServerName(route.hostHeader)?.host ?? route.hostHeader },
    delegated && has("host-of-the-delegating-name") && { hostHeader: serverName },
    delegated && has("certificate-of-the-delegating-name") && { certificateName: { kind: "dns", value: host } },
    byService && has("host-of-the-service") && { hostHeader: lookedUp },
    byService && has("certificate-of-the-service") && { certificateName: { kind: "dns", value: lookedUp } },
  ];
  const told = Object.assign({}, route, ...faults.filter((fault) => fault !== false)) as ChosenRoute;
  return { ...told, addresses: addressesTried(route, has) };
}

function addressesTried(route: Route, has: Has): Route["addresses"] {
  const { addresses, step } = route;
  const byDefault = step === "3.5" || step === "6";
  if (has("tries-one-address")) return addresses.slice(0, 1);
  const port =
    byDefault && has("default-port-of-the-web")
      ? WEB_PORT
      : (step === "3.1" || step === "3.2" || step === "1" || step === "2") && has("always-the-default-port")
        ? FEDERATION_PORT
        : undefined;
  return port === undefined ? addresses : addresses.map(({ address }) => ({ address, port }));
}
