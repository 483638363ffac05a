import { expect } from "chai";
import { parseXMatrix, verifyRequest, type XMatrix } from "../../../src/matrix/x-matrix.js";
import { UnansweredError } from "../../../src/peer/peer.js";
import type { StepContext } from "../../../src/steps/context.js";
import { behave, cut } from "../../../src/steps/peers/peer-control.js";
import { peerRequest, request } from "../../../src/steps/peers/peer-requests.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";
import type { Played, Said } from "../../support/played.js";

const EDU_PATH = "/_matrix/federation/v1/send/t1";

describe("steps/peer-requests", () => {
  const house = playhouse();
  const asks = (more: Call[1]): Call => [request, { by: "peer", to: "one", ...more }];
  const asksForKeys: Call = [request, { by: "other", to: "peer", path: "/_matrix/key/v2/server" }];
  const header = ({ headers }: Said, name: string) => headers.find(([known]) => known.toLowerCase() === name)?.[1];

  /** Whether a request of the peer is signed as it was sent. */
  function isSigned(played: Played, said: Said): boolean {
    const x = parseXMatrix(header(said, "authorization") ?? "");
    const key = played.publishedKeys("peer").get(x?.key ?? "");
    if (x === undefined || key === undefined) return false;
    const { method, uri, request: content } = said;
    const [origin, destination] = [played.serverName("peer"), played.serverName("one")];
    const body = said.requestText === "" ? {} : { content };
    return verifyRequest({ method, uri, origin, destination, ...body }, x, key);
  }

  describe("request", () => {
    it("asks as the peer, signed, and observes the answer", async () => {
      const played = await house.play([asksForKeys, asks({ path: "/_matrix/federation/v1/version" })]);
      const said = played.answer(request);
      expect(said).to.include({
        from: played.serverName("peer"),
        to: played.serverName("one"),
        method: "GET",
        target: "/_matrix/federation/v1/version",
        status: 200,
        requestText: "",
      });
      expect(isSigned(played, said)).to.equal(true);
      expect(header(said, "content-type")).to.equal(undefined);
      expect(played.observed(request, "response")[0]).to.include({ status: 200 });
      expect(played.title(request)).to.equal("peer asks one: GET /_matrix/federation/v1/version");
    });

    it("asks again by the other method where the first is answered as unknown", async () => {
      const path = "/_matrix/federation/v1/version";
      const played = await house.play([asks({ method: "PUT", "else-method": "GET", path, body: {} })]);
      expect(played.answer(request)).to.include({ method: "GET", status: 200 });
      expect(played.observed(request, "response").map(({ status }) => status)).to.deep.equal([405, 200]);
      const known = await house.play([asks({ "else-method": "POST", path })]);
      expect(known.observed(request, "response")).to.have.length(1);
    });

    it("fills names into path and body, and sends the body as JSON", async () => {
      const edu = { edu_type: "m.typing", content: { user_id: "${ann}" } };
      const body = { origin: "${peer}", origin_server_ts: 1, pdus: [], edus: [edu] };
      const path = "/_matrix/federation/v1/send/${room}";
      const hers: Call = [createRoom, { as: "ann", id: "room" }];
      const played = await house.play([asksForKeys, hers, asks({ method: "PUT", path, body })]);
      const said = played.answer(request);
      expect(said.target).to.equal(`/_matrix/federation/v1/send/${played.roomId("room")}`);
      expect(said.request).to.deep.include({
        origin: played.serverName("peer"),
        edus: [{ edu_type: "m.typing", content: { user_id: played.userId("ann") } }],
      });
      expect(header(said, "content-type")).to.equal("application/json");
      expect(said.status).to.equal(200);
    });

    it("sends bytes that are no JSON, of the type told or none", async () => {
      const sent = async (type: string) => {
        const bytes = { method: "PUT", path: EDU_PATH, bytes: '{"of": ${ann}', "content-type": type };
        return (await house.play([asks(bytes)])).answer(request);
      };
      const plain = await sent("text/plain");
      expect(plain.requestText).to.match(/^\{"of": @ann-/);
      expect(header(plain, "content-type")).to.equal("text/plain");
      expect(header(await sent(""), "content-type")).to.equal(undefined);
    });

    it("leaves the signature out where told", async () => {
      const played = await house.play([asks({ path: "/_matrix/federation/v1/version", signed: false })]);
      expect(header(played.answer(request), "authorization")).to.equal(undefined);
    });

    it("forges the authorization, which then does not verify, or names another", async () => {
      const forged = async (authorization: Call[1]): Promise<{ x: XMatrix | undefined; signed: boolean }> => {
        const played = await house.play([
          asksForKeys,
          asks({ path: "/_matrix/federation/v1/query/profile?user_id=${ann}", authorization }),
        ]);
        const said = played.answer(request);
        return { x: parseXMatrix(header(said, "authorization") ?? ""), signed: isSigned(played, said) };
      };
      expect(await forged({ signature: "corrupt" })).to.include({ signed: false });
      expect(await forged({ "signed-for": { uri: "/elsewhere" } })).to.include({ signed: false });
      expect(await forged({ key: "unpublished" })).to.include({ signed: false });
      expect(await forged({ key: "impostor" })).to.include({ signed: false });
      expect((await forged({ origin: "${two}" })).x?.origin).to.match(/^two\./);
      expect((await forged({ omit: true })).x).to.equal(undefined);
      expect((await forged({ style: "shuffled" })).signed).to.equal(true);
    });

    it("goes on whatever the answer: checks look at it", async () => {
      const played = await house.play([asks({ path: "/_matrix/federation/v1/nothing" })]);
      expect(played.observed(request, "response")[0]).to.include({ status: 404, errcode: "M_UNRECOGNIZED" });
    });

    const path = "/_matrix/federation/v1/version";
    const deviates = (as: string): Call => [behave, { peer: "other", as, with: { endpoint: "version" } }];

    it("fails when there is no answer, charged to the one that was asked", async () => {
      const hungUp = await house.endOf([deviates("hangs-up"), asks({ to: "other", path })]);
      expect(hungUp).to.include({ outcome: "failed", owedBy: "other" });
      expect(hungUp.reason).to.equal("GET /_matrix/federation/v1/version had no answer: hung up on purpose");
      const late = await house.endOf([deviates("silent"), asks({ to: "other", path, within: "200ms" })]);
      expect(late).to.include({ outcome: "failed", owedBy: "other" });
    });

    it("charges nobody when the lab stands in the way", async () => {
      const apart = await house.endOf([[cut, { between: ["peer", "one"] }], asks({ path })]);
      expect(apart).to.deep.equal({
        verb: "request",
        outcome: "failed",
        reason: "GET /_matrix/federation/v1/version had no answer: the line is cut",
      });
    });

    it("fails at the scenario's deadline, charged to nobody", async () => {
      const late = await house.endOf([deviates("silent"), asks({ to: "other", path })], { deadlineMs: 300 });
      expect(late).to.deep.equal({
        verb: "request",
        outcome: "failed",
        reason: "the scenario's deadline of 0.3 s passed",
      });
    });

    it("takes no mistake of Concordat's own for a request that was not carried", async () => {
      const mistake = new TypeError("a mistake");
      const context = {
        signal: new AbortController().signal,
        peer: () => ({ serverName: "peer", send: () => Promise.reject(new UnansweredError("no answer")) }),
        serverName: () => "one",
        exchanges: () => [],
        exchangeThat: () => Promise.reject(mistake),
      };
      const asked = peerRequest(context as unknown as StepContext, "peer", "one", { method: "GET", uri: path });
      expect(await asked.catch((error: unknown) => error)).to.equal(mistake);
    });

    it("asks as peers only", async () => {
      expect(await house.endOf([asks({ by: "two", path: "/" })])).to.include({ outcome: "error" });
    });
  });
});
