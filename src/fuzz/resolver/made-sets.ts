import type { EventId } from "../../matrix/pdu.js";
import { type StateKey, type StateMap, stateKey } from "../../matrix/state-map.js";
import { Dice } from "../dice.js";
import { generateHistory, type HistorySize } from "../generate.js";
import type { RoomAuthor } from "../room-author.js";
import { hashedRoom } from "./hashed-room.js";
import { caseOf, type ResolutionCase } from "./resolution-case.js";

const LARGE: HistorySize = { people: [4, 8], events: [30, 200], branches: 8, reach: 40, astray: 0.25 };
/** One large room makes so many cases: writing it costs more than resolving. */
const CASES = 6;
const CREATE = stateKey("m.room.create", "");

/** By key, the events of a room that could stand there: accepted, or refused for the state before them alone. */
type Stock = ReadonlyMap<StateKey, readonly EventId[]>;

/**
 * States that need not stand side by side in any honest history, the same for the same seed: those after three to eight events
 * of a room of 30 to 200, some as a faulty or lying server might give them (server-server-api#get_matrixfederationv1state_idsroomid):
 * out of date, ahead of their time, with gaps, with events that were refused where they stand.
 */
export function madeCases(roomVersion: string, seed: string): readonly ResolutionCase[] {
  const history = generateHistory(roomVersion, `${seed}/made`, LARGE);
  const dice = new Dice(`${roomVersion}/${seed}/sets`);
  const author = hashedRoom(history);
  const stock = stockOf(author);
  const names = history.nodes.map(({ name }) => name);
  return Array.from({ length: CASES }, (_none, at) => {
    const latest = names.slice(-dice.between(10, names.length));
    const tips = dice.some(latest, dice.between(3, 8));
    const states = tips.map((tip) => claimed(author.outcome(tip).stateAfter, stock, dice));
    return caseOf(author, roomVersion, { at: `set ${at + 1}`, states });
  });
}

function stockOf(author: RoomAuthor): Stock {
  const stock = new Map<StateKey, EventId[]>();
  for (const { eventId, event, failed } of author.outcomes()) {
    if (event.state_key === undefined || failed === "auth-events") continue;
    const key = stateKey(event.type, event.state_key);
    stock.set(key, [...(stock.get(key) ?? []), eventId]);
  }
  return stock;
}

/** The state as it is, or as somebody claims it to be. The create event stays: no state is without it. */
function claimed(state: StateMap, stock: Stock, dice: Dice): StateMap {
  if (dice.chance(0.5)) return state;
  const other = new Map(state);
  for (const [key, events] of stock) {
    if (key === CREATE || !dice.chance(0.15)) continue;
    if (dice.chance(0.2)) other.delete(key);
    else other.set(key, dice.pick(events));
  }
  return other;
}
