import type { PlannedInstance } from "../scenario/plan.js";
import { type ServerSlot, slotKey } from "./fleet.js";

/** Which servers a run needs, and which of them sits where. */
export interface SlotPlan {
  /** Every server, each once. Instances that do not apply need none, but their seats are named all the same. */
  readonly slots: readonly ServerSlot[];
  slotOf(planned: PlannedInstance, seat: string): ServerSlot;
}

/**
 * As many copies of a target, under each preset, as the instance with most seats for it needs. An instance with fewer seats takes
 * them from a place of its own on, so that all copies share the work.
 */
export function planSlots(planned: readonly PlannedInstance[]): SlotPlan {
  const copies = new Map<string, number>();
  for (const instance of planned) {
    for (const target of new Set(Object.values(instance.seating))) {
      const key = copiesKey(target, instance);
      copies.set(key, Math.max(copies.get(key) ?? 0, seatsOf(instance, target).length));
    }
  }
  const slotOf = (instance: PlannedInstance, seat: string): ServerSlot => {
    const target = instance.seating[seat];
    if (target === undefined) throw new Error(`no target sits at ${seat} of ${instance.id}`);
    const available = copies.get(copiesKey(target, instance)) ?? 1;
    const place = seatsOf(instance, target).indexOf(seat) + Number.parseInt(instance.token.slice(0, 4), 16);
    return { target, preset: instance.scenario.preset, copy: (place % available) + 1 };
  };
  const slots = new Map<string, ServerSlot>();
  for (const instance of planned) {
    for (const [seat, target] of Object.entries(instance.seating)) {
      for (let copy = 1; copy <= (copies.get(copiesKey(target, instance)) ?? 1); copy += 1) {
        const slot = { ...slotOf(instance, seat), copy };
        slots.set(slotKey(slot), slot);
      }
    }
  }
  return { slots: [...slots.values()], slotOf };
}

function copiesKey(target: string, { scenario }: PlannedInstance): string {
  return `${target}/${scenario.preset}`;
}

/** The seats in which a target sits, in the order of the scenario. */
function seatsOf({ scenario, seating }: PlannedInstance, target: string): readonly string[] {
  return Object.keys(scenario.seats).filter((seat) => seating[seat] === target);
}
