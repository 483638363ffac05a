import type { RawHeaders } from "./exchange.js";
import { textMembers } from "./text-members.js";

/** What stands in the evidence in place of a secret. */
export const REDACTED = "«redacted»";

const SECRET_MEMBERS = new Set([
  "access_token",
  "client_secret",
  "login_token",
  "mac",
  "new_password",
  "password",
  "refresh_token",
]);
/** Authentication stages that prove themselves by a member called `token` (client-server-api#authentication-types). */
const TOKEN_STAGE = /"type"\s*:\s*"m\.login\.(?:token|registration_token)"/;
const SECRET_PARAMETERS = new Set(["access_token", "token", "loginToken"]);
const CREDENTIALS = /^(\s*(?:bearer|basic)\s+)\S.*$/is;
const COOKIES = new Set(["cookie", "set-cookie"]);

/** The body's bytes, one character each, so that whatever is not replaced stays as it was. */
export function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
}

/** Text as it stands in what `textOf` gives. */
export function asBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/**
 * Takes the value of every secret member of a JSON body out, byte for byte the same elsewhere, also where the JSON is broken or
 * cut. Hands each value, unescaped, to `found`.
 */
export function withoutSecretMembers(body: Uint8Array, found: (secret: string) => void = () => undefined): Uint8Array {
  const text = textOf(body);
  const tokenIsSecret = TOKEN_STAGE.test(text);
  const kept: string[] = [];
  let copied = 0;
  for (const { name, value, from, to } of textMembers(text)) {
    const member = unescaped(name);
    if (!SECRET_MEMBERS.has(member) && !(tokenIsSecret && member === "token")) continue;
    found(unescaped(value));
    kept.push(text.slice(copied, from), asBytes(REDACTED));
    copied = to;
  }
  return kept.length === 0 ? body : Buffer.from(kept.join("") + text.slice(copied), "latin1");
}

/** The text that a JSON string stands for; a string that is none stands for itself. */
function unescaped(raw: string): string {
  const text = Buffer.from(raw, "latin1").toString("utf8");
  if (!text.includes("\\")) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Bearer tokens, other credentials and cookies out; every other header as it was. Signatures of servers are no secrets. */
export function headersWithoutSecrets(headers: RawHeaders): RawHeaders {
  return headers.map(([name, value]) => {
    const known = name.toLowerCase();
    if (COOKIES.has(known)) return [name, REDACTED];
    return known === "authorization" ? [name, value.replace(CREDENTIALS, `$1${REDACTED}`)] : [name, value];
  });
}

/** Tokens in the query out. */
export function targetWithoutSecrets(target: string): string {
  return target.replace(/([?&])([^=&]+)=[^&]+/g, (whole, mark: string, name: string) =>
    SECRET_PARAMETERS.has(decoded(name)) ? `${mark}${name}=${encodeURIComponent(REDACTED)}` : whole,
  );
}

function decoded(name: string): string {
  return name.replace(/%[0-9A-Fa-f]{2}/g, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
