import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { UserId } from "../matrix/pdu.js";

/** More than these make a list, not a sentence. */
const SHOWN = 4;

interface Level {
  readonly name: string;
  readonly value: string;
  readonly ofPerson: boolean;
}

/** The power levels that differ from those before, as “Bob 50”; without any before, those of people alone. */
export function changedLevels(
  now: JsonObject,
  before: JsonObject | undefined,
  who: (userId: UserId) => string,
): readonly string[] {
  const next = flat(now, who);
  const last = flat(before ?? {}, who);
  const changed = [...next].filter(([place, { value, ofPerson }]) =>
    before === undefined ? ofPerson : last.get(place)?.value !== value,
  );
  const gone = [...last].filter(([place]) => !next.has(place));
  const people = gone.filter(([, { ofPerson }]) => ofPerson);
  const others = gone.length - people.length;
  const words = [
    ...changed.map(([, { name, value }]) => `${name} ${value}`),
    ...people.map(([, { name }]) => `${name} no longer named`),
    ...(others === 0 ? [] : [others === 1 ? "one other no longer named" : `${others} others no longer named`]),
  ];
  return words.length <= SHOWN ? words : [...words.slice(0, SHOWN), `${words.length - SHOWN} more`];
}

/** Every level by its place. */
function flat(content: JsonObject, who: (userId: UserId) => string): Map<string, Level> {
  const levels = new Map<string, Level>();
  for (const [member, value] of Object.entries(content)) {
    if (!isJsonObject(value)) levels.set(member, { name: member, value: levelText(value), ofPerson: false });
    else {
      const ofPerson = member === "users";
      for (const [name, level] of Object.entries(value)) {
        levels.set(`${member} ${name}`, { name: ofPerson ? who(name) : name, value: levelText(level), ofPerson });
      }
    }
  }
  return levels;
}

function levelText(value: JsonValue | undefined): string {
  return typeof value === "string" ? `“${value}”` : (JSON.stringify(value) ?? "nothing");
}
