import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { judgePassive, PASSIVE_CHECKS, passiveFacts } from "../../../src/checks/passive/index.js";
import { keysOf, NOW, ONE, PEER, specEvent, specExchange, TWO, transaction } from "../../support/exchanges.js";
import { DESCRIBED } from "../../support/passive-case.js";
import "./authorization-checks.spec.js";
import "./edu-form-checks.spec.js";
import "./edu-schema-checks.spec.js";
import "./http-checks.spec.js";
import "./key-checks.spec.js";
import "./pdu-checks.spec.js";
import "./pdu-value-checks.spec.js";
import "./schema-checks.spec.js";
import "./transaction-checks.spec.js";

interface Area {
  readonly requirements: readonly { readonly id: string; readonly level: string }[];
}

const FOLDER = new URL("../../../requirements/", import.meta.url);
const levels = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => (parse(readFileSync(new URL(file, FOLDER), "utf8")) as Area).requirements ?? [])
    .map(({ id, level }) => [id, level]),
);
const keys = specExchange({ from: PEER, to: ONE, target: "/_matrix/key/v2/server", answer: keysOf(ONE) });
const underTest = new Set([ONE.name]);
const bad = (rest: Parameters<typeof transaction>[2] = {}) =>
  transaction([], [], { body: { origin: "else.test", origin_server_ts: NOW, pdus: [] }, ...rest });
const failures = (exchanges: readonly ReturnType<typeof bad>[], tested: ReadonlySet<string> = underTest) =>
  [...judgePassive(exchanges, passiveFacts(exchanges, { underTest: tested }))].filter(
    ({ finding }) => finding.holds === false,
  );

describe("checks/passive", () => {
  it("names requirements of the catalogue, at their level", () => {
    const wrong = PASSIVE_CHECKS.filter(({ requirement, level }) => levels.get(requirement) !== level);
    expect(wrong.map(({ name, requirement }) => `${name}: ${requirement} ${levels.get(requirement)}`)).to.deep.equal(
      [],
    );
  });

  it("has a name of its own for each check", () => {
    expect(new Set(PASSIVE_CHECKS.map(({ name }) => name)).size).to.equal(PASSIVE_CHECKS.length);
  });

  it("shows each check holding and failing", () => {
    expect(PASSIVE_CHECKS.filter(({ name }) => !DESCRIBED.has(name)).map(({ name }) => name)).to.deep.equal([]);
  });

  it("charges the server under test that sent or answered", () => {
    const [found, ...more] = failures([keys, bad()]);
    expect(more).to.deep.equal([]);
    expect(found).to.include({ server: ONE.name });
    expect(found?.check.requirement).to.equal("FED-TXN-006");
  });

  it("charges nobody else", () => {
    expect(failures([bad({ from: PEER, to: TWO })])).to.deep.equal([]);
    expect(failures([bad()], new Set([TWO.name]))).to.deep.equal([]);
  });

  it("reads nothing from traffic of clients, or with which the lab interfered", () => {
    expect(failures([bad({ kind: "client" })])).to.deep.equal([]);
    expect(failures([bad({ interference: "partition" })])).to.deep.equal([]);
  });

  it("charges for each side of what the tap altered as it was sent, but for an answer to what nobody asked", () => {
    const altered = { interference: "altered on the way: x" };
    const request = { method: "PUT", target: "/other", headers: [], body: "", bodyBytes: 0 };
    const untrue = { ...bad(altered), altered: { request } };
    expect(failures([untrue]).map(({ server }) => server)).to.deep.equal([ONE.name]);
    const answered = { from: PEER, to: ONE, ...altered, answer: { pdus: 1 } };
    const wrong = (side: object) => failures([{ ...transaction([], [], answered), altered: side }]);
    expect(wrong({ withheld: "response" }).map(({ server }) => server)).to.include(ONE.name);
    expect(wrong({ request })).to.deep.equal([]);
  });

  it("finds nothing wrong with a sound exchange, and looks at many things", () => {
    const sound = transaction([specEvent(ONE, "11", { room_id: `!r:${ONE.name}` })] as never);
    const known = { underTest, roomVersions: new Map([[`!r:${ONE.name}`, "11"]]) };
    const judgements = [...judgePassive([keys, sound], passiveFacts([keys, sound], known))];
    expect(judgements.filter(({ finding }) => finding.holds !== true).map(({ check }) => check.name)).to.deep.equal([]);
    expect(judgements.length).to.be.greaterThan(20);
  });

  it("lets a peer provoke a proper error", () => {
    const refused = specExchange({
      from: PEER,
      to: ONE,
      method: "PUT",
      target: "/_matrix/federation/v2/send_join/%21r%3Aone.test/%24e",
      body: ["nonsense"],
      status: 400,
      answer: { errcode: "M_INVALID_PARAM", error: "not a join" },
    });
    expect(failures([refused])).to.deep.equal([]);
  });
});
