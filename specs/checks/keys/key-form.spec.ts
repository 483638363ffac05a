import { keysWellFormed } from "../../../src/checks/keys/key-form.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import { keysOf, ONE } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const answer = (body: JsonValue) => (story: JudgedStory) =>
  story.answer({ target: "/_matrix/key/v2/server", answer: body });
const document = keysOf(ONE);
const { publicKey } = ONE.key;
const withKeys = (verify_keys: JsonObject, more: JsonObject = {}) => answer({ ...document, verify_keys, ...more });
const URL_SAFE = "-".repeat(43);

describe("checks/key-form", () => {
  describeCheck(keysWellFormed, [
    ["ids of letters, digits and underscores", answer(document), { what: "ids" }, true, "so it is"],
    ["a dash in an id", withKeys({ "ed25519:a-1": { key: publicKey } }), { what: "ids" }, false, /a-1/],
    [
      "an old id without an algorithm",
      answer({ ...document, old_verify_keys: { a1: { key: publicKey, expired_ts: 1 } } }),
      { what: "ids" },
      false,
      'the key id "a1"',
    ],
    ["keys in unpadded base64", answer(document), { what: "keys" }, true, "so it is"],
    [
      "a padded key",
      withKeys({ "ed25519:1": { key: `${publicKey}=` } }),
      { what: "keys" },
      false,
      /^the key of ed25519:1/,
    ],
    ["a key in the other alphabet", withKeys({ "ed25519:1": { key: URL_SAFE } }), { what: "keys" }, false, /---/],
    ["a key that is too short", withKeys({ "ed25519:1": { key: "AAAA" } }), { what: "keys" }, false, /AAAA/],
    ["a key that is no object", withKeys({ "ed25519:1": publicKey }), { what: "keys" }, false, /null$/],
    ["a time in milliseconds", answer(document), { what: "time" }, true, "so it is"],
    [
      "a time in seconds",
      answer({ ...document, valid_until_ts: 1_700_000_000 }),
      { what: "time" },
      false,
      /1700000000/,
    ],
    [
      "a broken millisecond",
      answer({ ...document, valid_until_ts: 1_700_000_000_000.5 }),
      { what: "time" },
      false,
      /\.5/,
    ],
    ["no time", answer({ verify_keys: document.verify_keys ?? {} }), { what: "time" }, false, "valid_until_ts null"],
    ["no key at all", withKeys({}), { what: "keys" }, false, "no document with a key"],
    ["no response", () => undefined, { what: "keys" }, "unknown", "the step recorded no response"],
  ]);
});
