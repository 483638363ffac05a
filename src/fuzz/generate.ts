import type { JsonObject } from "../matrix/json.js";
import { type RoomVersionRules, roomVersionRules } from "../matrix/room-versions.js";
import { stateKey } from "../matrix/state-map.js";
import { type Act, anyAct, type Scene } from "./acts.js";
import { permutedOrder } from "./delivery.js";
import { Dice } from "./dice.js";
import { FINAL, type FuzzNode, founderOf, type PeerSeat, type RoomHistory, START, withUsers } from "./history.js";
import type { RoomAuthor } from "./room-author.js";
import { type HistoryOpening, simulatedRoom, simulatedUser } from "./simulated-room.js";
import { toHistoryNode } from "./to-history-node.js";

const PEOPLE = ["ann", "bob", "cara", "dan", "eve", "finn", "gil", "hana"] as const;
const MOST_ASKED = 6;
const HOUR = 3_600_000;
/** How often an act is drawn again because the room does not allow it. */
const SECOND_THOUGHTS = 5;

/** How large a history may get; each pair is the least and the most. */
export interface HistorySize {
  readonly people: readonly [number, number];
  readonly events: readonly [number, number];
  /** The most branches at a time. */
  readonly branches: number;
  /** How many events back a new branch may begin. */
  readonly reach: number;
  /** How often an event is authorised by the state of another branch or time. */
  readonly astray: number;
}

/** What a server plays in a second. */
const SMALL: HistorySize = { people: [3, 5], events: [5, 18], branches: 4, reach: 7, astray: 0 };

/** A random room history, the same for the same seed: disputes on several branches, some acts forbidden, some merged again. */
export function generateHistory(roomVersion: string, seed: string, size: HistorySize = SMALL): RoomHistory {
  const dice = new Dice(`${roomVersion}/${seed}`);
  const opening = openingOf(dice, roomVersionRules(roomVersion), size);
  const plot = new Plot(dice, opening, size);
  for (let left = dice.between(...size.events); left > 0; left -= 1) plot.goOn();
  plot.end();
  const { nodes } = plot;
  return { ...opening, nodes, delivery: permutedOrder(nodes, dice), asked: askedOf(nodes, dice) };
}

function openingOf(dice: Dice, rules: RoomVersionRules, size: HistorySize): HistoryOpening {
  const people = PEOPLE.slice(0, dice.between(...size.people));
  const seats: readonly PeerSeat[] = dice.chance(0.5) ? ["north", "south"] : ["north", "south", "west"];
  const cast = Object.fromEntries(people.map((name, at) => [name, seats[at] ?? dice.pick(seats)]));
  const late = dice.chance(0.4) ? people.find((name, at) => at > 0 && sharesSeat(cast, name)) : undefined;
  const joined = dice.some(people.slice(1), people.length).filter((name) => name !== late);
  const creators = rules.privilegedCreators && dice.chance(0.3) ? ["bob"] : [];
  const creation: JsonObject =
    creators.length > 0 ? { additional_creators: creators.map((name) => `\${${name}}`) } : {};
  return { roomVersion: rules.id, cast, joined, powers: powersOf(dice, rules, people, creators), creation };
}

function sharesSeat(cast: Readonly<Record<string, PeerSeat>>, name: string): boolean {
  return Object.entries(cast).some(([other, seat]) => other !== name && seat === cast[name]);
}

function powersOf(dice: Dice, rules: RoomVersionRules, people: readonly string[], creators: readonly string[]) {
  const founder: JsonObject = rules.privilegedCreators ? {} : { [`\${${people[0]}}`]: 100 };
  const others = people.slice(1).filter((name) => !creators.includes(name));
  const ranks = others.map((name) => [`\${${name}}`, dice.pick([100, 100, 75, 50, 50, 0])] as const);
  return {
    users: { ...founder, ...Object.fromEntries(ranks.filter(([, level]) => level > 0)) },
    users_default: 0,
    events: dice.chance(0.5) ? { "m.room.power_levels": 100 } : {},
    events_default: 0,
    state_default: dice.pick([0, 50, 50]),
    ban: 50,
    kick: 50,
    redact: 50,
    invite: dice.pick([0, 50]),
  } satisfies JsonObject;
}

/** The final message, and what else joins branches. */
function askedOf(nodes: readonly FuzzNode[], dice: Dice): string[] {
  const merges = nodes.filter(({ name, prev }) => name !== FINAL && prev.length > 1).map(({ name }) => name);
  return [...dice.some(merges, MOST_ASKED - 1), FINAL];
}

/** A history in the making: its branches, and what the room would say to the next act. */
class Plot {
  readonly nodes: FuzzNode[] = [];
  readonly #author: RoomAuthor;
  readonly #userId: (name: string) => string;
  readonly #contents = new Map<string, JsonObject>();
  #branches: readonly string[] = [START];

  constructor(
    private readonly dice: Dice,
    private readonly opening: HistoryOpening,
    private readonly size: HistorySize,
  ) {
    this.#author = simulatedRoom(opening);
    this.#userId = simulatedUser(opening);
    this.#contents.set(this.#author.outcome("levels").eventId, opening.powers);
  }

  goOn(): void {
    const { dice } = this;
    const prev = this.#place();
    const name = `e${this.nodes.length + 1}`;
    const merge = prev.length > 1 && dice.chance(0.5);
    const astray = this.#astray();
    const act = merge ? this.#founderSays(name) : this.#act(name, astray.cites === undefined ? prev : [astray.cites]);
    this.#add({ name, ...act, prev, at: this.#time(), ...astray });
  }

  end(): void {
    const prev = this.#branches;
    this.#add({ name: FINAL, ...this.#founderSays(FINAL), prev, at: (this.nodes.length + 2) * 1000 });
  }

  /** After which nodes the next one comes; keeps account of the branches. */
  #place(): readonly string[] {
    const { dice } = this;
    const name = `e${this.nodes.length + 1}`;
    const all = this.#branches;
    if (all.length > 1 && dice.chance(0.25)) {
      const merged = dice.some(all, dice.between(2, 3));
      this.#branches = [...all.filter((tip) => !merged.includes(tip)), name];
      return merged;
    }
    const known = [START, ...this.nodes.map((node) => node.name)];
    if (all.length < this.size.branches && this.nodes.length > 0 && dice.chance(0.4)) {
      const from = dice.pick(known.slice(-this.size.reach));
      this.#branches = [...all.filter((tip) => tip !== from), name];
      return [from];
    }
    const tip = dice.pick(all);
    this.#branches = [...all.filter((other) => other !== tip), name];
    return [tip];
  }

  /** Mostly an act that the room allows, sometimes any. */
  #act(name: string, prev: readonly string[]): Act {
    const { dice } = this;
    const scene = this.#scene(name, prev);
    let act: Act | undefined;
    for (let left = dice.chance(0.2) ? 1 : SECOND_THOUGHTS; left > 0; left -= 1) {
      const drawn = anyAct(scene);
      if (drawn === undefined) continue;
      act = drawn;
      if (this.#author.wouldAllow(toHistoryNode({ name, ...act, prev, at: 0 }, this.#userId))) return act;
    }
    return act ?? this.#founderSays(name);
  }

  #founderSays(body: string): Act {
    return { by: founderOf(this.opening), type: "m.room.message", content: { msgtype: "m.text", body } };
  }

  #scene(mark: string, prev: readonly string[]): Scene {
    const { cast, creation, roomVersion } = this.opening;
    const rules = roomVersionRules(roomVersion);
    const before = this.#author.stateBefore(prev);
    const users = Object.keys(cast);
    const creators = JSON.stringify(creation);
    const founder = founderOf(this.opening);
    const ranked = (user: string) =>
      !rules.privilegedCreators || (user !== founder && !creators.includes(`\${${user}}`));
    return {
      dice: this.dice,
      rules,
      founder,
      users,
      rankable: users.filter(ranked),
      seatOf: (user) => cast[user] ?? "",
      state: (type, key) => {
        const id = before.get(stateKey(type, withUsers(key, this.#userId)));
        return id === undefined ? undefined : (this.#contents.get(id) ?? this.#author.event(id)?.event.content);
      },
      mark,
    };
  }

  /** Seldom: where else the event takes its authority from. */
  #astray(): Pick<FuzzNode, "cites"> {
    const { dice, nodes, size } = this;
    if (size.astray === 0 || nodes.length === 0 || !dice.chance(size.astray)) return {};
    return { cites: dice.pick(nodes.slice(-size.reach)).name };
  }

  /** Mostly one second after the other; sometimes the same as another's, sometimes long past. */
  #time(): number {
    const { dice, nodes } = this;
    const next = (nodes.length + 1) * 1000;
    const kind = dice.weighted({ next: 6, same: 2, past: 1 });
    if (kind === "same" && nodes.length > 0) return dice.pick(nodes).at;
    return kind === "past" ? next - dice.between(1, HOUR) : next;
  }

  #add(node: FuzzNode): void {
    this.nodes.push(node);
    const { eventId } = this.#author.write(toHistoryNode(node, this.#userId), node.at, node.cites);
    this.#contents.set(eventId, node.content);
  }
}
