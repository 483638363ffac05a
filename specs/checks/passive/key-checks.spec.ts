import type { JsonObject } from "../../../src/matrix/json.js";
import { signJson } from "../../../src/matrix/signing.js";
import { keysOf, NOW, ONE, PEER, specExchange, TWO } from "../../support/exchanges.js";
import { describePassive } from "../../support/passive-case.js";

const HOUR = 3_600_000;
const KEYS = { from: PEER, to: TWO, target: "/_matrix/key/v2/server" };
const served = (answer: ReturnType<typeof keysOf>) => specExchange({ ...KEYS, answer });
const notary = (answer: ReturnType<typeof keysOf>) =>
  specExchange({ ...KEYS, target: `/_matrix/key/v2/query/${PEER.name}`, answer: { server_keys: [answer] } });
const gone = specExchange({ ...KEYS, status: 500, answer: { errcode: "M_UNKNOWN", error: "" } });
const coSigned = signJson(keysOf(PEER), TWO.name, TWO.key);
const strange = { ...TWO.key, keyId: "ed25519:strange" } as const;
const retired = (entry: JsonObject) => ({ ...keysOf(TWO), old_verify_keys: { "ed25519:old": entry } });

describePassive("checks/passive/key-checks", [
  {
    check: "keys-self-signed",
    holds: [served(keysOf(TWO)), served(signJson(keysOf(TWO), ONE.name, ONE.key))],
    fails: [served({ ...keysOf(TWO), valid_until_ts: 1 }), served({ ...keysOf(TWO), signatures: {} })],
    ignores: [gone],
  },
  { check: "keys-server-name", holds: [served(keysOf(TWO))], fails: [served(keysOf(ONE))], ignores: [gone] },
  {
    check: "keys-last-an-hour",
    holds: [served(keysOf(TWO, NOW + 5 + HOUR))],
    fails: [served(keysOf(TWO, NOW + 4 + HOUR)), served({ ...keysOf(TWO), valid_until_ts: "soon" })],
    ignores: [gone],
  },
  {
    check: "key-ids",
    holds: [served(keysOf(TWO))],
    fails: [
      served({ ...keysOf(TWO), verify_keys: { "ed25519:a-b": { key: "x" } } }),
      served({ ...keysOf(TWO), old_verify_keys: { ed25519: {} } }),
    ],
    ignores: [gone],
  },
  {
    check: "key-bytes",
    holds: [served(keysOf(TWO)), served({ ...keysOf(TWO), verify_keys: { "other:1": { key: "short" } } })],
    fails: [
      served({ ...keysOf(TWO), verify_keys: { "ed25519:1": { key: "short" } } }),
      served({ ...keysOf(TWO), verify_keys: { "ed25519:1": { key: `${"A".repeat(43)}=` } } }),
    ],
    ignores: [gone],
  },
  {
    check: "retired-keys",
    holds: [served(retired({ key: "A".repeat(43), expired_ts: NOW }))],
    fails: [served(retired({ key: "A".repeat(43) })), served(retired({ key: "short", expired_ts: NOW }))],
    ignores: [gone, served(keysOf(TWO))],
  },
  {
    check: "key-validity-integer",
    holds: [served(keysOf(TWO))],
    fails: [
      served({ ...keysOf(TWO), valid_until_ts: "1700000000000" }),
      served({ ...keysOf(TWO), valid_until_ts: 1.5 }),
    ],
    ignores: [gone],
  },
  {
    check: "notary-signature",
    holds: [notary(coSigned)],
    fails: [notary(keysOf(PEER)), notary({ ...coSigned, valid_until_ts: 1 })],
    unknown: [notary(signJson(keysOf(PEER), TWO.name, strange))],
    ignores: [gone, specExchange({ ...KEYS, target: "/_matrix/key/v2/query/x", answer: { server_keys: [] } })],
  },
]);
