import { expect } from "chai";
import { specUrl } from "../../src/requirements/spec-url.js";

describe("requirements/spec-url", () => {
  it("links to pages, headings and the front page", () => {
    expect(specUrl("rooms/v12#event-format")).to.equal("https://spec.matrix.org/v1.19/rooms/v12/#event-format");
    expect(specUrl("server-server-api")).to.equal("https://spec.matrix.org/v1.19/server-server-api/");
    expect(specUrl("index#timestamps")).to.equal("https://spec.matrix.org/v1.19/#timestamps");
  });
});
