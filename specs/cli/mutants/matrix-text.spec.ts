import { expect } from "chai";
import { matrixLines } from "../../../src/cli/mutants/matrix-text.js";

describe("cli/mutants/matrix-text", () => {
  it("gives each defect a row", () => {
    const about = { requirement: "FED-JOIN-001", problems: [] };
    const lines = matrixLines([
      {
        ...about,
        defect: "drops-joins",
        named: ["joining/a"],
        caughtBy: ["joining/a"],
        leftOut: 7,
        cells: { "joining/a": "caught", "joining/b": "red", "events/a": "open", "events/b": "green" },
      },
      { ...about, defect: "unseen", named: [], caughtBy: [], leftOut: 0, cells: {} },
    ]);
    expect(lines.map((line) => line.split(/ {2,}/))).to.deep.equal([
      ["defect", "breaks", "tried", "as before", "not tried", "also red", "caught by"],
      ["drops-joins", "FED-JOIN-001", "4", "2", "7", "1", "joining/a"],
      ["unseen", "FED-JOIN-001", "0", "0", "0", "0", "nobody"],
    ]);
  });
});
