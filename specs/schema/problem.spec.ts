import { expect } from "chai";
import { AuthoringError, problemText } from "../../src/schema/problem.js";

describe("schema/problem", () => {
  const place = { file: "a.yaml", line: 2, column: 3 };

  it("reads as file:line:column, the reason and a suggestion", () => {
    expect(problemText({ place, message: "unknown step `jion`", suggestion: "join" })).to.equal(
      "a.yaml:2:3: unknown step `jion`; did you mean `join`?",
    );
    expect(problemText({ place, message: "no" })).to.equal("a.yaml:2:3: no");
  });

  it("makes an error of one line for each problem", () => {
    const error = new AuthoringError([
      { place, message: "one" },
      { place, message: "two" },
    ]);
    expect(error).to.include({ message: "a.yaml:2:3: one\na.yaml:2:3: two", code: "AUTHORING" });
  });
});
