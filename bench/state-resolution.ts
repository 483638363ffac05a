import type { Pdu } from "../src/matrix/pdu.js";
import { roomVersionRules } from "../src/matrix/room-versions.js";
import { type StateMap, stateKey } from "../src/matrix/state-map.js";
import { type ResolvableEvent, resolveState } from "../src/matrix/state-resolution/resolve.js";
import { type Measurement, median, milliseconds } from "./measurement.js";

interface Disputed {
  readonly states: readonly StateMap[];
  readonly events: ReadonlyMap<string, ResolvableEvent>;
}

const SIZES: readonly number[] = [100, 1000, 10_000];
const ROUNDS = 3;
const CREATOR = "@creator:a.example";

/** Times the resolution of two states that disagree on 100, 1,000 and 10,000 events, for each algorithm. */
export function benchStateResolution(): Measurement[] {
  return ["1", "11", "12"].flatMap((version) =>
    SIZES.map((size) => ({
      name: `state resolution, room version ${version}, ${size} conflicted events`,
      value: milliseconds(median(Array.from({ length: ROUNDS }, () => time(version, disputedRoom(version, size))))),
      unit: "ms",
      how: `two states that disagree on all, one event in ten a power levels event; rounds: ${ROUNDS}`,
    })),
  );
}

function time(version: string, { states, events }: Disputed): number {
  const start = performance.now();
  resolveState({ rules: roomVersionRules(version), states, event: (id) => events.get(id) });
  return performance.now() - start;
}

/**
 * A room in which two branches each change power levels over and over (a tenth of all events, one long mainline each) and
 * members' profiles in between; half of the conflicted events stand in each state.
 */
function disputedRoom(version: string, size: number): Disputed {
  const { createInAuthEvents } = roomVersionRules(version);
  const events = new Map<string, ResolvableEvent>();
  const add = (
    id: string,
    type: string,
    key: string,
    content: Pdu["content"],
    auth: readonly string[],
    sender = CREATOR,
  ) => {
    const named = createInAuthEvents ? ["create", ...auth] : auth;
    const auth_events = id === "create" ? [] : named.map((name) => `$${name}`);
    const event: Pdu = {
      type,
      sender,
      state_key: key,
      content,
      origin_server_ts: events.size,
      depth: events.size,
      prev_events: ["$x"],
      auth_events,
      room_id: "!create",
    };
    events.set(`$${id}`, {
      eventId: `$${id}`,
      event: id === "create" ? { ...event, prev_events: [] } : event,
      rejected: false,
    });
    return `$${id}`;
  };
  const common: StateMap = new Map([
    [stateKey("m.room.create", ""), add("create", "m.room.create", "", { creator: CREATOR }, [])],
    [stateKey("m.room.member", CREATOR), add("creator", "m.room.member", CREATOR, { membership: "join" }, [])],
    [stateKey("m.room.join_rules", ""), add("rules", "m.room.join_rules", "", { join_rule: "public" }, ["creator"])],
  ]);
  const states = ["left", "right"].map((branch) => {
    const state = new Map(common);
    let levels: string[] = [];
    for (let index = 0; index < size / 2; index += 1) {
      if (index % 10 === 0) {
        const own = createInAuthEvents ? { [CREATOR]: 100 } : {};
        const id = `${branch}-levels-${index}`;
        state.set(
          stateKey("m.room.power_levels", ""),
          add(id, "m.room.power_levels", "", { users: { ...own, "@u:b.example": index % 50 } }, ["creator", ...levels]),
        );
        levels = [id];
      } else {
        const user = `@user-${index}:b.example`;
        const id = add(`${branch}-${index}`, "m.room.member", user, { membership: "join" }, ["rules", ...levels], user);
        state.set(stateKey("m.room.member", user), id);
      }
    }
    return state;
  });
  return { states, events };
}
