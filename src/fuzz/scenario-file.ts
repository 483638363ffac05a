import { stringify } from "yaml";
import { roomVersionRules } from "../matrix/room-versions.js";
import type { Difference } from "./answers.js";
import { FINAL, type FuzzNode, founderOf, type RoomHistory, START, seatsOf } from "./history.js";

/** The requirements that a replay speaks of, by algorithm: the state's, its independence from the order of arrival. */
const REQUIREMENTS = { v1: "FED-ST-007", v2: "FED-SR2-039", "v2.1": "FED-SR21-014" } as const;
/** The user of the target in a replay. */
const VISITOR = "visitor";
const CURRENT_STATE = "FED-REJ-014";

/** What a scenario file is called, and what it says of where it comes from. */
export interface Replay {
  /** `<area>/<name>`. */
  readonly id: string;
  readonly purpose: string;
  /** Defects of the embedded homeserver that turn it red. */
  readonly detects: readonly string[];
  /** What the scenario must show. */
  readonly differences: readonly Difference[];
}

/** The text of a scenario file that plays a history and asks for the state at its questions. */
export function scenarioFile(history: RoomHistory, { id, purpose, detects, differences }: Replay): string {
  const requirement = REQUIREMENTS[roomVersionRules(history.roomVersion).stateResolution];
  const cast = Object.entries(history.cast).map(([user, at]) => [user, { at }]);
  const scenario = {
    id,
    title: "A random history of a room ends in the state that the specification's algorithm gives",
    purpose,
    covers: [requirement, CURRENT_STATE],
    matrix: { room_version: [history.roomVersion] },
    seats: {
      target: { kind: "target" },
      ...Object.fromEntries(seatsOf(history).map((seat) => [seat, { kind: "peer", allows: ["join", "events"] }])),
    },
    cast: { ...Object.fromEntries(cast), [VISITOR]: { at: "target" } },
    given: [...openingSteps(history), forgeStep(history)],
    steps: [deliverStep(history, differences), ...history.asked.map((name) => questionStep(name, requirement))],
    detects,
  };
  return stringify(scenario, { lineWidth: 0, aliasDuplicateObjects: false });
}

function openingSteps(history: RoomHistory): object[] {
  const { powers, creation, joined } = history;
  const founder = founderOf(history);
  const made = Object.keys(creation).length === 0 ? {} : { creation };
  return [
    { do: "create-room", as: founder, id: "hall", preset: "public_chat", powers, ...made },
    ...joined.map((user) => ({ do: "join", as: user, room: "hall", via: "north" })),
    { do: "join", as: VISITOR, room: "hall", via: "north" },
    { do: "name-event", id: START, room: "hall", peer: "north", type: "m.room.member", key: `\${${VISITOR}}` },
  ];
}

function forgeStep({ nodes }: RoomHistory): object {
  return { do: "forge", room: "hall", events: Object.fromEntries(nodes.map((node) => [node.name, forged(node)])) };
}

function forged({ by, type, key, content, prev, at }: FuzzNode): object {
  const what = key === undefined ? { type } : { state: type, ...(key === "" ? {} : { key }) };
  return { by, ...what, content, prev, timed: { after: START, milliseconds: at } };
}

function deliverStep({ delivery, nodes }: RoomHistory, differences: readonly Difference[]): object {
  const current = differences.find(({ kind }) => kind === "current-state");
  const missed = nodes.filter(({ name }) => current?.expected.includes(name));
  return {
    id: "arrival",
    title: "The history arrives in one transaction",
    do: "deliver",
    to: "target",
    by: "north",
    together: true,
    events: delivery,
    expect: [
      {
        check: "client-sees",
        as: VISITOR,
        in: "timeline",
        room: "hall",
        event: FINAL,
        must: CURRENT_STATE,
        of: "target",
        impact: "blocks",
      },
      ...missed.map(currentlyHolds),
    ],
  };
}

function currentlyHolds({ type, key = "", content }: FuzzNode): object {
  const what = { type, ...(key === "" ? {} : { key }), content };
  return {
    check: "state-becomes",
    as: VISITOR,
    room: "hall",
    ...what,
    must: CURRENT_STATE,
    of: "target",
    impact: "blocks",
  };
}

function questionStep(name: string, requirement: string): object {
  return {
    id: `state-at-${name}`,
    do: "request",
    by: "north",
    to: "target",
    path: `/_matrix/federation/v1/state_ids/\${hall}?event_id=\${${name}}`,
    expect: [{ check: "resolved-state", room: "hall", at: name, must: requirement, of: "target", impact: "blocks" }],
  };
}
