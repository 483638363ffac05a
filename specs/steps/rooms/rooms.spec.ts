import { expect } from "chai";
import { behave } from "../../../src/steps/peers/peer-control.js";
import { readState } from "../../../src/steps/rooms/reading.js";
import { ban, createRoom, invite, join, kick, knock, leave } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/rooms", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];
  const pias: Call = [createRoom, { as: "pia", id: "room" }];
  const enters = (as: string, via: string): Call => [join, { as, room: "room", via }];
  const reads = (as: string, type = "m.room.member", key = `\${${as}}`): Call => [
    readState,
    { as, room: "room", type, key },
  ];

  describe("create-room", () => {
    it("creates a room on a target as told, and binds it with its version and alias", async () => {
      const told = {
        preset: "private_chat",
        name: "Tea ${token}",
        alias: "tea",
        powers: { ban: 77, users: { "${ann}": 100, "${abe}": 50 } },
        initial: [{ type: "org.example.guest", key: "of ${token}", content: { of: "${bob}" } }],
        creation: { "org.example.of": "${bob}" },
      };
      const played = await house.play([[createRoom, { as: "ann", id: "room", ...told }]]);
      const { request, response, from } = played.answer(createRoom);
      expect(from).to.equal(played.userId("ann"));
      expect(request).to.deep.equal({
        preset: "private_chat",
        room_version: "11",
        name: `Tea ${played.instance.token}`,
        room_alias_name: `tea-${played.instance.token}`,
        power_level_content_override: {
          ban: 77,
          users: { [played.userId("ann")]: 100, [played.userId("abe")]: 50 },
        },
        creation_content: { "org.example.of": played.userId("bob") },
        initial_state: [
          {
            type: "org.example.guest",
            state_key: `of ${played.instance.token}`,
            content: { of: played.userId("bob") },
          },
        ],
      });
      expect(played.bound("room")).to.deep.equal({
        kind: "room",
        roomId: response.room_id,
        version: "11",
        alias: `#tea-${played.instance.token}:${played.serverName("one")}`,
      });
      expect(played.title(createRoom)).to.equal("ann creates the room “room”");
    });

    it("gives members of the cast their levels beside the creator's, whom the newest version does not name", async () => {
      for (const [version, own] of [
        ["11", { ann: 100 }],
        ["12", {}],
      ] as const) {
        const played = await house.play([[createRoom, { as: "ann", id: "room", version, levels: { bob: 7 } }]]);
        const users = { ...own, bob: 7 };
        const wanted = Object.entries(users).map(([name, level]) => [played.userId(name), level]);
        expect(played.answer(createRoom).request.power_level_content_override).to.deep.equal({
          users: Object.fromEntries(wanted),
        });
      }
    });

    it("lets peers, and no targets, make unlawful rooms", async () => {
      const forgery = {
        "mutate-create": [{ at: "/content/org.example.odd", set: 1, stage: "before-signing" }],
        without: ["m.room.power_levels"],
      };
      const played = await house.play([[createRoom, { as: "pia", id: "room", ...forgery }], enters("ann", "peer")]);
      const told = played.sent(/v2\/send_join/)[0]?.response ?? {};
      expect(JSON.stringify(told)).to.include('"org.example.odd":1').and.not.include("m.room.power_levels");
      expect(await house.endOf([[createRoom, { as: "ann", id: "room", ...forgery }]])).to.include({ outcome: "error" });
    });

    it("creates a room on a peer, of the version told", async () => {
      const initial = [{ type: "org.example.guest", content: { of: "${bob}" } }];
      const made: Call = [
        createRoom,
        { as: "pia", id: "room", version: "10", preset: "public_chat", name: "Tea", initial },
      ];
      const played = await house.play([made, enters("ann", "peer"), reads("ann", "org.example.guest", "")]);
      expect(played.bound("room")).to.include({ kind: "room", version: "10" });
      expect(played.roomId("room")).to.match(new RegExp(`:${played.serverName("peer")}$`));
      expect(played.answer(readState).response).to.deep.equal({ of: played.userId("bob") });
    });

    it("fills names into a peer's creation content", async () => {
      const creation = { "org.example.of": "${bob}" };
      const made: Call = [createRoom, { as: "pia", id: "room", creation }];
      const played = await house.play([made, enters("ann", "peer"), reads("ann", "m.room.create", "")]);
      expect(played.answer(readState).response).to.include({ "org.example.of": played.userId("bob") });
    });

    it("takes the room version of the instance", async () => {
      const played = await house.play([pias], { roomVersion: "12" });
      expect(played.bound("room")).to.include({ version: "12" });
      expect(played.roomId("room")).not.to.include(":");
    });

    it("fails, charged to the user's seat, when the server refuses", async () => {
      const end = await house.endOf([[createRoom, { as: "bob", id: "room", version: "no such version" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
      expect(end.reason).to.include("POST /createRoom was answered with 400 M_UNSUPPORTED_ROOM_VERSION");
    });
  });

  describe("join", () => {
    it("brings a target's user in through the servers told, in their order", async () => {
      const played = await house.play([hers, [join, { as: "bob", room: "room", via: ["other", "one"] }], reads("bob")]);
      const { target, status } = played.answer(join);
      const [first, second] = [played.serverName("other"), played.serverName("one")];
      expect(status).to.equal(200);
      expect(target).to.match(/\/join\/!/);
      expect([...new URL(target, "http://x").searchParams.getAll("via")]).to.deep.equal([first, second]);
      expect([...new URL(target, "http://x").searchParams.getAll("server_name")]).to.deep.equal([first, second]);
      expect(played.answer(readState).response).to.include({ membership: "join" });
      expect(played.title(join)).to.equal("bob joins “room” through other, then one");
    });

    it("brings a peer's user in by the handshake", async () => {
      const played = await house.play([hers, enters("pia", "one"), reads("ann", "m.room.member", "${pia}")]);
      expect(played.answer(join).target).to.match(/\/_matrix\/federation\/v2\/send_join\//);
      expect(played.answer(readState).response).to.include({ membership: "join" });
    });

    it("fails when refused: charged to the user's own server, or to the one that a peer was sent to", async () => {
      const closed: Call = [createRoom, { as: "ann", id: "room", preset: "private_chat" }];
      const bobs = await house.endOf([closed, enters("bob", "one")]);
      expect(bobs).to.include({ outcome: "failed", owedBy: "two" });
      const pias = await house.endOf([closed, enters("pia", "one")]);
      expect(pias).to.include({ outcome: "failed", owedBy: "one" });
      expect(pias.reason).to.include("403 M_FORBIDDEN");
    });

    it("goes on after a refusal where told, which it observes", async () => {
      const closed: Call = [createRoom, { as: "ann", id: "room", preset: "private_chat" }];
      const played = await house.play([closed, [join, { as: "bob", room: "room", via: "one", "may-fail": true }]]);
      expect(played.observed(join, "response")).to.have.length(1);
      expect(played.observed(join, "response")[0]).to.include({ status: 403, errcode: "M_FORBIDDEN" });
    });

    it("cannot join what no step bound", async () => {
      const end = await house.endOf([enters("bob", "one")]);
      expect(end).to.deep.equal({ verb: "join", outcome: "error", reason: "Error: nothing is bound to room yet" });
    });
  });

  describe("knock", () => {
    const initial = [{ type: "m.room.join_rules", content: { join_rule: "knock" } }];
    const knockable: Call = [createRoom, { as: "ann", id: "room", initial }];

    it("knocks, as a target's user and as a peer's", async () => {
      for (const as of ["bob", "pia"]) {
        const knocks: Call = [knock, { as, room: "room", via: "one" }];
        const played = await house.play([knockable, knocks, reads("ann", "m.room.member", `\${${as}}`)]);
        expect(played.answer(readState).response).to.include({ membership: "knock" });
        expect(played.title(knock)).to.equal(`${as} knocks on “room” through one`);
      }
    });

    it("fails where nobody may knock", async () => {
      const end = await house.endOf([hers, [knock, { as: "bob", room: "room", via: "one" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });

  describe("leave", () => {
    it("leaves, as a target's user and as a peer's", async () => {
      const left = await house.play([
        hers,
        enters("abe", "one"),
        [leave, { as: "abe", room: "room" }],
        reads("ann", "m.room.member", "${abe}"),
      ]);
      expect(left.answer(leave)).to.include({
        method: "POST",
        target: `/_matrix/client/v3/rooms/${left.roomId("room")}/leave`,
      });
      expect(left.answer(readState).response).to.include({ membership: "leave" });
      const declined = await house.play([
        [createRoom, { as: "ann", id: "room", preset: "private_chat" }],
        [invite, { as: "ann", who: "pia", to: "room" }],
        [leave, { as: "pia", room: "room" }],
        reads("ann", "m.room.member", "${pia}"),
      ]);
      expect(declined.sent(/v2\/send_leave/).map(({ from, to }) => [from, to])).to.deep.equal([
        [declined.serverName("peer"), declined.serverName("one")],
      ]);
      expect(declined.answer(readState).response).to.include({ membership: "leave" });
    });

    it("fails for those who are not in", async () => {
      const end = await house.endOf([hers, [leave, { as: "abe", room: "room" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
    });
  });

  describe("invite", () => {
    const closed = (as: string): Call => [createRoom, { as, id: "room", preset: "private_chat" }];

    it("invites, as a target's user and as a peer's", async () => {
      const outward = await house.play([closed("ann"), [invite, { as: "ann", who: "pia", to: "room" }]]);
      const [sent] = outward.sent(/v2\/invite/);
      expect(sent).to.include({ from: outward.serverName("one"), to: outward.serverName("peer"), status: 200 });
      const inward = await house.play([closed("pia"), [invite, { as: "pia", who: "bob", to: "room" }]]);
      expect(inward.answer(invite)).to.include({
        from: inward.serverName("peer"),
        to: inward.serverName("two"),
        status: 200,
      });
      expect(inward.answer(invite).request.event).to.deep.include({
        type: "m.room.member",
        state_key: inward.userId("bob"),
      });
      expect(inward.title(invite)).to.equal("pia invites bob to “room”");
    });

    it("fails, charged to the inviter's server, or to that of the guest of a peer", async () => {
      const refuses: Call = [
        behave,
        {
          peer: "other",
          as: "canned-answer",
          with: { endpoint: "invite-v2", status: 403, body: { errcode: "M_FORBIDDEN" } },
        },
      ];
      const twice = await house.endOf([hers, enters("abe", "one"), [invite, { as: "ann", who: "abe", to: "room" }]]);
      expect(twice).to.include({ outcome: "failed", owedBy: "one" });
      const byPeer = await house.endOf([refuses, closed("pia"), [invite, { as: "pia", who: "oli", to: "room" }]]);
      expect(byPeer).to.include({ outcome: "failed", owedBy: "other" });
    });

    it("goes on after a refusal where told", async () => {
      const again: Call = [invite, { as: "ann", who: "abe", to: "room", "may-fail": true }];
      const played = await house.play([hers, enters("abe", "one"), again]);
      expect(played.observed(invite, "response")[0]).to.include({ status: 403 });
    });
  });

  const removals = [
    { step: kick, membership: "leave", title: "removes" },
    { step: ban, membership: "ban", title: "bans" },
  ];
  for (const { step, membership, title } of removals) {
    describe(step.name, () => {
      it("removes, as a target's user and as a peer's", async () => {
        const played = await house.play([
          hers,
          enters("bob", "one"),
          [step, { as: "ann", who: "bob", from: "room" }],
          reads("ann", "m.room.member", "${bob}"),
        ]);
        expect(played.answer(step).request).to.deep.equal({ user_id: played.userId("bob") });
        expect(played.answer(readState).response).to.include({ membership });
        expect(played.title(step)).to.equal(`ann ${title} bob from “room”`);
        const byPeer = await house.play([
          pias,
          enters("oli", "peer"),
          [step, { as: "pia", who: "oli", from: "room" }],
          [join, { as: "ann", room: "room", via: "peer" }],
          reads("ann", "m.room.member", "${oli}"),
        ]);
        expect(byPeer.answer(readState).response).to.include({ membership });
      });

      it("fails without the power for it", async () => {
        const end = await house.endOf([hers, enters("bob", "one"), [step, { as: "bob", who: "ann", from: "room" }]]);
        expect(end).to.include({ outcome: "failed", owedBy: "two" });
        expect(end.reason).to.include("M_FORBIDDEN");
      });
    });
  }
});
