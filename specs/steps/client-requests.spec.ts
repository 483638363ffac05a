import { expect } from "chai";
import { clientRequest } from "../../src/steps/client-requests.js";
import { createRoom } from "../../src/steps/rooms.js";
import { type Call, playhouse } from "../support/play-steps.js";

describe("steps/client-requests", () => {
  const house = playhouse();

  describe("client-request", () => {
    it("makes a request with names resolved, and notes the answer, be it a refusal", async () => {
      const path = "/rooms/${room}/state/org.example.note/${ann}";
      const calls: readonly Call[] = [
        [createRoom, { as: "ann", id: "room" }],
        [clientRequest, { as: "ann", method: "PUT", path, body: { by: "${ann}" } }],
        [clientRequest, { as: "ann", method: "GET", path }],
        [clientRequest, { as: "bob", method: "GET", path }],
      ];
      const played = await house.play(calls);
      const { status, target } = played.answer(clientRequest);
      expect([status, decodeURIComponent(target).includes(played.userId("ann"))]).to.deep.equal([403, true]);
      const [observed] = played.observed(clientRequest, "response").slice(-1);
      expect(observed).to.include({ status: 403, errcode: "M_FORBIDDEN" });
      const read = await house.play(calls.slice(0, 3));
      expect(read.answer(clientRequest).response).to.deep.equal({ by: read.userId("ann") });
    });
  });
});
