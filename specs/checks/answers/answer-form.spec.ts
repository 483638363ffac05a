import { expect } from "chai";
import { errorObject, sameAnswer, saysJson } from "../../../src/checks/answers/answer-form.js";
import { findingOn } from "../../support/evidence-view.js";
import { type ExchangeDraft, specExchange } from "../../support/exchanges.js";

const answered = (draft: Partial<ExchangeDraft>) =>
  specExchange({ target: "/_matrix/federation/v1/version", ...draft });
const forbidden = answered({ status: 403, answer: { errcode: "M_FORBIDDEN", error: "no" } });

describe("checks/answer-form", () => {
  it("does not know where the step had no answer", () => {
    for (const check of [errorObject, saysJson, sameAnswer]) {
      expect(findingOn(check, { step: "before" }, {}).holds).to.equal("unknown");
    }
  });

  it("wants JSON that says so", () => {
    const withType = (type: string) => answered({ answer: {}, answerHeaders: [["content-type", type]] });
    for (const type of ["application/json", "Application/JSON; charset=utf-8", "application/json ; x=y"]) {
      expect(findingOn(saysJson, {}, { answer: withType(type) }).holds, type).to.equal(true);
    }
    for (const type of ["text/plain", "application/jsonp", ""]) {
      expect(findingOn(saysJson, {}, { answer: withType(type) }).holds, type).to.equal(false);
    }
    expect(findingOn(saysJson, {}, { answer: answered({ answer: {}, answerHeaders: [] }) }).holds).to.equal(false);
    expect(findingOn(saysJson, {}, { answer: answered({ rawAnswer: "{" }) }).holds).to.equal(false);
  });

  it("wants both members of an error", () => {
    expect(findingOn(errorObject, {}, { answer: forbidden }).holds).to.equal(true);
    for (const answer of [{ errcode: "M_FORBIDDEN" }, { error: "no" }, { errcode: 1, error: "no" }, {}]) {
      expect(findingOn(errorObject, {}, { answer: answered({ status: 403, answer }) }).holds).to.equal(false);
    }
    const inSuccess = answered({ answer: { errcode: "M_FORBIDDEN", error: "no" } });
    expect(findingOn(errorObject, {}, { answer: inSuccess }).holds).to.equal(false);
  });

  it("compares answers as JSON", () => {
    const [first, input] = [answered({ answer: { a: 1, b: [2] } }), { step: "before" }];
    const again = (draft: Partial<ExchangeDraft>) =>
      findingOn(sameAnswer, input, { earlier: { before: first }, answer: answered(draft) }).holds;
    expect(again({ rawAnswer: '{"b":[2], "a":1}' })).to.equal(true);
    expect(again({ answer: { a: 1, b: [3] } })).to.equal(false);
    expect(again({ status: 400, answer: { a: 1, b: [2] } })).to.equal(false);
    expect(again({ rawAnswer: "" })).to.equal(false);
  });
});
