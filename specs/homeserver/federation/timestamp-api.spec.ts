import { expect } from "chai";
import { message, publicRoom, SmallFederation } from "../small-federation.js";

describe("GET /timestamp_to_event", () => {
  it("finds the nearest event on either side of a time, or none", async () => {
    const federation = new SmallFederation();
    const one = federation.server("one.test");
    const two = federation.server("two.test");
    const room = await publicRoom(one, "@ann:one.test", "11");
    await two.context.rooms.join("@bob:two.test", room.roomId, ["one.test"]);
    const first = await one.context.rooms.send(room.roomId, message("@ann:one.test", "first"));
    const last = await one.context.rooms.send(room.roomId, message("@ann:one.test", "last"));
    const at = (id: string): number => room.record(id)?.event.origin_server_ts ?? 0;
    const ask = (ts: number, dir: string): Promise<unknown> => {
      const uri = `/_matrix/federation/v1/timestamp_to_event/${encodeURIComponent(room.roomId)}?ts=${ts}&dir=${dir}`;
      return two.context.federation.request("one.test", "GET", uri).catch((error) => error);
    };
    expect(await ask(at(last), "b")).to.deep.equal({ event_id: last, origin_server_ts: at(last) });
    expect(await ask(at(last) - 1, "b")).to.deep.equal({ event_id: first, origin_server_ts: at(first) });
    expect(await ask(at(first) + 1, "f")).to.deep.equal({ event_id: last, origin_server_ts: at(last) });
    expect(await ask(at(last) + 1, "f")).to.include({ status: 404, errcode: "M_NOT_FOUND" });
    expect(await ask(at(last), "x")).to.include({ status: 400 });
    federation.stop();
  });
});
