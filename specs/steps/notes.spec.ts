import { expect } from "chai";
import { noteCapitals, noteHost, noteTime } from "../../src/steps/notes.js";
import { request } from "../../src/steps/peers/peer-requests.js";
import { type Call, playhouse } from "../support/play-steps.js";

describe("steps/notes", () => {
  const house = playhouse();
  const asks = (path: string): Call => [request, { by: "other", to: "peer", path }];

  describe("note-time", () => {
    it("binds a moment in milliseconds, which requests can name", async () => {
      const played = await house.play([
        [noteTime, { id: "past", "minutes-ahead": -10 }],
        [noteTime, { id: "future", "minutes-ahead": 10 }],
        asks("/_matrix/federation/v1/version?ts=${future}"),
      ]);
      const [past, future] = [played.bound("past"), played.bound("future")];
      expect([past.kind, future.kind]).to.deep.equal(["time", "time"]);
      expect(Number(future.value) - Number(past.value)).to.be.within(20 * 60_000, 20 * 60_000 + 5000);
      expect(Date.now() - Number(past.value)).to.be.within(10 * 60_000, 10 * 60_000 + 5000);
      expect(played.answer(request).target).to.match(new RegExp(`\\?ts=${future.value}$`));
      expect(played.title(noteTime)).to.equal("“future” is 10 minutes from now");
    });

    it("is no event", async () => {
      const forgets: Call = [request, { by: "other", to: "peer", path: "/${past}" }];
      expect(await house.endOf([forgets])).to.include({ outcome: "error" });
    });
  });

  describe("note-capitals", () => {
    it("binds a server's name in capital letters", async () => {
      const played = await house.play([[noteCapitals, { id: "loud", server: "one" }]]);
      expect(played.bound("loud")).to.deep.equal({ kind: "name", value: played.serverName("one").toUpperCase() });
      expect(played.title(noteCapitals)).to.equal("“loud” is the name of one in capital letters");
    });
  });

  describe("note-host", () => {
    it("binds a server's name without its port", async () => {
      const played = await house.play([
        [noteHost, { id: "host", server: "one" }],
        asks("/_matrix/federation/v1/${host}"),
      ]);
      expect(played.bound("host")).to.deep.equal({
        kind: "host",
        value: played.serverName("one").replace(/:\d+$/, ""),
      });
      expect(played.serverName("one")).to.match(/:\d+$/);
      expect(played.answer(request).target).to.equal(`/_matrix/federation/v1/${played.text("host")}`);
      expect(played.title(noteHost)).to.equal("“host” is the host of one");
    });

    it("knows the seats", async () => {
      expect(await house.endOf([[noteHost, { id: "host", server: "three" }]])).to.include({ outcome: "error" });
    });
  });
});
