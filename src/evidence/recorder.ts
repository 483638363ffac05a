import type { Bodies } from "./bodies.js";
import type { Altered, Exchange, RawHeaders, RecordedMessage } from "./exchange.js";
import type { Journal } from "./journal.js";
import { KnownSecrets } from "./known-secrets.js";
import { headersWithoutSecrets, targetWithoutSecrets, withoutSecretMembers } from "./secrets.js";

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
  readonly port?: number | undefined;
  readonly interference?: string | undefined;
  readonly altered?: RawAltered | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What arrived in place of what was sent. */
export interface RawAltered {
  readonly request?: RawMessage & { readonly method: string; readonly target: string };
  readonly response?: RawMessage & { readonly status: number };
  readonly withheld?: "request" | "response";
}

interface RawMessage {
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** Writes exchanges to the journal, their bodies to the store, and no secret to either. */
export interface ExchangeRecorder {
  /** The id under which the exchange stands in the journal. */
  record(exchange: RawExchange): string;
}

/** Where people's own content travels: a member called `password` is theirs there, and covered by hashes and signatures. */
const CONTENT =
  /^\/_matrix\/client\/[^/]+\/(?:rooms\/|sync\b|createRoom\b|sendToDevice\/|user\/[^/]+\/(?:rooms|account_data)\/)/;

/** `label` is what the ids of the exchanges begin with; those of one journal are all different. */
export function recordTo(journal: Journal, bodies: Bodies, label = "x"): ExchangeRecorder {
  const known = new KnownSecrets();
  let count = 0;
  return {
    record(raw) {
      count += 1;
      const clean = raw.kind === "client" && !CONTENT.test(raw.target) ? withoutOwnSecrets(raw, known) : raw;
      const exchange = asRecorded(`${label}${count}`, clean, {
        target: (target) => known.outOfText(targetWithoutSecrets(target)),
        message(headers, body) {
          const kept = known.outOfBody(body);
          const rest = headersWithoutSecrets(headers).map(([name, value]) => [name, known.outOfText(value)] as const);
          return { headers: rest, body: bodies.put(kept), bodyBytes: kept.length };
        },
      });
      journal.append({ kind: "exchange", exchange });
      return exchange.id;
    },
  };
}

/** The exchange without the secrets that it hands over, which are known from now on. */
function withoutOwnSecrets(raw: RawExchange, known: KnownSecrets): RawExchange {
  const learn = (secret: string) => known.learn(secret);
  const { requestBody, responseBody } = raw;
  return {
    ...raw,
    requestBody: withoutSecretMembers(requestBody, learn),
    responseBody: responseBody === undefined ? undefined : withoutSecretMembers(responseBody, learn),
  };
}

/** What of a message the journal takes. */
interface Kept {
  target(target: string): string;
  message(headers: RawHeaders, body: Uint8Array): RecordedMessage;
}

function asRecorded(id: string, raw: RawExchange, kept: Kept): Exchange {
  const { kind, from, to, startedAt, endedAt, method, target, status, failure, sni, port, interference, altered } = raw;
  const request = { method, target: kept.target(target), ...kept.message(raw.requestHeaders, raw.requestBody) };
  const answered = () => kept.message(raw.responseHeaders ?? [], raw.responseBody ?? new Uint8Array());
  return {
    id,
    kind,
    from,
    to,
    startedAt,
    endedAt,
    request,
    ...(status === undefined ? {} : { response: { status, ...answered() } }),
    ...(failure === undefined ? {} : { failure }),
    ...(sni === undefined ? {} : { sni }),
    ...(port === undefined ? {} : { port }),
    ...(interference === undefined ? {} : { interference }),
    ...(altered === undefined ? {} : { altered: alteredAsRecorded(altered, kept) }),
  };
}

function alteredAsRecorded({ request, response, withheld }: RawAltered, kept: Kept): Altered {
  return {
    ...(request && {
      request: {
        method: request.method,
        target: kept.target(request.target),
        ...kept.message(request.headers, request.body),
      },
    }),
    ...(response && { response: { status: response.status, ...kept.message(response.headers, response.body) } }),
    ...(withheld && { withheld }),
  };
}
