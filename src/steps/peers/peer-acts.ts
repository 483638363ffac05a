import type { SeenExchange } from "../../evidence/seen-exchange.js";
import { MatrixError } from "../../homeserver/parts.js";
import type { StepContext } from "../context.js";

/** Asked in passing, to verify signatures; not what an act is about. */
const KEYS = "/_matrix/key/";

/**
 * Lets a peer act towards the server in a seat. The last answer that came back meanwhile is observed as the step's `response`;
 * a refusal fails the step, charged to that seat.
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
    context.fail(
      last?.interference === undefined ? seat : undefined,
      `${error.status} ${error.errcode}: ${error.message}`,
    );
  }
}

/**
 * Waits until the peers' events have been handed over, as far as servers take them: what comes next may build upon
 * them, and no server sends two transactions at a time (server-server-api#transactions).
 */
export async function peersSettle(context: StepContext): Promise<void> {
  const peers = Object.entries(context.instance.seats).filter(([, { kind }]) => kind === "peer");
  const settled = Promise.all(peers.map(([seat]) => context.peer(seat).homeserver.context.federation.settled()));
  await orAborted(settled, context.signal);
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
  const last = context
    .exchanges()
    .findLast(
      (exchange) =>
        exchange.seq > before &&
        exchange.kind === "federation" &&
        exchange.to === to &&
        exchange.from.includes(context.instance.token) &&
        !exchange.request.target.startsWith(KEYS),
    );
  if (last !== undefined) context.observe("response", { exchange: last.id, status: last.response?.status ?? 0 });
  return last;
}
