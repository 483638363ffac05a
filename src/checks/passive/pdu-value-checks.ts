import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { PassiveCheck } from "./passive-check.js";
import { type PduDemand, pduChecks } from "./pdu-check.js";

const UNPADDED = /^[A-Za-z0-9+/]+$/u;
const KEY_ID = /^[^:]+:[A-Za-z0-9_]+$/u;
/** The depth at which every server writes a new room's power levels: after its creation and its creator's join. */
const DEPTH_OF_FIRST_LEVELS = 3;
/** Later than the year 2001 in milliseconds, and beyond any date in seconds. */
const LEAST_MILLISECONDS = 1_000_000_000_000;

const SIGNATURE_PLACES: PduDemand = {
  name: "pdu-signature-places",
  summary: "Signatures stand below the name of the signer and the id of the key, in unpadded base64",
  requirement: "FED-CJ-017",
  level: "must",
  look({ pdu }) {
    const bad = signatures(pdu).find(({ keyId, value }) => !KEY_ID.test(keyId) || !isUnpadded(value));
    return bad === undefined ? undefined : { wrong: `a signature is ${bad.keyId}: ${JSON.stringify(bad.value)}` };
  },
};

const BASE64_OUTPUT: PduDemand = {
  name: "pdu-base64",
  summary: "Hashes and signatures are written in the standard alphabet of base64, without padding",
  requirement: "FED-CJ-025",
  level: "must",
  look({ pdu }, _rules, { server }) {
    const own = signatures(pdu).filter(({ signer }) => signer === server);
    const hash = isJsonObject(pdu.hashes) ? pdu.hashes.sha256 : undefined;
    const bad = [...own.map(({ value }) => value), hash].find((value) => !isUnpadded(value));
    return bad === undefined ? undefined : { wrong: `a value is ${JSON.stringify(bad)}` };
  },
};

const TIMES: PduDemand = {
  name: "pdu-time",
  summary: "origin_server_ts is a whole number of milliseconds",
  requirement: "FED-API-019",
  level: "must",
  look({ pdu: { origin_server_ts: ts } }) {
    const sound = typeof ts === "number" && Number.isSafeInteger(ts) && ts > LEAST_MILLISECONDS;
    return sound ? undefined : { wrong: `origin_server_ts is ${JSON.stringify(ts)}` };
  },
};

const CREATOR: PduDemand = {
  name: "create-creator",
  summary: "A new room's first event names its creator in room versions 1 to 10, and not in later ones",
  requirement: "FED-RVF-024",
  level: "must",
  about: ({ pdu }) => pdu.type === "m.room.create",
  look({ pdu }, rules) {
    const creator = isJsonObject(pdu.content) ? pdu.content.creator : undefined;
    const sound = rules.creatorIn === "content" ? creator === pdu.sender : creator === undefined;
    return sound ? undefined : { wrong: `content.creator is ${JSON.stringify(creator)}` };
  },
};

const LEVELS_AS_NUMBERS: PduDemand = {
  name: "first-levels-numbers",
  summary: "The power levels with which a server begins a room are numbers",
  requirement: "FED-RVF-031",
  level: "must",
  about: ({ pdu }, rules) => isFirstLevels(pdu) && rules.powerLevels !== "integers",
  look({ pdu: { content } }) {
    const bad = levelsOf(content).find(([, level]) => typeof level !== "number");
    return bad === undefined ? undefined : { wrong: `${bad[0]} is ${JSON.stringify(bad[1])}` };
  },
};

const CREATORS_WITHOUT_LEVEL: PduDemand = {
  name: "first-levels-without-creators",
  summary: "The power levels with which a server begins a room of version 12 name no creator",
  requirement: "FED-RV12-006",
  level: "must",
  about: ({ pdu }, rules) => isFirstLevels(pdu) && rules.privilegedCreators,
  look({ pdu: { content, sender } }) {
    const users = isJsonObject(content) && isJsonObject(content.users) ? Object.keys(content.users) : [];
    return users.includes(String(sender)) ? { wrong: `users names ${String(sender)}` } : undefined;
  },
};

function isFirstLevels(pdu: JsonObject): boolean {
  return pdu.type === "m.room.power_levels" && pdu.depth === DEPTH_OF_FIRST_LEVELS;
}

function levelsOf(content: JsonValue | undefined): readonly (readonly [name: string, level: JsonValue])[] {
  if (!isJsonObject(content)) return [];
  return Object.entries(content).flatMap(([name, value]): (readonly [string, JsonValue])[] =>
    isJsonObject(value) ? Object.entries(value).map(([inner, level]) => [`${name}.${inner}`, level]) : [[name, value]],
  );
}

function signatures(pdu: JsonObject): readonly { signer: string; keyId: string; value: JsonValue }[] {
  const all = isJsonObject(pdu.signatures) ? pdu.signatures : {};
  return Object.entries(all).flatMap(([signer, keys]) =>
    Object.entries(isJsonObject(keys) ? keys : {}).map(([keyId, value]) => ({ signer, keyId, value })),
  );
}

function isUnpadded(value: JsonValue | undefined): boolean {
  return typeof value === "string" && UNPADDED.test(value);
}

export const PDU_VALUE_CHECKS: readonly PassiveCheck[] = [
  SIGNATURE_PLACES,
  BASE64_OUTPUT,
  TIMES,
  CREATOR,
  LEVELS_AS_NUMBERS,
  CREATORS_WITHOUT_LEVEL,
].flatMap(pduChecks);
