import { Type } from "@sinclair/typebox";
import { parseServerName } from "../../matrix/identifiers.js";
import { parseXMatrix } from "../../matrix/x-matrix.js";
import { header } from "../../net/wire.js";
import { resolveText } from "../../steps/names.js";
import { defineCheck } from "../define.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { requestsDuring } from "./requests-during.js";

const closed = { additionalProperties: false } as const;
const Way = {
  from: Type.String({ description: "The seat of the server that connects.", "refers-to": "seat" }),
  to: Type.String({ description: "The seat of the server that is reached.", "refers-to": "seat" }),
};

interface Place {
  readonly port?: string;
  readonly host?: string;
  readonly sni?: string;
  readonly destination?: string;
}

export const reaches = defineCheck({
  name: "reaches",
  summary:
    "During the step a server reached another, and each time in that way: port, Host header, name in the ClientHello",
  input: Type.Object(
    {
      ...Way,
      port: Type.Optional(
        Type.String({ description: "The port, or a server name that says it; `${name}` is replaced." }),
      ),
      host: Type.Optional(Type.String({ description: "The Host header." })),
      sni: Type.Optional(Type.String({ description: "The name in the ClientHello; `none` for no name." })),
      destination: Type.Optional(Type.String({ description: "The server for which requests are signed." })),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, { from, to, ...place }) {
    const wanted = Object.entries(place).map(([what, text]) => {
      const meant = resolveText(text, view);
      return [what as keyof Place, what === "port" ? String(parseServerName(meant)?.port ?? meant) : meant] as const;
    });
    const told = wanted.map(([what, text]) => `${WORDS[what]} ${text}`).join(", ");
    const expected = `${from} to reach ${to}${told === "" ? "" : `: ${told}`}`;
    const requests = arrivedDuring(view, from, to);
    if (requests === undefined) return { holds: "unknown", expected, actual: "the step recorded no response" };
    if (requests.length === 0) return { holds: false, expected, actual: `${from} did not reach ${to}` };
    const holds = requests.every((request) => wanted.every(([what, text]) => placeOf(request)[what] === text));
    const seen = requests.map((request) =>
      wanted.map(([what]) => `${WORDS[what]} ${placeOf(request)[what]}`).join(", "),
    );
    const actual = wanted.length === 0 ? "it did" : [...new Set(seen)].join("; ");
    return { holds, expected, actual, exchanges: requests.map(({ id }) => id) };
  },
});

export const neverReaches = defineCheck({
  name: "never-reaches",
  summary: "During the step, up to its response, no request of a server arrived at another",
  input: Type.Object(Way, closed),
  ofResponse: true,
  judge(view, { from, to }) {
    const expected = `no request of ${from} to arrive at ${to}`;
    const requests = arrivedDuring(view, from, to);
    const response = view.response();
    if (requests === undefined || response === undefined) {
      return { holds: "unknown", expected, actual: "the step recorded no response" };
    }
    if (requests.length > 0) {
      return { holds: false, expected, actual: `${requests.length} did`, exchanges: requests.map(({ id }) => id) };
    }
    if (response.response === undefined) {
      const actual = `none did, but ${from} gave no answer either: ${response.failure}`;
      return { holds: "unknown", expected, actual, exchanges: [response.id] };
    }
    const actual = `none did before ${from} answered with ${response.response.status}`;
    return { holds: true, expected, actual, exchanges: [response.id] };
  },
});

const WORDS: { readonly [what in keyof Place]-?: string } = {
  port: "port",
  host: "Host",
  sni: "ClientHello for",
  destination: "signed for",
};

function placeOf(request: SeenExchange): { readonly [what in keyof Place]-?: string } {
  const { headers } = request.request;
  return {
    port: String(request.port ?? "unknown"),
    host: header(headers, "host")?.toLowerCase() ?? "none",
    sni: request.sni?.toLowerCase() ?? "none",
    destination: parseXMatrix(header(headers, "authorization") ?? "")?.destination ?? "nobody",
  };
}

/** As `requestsDuring`, of the server-server API: look-ups are made elsewhere. */
function arrivedDuring(view: JudgeView, from: string, to: string): readonly SeenExchange[] | undefined {
  return requestsDuring(view, from, to)?.filter(({ request }) => !request.target.startsWith("/.well-known/"));
}
