import { isJsonObject } from "../matrix/json.js";
import type { RawHeaders } from "./exchange.js";

/** What stands in the evidence in place of a secret. */
export const REDACTED = "«redacted»";

const SECRET_KEYS = new Set(["access_token", "refresh_token", "password", "new_password", "mac", "login_token"]);
const SECRET_PARAMETER = /([?&](?:access_token|token)=)[^&]+/g;

/** Removes the value of every secret member of a JSON body, byte for byte elsewhere; other bodies come back as they are. */
export function withoutSecrets(body: Uint8Array): Uint8Array {
  if (body.length === 0) return body;
  const text = Buffer.from(body).toString("utf8");
  if (![...SECRET_KEYS].some((key) => text.includes(`"${key}"`))) return body;
  const secrets = new Set<string>();
  collect(parse(text), secrets);
  let scrubbed = text;
  for (const secret of secrets) scrubbed = scrubbed.replaceAll(secret, REDACTED);
  return Buffer.from(scrubbed, "utf8");
}

/** Bearer tokens out; every other header as it was. */
export function headersWithoutSecrets(headers: RawHeaders): RawHeaders {
  return headers.map(([name, value]) =>
    name.toLowerCase() === "authorization" && /^bearer /i.test(value) ? [name, `Bearer ${REDACTED}`] : [name, value],
  );
}

export function targetWithoutSecrets(target: string): string {
  return target.replace(SECRET_PARAMETER, `$1${encodeURIComponent(REDACTED)}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into);
  else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (SECRET_KEYS.has(key) && typeof member === "string" && member !== "")
        into.add(JSON.stringify(member).slice(1, -1));
      else collect(member, into);
    }
  }
}
