import { expect } from "chai";
import { endToEnd, pairHeaders } from "../../src/net/hop-by-hop.js";

describe("net/hop-by-hop", () => {
  it("keeps order, case and repetitions of what travels end to end", () => {
    const headers = pairHeaders([
      "Host",
      "a",
      "CONNECTION",
      "close",
      "X-B",
      "1",
      "x-b",
      "2",
      "Transfer-Encoding",
      "chunked",
    ]);
    expect(endToEnd(headers)).to.deep.equal([
      ["Host", "a"],
      ["X-B", "1"],
      ["x-b", "2"],
    ]);
  });
});
