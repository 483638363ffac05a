import type { ScenarioInstance } from "../../evidence/journal-entry.js";
import type { SeenExchange } from "../../evidence/seen-exchange.js";
import { plainTarget } from "../../net/plain-target.js";
import type { SequenceArrow } from "../run-json.js";
import { keyWords } from "./key-words.js";
import type { InstanceRecord } from "./records.js";
import type { RunEvidence } from "./run-evidence.js";

const LABEL_LIMIT = 60;
const MATRIX_PREFIX = /^\/_matrix\/(?:federation|client|key)\/[^/]+/;

/** The traffic of an instance in order of time, seats and people by their names in the scenario. */
export function sequenceOf(
  evidence: RunEvidence,
  { instance }: InstanceRecord,
  beganAt: number,
): readonly SequenceArrow[] {
  return [...evidence.exchangesOf(instance.id)]
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((exchange) => ({
      exchange: exchange.id,
      from: nameOf(instance, exchange.from),
      to: nameOf(instance, exchange.to),
      label: labelOf(exchange),
      result: resultOf(exchange),
      atMs: exchange.startedAt - beganAt,
    }));
}

function nameOf(instance: ScenarioInstance, id: string): string {
  const seat = Object.entries(instance.seats).find(([, { serverName }]) => serverName === id);
  const member = Object.entries(instance.cast).find(([, { userId }]) => userId === id);
  return seat?.[0] ?? member?.[0] ?? id;
}

/** The status; of exchanges of keys also which ones, by their ids. */
function resultOf(exchange: SeenExchange): string {
  if (exchange.response === undefined) return "no answer";
  const words = keyWords(exchange);
  return words === undefined ? String(exchange.response.status) : `${exchange.response.status}: ${words}`;
}

function labelOf({ request: { method, target } }: SeenExchange): string {
  const path = plainTarget(target).replace(MATRIX_PREFIX, "");
  const label = `${method} ${path}`;
  return label.length > LABEL_LIMIT ? `${label.slice(0, LABEL_LIMIT - 1)}…` : label;
}
