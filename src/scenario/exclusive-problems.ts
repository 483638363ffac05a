import type { Problem } from "../schema/problem.js";
import type { Scenario, StepCall } from "./model.js";

interface Meddling {
  readonly does: string;
  /** The seats of which all must be targets for it to concern other scenarios, too. */
  seats(call: StepCall): readonly unknown[];
}

const altering: Meddling = {
  does: "altering what passes between two targets",
  seats: ({ arguments: { from, to } }) => [from, to],
};
const restarting: Meddling = { does: "restarting a target", seats: ({ arguments: { server } }) => [server] };

/** Servers under test are shared: who meddles with them, or with what passes between two of them, does so for all scenarios. */
const MEDDLING: ReadonlyMap<string, Meddling> = new Map([
  [
    "partition",
    {
      does: "cutting the path between two targets",
      seats: ({ arguments: { between } }) => (Array.isArray(between) ? between : []),
    },
  ],
  ["alter", altering],
  ["add-ghost-on-the-way", altering],
  ["lose", altering],
  ["hold-back", altering],
  ["shut-down", restarting],
  ["start-up", restarting],
]);

/** Meddling with shared servers in a scenario that does not have its servers for itself. */
export function exclusiveProblems({ given, steps, seats, exclusive }: Scenario): Problem[] {
  if (exclusive) return [];
  const isTarget = (seat: unknown) => seats[String(seat)]?.kind === "target";
  return [...given, ...steps].flatMap((call) => {
    const meddling = MEDDLING.get(call.do);
    const meant = meddling?.seats(call) ?? [];
    const message = `${meddling?.does} needs \`exclusive: true\` in the scenario`;
    return meant.length > 0 && meant.every(isTarget) ? [{ place: call.place, message }] : [];
  });
}

/** Alterations that alter nothing, or both sides at once. */
export function alterationProblems({ given, steps }: Scenario): Problem[] {
  return [...given, ...steps]
    .filter((call) => call.do === "alter")
    .flatMap(({ arguments: args, place }) => {
      const ofRequest = ["request", "target", "without-header"].some((key) => args[key] !== undefined);
      const message = "`alter` needs `response`, or else one of `request`, `target` and `without-header`";
      return ofRequest === (args.response !== undefined) ? [{ place, message }] : [];
    });
}
