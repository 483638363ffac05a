import { cosigned, keyDocumentValid, validFor } from "../../../src/checks/keys/key-checks.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import { signJson } from "../../../src/matrix/signing.js";
import { keysOf, NOW, ONE, PEER, TWO } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const answer = (body: JsonValue) => (story: JudgedStory) =>
  story.answer({ target: "/_matrix/key/v2/server", answer: body });
const nothing = () => undefined;
const NO_RESPONSE = "the step recorded no response";
const document = keysOf(ONE);

describe("checks/key-checks", () => {
  const own = { server: "resident" };
  describeCheck(keyDocumentValid, [
    ["the server's own document", answer(document), own, true, "it is"],
    ["one among several", answer({ server_keys: [document] }), { ...own, at: "/server_keys/0" }, true, "it is"],
    ["another server's document", answer(keysOf(TWO)), own, false, /./],
    ["a change after signing", answer({ ...document, valid_until_ts: NOW }), own, false, /./],
    ["no signature", answer({ ...document, signatures: {} }), own, false, /./],
    ["no document", answer({ server_keys: [] }), { ...own, at: "/server_keys/0" }, false, "200, no document"],
    ["no response", nothing, own, "unknown", NO_RESPONSE],
  ]);

  const minutes = (count: number) => ({ "at-least-minutes": count });
  const until = (minutesAhead: number) => answer(keysOf(ONE, NOW + 5 + minutesAhead * 60_000));
  describeCheck(validFor, [
    ["long enough, counted from the answer", until(60), minutes(60), true, "60 minutes ahead"],
    ["a millisecond too short", answer(keysOf(ONE, NOW + 4 + 3_600_000)), minutes(60), false, "59 minutes ahead"],
    ["over already", until(-2), minutes(1), false, "-2 minutes ahead"],
    ["no time", answer({}), minutes(1), false, "200, no valid_until_ts"],
    ["a time that is text", answer({ valid_until_ts: "9999999999999" }), minutes(1), false, "200, no valid_until_ts"],
    ["no response", nothing, minutes(1), "unknown", NO_RESPONSE],
  ]);

  const signed = signJson({ said: "so" }, ONE.name, ONE.key);
  const known = (body: JsonValue) => (story: JudgedStory) => answer(body)(story.keys(ONE));
  const whole = { at: "", server: "resident" };
  describeCheck(cosigned, [
    ["a signature that verifies", known(signed), whole, true, "it is signed"],
    ["one of several", known(signJson(signed, PEER.name, PEER.key)), whole, true, "it is signed"],
    ["a part of the body", known({ part: signed }), { ...whole, at: "/part" }, true, "it is signed"],
    ["a change after signing", known({ ...signed, said: "not" }), whole, false, "no valid signature of it"],
    ["another server", known(signed), { ...whole, server: "other" }, false, "no valid signature of it"],
    ["keys that nobody published", answer(signed), whole, false, "no valid signature of it"],
    ["no object", known({ part: [] }), { ...whole, at: "/part" }, false, "200, no object there"],
    ["no response", nothing, whole, "unknown", NO_RESPONSE],
  ]);
});
