import { parseServerName } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import type { Room } from "../parts.js";

/** Whether the room's ACL lets a server take part (client-server-api#mroomserver_acl). */
export function isServerAllowed(core: Pick<Core, "has">, room: Pick<Room, "state">, server: ServerName): boolean {
  return isAllowedBy(core, room.state("m.room.server_acl"), server);
}

/** Whether an ACL event, or none, lets a server take part. Ports do not count, nor does case. */
function isAllowedBy({ has }: Pick<Core, "has">, acl: Pdu | undefined, server: ServerName): boolean {
  if (acl === undefined || !isJsonObject(acl.content)) return true;
  const { allow, deny, allow_ip_literals: literals } = acl.content;
  const parsed = parseServerName(server);
  const name = has("access-lists-with-ports") ? server : (parsed?.host ?? server);
  if (literals === false && parsed !== undefined && parsed.kind !== "dns") return false;
  const names = (list: JsonValue | undefined): boolean => globs(list).some((glob) => describes(has, glob, name));
  if (has("allows-before-denying") && names(allow)) return true;
  return !names(deny) && names(allow);
}

function describes(has: Core["has"], glob: string, name: string): boolean {
  if (has("no-question-mark-in-access-lists") && glob.includes("?")) return false;
  return has("access-lists-by-letter-case") ? matches(glob, name) : matches(glob.toLowerCase(), name.toLowerCase());
}

function globs(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Glob matching in time proportional to the product of the lengths, whatever the pattern (appendices#glob-style-matching). */
function matches(glob: string, text: string): boolean {
  let at = 0;
  let starAt = -1;
  let resumeAt = 0;
  for (let index = 0; index < text.length; ) {
    if (glob[at] === "*") {
      starAt = at;
      resumeAt = index;
      at += 1;
    } else if (glob[at] === "?" || glob[at] === text[index]) {
      at += 1;
      index += 1;
    } else if (starAt >= 0) {
      at = starAt + 1;
      resumeAt += 1;
      index = resumeAt;
    } else {
      return false;
    }
  }
  while (glob[at] === "*") at += 1;
  return at === glob.length;
}
