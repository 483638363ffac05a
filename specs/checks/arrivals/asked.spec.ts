import { asks, neverAsks } from "../../../src/checks/arrivals/asked.js";
import { type ExchangeDraft, NOW, ONE } from "../../support/exchanges.js";
import { describeCheck, JOINER, type JudgedStory } from "../../support/judged-story.js";

const SEND_JOIN = "/_matrix/federation/v2/send_join/%21r/%24e";
const MAKE_JOIN = "/_matrix/federation/v1/make_join/%21r/%40u?ver=10&ver=11";
const joining = { from: "resident", to: "joiner", request: "send-join" };
const event = { type: "m.room.member", state_key: "@bob", content: { membership: "join", reason: "tea" } };

/** What the server under test sent while its user waited for an answer that began at `NOW`. */
const meanwhile =
  (...sent: readonly Partial<ExchangeDraft>[]) =>
  (story: JudgedStory) => {
    for (const draft of sent) story.exchange({ from: ONE, to: JOINER, method: "PUT", target: SEND_JOIN, ...draft });
    return story.answer({ kind: "client", target: "/_matrix/client/v3/join/%21r", startedAt: NOW });
  };
const earlier = meanwhile({ body: event, startedAt: NOW - 1 });
const without = () => undefined;
const UNTOLD = "the step recorded no response";

describe("checks/asked", () => {
  describeCheck(asks, [
    ["such a request", meanwhile({ body: event }), joining, true, "1 of 1 such requests did"],
    [
      "its body holds what is wanted, and more",
      meanwhile({ body: event }),
      { ...joining, with: { content: { membership: "join" } } },
      true,
      "1 of 1 such requests did",
    ],
    [
      "one of two holds it",
      meanwhile({ body: {} }, { body: event }),
      { ...joining, with: { state_key: "@bob" } },
      true,
      "1 of 2 such requests did",
    ],
    [
      "its body holds something else",
      meanwhile({ body: event }),
      { ...joining, with: { content: { membership: "leave" } } },
      false,
      "0 of 1 such requests did",
    ],
    [
      "a parameter among several of its name",
      meanwhile({ method: "GET", target: MAKE_JOIN }),
      { ...joining, request: "make-join", query: { ver: "11" } },
      true,
      "1 of 1 such requests did",
    ],
    [
      "a parameter is missing",
      meanwhile({ method: "GET", target: MAKE_JOIN }),
      { ...joining, request: "make-join", query: { ver: "12" } },
      false,
      "0 of 1 such requests did",
    ],
    ["a request of another kind", meanwhile({ method: "GET", target: MAKE_JOIN }), joining, false, "it sent none"],
    ["a request the other way", meanwhile({ from: JOINER, to: ONE, body: event }), joining, false, "it sent none"],
    ["a request before the step", earlier, joining, false, "it sent none"],
    ["no response", without, joining, "unknown", UNTOLD],
  ]);

  describeCheck(neverAsks, [
    [
      "nothing was sent, and no answer came",
      (story) =>
        story.answer({ kind: "client", target: "/_matrix/client/v3/join/%21r", failure: "late", startedAt: NOW }),
      joining,
      "unknown",
      "it did not, but gave no answer either",
    ],
    ["nothing was sent", meanwhile(), joining, true, "it answered without having sent one"],
    [
      "something else was sent",
      meanwhile({ method: "GET", target: MAKE_JOIN }),
      joining,
      true,
      "it answered without having sent one",
    ],
    ["it was sent before the step", earlier, joining, true, "it answered without having sent one"],
    ["it was sent", meanwhile({ body: event }), joining, false, "it did"],
    ["no response", without, joining, "unknown", UNTOLD],
  ]);
});
