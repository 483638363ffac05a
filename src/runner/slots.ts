import type { PlannedInstance } from "../scenario/plan.js";
import { type FleetMember, type ServerSlot, slotKey } from "./fleet.js";

/**
 * Which server of the run sits in a target seat: the first copy of the seat's target that no seat before it took, under the
 * preset that the scenario asks for. Seats of different targets thus share first copies.
 */
export function slotOf(planned: PlannedInstance, seat: string): ServerSlot {
  const { preset, seats } = planned.scenario;
  const target = planned.seating[seat];
  if (target === undefined) throw new Error(`no target sits at ${seat} of ${planned.id}`);
  const before = Object.keys(seats).slice(0, Object.keys(seats).indexOf(seat));
  const copy = before.filter((other) => planned.seating[other] === target).length + 1;
  return { target, preset, copy };
}

/** All servers that the instances need, each once. Instances that do not apply need none, but their seats are named all the same. */
export function slotsFor(planned: readonly PlannedInstance[]): readonly ServerSlot[] {
  const slots = new Map<string, ServerSlot>();
  for (const instance of planned) {
    for (const seat of Object.keys(instance.seating)) {
      const slot = slotOf(instance, seat);
      slots.set(slotKey(slot), slot);
    }
  }
  return [...slots.values()];
}

export function memberFor(
  planned: PlannedInstance,
  seat: string,
  fleet: ReadonlyMap<string, FleetMember>,
): FleetMember {
  const member = fleet.get(slotKey(slotOf(planned, seat)));
  if (member === undefined) throw new Error(`no server was started for ${seat} of ${planned.id}`);
  return member;
}
