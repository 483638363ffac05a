import type { PlannedInstance } from "../scenario/plan.js";
import { type ServerSlot, slotKey } from "./fleet.js";

/** Which servers a run needs, and which of them sits where. */
export interface SlotPlan {
  /** Every server, each once. Instances that do not apply need none, but their seats are named all the same. */
  readonly slots: readonly ServerSlot[];
  slotOf(planned: PlannedInstance, seat: string): ServerSlot;
  /** Whether an instance plays on servers that are kept for exclusive scenarios, so that others may be played meanwhile. */
  isApart(planned: PlannedInstance): boolean;
}

/**
 * As many copies of a target, under each preset, as the instance with most seats for it needs. An instance with fewer seats takes
 * them from a place of its own on, so that all copies share the work. Exclusive scenarios have copies kept for them, unless
 * `isSingle` says of one of their targets that there cannot be a second one of it.
 */
export function planSlots(planned: readonly PlannedInstance[], isSingle: (target: string) => boolean): SlotPlan {
  const isApart = ({ scenario, seating }: PlannedInstance) =>
    scenario.exclusive && !Object.values(seating).some(isSingle);
  const kindOf = (target: string, instance: PlannedInstance) =>
    ({ target, preset: instance.scenario.preset, apart: isApart(instance) }) as const;
  const copies = new Map<string, number>();
  const copiesFor = (kind: Omit<ServerSlot, "copy">) => copies.get(slotKey({ ...kind, copy: 0 })) ?? 1;
  for (const instance of planned) {
    for (const target of new Set(Object.values(instance.seating))) {
      const kind = kindOf(target, instance);
      const needed = Math.max(copiesFor(kind), seatsOf(instance, target).length);
      copies.set(slotKey({ ...kind, copy: 0 }), needed);
    }
  }
  const slotOf = (instance: PlannedInstance, seat: string): ServerSlot => {
    const target = instance.seating[seat];
    if (target === undefined) throw new Error(`no target sits at ${seat} of ${instance.id}`);
    const kind = kindOf(target, instance);
    const place = seatsOf(instance, target).indexOf(seat) + Number.parseInt(instance.token.slice(0, 4), 16);
    return { ...kind, copy: (place % copiesFor(kind)) + 1 };
  };
  const slots = new Map<string, ServerSlot>();
  for (const instance of planned) {
    for (const target of new Set(Object.values(instance.seating))) {
      const kind = kindOf(target, instance);
      for (let copy = 1; copy <= copiesFor(kind); copy += 1) slots.set(slotKey({ ...kind, copy }), { ...kind, copy });
    }
  }
  return { slots: [...slots.values()], slotOf, isApart };
}

/** The seats in which a target sits, in the order of the scenario. */
function seatsOf({ scenario, seating }: PlannedInstance, target: string): readonly string[] {
  return Object.keys(scenario.seats).filter((seat) => seating[seat] === target);
}
