import { MatrixError } from "../homeserver/parts.js";
import type { StepContext } from "./context.js";

/**
 * Lets a peer act towards the server in a seat. The last answer that came back is observed as the step's `response`;
 * a refusal fails the step, charged to that seat.
 */
export async function peerActs(context: StepContext, seat: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
    observeLast(context, seat);
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    observeLast(context, seat);
    context.fail(seat, `${error.status} ${error.errcode}: ${error.message}`);
  }
}

function observeLast(context: StepContext, seat: string): void {
  const to = context.serverName(seat);
  const last = context.lastExchange(
    (exchange) =>
      exchange.kind === "federation" && exchange.to === to && exchange.from.includes(context.instance.token),
  );
  if (last === undefined) return;
  context.observe("response", { exchange: last.id, status: last.response?.status ?? 0 });
}
