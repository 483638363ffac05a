import { encodeBase64 } from "../../matrix/base64.js";
import { addEventSignature, completeEvent } from "../../matrix/events/sign.js";
import type { Pdu, Signatures } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { signJson } from "../../matrix/signing.js";
import type { Core } from "../core.js";
import { faultilySealed, signedWith } from "./faulty-sealing.js";

/** Hash and signature of this server on an event of its own (server-server-api#adding-hashes-and-signatures-to-outgoing-events). */
export function signOwn(core: Core, rules: RoomVersionRules, event: Pdu): Pdu {
  const { serverName, options } = core;
  const complete = completeEvent(event, rules, serverName, options.signingKey);
  if (core.has("wrong-content-hash")) return withWrongHash(core, rules, complete);
  if (core.has("signs-unredacted-event")) return withSignatureOverEverything(core, complete);
  return faultilySealed(core, rules, complete) ?? complete;
}

/** This server's signature added to an event of somebody else. */
export function cosign(core: Core, rules: RoomVersionRules, event: Pdu): Pdu {
  const { membership } = event.content;
  if (membership === "join" && core.has("vouches-for-everything")) return withSignatureOverEverything(core, event);
  const alone = membership === "invite" && core.has("drops-other-signatures");
  const signed = alone ? { ...event, signatures: {} } : event;
  return addEventSignature(signed, rules, core.serverName, core.options.signingKey);
}

function withWrongHash(core: Core, rules: RoomVersionRules, event: Pdu): Pdu {
  return signedWith(core, rules, event, { sha256: encodeBase64(new Uint8Array(32)) });
}

function withSignatureOverEverything(core: Core, event: Pdu): Pdu {
  const { signatures: others, ...unsigned } = event;
  const { signatures } = signJson(unsigned, core.serverName, core.options.signingKey, { lenient: true });
  return { ...event, signatures: { ...others, ...(signatures as Signatures) } };
}
