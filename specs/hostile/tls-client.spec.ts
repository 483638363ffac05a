import { expect } from "chai";
import { DEFAULT_LIMITS } from "../../src/net/limits.js";
import { NetError } from "../../src/net/net-error.js";
import { TlsClient } from "../../src/net/tls-client.js";
import { inPool } from "../../src/runner/pool.js";
import { Certificates } from "../support/hostile/certificates.js";
import { type HostileServer, openHostile } from "../support/hostile/hostile-server.js";
import { HOSTILE_WAYS } from "../support/hostile/index.js";
import { AT_A_TIME, LIMITS, MOST_MS, outcomesOf } from "../support/hostile/limits.js";
import type { Outcome, Way } from "../support/hostile/way.js";
import { get } from "../support/in-process-lab.js";

const NAME = "hostile.test";

interface Meeting {
  readonly outcome: Outcome;
  readonly tookMs: number;
  readonly error?: unknown;
}

describe("net/tls-client meets hostile servers", () => {
  const met = new Map<Way, Meeting>();
  const servers: HostileServer[] = [];

  before(async function () {
    this.timeout(60_000);
    const certificates = await Certificates.create();
    await inPool(HOSTILE_WAYS, AT_A_TIME, async (way) => {
      const shown = await certificates.issue(NAME, way);
      const server = await openHostile(way, shown);
      servers.push(server);
      met.set(way, await meet(server, shown.ca));
    });
  });
  after(() => Promise.all(servers.map((server) => server.close())));

  async function meet({ port }: HostileServer, ca: string): Promise<Meeting> {
    const route = () => ({ host: "127.0.0.1", port, servername: NAME, ca });
    const client = new TlsClient({ route, limits: { ...DEFAULT_LIMITS, ...LIMITS } });
    const began = performance.now();
    try {
      const { status } = await client.send(NAME, get("/_matrix/federation/v1/version"));
      return { outcome: status, tookMs: performance.now() - began };
    } catch (error) {
      const outcome = error instanceof NetError ? error.code : "local";
      return { outcome, tookMs: performance.now() - began, error };
    } finally {
      await client.close();
    }
  }

  it("at least sixty of them", () => expect(new Set(HOSTILE_WAYS.map(({ name }) => name)).size).to.be.at.least(60));

  for (const way of HOSTILE_WAYS)
    it(`one that ${way.name}`, () => {
      const meeting = met.get(way);
      expect(meeting?.outcome, String(meeting?.error)).to.be.oneOf(outcomesOf(way));
      expect(meeting?.tookMs).to.be.below(MOST_MS);
    });

  it("leaves no connection open", async () => {
    await Promise.all(servers.map((server) => server.idle()));
    expect(servers.filter(({ open }) => open > 0).map(({ way }) => way.name)).to.deep.equal([]);
  });
});
