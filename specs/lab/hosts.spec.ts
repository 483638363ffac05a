import { expect } from "chai";
import { Hosts, serviceName } from "../../src/lab/hosts.js";

const RECORD = { priority: 0, weight: 0, port: 8448, target: "hs1.test" };

describe("lab/hosts", () => {
  it("tells a service name's parts, whatever its letters", () => {
    expect(serviceName("_Matrix-Fed._TCP.HS1.test")).to.deep.equal({ service: "_matrix-fed._tcp", host: "hs1.test" });
  });

  for (const name of ["hs1.test", "_matrix-fed._sctp.hs1.test", "_matrix-fed._tcp.", "matrix-fed._tcp.hs1.test"])
    it(`takes ${name} for no service name`, () => expect(serviceName(name)).to.equal(undefined));

  it("finds the records of a service at their host alone", () => {
    const hosts = new Hosts();
    hosts.arrange("hs1.test", { services: { "_matrix-fed._tcp": [RECORD] } });
    expect(hosts.services("_matrix-fed._tcp.HS1.test")).to.deep.equal([RECORD]);
    for (const name of ["_matrix._tcp.hs1.test", "_matrix-fed._tcp.hs2.test", "hs1.test"])
      expect(hosts.services(name)).to.deep.equal([]);
  });

  it("adds to what is told of a host", () => {
    const hosts = new Hosts();
    hosts.arrange("hs1.test", { services: { "_matrix-fed._tcp": [RECORD] } });
    hosts.arrange("hs1.test", { services: { "_matrix._tcp": [RECORD] }, alias: "hs2.test" });
    expect(hosts.of("hs1.test")).to.deep.equal({
      alias: "hs2.test",
      services: { "_matrix-fed._tcp": [RECORD], "_matrix._tcp": [RECORD] },
    });
  });
});
