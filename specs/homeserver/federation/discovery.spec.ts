import { expect } from "chai";
import { Discoverer } from "../../../src/homeserver/federation/discovery.js";
import type { SrvRecord } from "../../../src/matrix/server-discovery.js";
import type { LookUps } from "../../../src/net/look-ups.js";
import type { WireResponse } from "../../../src/net/wire.js";
import { bytes } from "../../support/in-process-lab.js";

const HOUR = 60 * 60 * 1000;
const NEW: SrvRecord = { target: "new.rack.test", port: 1001, priority: 10, weight: 0 };
const OLD: SrvRecord = { target: "old.rack.test", port: 1002, priority: 10, weight: 0 };

/** A network that knows what it is told: pages by address, records by name. */
class SmallNetwork implements LookUps {
  readonly pages = new Map<string, WireResponse>();
  readonly records = new Map<string, readonly SrvRecord[]>();
  readonly asked: string[] = [];
  /** Sites whose certificate is wrong. */
  readonly strangers = new Set<string>();

  async get(url: URL, { anyCertificate }: { readonly anyCertificate: boolean }): Promise<WireResponse> {
    this.asked.push(url.href);
    const page = this.pages.get(url.hostname);
    if (page === undefined || (this.strangers.has(url.hostname) && !anyCertificate)) throw new Error("no answer");
    return page;
  }

  async services(name: string): Promise<readonly SrvRecord[]> {
    this.asked.push(name);
    return this.records.get(name) ?? [];
  }

  async addresses(name: string, direct: boolean): Promise<readonly string[]> {
    return direct && name.startsWith("alias") ? [] : ["2001:db8::1", "192.0.2.1"];
  }
}

const page = (body: string, status = 200, headers: WireResponse["headers"] = []): WireResponse => ({
  status,
  headers,
  body: bytes(body),
});
const leadingTo = (server: string, headers: WireResponse["headers"] = []) =>
  page(JSON.stringify({ "m.server": server }), 200, headers);
const redirect = (host: string) => page("", 302, [["Location", `https://${host}/.well-known/matrix/server`]]);

describe("homeserver/federation/discovery", () => {
  let network: SmallNetwork;
  let now: number;

  beforeEach(() => {
    network = new SmallNetwork();
    now = 1_700_000_000_000;
  });

  const discoverer = (...defects: readonly string[]) =>
    new Discoverer({ lookUps: network, now: () => now, has: (defect) => defects.includes(defect) });

  /** Step, port, Host and name in the certificate by which a server finds another. */
  async function way(name: string, ...defects: readonly string[]): Promise<string> {
    return discoverer(...defects)
      .find(name)
      .then(
        ({ step, addresses, hostHeader, certificateName }) =>
          `${step} ${addresses.map(({ port }) => port).join()} ${hostHeader} ${certificateName.value}`,
        (error: Error) => error.message,
      );
  }

  it("takes the steps in order, and no more than it needs", async () => {
    expect(await way("a.test:1")).to.equal("2 1,1 a.test:1 a.test");
    expect(network.asked).to.deep.equal([]);
    expect(await way("a.test")).to.equal("6 8448,8448 a.test a.test");
    expect(network.asked).to.deep.equal([
      "https://a.test/.well-known/matrix/server",
      "_matrix-fed._tcp.a.test",
      "_matrix._tcp.a.test",
    ]);
    network.pages.set("a.test", leadingTo("b.test"));
    network.records.set("_matrix-fed._tcp.b.test", [NEW]);
    expect(await way("a.test")).to.equal("3.3 1001,1001 b.test b.test");
  });

  it("follows redirects, and not in circles", async () => {
    network.pages.set("a.test", redirect("b.test"));
    network.pages.set("b.test", leadingTo("c.test:1"));
    expect(await way("a.test")).to.equal("3.2 1,1 c.test:1 c.test");
    expect(await way("a.test", "follows-no-redirects")).to.match(/^6 /);
    network.pages.set("b.test", redirect("a.test"));
    expect(await way("a.test")).to.match(/^6 /);
    expect(await way("a.test", "lost-in-redirect-loops")).to.equal("a.test leads in circles");
    network.pages.set("b.test", page("", 302, [["Location", "http://["]]));
    expect(await way("a.test")).to.match(/^6 /);
    network.pages.set("b.test", page("", 302, [["Location", "http://c.test/"]]));
    expect(await way("a.test")).to.match(/^6 /);
  });

  it("remembers what sites say for as long as they allow", async () => {
    const one = discoverer();
    network.pages.set("a.test", leadingTo("b.test:1", [["Cache-Control", "max-age=3600"]]));
    const portNow = async () => (await one.find("a.test")).addresses[0]?.port;
    expect(await portNow()).to.equal(1);
    network.pages.set("a.test", leadingTo("b.test:2"));
    now += HOUR - 1;
    expect(await portNow()).to.equal(1);
    now += 1;
    expect(await portNow()).to.equal(2);
    now += 24 * HOUR - 1;
    expect(await portNow()).to.equal(2);
    expect(network.asked).to.have.length(2);
  });

  const delegated: readonly (readonly [defect: string, way: string])[] = [
    ["ignores-delegation", "4 1001,1001 a.test a.test"],
    ["services-before-delegation", "4 1001,1001 a.test a.test"],
    ["always-the-default-port", "3.2 8448,8448 b.test:1 b.test"],
    ["host-without-port", "3.2 1,1 b.test b.test"],
    ["host-of-the-delegating-name", "3.2 1,1 a.test b.test"],
    ["certificate-of-the-delegating-name", "3.2 1,1 b.test:1 a.test"],
    ["tries-one-address", "3.2 1 b.test:1 b.test"],
    ["wants-delegation-labelled-json", "4 1001,1001 a.test a.test"],
    ["follows-chains-of-delegation", "3.2 7,7 c.test:7 c.test"],
  ];
  for (const [defect, expected] of delegated)
    it(`errs: ${defect}`, async () => {
      network.pages.set("a.test", leadingTo("b.test:1"));
      network.pages.set("b.test", leadingTo("c.test:7"));
      network.records.set("_matrix-fed._tcp.a.test", [NEW]);
      expect(await way("a.test")).to.equal("3.2 1,1 b.test:1 b.test");
      expect(await way("a.test", defect)).to.equal(expected);
    });

  const served: readonly (readonly [defect: string, way: string])[] = [
    ["ignores-services", "6 8448,8448 a.test a.test"],
    ["old-services-first", "4 1002,1002 a.test a.test"],
    ["host-of-the-service", "4 1001,1001 new.rack.test a.test"],
    ["certificate-of-the-service", "4 1001,1001 a.test new.rack.test"],
    ["needs-delegation", "a.test does not delegate"],
  ];
  for (const [defect, expected] of served)
    it(`errs: ${defect}`, async () => {
      network.records.set("_matrix-fed._tcp.a.test", [NEW]);
      network.records.set("_matrix._tcp.a.test", [OLD]);
      expect(await way("a.test")).to.equal("4 1001,1001 a.test a.test");
      expect(await way("a.test", defect)).to.equal(expected);
    });

  it("errs: ignores-old-services, default-port-of-the-web, services-of-names-with-ports, finds-no-aliases", async () => {
    network.records.set("_matrix._tcp.a.test", [OLD]);
    expect(await way("a.test")).to.equal("5 1002,1002 a.test a.test");
    expect(await way("a.test", "ignores-old-services")).to.equal("6 8448,8448 a.test a.test");
    expect(await way("b.test", "default-port-of-the-web")).to.equal("6 443,443 b.test b.test");
    network.records.set("_matrix-fed._tcp.a.test", [NEW]);
    expect(await way("a.test:5", "services-of-names-with-ports")).to.equal("4 1001,1001 a.test a.test");
    expect(await way("alias.test")).to.equal("6 8448,8448 alias.test alias.test");
    expect(await way("alias.test", "finds-no-aliases")).to.equal(
      "alias.test cannot be found: no address for alias.test",
    );
  });

  it("errs in trust: trusts-any-web-site, trusts-any-certificate, takes-any-delegate", async () => {
    network.pages.set("a.test", leadingTo("b.test:1"));
    network.strangers.add("a.test");
    expect(await way("a.test")).to.match(/^6 /);
    expect(await way("a.test", "trusts-any-web-site")).to.match(/^3\.2 /);
    expect(await discoverer().find("a.test:1")).not.to.have.property("anyCertificate");
    expect(await discoverer("trusts-any-certificate").find("a.test:1")).to.include({ anyCertificate: true });
    network.pages.set("c.test", page('{"m.server":8448}'));
    expect(await way("c.test")).to.match(/^6 /);
    expect(await way("c.test", "takes-any-delegate")).to.match(/^c\.test delegates to what is no server/);
  });

  it("errs in memory: forgets-delegation, remembers-delegation-regardless", async () => {
    network.pages.set("a.test", leadingTo("b.test:1", [["Cache-Control", "no-store"]]));
    for (const [defect, fetches] of [
      ["forgets-delegation", 2],
      ["remembers-delegation-regardless", 1],
    ] as const) {
      const one = discoverer(defect);
      network.asked.length = 0;
      await one.find("a.test");
      await one.find("a.test");
      expect(network.asked).to.have.length(fetches);
    }
  });
});
