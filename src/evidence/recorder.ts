import type { Bodies } from "./bodies.js";
import type { Exchange, RawHeaders } from "./exchange.js";
import type { Journal } from "./journal.js";
import { headersWithoutSecrets, targetWithoutSecrets, withoutSecrets } from "./secrets.js";

/** An exchange as the tap or a client saw it, before its secrets are taken out. */
export interface RawExchange {
  readonly kind: "federation" | "client";
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly target: string;
  readonly requestHeaders: RawHeaders;
  readonly requestBody: Uint8Array;
  readonly status?: number | undefined;
  readonly responseHeaders?: RawHeaders | undefined;
  readonly responseBody?: Uint8Array | undefined;
  readonly failure?: string | undefined;
  readonly sni?: string | undefined;
  readonly interference?: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Writes exchanges to the journal, their bodies to the store, and no secret to either. */
export interface ExchangeRecorder {
  /** The id under which the exchange stands in the journal. */
  record(exchange: RawExchange): string;
}

export function recordTo(journal: Journal, bodies: Bodies): ExchangeRecorder {
  let count = 0;
  const message = (headers: RawHeaders, body: Uint8Array) => {
    const kept = withoutSecrets(body);
    return { headers: headersWithoutSecrets(headers), body: bodies.put(kept), bodyBytes: kept.length };
  };
  return {
    record(raw) {
      count += 1;
      const request = {
        method: raw.method,
        target: targetWithoutSecrets(raw.target),
        ...message(raw.requestHeaders, raw.requestBody),
      };
      const exchange: Exchange = {
        id: `x${count}`,
        kind: raw.kind,
        from: raw.from,
        to: raw.to,
        startedAt: raw.startedAt,
        endedAt: raw.endedAt,
        request,
        ...(raw.status === undefined
          ? {}
          : {
              response: {
                status: raw.status,
                ...message(raw.responseHeaders ?? [], raw.responseBody ?? new Uint8Array()),
              },
            }),
        ...(raw.failure === undefined ? {} : { failure: raw.failure }),
        ...(raw.sni === undefined ? {} : { sni: raw.sni }),
        ...(raw.interference === undefined ? {} : { interference: raw.interference }),
      };
      journal.append({ kind: "exchange", exchange });
      return exchange.id;
    },
  };
}
