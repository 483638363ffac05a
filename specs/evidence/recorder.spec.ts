import { expect } from "chai";
import type { Bodies } from "../../src/evidence/bodies.js";
import type { Exchange } from "../../src/evidence/exchange.js";
import type { Journal } from "../../src/evidence/journal.js";
import type { JournalBody } from "../../src/evidence/journal-entry.js";
import { type RawExchange, recordTo } from "../../src/evidence/recorder.js";
import { REDACTED } from "../../src/evidence/secrets.js";
import { seenExchange } from "../../src/evidence/seen-exchange.js";

const TOKEN = "syt_YWxpY2U_abcdefgh";
const PASSWORD = "0123456789abcdef";

/** Records exchanges and gives them as they are found again. */
function recorded(...drafts: readonly Draft[]) {
  const stored = new Map<string, Uint8Array>();
  const entries: JournalBody[] = [];
  const bodies: Bodies = {
    put(body) {
      const name = `body ${stored.size}`;
      stored.set(name, body);
      return name;
    },
    get: (name) => stored.get(name),
  };
  const journal = { append: (entry: JournalBody) => entries.push(entry) } as unknown as Journal;
  const recorder = recordTo(journal, bodies);
  for (const draft of drafts) {
    const { requestBody = "", responseBody = "", ...rest } = draft;
    recorder.record({
      kind: "client",
      from: "@alice:one.test",
      to: "one.test",
      method: "POST",
      target: "/_matrix/client/v3/login",
      requestHeaders: [],
      status: 200,
      startedAt: 1,
      endedAt: 2,
      ...rest,
      requestBody: Buffer.from(requestBody),
      responseBody: Buffer.from(responseBody),
    });
  }
  const exchanges = entries.flatMap((entry): Exchange[] => (entry.kind === "exchange" ? [entry.exchange] : []));
  return exchanges.map((exchange, index) => seenExchange(index, exchange, bodies.get));
}

type Draft = Partial<Omit<RawExchange, "requestBody" | "responseBody">> & {
  readonly requestBody?: string;
  readonly responseBody?: string;
};

const login = { requestBody: `{"password":"${PASSWORD}"}`, responseBody: `{"access_token":"${TOKEN}"}` };
const textsOf = (seen: ReturnType<typeof recorded>[number] | undefined) =>
  [JSON.stringify(seen), seen?.requestBytes(), seen?.responseBytes()].map(String).join("\n");

describe("evidence/recorder", () => {
  it("counts exchanges, and keeps their bodies apart", () => {
    const [first, second] = recorded(login, { ...login, failure: "lost", status: undefined });
    expect([first?.id, second?.id]).to.deep.equal(["x1", "x2"]);
    expect(first?.requestJson()).to.deep.equal({ password: REDACTED });
    expect(first?.response?.bodyBytes).to.equal(first?.responseBytes().length);
    expect(second).to.include({ failure: "lost" }).and.not.to.have.property("response");
  });

  it("lets no secret through that the run has come across, wherever it turns up", () => {
    const again = {
      target: `/_matrix/client/v3/sync?q=${TOKEN}`,
      requestHeaders: [
        ["Authorization", `Bearer ${TOKEN}`],
        ["X-Echo", PASSWORD],
      ] as const,
      responseBody: `{"error":"${TOKEN} and ${PASSWORD}"}`,
    };
    for (const seen of recorded(login, again, { ...again, kind: "federation" as const })) {
      expect(textsOf(seen)).not.to.contain(TOKEN);
      expect(textsOf(seen)).not.to.contain(PASSWORD);
    }
  });

  it("lets none through in what arrived in place of what was sent", () => {
    const headers = [["X-Echo", PASSWORD]] as const;
    const request = { method: "PUT", target: `/send/${TOKEN}`, headers, body: Buffer.from(TOKEN) };
    const response = { status: 200, headers, body: Buffer.from(PASSWORD) };
    const [, seen] = recorded(login, { kind: "federation", altered: { request, response } });
    expect(seen?.altered?.request).to.include({ method: "PUT", target: `/send/${REDACTED}` });
    expect(textsOf(seen)).not.to.contain(TOKEN);
    expect(textsOf(seen)).not.to.contain(PASSWORD);
  });

  const CONTENT = '{"content":{"password":"open sesame","mac":"00112233445566"}}';
  const AS_SENT: readonly (readonly [what: string, draft: Draft])[] = [
    ["traffic between servers", { kind: "federation", target: "/_matrix/federation/v1/send/1" }],
    ["an event that a user sends", { target: "/_matrix/client/v3/rooms/%21r/send/m.x/1" }],
    ["what /sync brings", { target: "/_matrix/client/v3/sync?since=1" }],
    ["messages to devices", { target: "/_matrix/client/v3/sendToDevice/m.x/1" }],
  ];
  for (const [what, draft] of AS_SENT)
    it(`keeps ${what} byte for byte, whatever its members are called`, () => {
      const [seen, later] = recorded({ ...draft, requestBody: CONTENT }, { kind: "federation", requestBody: CONTENT });
      expect(String(seen?.requestBytes())).to.equal(CONTENT);
      expect(String(later?.requestBytes())).to.equal(CONTENT);
    });
});
