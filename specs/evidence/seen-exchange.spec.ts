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

  it("names the body that is lost", () => {
    const lost = seenExchange(1, specExchange({ target: "/" }), () => undefined);
    expect(() => lost.requestBytes()).to.throw(EvidenceError, "evidence/request is missing");
  });
});
