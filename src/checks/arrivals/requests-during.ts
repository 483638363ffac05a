import type { JudgeView, SeenExchange } from "../view.js";

/** Federation requests from a seat to another that began no earlier than the one which the step recorded; undefined when it recorded none. */
export function requestsDuring(view: JudgeView, from: string, to: string): readonly SeenExchange[] | undefined {
  const own = view.response();
  if (own === undefined) return undefined;
  return requestsBetween(view, from, to).filter(({ startedAt }) => startedAt >= own.startedAt);
}

/** All federation requests from a seat to another. */
export function requestsBetween(view: JudgeView, from: string, to: string): readonly SeenExchange[] {
  const [asking, asked] = [view.serverName(from), view.serverName(to)];
  return view.exchanges.filter(
    (exchange) => exchange.kind === "federation" && exchange.from === asking && exchange.to === asked,
  );
}
