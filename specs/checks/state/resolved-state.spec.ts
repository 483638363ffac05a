import { resolvedState } from "../../../src/checks/state/resolved-state.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import { completeEvent } from "../../../src/matrix/events/sign.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import type { EventId, Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { composeHistory } from "../../support/compose-history.js";
import { NOW, ONE, roomOf, TWO, transaction } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";
import { join, joinRules, levels, message, state, type Told, topic } from "../../support/story.js";

const RULES = roomVersionRules("11");
const [ALICE, BOB] = [`@alice:${ONE.name}`, `@bob:${TWO.name}`];

/**
 * Two topics are set at once, by people of different power:
 *
 *     create - alice - levels - rules - bob -+- low --+- merge
 *                                            +- high -+
 */
const NODES = [
  state("create", ALICE, "m.room.create", "", { room_version: "11" }, { prev: [] }),
  join("alice", ALICE, { prev: ["create"] }),
  levels("levels", ALICE, { [ALICE]: 100, [BOB]: 50 }, { prev: ["alice"] }),
  joinRules("rules", ALICE, "public", { prev: ["levels"] }),
  join("bob", BOB, { prev: ["rules"] }),
  topic("low", BOB, { prev: ["bob"] }),
  topic("high", ALICE, { prev: ["bob"] }),
  message("merge", ALICE, { prev: ["low", "high"] }),
];

/**
 * The room is closed by somebody whose clock is wrong, and who has changed the own profile just before:
 *
 *     create - alice - levels - rules - profile -+- closed -+- merge
 *                                                +- raised -+
 *
 * What closes the room rests upon its first rules by way of the profile, which is in no conflict.
 */
const CLOSING = [
  ...NODES.slice(0, 4),
  join("profile", ALICE, { prev: ["rules"] }),
  joinRules("closed", ALICE, "invite", { prev: ["profile"], ts: -60_000 }),
  levels("raised", ALICE, { [ALICE]: 100, [BOB]: 60 }, { prev: ["profile"] }),
  message("merge", ALICE, { prev: ["closed", "raised"] }),
];

const written = (nodes: readonly Told[]) =>
  composeHistory(nodes, {
    rules: RULES,
    signedBy: () => true,
    complete({ node, prevEvents, authEvents, depth }) {
      const server = node.sender === BOB ? TWO : ONE;
      const draft = {
        type: node.type,
        sender: node.sender,
        room_id: roomOf("11"),
        content: node.content,
        origin_server_ts:
          NOW + (nodes.find(({ name }) => name === node.name)?.ts ?? nodes.findIndex(({ name }) => name === node.name)),
        depth,
        prev_events: prevEvents.map(({ eventId }) => eventId),
        auth_events: authEvents.map(({ eventId }) => eventId),
        ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
      };
      const event = completeEvent(draft as unknown as Pdu, RULES, server.name, server.key);
      return { eventId: eventIdOf(event, RULES), event };
    },
  });

const OUTCOMES = written(NODES);
const pdu = (name: string) => OUTCOMES.get(name)?.event as unknown as JsonObject;
const id = (name: string): EventId => OUTCOMES.get(name)?.eventId ?? "";
const names = NODES.map(({ name }) => name);
const CLOSED = written(CLOSING);
const idOfClosing = (name: string): EventId => CLOSED.get(name)?.eventId ?? "";
const target = "/_matrix/federation/v1/state_ids/%21r?event_id=%24e";
const merged = ["create", "alice", "levels", "rules", "bob"];
const given = { room: "hall", at: "merge" };

/** The events travel in a transaction; then the state before the last one is asked for. */
const asked =
  (answer: JsonValue, { without = "", status = 200 } = {}) =>
  (story: JudgedStory) => {
    story.room("hall").event("merge", id("merge")).keys(ONE).keys(TWO);
    const sent = transaction(names.filter((name) => name !== without).map(pdu));
    story.exchange({ method: "PUT", target: sent.request.target, rawBody: String(sent.requestBytes()) });
    story.answer({ target, answer, status });
  };
/** The same of the room that is closed. */
const askedOfClosing =
  (...answer: readonly string[]) =>
  (story: JudgedStory) => {
    story.room("hall").event("merge", idOfClosing("merge")).keys(ONE).keys(TWO);
    const sent = transaction([...CLOSED.values()].map(({ event }) => event as unknown as JsonObject));
    story.exchange({ method: "PUT", target: sent.request.target, rawBody: String(sent.requestBytes()) });
    story.answer({ target, answer: { pdu_ids: answer.map(idOfClosing), auth_chain_ids: [] } });
  };
const ids = (...extra: readonly string[]) => ({ pdu_ids: [...merged, ...extra].map(id), auth_chain_ids: [] });

describe("checks/resolved-state", () => {
  describeCheck(resolvedState, [
    ["the ids of the state that the algorithm gives", asked(ids("high")), given, true, "the same 6 state events"],
    ["its events", asked({ pdus: [...merged, "high"].map(pdu) }), given, true, "the same 6 state events"],
    [
      "the other side of the fork",
      asked(ids("low")),
      given,
      false,
      /another event for m.room.topic.*given instead: m.room.topic {2}by @bob/,
    ],
    ["a state event too few", asked(ids()), given, false, /another event for m.room.topic.*given instead: nothing/],
    [
      "a state event too many",
      asked(ids("low", "high")),
      given,
      false,
      /another event for nothing; given instead: m.room.topic/,
    ],
    [
      "something malformed among them",
      asked({ pdus: [...merged, "high"].map(pdu).concat({ type: "m.room.topic" }) }),
      given,
      false,
      /something malformed/,
    ],
    [
      "the later of two rules, by links that lead outside the conflict",
      askedOfClosing("create", "profile", "raised", "closed"),
      given,
      true,
      "the same 4 state events",
    ],
    [
      "the earlier one, by links inside alone",
      askedOfClosing("create", "profile", "raised", "rules"),
      given,
      true,
      /^another state, right where power events are ordered by links within their set alone/,
    ],
    [
      "what is right either way",
      askedOfClosing("create", "profile", "levels", "rules"),
      given,
      false,
      /another event for m.room.power_levels/,
    ],
    ["a refusal", asked({ errcode: "M_FORBIDDEN" }, { status: 403 }), given, false, "403 M_FORBIDDEN"],
    [
      "an event that never travelled",
      asked(ids("high"), { without: "rules" }),
      given,
      "unknown",
      /the oracle cannot resolve the room$/,
    ],
    [
      "no response",
      (story) => story.room("hall").event("merge", id("merge")),
      given,
      "unknown",
      "the step recorded no response",
    ],
  ]);
});
