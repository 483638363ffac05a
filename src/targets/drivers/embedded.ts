import { Discoverer } from "../../homeserver/federation/discovery.js";
import { Homeserver } from "../../homeserver/homeserver.js";
import { signingKey } from "../../matrix/keys.js";
import { listenHttp } from "../../net/listen.js";
import type { LookUps, RouteFinder } from "../../net/look-ups.js";
import { NetError } from "../../net/net-error.js";
import type { WireHandler } from "../../net/wire.js";
import { accountPolicy } from "../account-policy.js";
import { derive } from "../lab-values.js";
import { seededRandom } from "../seeded-random.js";
import { ServerLog } from "../server-log.js";
import type { Power, StartedTarget, StartOptions } from "../target.js";
import type { TargetFile } from "../target-document.js";

/** Starts Concordat's own homeserver in this process: its federation behind the tap, its client-server API on loopback. */
export async function startEmbedded(target: TargetFile, options: StartOptions): Promise<StartedTarget> {
  const { lab, preset, seed, defects, signal } = options;
  signal.throwIfAborted();
  const serverName = lab.name(options.label);
  const log = new ServerLog();
  let routeTo: RouteFinder = () => Promise.reject(new Error("no way has been looked for yet"));
  const finder = (lookUps: LookUps) => {
    routeTo = new Discoverer({ lookUps, now: Date.now, has: (defect) => defects?.has(defect) ?? false }).find;
    return routeTo;
  };
  const homeserver = new Homeserver({
    serverName,
    signingKey: signingKey(new Uint8Array(derive(seed, `signing key of ${serverName}`)), "1"),
    transport: lab.transportFor(serverName, finder),
    routeTo: (name) => routeTo(name),
    now: Date.now,
    random: seededRandom(`${seed}/random of ${serverName}`),
    roomVersions: target.room_versions,
    ...(defects ? { defects } : {}),
    log: (line) => log.append(`${line}\n`),
  });
  let up = true;
  const whileUp =
    (handler: WireHandler): WireHandler =>
    (request) =>
      up ? handler(request) : Promise.reject(new NetError("connect", `${serverName} is down`));
  const clientApi = whileUp((request) => homeserver.handleClient(request));
  const client = await listenHttp(clientApi, { host: "127.0.0.1", port: 0 });
  lab.attach(serverName, { kind: "handler", handler: whileUp(homeserver.handleFederation) });
  // Its data is in this process, which goes on: down is what others see of it, and what it has under way.
  const power: Power = {
    async shutDown() {
      if (up) homeserver.shutDown();
      up = false;
    },
    async startUp() {
      if (!up) homeserver.startUp();
      up = true;
    },
  };
  let stopping: Promise<void> | undefined;
  const end = async () => {
    lab.detach(serverName);
    homeserver.stop();
    log.end();
    await client.close();
  };
  const { name, product, vendor, driver, room_versions: roomVersions } = target;
  return {
    ...{ name, product, vendor, driver, preset, serverName, roomVersions, power },
    clientUrl: client.url,
    accounts: accountPolicy(target, {}),
    log: () => log.text(),
    stop: () => {
      stopping ??= end();
      return stopping;
    },
  };
}
