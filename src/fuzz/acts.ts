import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { RoomVersionRules } from "../matrix/room-versions.js";
import type { Dice } from "./dice.js";
import type { FuzzNode } from "./history.js";

/** What somebody does, before it has a place and a time. */
export type Act = Pick<FuzzNode, "by" | "type" | "key" | "content">;

/** What an act can be made of. Contents have users by name. */
export interface Scene {
  readonly dice: Dice;
  readonly rules: RoomVersionRules;
  readonly founder: string;
  readonly users: readonly string[];
  /** Users whose levels the room's own power levels name; creators of some versions are not among them. */
  readonly rankable: readonly string[];
  seatOf(user: string): string;
  /** The content of the state event of that type and key before the act. */
  state(type: string, key: string): JsonObject | undefined;
  /** A text that no other act has. */
  readonly mark: string;
}

const LEVELS = [0, 25, 50, 50, 75, 100, 100] as const;
const THRESHOLDS = ["state_default", "events_default", "users_default", "ban", "kick", "invite", "redact"] as const;
const TYPES = ["m.room.topic", "m.room.name", "m.room.power_levels", "m.room.join_rules", "m.room.member"] as const;
/** A level that is text counts where the room version says so (rooms/v10#values-in-mroompower_levels-events-must-be-integers). */
const TEXT_LEVEL = 0.05;

const WEIGHTS = {
  topic: 4,
  name: 1,
  message: 1,
  levels: 5,
  joinRules: 2,
  kick: 2,
  ban: 3,
  unban: 1,
  invite: 2,
  join: 3,
  leave: 1,
} as const;

const ACTS: Readonly<Record<keyof typeof WEIGHTS | "knock", (scene: Scene) => Act | undefined>> = {
  topic: (scene) => stateAct(scene, "m.room.topic", { topic: scene.mark }),
  name: (scene) => stateAct(scene, "m.room.name", { name: scene.mark }),
  message: (scene) => ({
    by: anybody(scene),
    type: "m.room.message",
    content: { msgtype: "m.text", body: scene.mark },
  }),
  levels: changeLevels,
  joinRules: (scene) => stateAct(scene, "m.room.join_rules", joinRule(scene)),
  kick: (scene) => toAnother(scene, "leave", ["join", "invite", "knock"]),
  ban: (scene) => toAnother(scene, "ban", ["join", "invite", "knock", "leave", undefined]),
  unban: (scene) => toAnother(scene, "leave", ["ban"]),
  invite: (scene) => toAnother(scene, "invite", ["leave", "knock", "join", undefined]),
  join: enter,
  leave: (scene) => ofOneself(scene, { membership: "leave" }),
  knock: (scene) => ofOneself(scene, { membership: "knock" }),
};

/** One act at random; undefined when nobody is there for it. Whether the room allows it is another matter. */
export function anyAct(scene: Scene): Act | undefined {
  const weights: Record<string, number> = { ...WEIGHTS, ...(scene.rules.knock ? { knock: 1 } : {}) };
  return ACTS[scene.dice.weighted(weights) as keyof typeof ACTS](scene);
}

function membershipOf(scene: Pick<Scene, "state">, user: string): JsonValue | undefined {
  return scene.state("m.room.member", `\${${user}}`)?.membership;
}

function anybody({ dice, users }: Scene): string {
  return dice.pick(users);
}

function stateAct(scene: Scene, type: string, content: JsonObject): Act {
  return { by: anybody(scene), type, key: "", content };
}

function changeLevels(scene: Scene): Act {
  const { dice } = scene;
  const by = anybody(scene);
  const before = scene.state("m.room.power_levels", "") ?? {};
  let content = before;
  for (let left = dice.between(1, 2); left > 0; left -= 1) content = withOtherLevel(scene, by, content);
  return { by, type: "m.room.power_levels", key: "", content };
}

function withOtherLevel({ dice, rules, rankable, founder }: Scene, by: string, content: JsonObject): JsonObject {
  const number = dice.pick(LEVELS);
  const asText = rules.powerLevels !== "integers" && dice.chance(TEXT_LEVEL);
  const level = asText ? String(number) : number;
  const kind = dice.weighted({ user: 6, threshold: 2, event: 1, forget: 1 });
  // The founder stays: their messages are what the target is asked about.
  const others = rankable.filter((user) => by !== founder || user !== founder);
  const subject = `\${${dice.pick(others)}}`;
  if (kind === "user") return { ...content, users: { ...membersOf(content.users), [subject]: level } };
  if (kind === "threshold") return { ...content, [dice.pick(THRESHOLDS)]: level };
  if (kind === "event") return { ...content, events: { ...membersOf(content.events), [dice.pick(TYPES)]: level } };
  const { [subject]: _forgotten, ...users } = membersOf(content.users);
  return { ...content, users };
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function joinRule({ dice, rules, seatOf, founder }: Scene): JsonObject {
  const choices = ["public", "invite", "invite"];
  if (rules.knock) choices.push("knock");
  if (rules.restricted) choices.push("restricted", "restricted");
  if (rules.knockRestricted) choices.push("knock_restricted");
  const rule = dice.pick(choices);
  if (!rule.endsWith("restricted")) return { join_rule: rule };
  return { join_rule: rule, allow: [{ type: "m.room_membership", room_id: `!council:${seatOf(founder)}` }] };
}

function toAnother(scene: Scene, membership: string, from: readonly (JsonValue | undefined)[]): Act | undefined {
  const { dice, users } = scene;
  const found = users.filter((user) => from.includes(membershipOf(scene, user)));
  if (found.length === 0) return undefined;
  const subject = dice.pick(found);
  const by = dice.pick(users.filter((user) => user !== subject));
  return { by, type: "m.room.member", key: `\${${subject}}`, content: { membership } };
}

function ofOneself(scene: Scene, content: JsonObject): Act {
  const by = scene.dice.pick(scene.users.filter((user) => user !== scene.founder));
  return { by, type: "m.room.member", key: `\${${by}}`, content };
}

/** Somebody joins, mostly one who is outside; where membership elsewhere is asked for, mostly with a voucher of their own server. */
function enter(scene: Scene): Act {
  const { dice, users, founder, seatOf } = scene;
  const outside = users.filter((user) => membershipOf(scene, user) !== "join");
  const by = outside.length > 0 && dice.chance(0.9) ? dice.pick(outside) : dice.pick(users);
  const own: JsonObject = { membership: "join", ...(dice.chance(0.3) ? { displayname: scene.mark } : {}) };
  const rule = String(scene.state("m.room.join_rules", "")?.join_rule);
  const neighbours = users.filter((user) => seatOf(user) === seatOf(by) && user !== by);
  const vouched = rule.endsWith("restricted") && neighbours.length > 0 && dice.chance(0.8);
  const authoriser = vouched ? { join_authorised_via_users_server: `\${${dice.pick(neighbours)}}` } : {};
  if (by === founder)
    return { by, type: "m.room.member", key: `\${${by}}`, content: { membership: "join", displayname: scene.mark } };
  return { by, type: "m.room.member", key: `\${${by}}`, content: { ...own, ...authoriser } };
}
