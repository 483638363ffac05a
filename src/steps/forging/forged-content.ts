import { type Static, Type } from "@sinclair/typebox";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import { stateKey } from "../../matrix/state-map.js";
import { withMember } from "../../peer/behaviours/answers.js";
import type { StepContext } from "../context.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { peerUser } from "../peers/handshakes.js";
import { allVouched, type Vouchers } from "../peers/identity-keys.js";

const closed = { additionalProperties: false } as const;

/** Changes to the content of the state event that a forged one replaces. */
export const Edits = Type.Array(
  Type.Object(
    {
      at: Type.String({ pattern: "^/", description: "JSON Pointer within the content; `${name}` is replaced." }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
    },
    closed,
  ),
  { description: "The content is that of the state event which it replaces, with these changes." },
);

/** What a scenario says about the content of a forged event. */
export interface ContentOfNode {
  readonly by: string;
  readonly state?: string;
  readonly key?: string;
  readonly content?: object;
  readonly prev?: readonly string[];
  readonly edit?: Static<typeof Edits>;
  readonly vouched?: Static<typeof Vouchers>;
}

/** The content of a forged event: as written, or as the event it replaces has it; a text of its own when nothing is said. */
export function contentOf(context: StepContext, roomId: string, name: string, node: ContentOfNode): JsonObject {
  const plain = node.content ?? { msgtype: "m.text", body: `${name} ${context.instance.token}` };
  const bare =
    node.edit === undefined
      ? resolveNames(plain as JsonObject, namesOf(context))
      : edited(context, roomId, node, node.edit);
  return allVouched(context, bare, node.vouched);
}

function edited(context: StepContext, roomId: string, node: ContentOfNode, edits: Static<typeof Edits>): JsonObject {
  const names = namesOf(context);
  return edits.reduce(
    (content, { at, set }) =>
      withMember(
        content,
        resolveText(at, names),
        set === undefined ? undefined : resolveNames(set as JsonValue, names),
      ),
    replacedContent(context, roomId, node),
  );
}

function replacedContent(context: StepContext, roomId: string, node: ContentOfNode): JsonObject {
  const { rooms } = peerUser(context, node.by).peer.homeserver.context;
  const room = rooms.get(roomId);
  const [prev, ...others] = node.prev ?? [];
  const state =
    prev === undefined || others.length > 0 ? room?.currentState() : room?.stateAfter(context.eventId(prev));
  const eventId = state?.get(stateKey(node.state ?? "", resolveNames(node.key ?? "", namesOf(context))));
  const replaced = eventId === undefined ? undefined : room?.record(eventId);
  if (replaced === undefined) throw new Error(`there is no ${node.state} of which the content could be edited`);
  return replaced.event.content;
}
