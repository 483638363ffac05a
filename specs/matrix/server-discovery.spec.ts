import { expect } from "chai";
import {
  type Discovery,
  discover,
  type Lookup,
  type LookupAnswer,
  type SrvRecord,
  UnexpectedAnswerError,
} from "../../src/matrix/server-discovery.js";

/** A small internet: what each lookup finds; the rest is not there. */
interface World {
  readonly wellKnown?: { readonly [host: string]: string };
  readonly srv?: { readonly [name: string]: readonly SrvRecord[] };
  readonly addresses?: { readonly [name: string]: readonly string[] };
}

function run(serverName: string, world: World): { asked: string[]; end: Discovery } {
  const asked: string[] = [];
  let at = discover(serverName);
  while (at.state === "asking") {
    asked.push(described(at.lookup));
    at = at.answer(answerOf(at.lookup, world));
  }
  return { asked, end: at };
}

function described(lookup: Lookup): string {
  if (lookup.kind === "well-known") return `well-known ${lookup.host}`;
  return lookup.kind === "srv" ? `srv ${lookup.name}` : `${lookup.direct ? "direct " : ""}addresses ${lookup.name}`;
}

function answerOf(lookup: Lookup, world: World): LookupAnswer {
  if (lookup.kind === "srv") return { kind: "srv", records: world.srv?.[lookup.name] ?? [] };
  if (lookup.kind === "addresses") return { kind: "addresses", addresses: world.addresses?.[lookup.name] ?? [] };
  const body = world.wellKnown?.[lookup.host];
  if (body === undefined) return { kind: "well-known-failed" };
  return { kind: "well-known", status: 200, body: new TextEncoder().encode(body) };
}

const delegate = (to: string) => ({ "hs.example": JSON.stringify({ "m.server": to }) });
const record = (target: string, port: number, priority = 10, weight = 0) => ({ target, port, priority, weight });
const addresses = { "hs.example": ["10.0.0.1"], "del.example": ["fd00::2", "10.0.0.2"], "srv.example": ["10.0.0.3"] };
const dns = (value: string) => ({ kind: "dns", value });
const ip = (value: string) => ({ kind: "ip", value });
const fed = "_matrix-fed._tcp";
const old = "_matrix._tcp";

// Everything contradicts everything: what a step skips must not matter.
const everything: World = {
  wellKnown: delegate("del.example:1"),
  srv: { [`${fed}.hs.example`]: [record("srv.example", 1)], [`${fed}.del.example`]: [record("srv.example", 2)] },
  addresses,
};

describe("server discovery", () => {
  const cases: readonly [string, string, World, string[], object][] = [
    ["1: an IPv4 literal", "1.2.3.4", everything, [], route("1", [["1.2.3.4", 8448]], "1.2.3.4", ip("1.2.3.4"))],
    ["1: an IPv6 literal with a port", "[::1]:99", everything, [], route("1", [["::1", 99]], "[::1]:99", ip("::1"))],
    [
      "2: an explicit port",
      "hs.example:443",
      everything,
      ["addresses hs.example"],
      route("2", [["10.0.0.1", 443]], "hs.example:443", dns("hs.example")),
    ],
    [
      "3.1: delegation to an IP literal",
      "hs.example",
      { wellKnown: delegate("[fd00::1]:77") },
      ["well-known hs.example"],
      route("3.1", [["fd00::1", 77]], "[fd00::1]:77", ip("fd00::1")),
    ],
    [
      "3.2: delegation to a name with a port",
      "hs.example",
      everything,
      ["well-known hs.example", "addresses del.example"],
      route(
        "3.2",
        [
          ["fd00::2", 1],
          ["10.0.0.2", 1],
        ],
        "del.example:1",
        dns("del.example"),
      ),
    ],
    [
      "3.3: SRV of the delegated name",
      "hs.example",
      { ...everything, wellKnown: delegate("del.example") },
      ["well-known hs.example", `srv ${fed}.del.example`, "direct addresses srv.example"],
      route("3.3", [["10.0.0.3", 2]], "del.example", dns("del.example")),
    ],
    [
      "3.4: the old SRV of the delegated name",
      "hs.example",
      { wellKnown: delegate("del.example"), srv: { [`${old}.del.example`]: [record("srv.example", 3)] }, addresses },
      ["well-known hs.example", `srv ${fed}.del.example`, `srv ${old}.del.example`, "direct addresses srv.example"],
      route("3.4", [["10.0.0.3", 3]], "del.example", dns("del.example")),
    ],
    [
      "3.5: the delegated name itself",
      "hs.example",
      { wellKnown: { ...delegate("del.example"), "del.example": '{"m.server":"deeper.example"}' }, addresses },
      ["well-known hs.example", `srv ${fed}.del.example`, `srv ${old}.del.example`, "addresses del.example"],
      route(
        "3.5",
        [
          ["fd00::2", 8448],
          ["10.0.0.2", 8448],
        ],
        "del.example",
        dns("del.example"),
      ),
    ],
    [
      "4: SRV without delegation",
      "hs.example",
      { srv: { [`${fed}.hs.example`]: [record("srv.example.", 4)] }, addresses },
      ["well-known hs.example", `srv ${fed}.hs.example`, "direct addresses srv.example"],
      route("4", [["10.0.0.3", 4]], "hs.example", dns("hs.example")),
    ],
    [
      "5: the old SRV without delegation",
      "hs.example",
      { srv: { [`${old}.hs.example`]: [record("srv.example", 5)] }, addresses },
      ["well-known hs.example", `srv ${fed}.hs.example`, `srv ${old}.hs.example`, "direct addresses srv.example"],
      route("5", [["10.0.0.3", 5]], "hs.example", dns("hs.example")),
    ],
    [
      "6: the name itself",
      "hs.example",
      { addresses },
      ["well-known hs.example", `srv ${fed}.hs.example`, `srv ${old}.hs.example`, "addresses hs.example"],
      route("6", [["10.0.0.1", 8448]], "hs.example", dns("hs.example")),
    ],
  ];
  for (const [name, serverName, world, lookups, found] of cases) {
    it(`step ${name}`, () => {
      const { asked, end } = run(serverName, world);
      expect(asked).to.deep.equal(lookups);
      expect(end).to.deep.equal({ state: "found", route: found });
    });
  }

  for (const body of [
    "",
    "[]",
    "{}",
    '{"m.server":5}',
    '{"m.server":""}',
    '{"m.server":"a:1:2"}',
    '{"m.server":"http://a"}',
  ]) {
    it(`goes on to step 4 after a well-known of ${JSON.stringify(body)}`, () => {
      const world = { ...everything, wellKnown: { "hs.example": body } };
      expect(run("hs.example", world).end).to.have.nested.property("route.step", "4");
    });
  }

  it("goes on to step 4 after a status other than 200", () => {
    const start = discover("hs.example");
    const body = new TextEncoder().encode('{"m.server":"del.example"}');
    const next = start.state === "asking" ? start.answer({ kind: "well-known", status: 404, body }) : start;
    expect(next).to.have.deep.property("lookup", { kind: "srv", name: `${fed}.hs.example` });
  });

  it("orders SRV targets by priority, then weight", () => {
    const records = [record("c.example", 3, 20, 9), record("b.example", 2, 10, 1), record("a.example", 1, 10, 5)];
    const names = { "a.example": ["1.1.1.1"], "b.example": ["2.2.2.2"], "c.example": ["3.3.3.3"] };
    const { end } = run("hs.example", { srv: { [`${fed}.hs.example`]: records }, addresses: names });
    expect(end).to.have.deep.nested.property("route.addresses", [
      { address: "1.1.1.1", port: 1 },
      { address: "2.2.2.2", port: 2 },
      { address: "3.3.3.3", port: 3 },
    ]);
  });

  it("fails for no server name, for no address, and for a service decidedly not offered", () => {
    expect(discover("not a name")).to.deep.equal({ state: "failed", reason: "not a server name" });
    expect(run("hs.example", {}).end).to.have.property("state", "failed");
    const withdrawn = { srv: { [`${fed}.hs.example`]: [record(".", 0)] }, addresses };
    expect(run("hs.example", withdrawn).end).to.have.property("state", "failed");
  });

  it("throws when the driver answers another question", () => {
    const start = discover("hs.example");
    expect(() => start.state === "asking" && start.answer({ kind: "srv", records: [] })).to.throw(
      UnexpectedAnswerError,
    );
  });
});

function route(step: string, to: readonly [string, number][], hostHeader: string, certificateName: object): object {
  return { step, addresses: to.map(([address, port]) => ({ address, port })), hostHeader, certificateName };
}
