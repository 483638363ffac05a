import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { UserId } from "../matrix/pdu.js";
import { changedLevels } from "./level-words.js";

/** What is told of an event. */
export interface WordedEvent {
  readonly type: string;
  readonly sender: UserId;
  readonly state_key?: string;
  readonly content: JsonObject;
}

/** How people are called. */
export type Who = (userId: UserId) => string;

/** Characters of a text that somebody wrote into an event. */
const QUOTED = 48;

/** Who did what, in one short sentence without a full stop. `before` is the event that held its entry until then. */
export function eventWords(event: WordedEvent, who: Who, before?: WordedEvent): string {
  const by = who(event.sender);
  if (event.state_key === undefined) return messageWords(event, by);
  if (event.type === "m.room.member") return memberWords(event, who, before);
  if (event.type === "m.room.create") return `${by} creates the room`;
  if (event.type === "m.room.power_levels") return `${by} sets power levels${levels(event, who, before)}`;
  if (event.type === "m.room.join_rules") return `${by} ${joinRuleWords(event.content.join_rule)}`;
  const subject = entryWords(event.type, event.state_key, who);
  const value = shownMember(event);
  return value === undefined ? `${by} sets ${subject}` : `${by} sets ${subject} to ${value}`;
}

function messageWords({ type, content }: WordedEvent, by: string): string {
  if (type === "m.room.redaction") return `${by} removes an event`;
  if (type === "m.room.encrypted") return `${by} writes an encrypted message`;
  if (type !== "m.room.message") return `${by} sends ${type}`;
  return typeof content.body === "string" && content.body === "" ? `${by} writes an empty message` : `${by} writes`;
}

function memberWords(event: WordedEvent, who: Who, before: WordedEvent | undefined): string {
  const { sender, state_key: target = "", content } = event;
  const [by, whom] = [who(sender), who(target)];
  const own = sender === target;
  const was = before?.content.membership;
  switch (content.membership) {
    case "join":
      if (!own) return `${by} says that ${whom} joins`;
      return was === "join" ? `${by} changes their profile` : `${by} joins`;
    case "leave":
      if (own) return was === "invite" ? `${by} declines` : `${by} leaves`;
      if (was === "ban") return `${by} lifts ${possessive(whom)} ban`;
      return was === "invite" ? `${by} takes ${possessive(whom)} invitation back` : `${by} removes ${whom}`;
    case "ban":
      return `${by} bans ${own ? "themselves" : whom}`;
    case "invite":
      return `${by} invites ${own ? "themselves" : whom}`;
    case "knock":
      return own ? `${by} asks to be let in` : `${by} asks for ${whom} to be let in`;
    default:
      return `${by} sets ${possessive(whom)} membership to ${quoted(content.membership)}`;
  }
}

function levels(event: WordedEvent, who: Who, before: WordedEvent | undefined): string {
  const changes = changedLevels(event.content, before?.content, who);
  return changes.length === 0 ? "" : `: ${changes.join(", ")}`;
}

const JOIN_RULES: Readonly<Record<string, string>> = {
  public: "opens the room to all",
  invite: "lets only invited people in",
  knock: "lets people ask to be let in",
  restricted: "lets members of other rooms in",
  knock_restricted: "lets members of other rooms in, and others ask",
  private: "closes the room",
};

function joinRuleWords(rule: JsonValue | undefined): string {
  const known = typeof rule === "string" && Object.hasOwn(JOIN_RULES, rule) ? JOIN_RULES[rule] : undefined;
  return known ?? `sets the join rule to ${quoted(rule)}`;
}

const SUBJECTS: Readonly<Record<string, string>> = {
  "m.room.create": "the creation",
  "m.room.power_levels": "the power levels",
  "m.room.join_rules": "who may join",
  "m.room.topic": "the topic",
  "m.room.name": "the name",
  "m.room.avatar": "the picture",
  "m.room.history_visibility": "who may read the past",
  "m.room.guest_access": "whether guests may join",
  "m.room.canonical_alias": "the address",
  "m.room.server_acl": "which servers take part",
  "m.room.encryption": "encryption",
};

/** An entry of a room's state in words: “Bob's membership”, “the topic”. */
export function entryWords(type: string, key: string, who: Who): string {
  if (type === "m.room.member") return `${possessive(who(key))} membership`;
  const subject = Object.hasOwn(SUBJECTS, type) ? SUBJECTS[type] : undefined;
  return `${subject ?? type}${key === "" ? "" : ` of ${key.startsWith("@") ? who(key) : quoted(key)}`}`;
}

const MEMBERSHIPS: Readonly<Record<string, string>> = {
  join: "in the room",
  leave: "out of the room",
  ban: "banned",
  invite: "invited",
  knock: "asking to be let in",
};

/** What an event makes of its entry, in words: “banned”, “Budget”. */
export function valueWords(event: WordedEvent, who: Who): string {
  const { type, content } = event;
  if (type === "m.room.member") {
    const { membership } = content;
    const known = typeof membership === "string" && Object.hasOwn(MEMBERSHIPS, membership);
    return known ? (MEMBERSHIPS[membership] ?? membership) : quoted(membership);
  }
  if (type === "m.room.power_levels") return changedLevels(content, undefined, who).join(", ") || "the defaults";
  return shownMember(event) ?? eventWords(event, who);
}

const MEMBERS_SHOWN = ["topic", "name", "join_rule", "history_visibility", "guest_access", "alias", "algorithm"];

/** The member that holds what the event is about, or the only one that there is. */
function shownMember({ content }: WordedEvent): string | undefined {
  const shown = MEMBERS_SHOWN.find((member) => content[member] !== undefined);
  if (shown !== undefined) return quoted(content[shown]);
  const [only, ...others] = Object.values(content);
  return only === undefined || others.length > 0 || isJsonObject(only) || Array.isArray(only)
    ? undefined
    : quoted(only);
}

function quoted(value: JsonValue | undefined): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return `“${text.length > QUOTED ? `${text.slice(0, QUOTED - 1)}…` : text}”`;
}

/** “Bob's”, “James'”. */
function possessive(name: string): string {
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}

/** A name of the cast as people's names are written. */
export function asName(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
