import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openLab } from "../src/lab/open-lab.js";
import { signingKey } from "../src/matrix/keys.js";
import { Peer } from "../src/peer/peer.js";
import { startTarget } from "../src/targets/start.js";
import { readTargetFile } from "../src/targets/target-file.js";
import { type Measurement, median, repeated } from "./measurement.js";

const REQUESTS = 300;
const ROUNDS = 5;
const BUDGET_MS = 8_000;

/** How fast a peer's transactions pass the tap to an embedded server and back: TLS, signature and record included. */
export async function benchSignedRequests(targets: string): Promise<Measurement[]> {
  const stop = new AbortController();
  let recorded = 0;
  const record = () => {
    recorded += 1;
    return `x${recorded}`;
  };
  const lab = await openLab({
    ...{
      runId: "bench",
      naming: "dns",
      docker: false,
      recorder: { record },
      note: () => undefined,
      signal: stop.signal,
    },
  });
  try {
    const target = await readTargetFile(join(targets, "embedded.yaml"));
    const options = { lab, label: "hs1", preset: "testing", seed: "bench", signal: stop.signal } as const;
    const server = await startTarget(target, options);
    const serverName = lab.name("peer");
    const peer = new Peer({
      serverName,
      signingKey: signingKey(randomBytes(32), "p1"),
      transport: lab.transportFor(serverName),
      now: Date.now,
      random: randomBytes,
      allows: [],
      onViolation: () => undefined,
    });
    lab.attach(serverName, { kind: "handler", handler: peer.handle });
    const figures = [];
    for (const atATime of [1, 8]) figures.push(await rate(peer, server.serverName, atATime));
    peer.stop();
    await server.stop();
    if (recorded < REQUESTS) throw new Error(`the tap recorded only ${recorded} exchanges`);
    return figures;
  } finally {
    await lab.close();
  }
}

async function rate(peer: Peer, destination: string, atATime: number): Promise<Measurement> {
  await send(peer, destination);
  const times = await repeated(ROUNDS, BUDGET_MS, async () => {
    const start = performance.now();
    const one = async () => {
      for (let sent = 0; sent < REQUESTS / atATime; sent += 1) await send(peer, destination);
    };
    await Promise.all(Array.from({ length: atATime }, one));
    return performance.now() - start;
  });
  return {
    name: `signed requests through the tap, ${atATime} at a time`,
    value: Math.round((Math.ceil(REQUESTS / atATime) * atATime * 1000) / median(times)),
    unit: "requests/s",
    how: `empty transactions of a peer to an embedded server, TLS; rounds: ${times.length}, each of ${REQUESTS}`,
  };
}

let count = 0;

async function send(peer: Peer, destination: string): Promise<void> {
  count += 1;
  const response = await peer.send({
    destination,
    method: "PUT",
    uri: `/_matrix/federation/v1/send/bench-${count}`,
    content: { origin: peer.serverName, origin_server_ts: Date.now(), pdus: [] },
  });
  if (response.status !== 200) throw new Error(`a transaction was answered with ${response.status}`);
}
