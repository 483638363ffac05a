import { expect } from "chai";
import { EvidenceError } from "../../src/evidence/evidence-error.js";
import { seenExchange } from "../../src/evidence/seen-exchange.js";
import { specExchange } from "../support/exchanges.js";

describe("evidence/seen-exchange", () => {
  it("reads bodies as JSON, where they are", () => {
    const seen = specExchange({ target: "/", rawBody: '{"a":[1]}', rawAnswer: "<html>" });
    expect(seen.requestJson()).to.deep.equal({ a: [1] });
    expect(seen.requestJson()).to.equal(seen.requestJson());
    expect(seen.responseJson()).to.equal(undefined);
    expect(specExchange({ target: "/", rawBody: "" }).requestJson()).to.equal(undefined);
  });

  it("reads a body again once many others were read, so that they need not all be in memory", () => {
    const long = () => specExchange({ target: "/", rawBody: JSON.stringify(["x".repeat(3_000_000)]) });
    const [first, second] = [long(), long()];
    const read = first.requestJson();
    expect(first.requestJson()).to.equal(read);
    second.requestJson();
    expect(first.requestJson()).not.to.equal(read);
    expect(first.requestJson()).to.deep.equal(read);
    const longer = specExchange({ target: "/", rawBody: JSON.stringify(["x".repeat(6_000_000)]) });
    expect(longer.requestJson()).to.equal(longer.requestJson());
  });

  it("names the body that is lost", () => {
    const lost = seenExchange(1, specExchange({ target: "/" }), () => undefined);
    expect(() => lost.requestBytes()).to.throw(EvidenceError, "evidence/request is missing");
  });
});
