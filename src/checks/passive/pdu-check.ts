import type { Level } from "../../evidence/verdict.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { PlacedPdu } from "../../schema/pdu-places.js";
import type { SeenExchange } from "../view.js";
import { cannotTell, findingOf } from "./findings.js";
import { ownPdus, rulesFor } from "./own-pdus.js";
import type { PassiveCheck, PassiveFacts, Side } from "./passive-check.js";
import { chargedServer } from "./passive-check.js";

/** What is wrong with a PDU; `undecided` when the evidence does not say. Undefined when all is well. */
export type PduVerdict = { readonly wrong: string } | { readonly undecided: string } | undefined;

export interface PduDemand {
  readonly name: string;
  readonly summary: string;
  readonly requirement: string;
  readonly level: Level;
  /** Looks at one PDU of the server that sends it. Not called when the version of the room is unknown. */
  look(pdu: PlacedPdu, rules: RoomVersionRules, context: PduContext): PduVerdict;
  /** Which PDUs the demand is about; all by default. */
  about?(pdu: PlacedPdu, rules: RoomVersionRules): boolean;
}

export interface PduContext {
  readonly server: string;
  readonly exchange: SeenExchange;
  readonly facts: PassiveFacts;
}

/** A demand on every PDU that a server sends of its own users: one check for requests, one for answers. */
export function pduChecks(demand: PduDemand): readonly PassiveCheck[] {
  return (["request", "response"] as const).map((side) => ({
    name: `${demand.name}-in-${side}`,
    summary: `${demand.summary} (events of its own in a server's ${side}s)`,
    requirement: demand.requirement,
    level: demand.level,
    side,
    appliesTo: (exchange, facts) =>
      ownPdus(side, exchange).length > 0 && concerned(demand, side, exchange, facts).length > 0,
    judge: (exchange, facts) => judgePdus(demand, side, exchange, facts),
  }));
}

interface Concerned {
  readonly placed: PlacedPdu;
  readonly rules: RoomVersionRules;
}

function concerned(demand: PduDemand, side: Side, exchange: SeenExchange, facts: PassiveFacts): readonly Concerned[] {
  return ownPdus(side, exchange).flatMap((placed) => {
    const rules = rulesFor(placed.pdu, facts);
    return rules === undefined || demand.about?.(placed, rules) === false ? [] : [{ placed, rules }];
  });
}

function judgePdus(demand: PduDemand, side: Side, exchange: SeenExchange, facts: PassiveFacts) {
  const context = { server: chargedServer(side, exchange), exchange, facts };
  const wrong: string[] = [];
  const undecided: string[] = [];
  for (const { placed, rules } of concerned(demand, side, exchange, facts)) {
    const verdict = demand.look(placed, rules, context);
    const at = `${placed.pointer === "" ? "the body" : placed.pointer} (${String(placed.pdu.type)})`;
    if (verdict === undefined) continue;
    if ("wrong" in verdict) wrong.push(`${at}: ${verdict.wrong}`);
    else undecided.push(`${at}: ${verdict.undecided}`);
  }
  const [first] = undecided;
  if (wrong.length === 0 && first !== undefined) return cannotTell(exchange, demand.summary, first);
  return findingOf(exchange, demand.summary, wrong);
}
