import { createHash, createPublicKey, verify } from "node:crypto";
import { decodeBase64 } from "../src/matrix/base64.js";
import { canonicalJson, canonicalJsonBytes } from "../src/matrix/canonical-json.js";
import { contentHash, eventIdOf } from "../src/matrix/events/hashes.js";
import { checkEventSignature, completeEvent } from "../src/matrix/events/sign.js";
import { signBytes, signingKey, verifyBytes } from "../src/matrix/keys.js";
import type { Pdu } from "../src/matrix/pdu.js";
import { roomVersionRules } from "../src/matrix/room-versions.js";
import { type Measurement, rateOf } from "./measurement.js";

const SERVER = "one.example";
const KEY = signingKey(new Uint8Array(32).fill(7), "a");
const RULES = roomVersionRules("12");
const COUNT = 200;

/** Rates of what every event costs at least: canonical form, hashes, signatures. */
export function benchPrimitives(): Measurement[] {
  const events = Array.from({ length: COUNT }, (_, at) => messageEvent(at));
  const event = (at: number) => events[at % COUNT] ?? messageEvent(0);
  const bytes = canonicalJsonBytes(event(0));
  const size = `a message of ${bytes.length} bytes`;
  const signature = signBytes(KEY, bytes);
  const raw = decodeBase64(signature);
  const other = Buffer.from(bytes);
  let messages = 0;
  const newMessage = () => {
    messages += 1;
    other.writeUInt32BE(messages);
    return other;
  };
  const key = createPublicKey({ key: spki(KEY.publicKey), format: "der", type: "spki" });
  return [
    rateOf("canonical JSON", "events/s", `${size}, room version 12`, (at) => canonicalJson(event(at))),
    rateOf("content hash", "events/s", "canonical form and SHA-256", (at) => contentHash(event(at))),
    rateOf("event id", "events/s", "redaction, canonical form and SHA-256", (at) => eventIdOf(event(at), RULES)),
    rateOf("SHA-256 alone", "hashes/s", `node:crypto over ${bytes.length} bytes`, () => {
      createHash("sha256").update(bytes).digest();
    }),
    rateOf(
      "Ed25519 verify, as Concordat does",
      "signatures/s",
      "verifyBytes with a known key, each message new",
      () => {
        if (verifyBytes(KEY.publicKey, newMessage(), signature)) throw new Error("the signature is of another message");
      },
    ),
    rateOf("Ed25519 verify, once more", "signatures/s", "verifyBytes of a message seen before", () => {
      if (!verifyBytes(KEY.publicKey, bytes, signature)) throw new Error("the signature must hold");
    }),
    rateOf("Ed25519 verify alone", "signatures/s", "node:crypto with the key at hand", () => {
      if (!verify(null, bytes, key, raw)) throw new Error("the signature must hold");
    }),
    rateOf("Ed25519 sign", "signatures/s", "signBytes", () => signBytes(KEY, bytes)),
    rateOf("signature of an event", "events/s", "redaction, canonical form and verification, each event new", () => {
      messages += 1;
      const changed = { ...event(0), depth: messages };
      if (checkEventSignature(changed, RULES, SERVER, KEY.keyId, KEY.publicKey)) throw new Error("it was changed");
    }),
  ];
}

function messageEvent(at: number): Pdu {
  const draft: Pdu = {
    type: "m.room.message",
    sender: `@user-${at}:${SERVER}`,
    content: { msgtype: "m.text", body: `The ${at}th message, as long as people write them in a chat with others.` },
    origin_server_ts: 1_700_000_000_000 + at,
    depth: at + 10,
    prev_events: [`$${"p".repeat(43)}`],
    auth_events: [`$${"l".repeat(43)}`, `$${"m".repeat(43)}`],
    room_id: `!${"r".repeat(43)}`,
  };
  return completeEvent(draft, RULES, SERVER, KEY);
}

/** The public key in the form that node:crypto reads (RFC 8410). */
function spki(publicKey: string): Buffer {
  return Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), decodeBase64(publicKey)]);
}
