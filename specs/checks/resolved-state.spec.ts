import { resolvedState } from "../../src/checks/resolved-state.js";
import { composeHistory } from "../../src/matrix/dag/history.js";
import { eventIdOf } from "../../src/matrix/events/hashes.js";
import { completeEvent } from "../../src/matrix/events/sign.js";
import type { JsonObject, JsonValue } from "../../src/matrix/json.js";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import { NOW, ONE, roomOf, TWO, transaction } from "../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../support/judged-story.js";
import { join, joinRules, levels, message, state, topic } from "../support/story.js";

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

const OUTCOMES = composeHistory(NODES, {
  rules: RULES,
  signedBy: () => true,
  complete({ node, prevEvents, authEvents, depth }) {
    const server = node.sender === BOB ? TWO : ONE;
    const draft = {
      type: node.type,
      sender: node.sender,
      room_id: roomOf("11"),
      content: node.content,
      origin_server_ts: NOW + NODES.findIndex(({ name }) => name === node.name),
      depth,
      prev_events: prevEvents.map(({ eventId }) => eventId),
      auth_events: authEvents.map(({ eventId }) => eventId),
      ...(node.stateKey === undefined ? {} : { state_key: node.stateKey }),
    };
    const event = completeEvent(draft as unknown as Pdu, RULES, server.name, server.key);
    return { eventId: eventIdOf(event, RULES), event };
  },
});

const pdu = (name: string) => OUTCOMES.get(name)?.event as unknown as JsonObject;
const id = (name: string): EventId => OUTCOMES.get(name)?.eventId ?? "";
const names = NODES.map(({ name }) => name);
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
