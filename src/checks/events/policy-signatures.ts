import { Type } from "@sinclair/typebox";
import { checkEventSignature } from "../../matrix/events/sign.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import type { Pdu } from "../../matrix/pdu.js";
import { POLICY_KEY_ID } from "../../matrix/policy-server.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import { matchEndpoint } from "../../schema/endpoints.js";
import type { StepContext } from "../../steps/context.js";
import { waitingFor } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { eventIdOfName, idOfPdu, pdusOf, roomOf } from "../state/room-events.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { isSignedBy } from "./event-signatures.js";

interface Sent {
  readonly room: string;
  readonly event: string;
  readonly to: string;
}

export const policySigned = defineCheck({
  name: "policy-signed",
  summary: "A named event reaches a peer signed by the room's policy server, and by its author's server as well",
  input: Type.Object(
    {
      room: Type.String({ description: "The name that the room was bound to." }),
      event: Type.String(),
      to: Type.String({ description: "The seat of the peer that it reaches.", "refers-to": "seat" }),
      by: Type.String({ description: "The policy server's seat.", "refers-to": "seat" }),
      key: Type.String({ description: "The name of its key.", "refers-to": "bound" }),
    },
    { additionalProperties: false },
  ),
  observe,
  judge(view, input) {
    const expected = `“${input.event}” to reach ${input.to} signed by its author's server and by ${input.by} as policy server`;
    const { rules } = roomOf(view, input.room);
    const wanted = eventIdOfName(view, input.event);
    const delivering = view.exchanges.find(
      (one) => delivered(one, view.serverName(input.to), wanted, rules) !== undefined,
    );
    const event = delivering && delivered(delivering, view.serverName(input.to), wanted, rules);
    if (delivering === undefined || event === undefined) return { holds: false, expected, actual: "it did not arrive" };
    const key = keyOf(view, input.key);
    const lacking = [
      ...(checkEventSignature(event, rules, view.serverName(input.by), POLICY_KEY_ID, key) ? [] : ["policy server"]),
      ...(isSignedBy(view, event, rules, serverNameOf(event.sender) ?? "") ? [] : ["author's server"]),
    ];
    const actual =
      lacking.length === 0 ? "it is signed by both" : `no valid signature of the ${lacking.join(" and the ")}`;
    return { holds: lacking.length === 0, expected, actual, exchanges: [delivering.id] };
  },
});

/** Throws, as the tester's error, when the name is not bound to a key. */
function keyOf(view: JudgeView, name: string): string {
  const value = view.binding(name)?.value;
  if (typeof value !== "string") throw new Error(`${name} is not bound to a key`);
  return value;
}

async function observe(context: StepContext, input: Sent): Promise<void> {
  const rules = roomVersionRules(String(context.bound(input.room, "room").version));
  const [to, wanted] = [context.serverName(input.to), context.eventId(input.event)];
  const arrived = (exchange: SeenExchange) => delivered(exchange, to, wanted, rules) !== undefined;
  const exchange = await waitingFor(context, undefined, (signal) => context.exchangeThat(arrived, signal));
  context.observe("delivery", { arrived: exchange !== undefined });
}

/** The event as a transaction to that server holds it. */
function delivered(exchange: SeenExchange, to: string, eventId: string, rules: RoomVersionRules): Pdu | undefined {
  if (exchange.kind !== "federation" || exchange.to !== to) return undefined;
  if (matchEndpoint(exchange.request.method, exchange.request.target)?.endpoint.id !== "send") return undefined;
  return pdusOf(exchange, "request").find((pdu) => idOfPdu(pdu, rules) === eventId) as Pdu | undefined;
}
