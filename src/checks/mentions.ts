import type { ScenarioInstance } from "../evidence/journal-entry.js";
import { plainTarget } from "../net/plain-target.js";
import { TOKEN_LENGTH } from "../scenario/plan.js";
import type { InstanceEvidence } from "./instances-seen.js";
import type { SeenExchange } from "./view.js";

/** Room ids are opaque (appendices#room-ids): whatever may follow the mark, with a server name where there is one. */
const ROOM_ID = /![A-Za-z0-9._~=+-]+(?::[A-Za-z0-9.:[\]-]+)?/g;
const HEX_RUN = new RegExp(`[0-9a-f]{${TOKEN_LENGTH},}`, "g");
/** How far a body is searched for names, and how many it may bring: a hostile server can make either as large as it likes. */
const SEARCHED_BYTES = 4 * 1024 * 1024;
const MOST_MENTIONS = 10_000;

/** Tells from the names in an exchange which instances it belongs to. */
export class Mentions {
  readonly #byToken = new Map<string, ScenarioInstance>();

  /** An instance whose token is looked for from now on. */
  add(instance: ScenarioInstance): void {
    this.#byToken.set(instance.token, instance);
  }

  /** The tokens of instances and the rooms that the exchange names. */
  in(exchange: SeenExchange): ReadonlySet<string> {
    const text = textOf(exchange);
    const mentions = new Set([...this.#namedIn(text)].map(({ token }) => token));
    for (const [roomId] of text.matchAll(ROOM_ID)) {
      if (mentions.size >= MOST_MENTIONS) break;
      mentions.add(roomId);
    }
    return mentions;
  }

  /** The instances whose token an exchange names. */
  instancesIn(exchange: SeenExchange): readonly ScenarioInstance[] {
    return [...new Set(this.#namedIn(textOf(exchange)))];
  }

  /** The instances whose token a text holds, found in one pass over it. */
  *#namedIn(text: string): Iterable<ScenarioInstance> {
    for (const [run] of text.matchAll(HEX_RUN)) {
      for (let start = 0; start + TOKEN_LENGTH <= run.length; start += 1) {
        const instance = this.#byToken.get(run.slice(start, start + TOKEN_LENGTH));
        if (instance !== undefined) yield instance;
      }
    }
  }
}

/** What an exchange of the instance names: its token, or a room that it bound. */
export function namesOf({ instance, bindings }: InstanceEvidence): readonly string[] {
  const rooms = bindings.flatMap(({ value: { kind, roomId } }) =>
    kind === "room" && typeof roomId === "string" ? [roomId] : [],
  );
  return [instance.token, ...rooms];
}

/** A mention by itself: a part of a text keeps the whole of it in memory. */
export function byItself(mention: string): string {
  return Buffer.from(mention).toString();
}

/** All of an exchange in which names stand. */
function textOf({ from, to, request, requestBytes, responseBytes }: SeenExchange): string {
  return [from, to, plainTarget(request.target), text8(requestBytes()), text8(responseBytes())].join("\n");
}

function text8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SEARCHED_BYTES)).toString("utf8");
}
