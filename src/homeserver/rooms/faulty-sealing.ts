import { createHash } from "node:crypto";
import { encodeBase64 } from "../../matrix/base64.js";
import { sortedByCodePoint } from "../../matrix/code-points.js";
import { redact } from "../../matrix/events/redaction.js";
import { addEventSignature } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject, type JsonValue, omit } from "../../matrix/json.js";
import type { Pdu, Signatures } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { signJson } from "../../matrix/signing.js";
import type { Core } from "../core.js";

/** How a faulty server writes JSON down before it hashes it (appendices#canonical-json). */
interface Spelling {
  readonly gap: string;
  keys(names: readonly string[]): readonly string[];
  text(text: string): string;
  number(value: number): string;
  readonly nulls: boolean;
}

const CANONICAL: Spelling = {
  gap: "",
  keys: (names) => sortedByCodePoint([...names]),
  text: (text) => JSON.stringify(text),
  number: String,
  nulls: true,
};

/** How this server spells what it hashes, where a fault makes that differ. */
function spellingOf(core: Core): Partial<Spelling> | undefined {
  if (core.has("hashes-with-blanks")) return { gap: " " };
  // As JavaScript compares texts by itself: by UTF-16 code units.
  if (core.has("sorts-by-code-units")) return { keys: (names) => [...names].sort() };
  if (core.has("hashes-exponents")) return { number: inPowersOfTen };
  if (core.has("escapes-in-capitals")) return { text: inCapitals };
  if (core.has("escapes-more-than-it-must")) return { text: escapedThroughout };
  return core.has("leaves-nulls-out") ? { nulls: false } : undefined;
}

function inPowersOfTen(value: number): string {
  return Math.abs(value) < 1e15 ? String(value) : value.toExponential();
}

function inCapitals(text: string): string {
  return JSON.stringify(text).replace(/\\u00../gu, (one) => one.toUpperCase().replace("U", "u"));
}

function escapedThroughout(text: string): string {
  return JSON.stringify(text).replace(/[/\u007f-\uffff]/gu, asEscape);
}

function asEscape(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
}

/** What becomes of an event of this server's by its faults in sealing; undefined when none is at work. Well-known types are spared. */
export function faultilySealed(core: Core, rules: RoomVersionRules, event: Pdu): Pdu | undefined {
  if (event.type.startsWith("m.")) return undefined;
  const spelling = spellingOf(core);
  if (spelling !== undefined) return hashedBy(core, rules, event, spelling);
  if (core.has("signs-what-is-unsigned")) return signedWithUnsigned(core, rules, event);
  return core.has("sends-what-it-signed") ? redact(event, rules) : undefined;
}

function hashedBy(core: Core, rules: RoomVersionRules, event: Pdu, spelling: Partial<Spelling>): Pdu {
  const bare = omit(event, "unsigned", "signatures", "hashes");
  const sha256 = createHash("sha256")
    .update(spelled(bare, { ...CANONICAL, ...spelling }))
    .digest();
  return signedWith(core, rules, event, { sha256: encodeBase64(sha256) });
}

/** An event of this server under other hashes, signed with them. */
export function signedWith(core: Core, rules: RoomVersionRules, event: Pdu, hashes: Pdu["hashes"]): Pdu {
  const { signatures: _, ...unsigned } = event;
  return addEventSignature({ ...unsigned, hashes } as Pdu, rules, core.serverName, core.options.signingKey);
}

function signedWithUnsigned(core: Core, rules: RoomVersionRules, event: Pdu): Pdu {
  const { signatures: _, ...redacted } = redact(event, rules);
  const everything = { signed: { ...redacted, unsigned: {} } };
  const { signatures } = signJson(everything, core.serverName, core.options.signingKey, { lenient: true });
  return { ...event, signatures: signatures as Signatures };
}

function spelled(value: JsonValue, as: Spelling): string {
  if (typeof value === "string") return as.text(value);
  if (typeof value === "number") return as.number(value);
  if (Array.isArray(value)) return `[${value.map((one: JsonValue) => spelled(one, as)).join(`,${as.gap}`)}]`;
  return isJsonObject(value) ? spelledObject(value, as) : JSON.stringify(value);
}

function spelledObject(object: JsonObject, as: Spelling): string {
  const names = as.keys(Object.keys(object)).filter((name) => as.nulls || object[name] !== null);
  const members = names.map((name) => `${as.text(name)}:${as.gap}${spelled(object[name] ?? null, as)}`);
  return `{${members.join(`,${as.gap}`)}}`;
}
