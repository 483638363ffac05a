import { expect } from "chai";
import { bodyHas, equal, refused, shown, succeeds } from "../../../src/checks/answers/responses.js";
import type { ExchangeDraft } from "../../support/exchanges.js";
import { describeCheck, type Judged, type JudgedStory } from "../../support/judged-story.js";

const ALTERED = { method: "GET", target: "/other", headers: [], body: "", bodyBytes: 0 };
const target = "/_matrix/federation/v1/version";
const answer = (draft: Partial<ExchangeDraft>) => (story: JudgedStory) => story.answer({ target, ...draft });
const nothing = () => undefined;
const NO_RESPONSE = "the step recorded no response";
const altered = answer({ status: 401, interference: "altered on the way: x", altered: { request: ALTERED } });
const forbidden = { status: 403, answer: { errcode: "M_FORBIDDEN", error: "no" } };

describe("checks/responses", () => {
  describeCheck(succeeds, [
    ["200", answer({}), {}, true, "200"],
    ["299", answer({ status: 299 }), {}, true, "299"],
    ["a redirection", answer({ status: 302 }), {}, false, "302"],
    ["a refusal, whose code is told", answer(forbidden), {}, false, "403 M_FORBIDDEN"],
    ["no response", nothing, {}, "unknown", NO_RESPONSE],
    ["a connection that was cut", answer({ failure: "ECONNRESET" }), {}, false, "no answer in 0.0 s (ECONNRESET)"],
    [
      "a path that the lab cut",
      answer({ failure: "cut", interference: "partition" }),
      {},
      "unknown",
      /the lab: partition$/,
    ],
    ["an answer to what was altered on the way", altered, {}, false, "401"],
    [
      "an answer of the lab's own",
      answer({ status: 404, interference: "no such server" }),
      {},
      "unknown",
      /^404; the lab/,
    ],
    [
      "a code of any length",
      answer({ status: 400, answer: { errcode: "M_".repeat(500) } }),
      {},
      false,
      /more characters\)$/,
    ],
  ]);

  const twoWays = { status: [400, 403], errcode: ["M_FORBIDDEN", "M_BAD_JSON"] };
  describeCheck(refused, [
    ["any 4xx", answer({ status: 418 }), {}, true, "418"],
    ["the status that is asked for, which is no 4xx", answer({ status: 502 }), { status: 502 }, true, "502"],
    ["one of several", answer(forbidden), twoWays, true, "403 M_FORBIDDEN"],
    ["another code", answer(forbidden), { errcode: "M_UNKNOWN" }, false, "403 M_FORBIDDEN"],
    ["no code at all", answer({ status: 403, rawAnswer: "<html>" }), { errcode: "M_FORBIDDEN" }, false, "403"],
    ["another status", answer(forbidden), { status: 400 }, false, "403 M_FORBIDDEN"],
    ["a success", answer({}), {}, false, "200"],
    ["a fault of the server", answer({ status: 500 }), {}, false, "500"],
    ["no answer, which is no refusal", answer({ failure: "ECONNREFUSED" }), {}, false, /^no answer in 0.0 s/],
    ["no response", nothing, {}, "unknown", NO_RESPONSE],
  ]);

  const body = { answer: { n: 1, s: "abc", o: { x: [null] }, "@alice-0123456789:one.test:8448": true } };
  const has = (what: string, given: Judged[2], holds: Judged[3], actual: Judged[4]): Judged => [
    what,
    answer(body),
    given,
    holds,
    actual,
  ];
  describeCheck(bodyHas, [
    has("a member", { at: "/o" }, true, /^200, \/o is \{/),
    has("a value", { at: "/n", is: 1 }, true, /is 1$/),
    has("an object, member by member", { at: "/o", is: { x: [null] } }, true, /x/),
    has("a text that matches", { at: "/s", matches: "^a.c$" }, true, /abc/),
    has("a name in the pointer", { at: "/${alice}", is: true }, true, /is true$/),
    has("a member that is rightly absent", { at: "/gone", absent: true }, true, /is not there$/),
    has("no such member", { at: "/gone" }, false, /is not there$/),
    has("another value", { at: "/n", is: "1" }, false, /is 1$/),
    has("a text that does not match", { at: "/s", matches: "^b" }, false, /abc/),
    has("no text to match", { at: "/n", matches: "1" }, false, /is 1$/),
    has("a member that should be absent", { at: "/n", absent: true }, false, /is 1$/),
    [
      "an absent member of a body that is no JSON",
      answer({ rawAnswer: "" }),
      { at: "/n", absent: true },
      false,
      /not there/,
    ],
    ["no response", nothing, { at: "/n" }, "unknown", NO_RESPONSE],
  ]);

  it("compares as JSON", () => {
    expect(equal(null, null)).to.equal(true);
    for (const [left, right] of [
      [[1], { 0: 1 }],
      [{ a: null }, { b: null }],
      [[1, 2], [1]],
      [{}, { a: 1 }],
      [null, 0],
    ] as const)
      expect(equal(left, right), JSON.stringify([left, right])).to.equal(false);
  });

  it("shows a long value cut", () => {
    expect(shown({ a: "é" })).to.equal('{"a":"é"}');
    expect(shown("x".repeat(300)))
      .to.have.length(201)
      .and.to.match(/…$/);
  });
});
