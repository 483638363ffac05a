import { describeSchemas, type SchemaSample } from "../../support/schema-samples.js";
import { HASH, REQUESTS, RESPONSES, SERVER_KEYS } from "../../support/wire-bodies.js";

const KEYS: Omit<SchemaSample, "schema" | "good"> = {
  required: [
    ...["/server_name", "/verify_keys", "/signatures", "/valid_until_ts", "/verify_keys/ed25519:a1/key"],
    ...["/old_verify_keys/ed25519:a0/key", "/old_verify_keys/ed25519:a0/expired_ts"],
  ],
  optional: ["/old_verify_keys"],
  bad: [
    ["a padded key", "/verify_keys/ed25519:a1/key", `${HASH}=`],
    ["a short key", "/verify_keys/ed25519:a1/key", "AAAA"],
    ["a key id without a version", "/verify_keys/ed25519", { key: HASH }],
    ["a key id with a dash", "/verify_keys/ed25519:a-1", { key: HASH }],
    ["seconds with a fraction", "/valid_until_ts", 1.5],
  ],
  alsoGood: [["keys of another algorithm", "/verify_keys/future:1", { key: "AAAA" }]],
};
const notary = (id: string): SchemaSample => ({
  schema: `${id}.response`,
  good: RESPONSES[id] ?? null,
  required: ["/server_keys", ...(KEYS.required ?? []).map((place) => `/server_keys/0${place}`)],
  alsoGood: [["no documents", "/server_keys", []]],
});

describeSchemas("wire schemas of discovery and keys", [
  {
    schema: "well-known-server.response",
    good: RESPONSES["well-known-server"] ?? null,
    required: ["/m.server"],
    bad: [["a URL", "/m.server", "https://one.test"]],
  },
  {
    schema: "version.response",
    good: RESPONSES.version ?? null,
    optional: ["/server", "/server/name", "/server/version"],
  },
  { schema: "server-keys", good: SERVER_KEYS, ...KEYS },
  { schema: "server-keys.response", good: SERVER_KEYS, ...KEYS },
  notary("notary-query-one"),
  notary("notary-query-many"),
  {
    schema: "notary-query-many.request",
    good: REQUESTS["notary-query-many"] ?? null,
    required: ["/server_keys"],
    optional: ["/server_keys/one.test", "/server_keys/one.test/ed25519:a1/minimum_valid_until_ts"],
  },
  {
    schema: "error",
    good: { errcode: "M_FORBIDDEN", error: "no" },
    required: ["/errcode", "/error"],
    bad: [["an empty errcode", "/errcode", ""]],
    alsoGood: [["an errcode of somebody's own", "/errcode", "COM.TEST_BUSY"]],
  },
  {
    schema: "error-incompatible-room-version",
    good: { errcode: "M_INCOMPATIBLE_ROOM_VERSION", error: "no", room_version: "11" },
    required: ["/errcode", "/error", "/room_version"],
  },
]);
