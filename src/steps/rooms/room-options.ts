import type { RoomForgery } from "../../homeserver/parts.js";
import type { JsonObject } from "../../matrix/json.js";
import { isRoomVersion, roomVersionRules } from "../../matrix/room-versions.js";
import type { StepContext } from "../context.js";
import { type Mutations, mutated } from "../forging/mutations.js";
import { resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";

interface WithPowers {
  readonly powers?: object;
  readonly levels?: Readonly<Record<string, number>>;
}

/**
 * The overrides of a new room's power levels. `levels` gives members of the cast theirs and keeps the creator's, which no
 * list may name where creators stand above all levels (rooms/v12#authorisation-rules).
 */
export function powersOf(
  context: StepContext,
  { powers = {}, levels }: WithPowers,
  creator: string,
  version: string | undefined,
): JsonObject {
  const overrides = resolveNames(powers as JsonObject, namesOf(context));
  if (levels === undefined) return overrides;
  const privileged = version !== undefined && isRoomVersion(version) && roomVersionRules(version).privilegedCreators;
  const named = Object.entries(levels).map(([name, level]) => [context.user(name).userId, level] as const);
  return { ...overrides, users: { ...(privileged ? {} : { [creator]: 100 }), ...Object.fromEntries(named) } };
}

interface WithForgery {
  readonly "mutate-create"?: Mutations;
  readonly without?: readonly string[];
}

/** How a peer's new room departs from a lawful one; undefined when it does not. */
export function forgeryOf(
  context: StepContext,
  { "mutate-create": mutations, without }: WithForgery,
): RoomForgery | undefined {
  if (mutations === undefined && without === undefined) return undefined;
  return {
    create: (honest) => mutated(honest, mutations, "before-signing", namesOf(context)),
    ...(without === undefined ? {} : { without }),
  };
}
