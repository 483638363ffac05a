import { iterativeAuthChecks } from "../../../matrix/state-resolution/iterative-auth-checks.js";
import { isPowerEvent } from "../../../matrix/state-resolution/power-events.js";
import { allOf, type ChecksFault, faultyChecks } from "./checks.js";
import {
  byId,
  byLevel,
  byLevelIn,
  byLevelOfCreatorsAsOthers,
  byMainline,
  byTime,
  byTimeAsText,
  byWrittenLevel,
  type Order,
  oldestLevels,
  reversed,
  sorted,
  sortedCausally,
} from "./orders.js";
import * as sets from "./sets.js";
import { isNewest, SOUND_STEPS, type Steps } from "./steps.js";

type Has = (defect: string) => boolean;

/** The steps of room versions 2 to 12 with those replaced that a fault spoils; undefined when none does. */
export function faultySteps(has: Has): Steps | undefined {
  const replaced = {
    ...faultySets(has),
    ...faultyPowerEvents(has),
    ...faultyPowerOrder(has),
    ...faultyMainline(has),
    ...faultyChecking(has),
  };
  return Object.keys(replaced).length === 0 ? undefined : { ...SOUND_STEPS, ...replaced };
}

function faultySets(has: Has): Partial<Steps> {
  return {
    ...(has("one-branch-alone-is-agreed") && { separate: sets.partitionOfDiffering }),
    ...(has("overlooks-auth-difference") && { difference: () => [] }),
    ...(has("auth-difference-of-one-branch") && { difference: sets.chainedOnce }),
    ...(has("overlooks-conflicted-subgraph") && { subgraph: () => [] }),
    ...(has("subgraph-of-power-levels-alone") && {
      subgraph: (graph, { conflicted }) => sets.pathsThroughPowerLevels(graph, conflicted),
    }),
    ...(has("begins-with-agreed-state") && { base: (_graph, { unconflicted }) => unconflicted }),
    ...(has("begins-with-nothing") && { base: () => new Map() }),
    ...(has("disputed-outlasts-agreed") && {
      finish: (resolved, { unconflicted }) => new Map([...unconflicted, ...resolved]),
    }),
    ...(has("forgets-agreed-state") && { finish: (resolved) => resolved }),
  };
}

function faultyPowerEvents(has: Has): Partial<Steps> {
  const kinds: [boolean, typeof isPowerEvent][] = [
    [has("join-rules-without-power"), sets.exceptJoinRules],
    [has("kicks-without-power"), sets.exceptKicks],
    [has("bans-without-power"), sets.exceptBans],
    [has("leaving-has-power"), sets.withLeaving],
    [has("joining-has-power"), sets.withJoining],
  ];
  const isPower = kinds.find(([on]) => on)?.[1];
  if (isPower !== undefined) return { powerSet: (graph, disputed) => sets.powerSetOf(graph, disputed, isPower) };
  if (!has("power-events-without-their-chain")) return {};
  return { powerSet: (graph, disputed) => new Set([...disputed].filter((id) => isPowerEvent(graph.event(id).event))) };
}

function faultyPowerOrder(has: Has): Partial<Steps> {
  const causally = (...orders: readonly Order[]): Partial<Steps> => ({
    powerOrder: (graph, set) => sortedCausally(graph, set, orders),
  });
  return {
    ...(has("power-without-causality") && { powerOrder: (graph, set) => sorted(graph, set, [byLevel, byTime, byId]) }),
    ...(has("power-without-rank") && causally(byTime, byId)),
    ...(has("rank-before-the-dispute") && {
      powerOrder: (graph, set, states) =>
        sortedCausally(graph, set, [byLevelIn(oldestLevels(graph, states)), byTime, byId]),
    }),
    ...(has("later-power-first") && causally(byLevel, reversed(byTime), byId)),
    ...(has("times-as-text") && causally(byLevel, byTimeAsText, byId)),
    ...(has("greater-id-first") && causally(byLevel, byTime, reversed(byId))),
    ...(has("founder-without-rank") && causally(byWrittenLevel, byTime, byId)),
    ...(has("creators-rank-as-others") && causally(byLevelOfCreatorsAsOthers, byTime, byId)),
  };
}

function faultyMainline(has: Has): Partial<Steps> {
  return {
    ...(has("no-mainline") && { mainlineOrder: (graph, ids) => sorted(graph, ids, [byTime, byId]) }),
    ...(has("newer-rules-first") && {
      mainlineOrder: (graph, ids, levels) => sorted(graph, ids, [reversed(byMainline(levels)), byTime, byId]),
    }),
    ...(has("mainline-of-older-rules") && {
      mainlineOrder: (graph, ids, _levels, states) =>
        sorted(graph, ids, [byMainline(oldestLevels(graph, states)), byTime, byId]),
    }),
    ...(has("later-first-without-rules") && {
      mainlineOrder: (graph, ids, levels) =>
        levels === undefined
          ? sorted(graph, ids, [reversed(byTime), byId])
          : sorted(graph, ids, [byMainline(levels), byTime, byId]),
    }),
    ...(has("unrooted-comes-last") && {
      mainlineOrder: (graph, ids, levels) => sorted(graph, ids, [byMainline(levels, -1), byTime, byId]),
    }),
    ...(has("times-as-text") && {
      mainlineOrder: (graph, ids, levels) => sorted(graph, ids, [byMainline(levels), byTimeAsText, byId]),
    }),
    ...(has("greater-id-first") && {
      mainlineOrder: (graph, ids, levels) => sorted(graph, ids, [byMainline(levels), byTime, reversed(byId)]),
    }),
  };
}

function faultyChecking(has: Has): Partial<Steps> {
  const checking = (fault: ChecksFault): Partial<Steps> => ({
    check: (graph, initial, ordered) => faultyChecks(graph, initial, ordered, fault),
  });
  return {
    ...(has("stops-at-a-refusal") && checking({ stops: true })),
    ...(has("overlooks-cited-proof") && checking({ withoutAuthEvents: true })),
    ...(has("rest-goes-unchecked") && { checkRest: (graph, partial, ordered) => allOf(graph, partial, ordered) }),
    ...(has("agreed-state-comes-in-early") && {
      checkRest: (graph, partial, ordered, { unconflicted }) =>
        iterativeAuthChecks(graph, isNewest(graph) ? new Map([...unconflicted, ...partial]) : partial, ordered),
    }),
    ...(has("overlooks-named-create") && checking({ withoutNamedCreate: true })),
  };
}
