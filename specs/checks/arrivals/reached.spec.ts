import { neverReaches, reaches } from "../../../src/checks/arrivals/reached.js";
import { authorizationFor, type ExchangeDraft, NOW, ONE, TWO } from "../../support/exchanges.js";
import { describeCheck, JOINER, type JudgedStory } from "../../support/judged-story.js";

const QUERY = "/_matrix/federation/v1/query/profile?user_id=%40june";
const way = { from: "resident", to: "joiner" };
const [HOST] = JOINER.name.split(":");

/** What the server under test sent while its user waited for an answer that began at `NOW`. */
const meanwhile =
  (...sent: readonly Partial<ExchangeDraft>[]) =>
  (story: JudgedStory) => {
    story.bind("home", { kind: "host", value: "home.test" }).bind("door", { kind: "port", value: "4711" });
    for (const draft of sent) story.exchange({ from: ONE, to: JOINER, target: QUERY, port: 4711, ...draft });
    return story.answer({ kind: "client", target: "/_matrix/client/v3/profile/%40june", status: 404, startedAt: NOW });
  };
const asked = (headers: ExchangeDraft["headers"] = [], rest: Partial<ExchangeDraft> = {}) =>
  meanwhile({ headers, ...rest });
const siteOnly = meanwhile({ target: "/.well-known/matrix/server", port: 443 });
const without = () => undefined;
const UNTOLD = "the step recorded no response";

describe("checks/reached", () => {
  describeCheck(reaches, [
    ["reached, wherever", asked(), way, true, "it did"],
    ["the port that a name stands for", asked(), { ...way, port: "${door}" }, true, "port 4711"],
    ["the port that a server name says", asked(), { ...way, port: "home.test:4711" }, true, "port 4711"],
    ["another port", asked(), { ...way, port: "8448" }, false, "port 4711"],
    [
      "the Host header, in any case",
      asked([["Host", "Home.test:4711"]]),
      { ...way, host: "${home}:${door}" },
      true,
      "Host home.test:4711",
    ],
    ["another Host header", asked(), { ...way, host: "${home}" }, false, `Host ${JOINER.name}`],
    ["no Host header", asked([["Host", ""]]), { ...way, host: "${home}" }, false, "Host none"],
    [
      "the name in the ClientHello",
      asked([], { sni: "home.test" }),
      { ...way, sni: "${home}" },
      true,
      "ClientHello for home.test",
    ],
    ["no name in it", asked(), { ...way, sni: "none" }, true, "ClientHello for none"],
    [
      "another name in it",
      asked([], { sni: String(HOST) }),
      { ...way, sni: "${home}" },
      false,
      `ClientHello for ${HOST}`,
    ],
    ["signed for the server", asked(), { ...way, destination: "${joiner}" }, true, `signed for ${JOINER.name}`],
    [
      "signed for another",
      asked([["Authorization", authorizationFor({ target: QUERY }, ONE, TWO)]]),
      { ...way, destination: "${joiner}" },
      false,
      `signed for ${TWO.name}`,
    ],
    [
      "one request of two elsewhere",
      meanwhile({}, { port: 8448 }),
      { ...way, port: "4711" },
      false,
      "port 4711; port 8448",
    ],
    ["only its web site was asked", siteOnly, way, false, "resident did not reach joiner"],
    ["reached before", asked([], { startedAt: NOW - 1 }), way, false, "resident did not reach joiner"],
    ["reached by another", asked([], { from: TWO }), way, false, "resident did not reach joiner"],
    ["no response", without, way, "unknown", UNTOLD],
  ]);

  describeCheck(neverReaches, [
    [
      "nothing came, and no answer",
      (story) =>
        story.answer({ kind: "client", target: "/_matrix/client/v3/profile/%40june", failure: "late", startedAt: NOW }),
      way,
      "unknown",
      "none did, but resident gave no answer either: late",
    ],
    ["nothing came", meanwhile(), way, true, "none did before resident answered with 404"],
    ["only its web site was asked", siteOnly, way, true, "none did before resident answered with 404"],
    ["a request came", asked(), way, false, "1 did"],
    ["a request that nobody answered", asked([], { failure: "cut" }), way, false, "1 did"],
    ["no response", without, way, "unknown", UNTOLD],
  ]);
});
