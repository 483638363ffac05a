import { expect } from "chai";
import { cli } from "../support/run-cli.js";

describe("cli/explain", () => {
  const EXPLAINED: readonly (readonly [id: string, contains: readonly string[]])[] = [
    ["FED-KEY-001", ["FED-KEY-001: MUST", "server-server-api/#get_matrixkeyv2server", "scenario keys/key-document"]],
    ["fed-ar-069", ["FED-AR-069: MUST", "v1 10.3.2", "v12 10.6.2"]],
    ["FED-API-008", ["passive check"]],
    ["FED-API-010", ["Derived"]],
    [
      "keys/key-document",
      ["Seats:", "target: a server under test", "asker: played by Concordat", "Must turn red under: "],
    ],
    ["join", ["join: a step", "as ", "required", "Arguments:"]],
    ["key-document-valid", ["a check", "Used by:", "keys/key-document"]],
    ["wrong-server-name-in-keys", ["a defect", "FED-KEY-003", "Must turn red:", "keys/key-document"]],
  ];

  for (const [id, contains] of EXPLAINED) {
    it(`explains ${id}`, async () => {
      const { exit, out, err } = await cli(["explain", id]);
      expect({ exit, err }).to.deep.equal({ exit: 0, err: "" });
      for (const text of contains) expect(out).to.contain(text);
    });
  }

  it("finds nothing for an unknown name, and suggests one", async () => {
    expect(await cli(["explain", "jion"])).to.deep.equal({
      exit: 4,
      out: "",
      err: "nothing is called `jion`; did you mean `join`?",
    });
  });
});
