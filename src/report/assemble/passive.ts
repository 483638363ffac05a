import { judgePassive, PASSIVE_CHECKS, type PassiveCheck } from "../../checks/passive/index.js";
import type { ExpectationResult, RunTarget } from "../run-json.js";
import { PassiveTally } from "./passive-tally.js";
import type { InstanceRecord, JournalRecords } from "./records.js";
import type { RunEvidence } from "./run-evidence.js";

/** What every message of the servers under test was checked for: one result for each check and target that it applied to. */
export function passiveResults(
  records: JournalRecords,
  evidence: RunEvidence,
  targets: readonly RunTarget[],
  repeat: (record: InstanceRecord) => string,
  checks: readonly PassiveCheck[] = PASSIVE_CHECKS,
): readonly ExpectationResult[] {
  const targetOf = new Map(
    targets.toReversed().flatMap(({ name, serverNames }) => serverNames.map((one) => [one, name])),
  );
  const facts = evidence.facts.facts({ underTest: new Set(targetOf.keys()), roomVersions: evidence.roomVersions });
  const tallies = new Map<PassiveCheck, Map<string, PassiveTally>>();
  const inOrder: PassiveTally[] = [];
  for (const judgement of judgePassive(evidence.exchanges, facts, checks)) {
    const { check, server } = judgement;
    const ofCheck = tallies.get(check) ?? new Map<string, PassiveTally>();
    tallies.set(check, ofCheck);
    const target = targetOf.get(server) ?? server;
    const tally = ofCheck.get(target) ?? new PassiveTally(check, target);
    if (tally.isEmpty) {
      ofCheck.set(target, tally);
      inOrder.push(tally);
    }
    tally.add(judgement);
  }
  const commandFor = (exchangeId: string) => {
    const exchange = evidence.exchange(exchangeId);
    const [instance] = exchange === undefined ? [] : evidence.instancesOf(exchange);
    const record = instance === undefined ? undefined : records.instances.get(instance.id);
    return record === undefined ? undefined : repeat(record);
  };
  return inOrder.map((tally) => tally.result(commandFor));
}
