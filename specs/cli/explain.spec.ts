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
    [
      "ar-060",
      [
        "FED-AR-060: MUST",
        "Example: room “",
        "x  ✗ ",
        "Decided: “",
        " is refused: ",
        "Otherwise: “",
        " would take effect",
      ],
    ],
    [
      "FED-SR2-032",
      [
        "↯ topic: Bob sets the topic to “Bob was here” (overruled by FED-AR-058)",
        "“topic” is refused: Bob is not joined (FED-AR-058)  <- decides",
        "the topic: nothing; otherwise “Bob was here”, by “topic”",
      ],
    ],
    ["FED-REJ-006", ["◌ late: Bob writes (soft-failed by FED-AR-058)", "would be shown to everybody"]],
    ["events/beyond-ones-power", ["What happens in room “hall”", "x  ✗ rename: Bob sets the topic to “Bob decides”"]],
    [
      "a-notary-that-insists-on-a-time",
      ["A notary that insists on a time: a finding", "FED-KEY-020 (MUST): ", "there is none to draw"],
    ],
    ["docs/findings.md#a-wrong-template-mended-not-discarded", ["FED-JOIN-014 (MUST)", "a finding"]],
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

  it("wants the folder of a run where results of one are to be told", async () => {
    const { exit, err } = await cli(["explain", "FED-AR-060", "--run", "nowhere"]);
    expect(exit).to.equal(2);
    expect(err).to.contain("not the folder of a run");
  });

  it("finds nothing for an unknown name, and suggests one", async () => {
    expect(await cli(["explain", "jion"])).to.deep.equal({
      exit: 4,
      out: "",
      err: "nothing is called `jion`; did you mean `join`?",
    });
  });
});
