import { authorizationFor, NOW, ONE, PEER, specExchange, TWO } from "../../support/exchanges.js";
import { describePassive } from "../../support/passive-case.js";

const GET = { target: "/_matrix/federation/v1/event/%24abc" };
const SEND = { method: "PUT", target: "/_matrix/federation/v1/send/1" };
const BODY = { origin: ONE.name, origin_server_ts: NOW, pdus: [] };
const good = authorizationFor(GET);
const header = (value: string) => specExchange({ ...GET, headers: [["authorization", value]] });
const open = specExchange({ target: "/_matrix/federation/v1/version" });

describePassive("checks/passive/authorization-checks", [
  {
    check: "x-matrix-present",
    holds: [specExchange(GET)],
    fails: [header(""), header("Bearer abc")],
    ignores: [open],
  },
  {
    check: "x-matrix-parameters",
    holds: [specExchange(GET), header('x-matrix  SIG=abc, origin=a,key="ed25519:1"')],
    fails: [header(good.replace(/,sig=.*/, "")), header(good.replace("origin=", "from="))],
    ignores: [header(""), open],
  },
  {
    check: "x-matrix-destination",
    holds: [specExchange(GET)],
    fails: [header(good.replace(/destination="[^"]*",/, ""))],
    ignores: [header(""), open],
  },
  {
    check: "x-matrix-names",
    holds: [specExchange(GET)],
    fails: [
      header(authorizationFor(GET, PEER, TWO)),
      header(authorizationFor(GET, ONE, PEER)),
      header(good.replace("two.test:8448", "two.test")),
    ],
    ignores: [header(""), open],
  },
  {
    check: "x-matrix-style",
    holds: [specExchange(GET), header(`X-Matrix origin=one.test,destination=two.test,key="ed25519:a",sig="b+/"`)],
    fails: [
      header(good.replace("X-Matrix ", "X-Matrix  ")),
      header(good.replaceAll(",", ", ")),
      header(good.replace("origin", "Origin")),
      header(good.replace("one", "o\\ne")),
    ],
    ignores: [header(""), open],
  },
  {
    check: "request-signature",
    holds: [specExchange(GET), specExchange({ ...SEND, body: BODY })],
    fails: [
      header(authorizationFor({ target: `${GET.target}?x=1` })),
      header(authorizationFor({ target: "/_matrix/federation/v1/event/$abc" })),
      header(authorizationFor({ ...GET, body: {} })),
      specExchange({
        ...SEND,
        body: BODY,
        headers: [["authorization", authorizationFor({ ...SEND, body: { ...BODY, pdus: [1] } })]],
      }),
    ],
    unknown: [
      header(authorizationFor(GET, { name: ONE.name, key: { ...ONE.key, keyId: "ed25519:other" } })),
      specExchange({ ...SEND, body: { ...BODY, edus: [{ mac: "«redacted»" }] } }),
      specExchange({ ...SEND, body: { ...BODY, pdus: [{ depth: 2 ** 63 }] } }),
    ],
    ignores: [header(""), header("X-Matrix nonsense"), open],
  },
]);
