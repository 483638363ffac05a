import { expect } from "chai";
import { forge } from "../../../src/steps/forging/forge.js";
import { nameEvent } from "../../../src/steps/naming.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { tellState } from "../../../src/steps/peers/told-state.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/told-state", () => {
  const house = playhouse();
  const together: readonly Call[] = [
    [createRoom, { as: "ann", id: "room", powers: { users_default: 100 } }],
    [join, { as: "pia", room: "room", via: "one" }],
    [nameEvent, { id: "open", room: "room", peer: "peer", type: "m.room.join_rules" }],
    [
      forge,
      {
        room: "room",
        events: {
          closed: { by: "pia", state: "m.room.join_rules", content: { join_rule: "invite" } },
          lost: { by: "pia", prev: ["closed"] },
        },
      },
    ],
  ];
  const tells = (more = {}): Call => [
    tellState,
    { peer: "peer", room: "room", at: "lost", after: "closed", with: ["open"], ...more },
  ];
  const asks = (endpoint: string): Call => [
    request,
    { by: "other", to: "peer", path: `/_matrix/federation/v1/${endpoint}/\${room}?event_id=\${lost}` },
  ];

  it("tells the true state but for what is said, in ids and in events, with what authorises it", async () => {
    const ids = await house.play([...together, tells(), asks("state_ids")]);
    const { pdu_ids: told, auth_chain_ids: chain } = ids.answer(request).response;
    expect(told).to.include(ids.eventId("open")).and.not.include(ids.eventId("closed"));
    expect(chain).not.to.include(ids.eventId("closed"));
    const events = await house.play([...together, tells(), asks("state")]);
    const { pdus, auth_chain: proof } = events.answer(request).response;
    expect(pdus).to.have.length((told as string[]).length);
    expect(proof).to.have.length((chain as string[]).length);
    expect(ids.title(tellState)).to.equal("peer tells a state of “room” that holds open");
  });

  it("notes what is told, for the oracle", async () => {
    const played = await house.play([...together, tells(), asks("state_ids")]);
    expect(played.observed(tellState, "told-state")).to.deep.equal([
      { room: played.roomId("room"), at: played.eventId("lost"), state: played.answer(request).response.pdu_ids },
    ]);
  });

  it("is an authoring error where the peer does not know the room, or an event is no state event", async () => {
    const message = await house.endOf([...together, tells({ with: ["lost"] })]);
    expect(message.reason).to.include("lost is no state event");
    const stranger = await house.endOf([...together, tells({ peer: "other" })]);
    expect(stranger.reason).to.include("other does not know closed");
  });
});
