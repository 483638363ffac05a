import type { SeenExchange } from "../../evidence/seen-exchange.js";
import { MatrixError } from "../../homeserver/parts.js";
import type { StepContext } from "../context.js";

/** Asked in passing, to verify signatures; not what an act is about. */
const KEYS = "/_matrix/key/";

/**
 * Lets a peer act towards the server in a seat. The last answer that came back meanwhile is observed as the step's `response`;
 * a refusal fails the step, charged to that seat, but to nobody when the lab stood in the way or a target was never asked.
 */
export async function peerActs(context: StepContext, seat: string, act: () => Promise<void>): Promise<void> {
  const before = context.exchanges().at(-1)?.seq ?? 0;
  try {
    await act();
    observeLast(context, seat, before);
    await peersSettle(context);
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    const last = observeLast(context, seat, before);
    const unasked = last === undefined && context.instance.seats[seat]?.kind === "target";
    context.fail(
      unasked || last?.interference !== undefined ? undefined : seat,
      `${error.status} ${error.errcode}: ${error.message}`,
    );
  }
}

/**
 * Waits until the peers' events have been handed over, as far as servers take them: what comes next may build upon
 * them, and no server sends two transactions at a time (server-server-api#transactions).
 */
export async function peersSettle(context: StepContext): Promise<void> {
  const settled = Promise.all(
    peersOf(context).map(([seat]) => context.peer(seat).homeserver.context.federation.settled()),
  );
  await orAborted(settled, context.signal);
}

function peersOf({ instance }: StepContext) {
  return Object.entries(instance.seats).filter(([, { kind }]) => kind === "peer");
}

function orAborted(wait: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    wait.then(() => resolve(), reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function observeLast(context: StepContext, seat: string, before: number): SeenExchange | undefined {
  const to = context.serverName(seat);
  const peers = peersOf(context).map(([, { serverName }]) => serverName);
  const last = context
    .exchanges()
    .findLast(
      (exchange) =>
        exchange.seq > before &&
        exchange.kind === "federation" &&
        exchange.to === to &&
        peers.includes(exchange.from) &&
        !exchange.request.target.startsWith(KEYS),
    );
  if (last !== undefined) context.observe("response", { exchange: last.id, status: last.response?.status ?? 0 });
  return last;
}
