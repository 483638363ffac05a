import type { EvidenceIndex } from "../../checks/evidence-index.js";
import {
  judgePassive,
  PASSIVE_CHECKS,
  type PassiveCheck,
  type PassiveJudgement,
  passiveFacts,
} from "../../checks/passive/index.js";
import type { Verdict } from "../../evidence/verdict.js";
import { groupBy } from "../group-by.js";
import { rollUp } from "../roll-up.js";
import type { ExpectationResult, RunTarget } from "../run-json.js";
import type { InstanceRecord, JournalRecords } from "./records.js";

const SHOWN_EXCHANGES = 3;
const SHOWN_FAULTS = 5;

/** What every message of the servers under test was checked for: one result for each check and target that it applied to. */
export function passiveResults(
  records: JournalRecords,
  index: EvidenceIndex,
  targets: readonly RunTarget[],
  repeat: (record: InstanceRecord) => string,
  checks: readonly PassiveCheck[] = PASSIVE_CHECKS,
): readonly ExpectationResult[] {
  const underTest = new Set(targets.flatMap(({ serverNames }) => serverNames));
  const targetOf = (server: string) => targets.find(({ serverNames }) => serverNames.includes(server))?.name ?? server;
  const { exchanges } = index;
  const facts = passiveFacts(exchanges, { underTest, roomVersions: roomVersionsOf(records, index) });
  const judged = judgePassive(exchanges, facts, checks);
  const groups = groupBy(judged, ({ check, server }) => `${check.name}/${targetOf(server)}`);
  const commandFor = ({ exchange }: PassiveJudgement) => {
    const [instance] = index.instancesOf(exchange);
    const record = instance === undefined ? undefined : records.instances.get(instance.id);
    return record === undefined ? undefined : repeat(record);
  };
  return [...groups].map(([name, group]) => {
    const target = targetOf(group[0]?.server ?? "");
    return resultOf(`passive/${name}`, target, group, commandFor);
  });
}

function resultOf(
  id: string,
  target: string,
  group: readonly PassiveJudgement[],
  commandFor: (judgement: PassiveJudgement) => string | undefined,
): ExpectationResult {
  const [first] = group;
  if (first === undefined) throw new Error("a group of judgements is never empty");
  const { check } = first;
  const verdict = rollUp(group.map(verdictOf));
  const shown = group.filter((judgement) => verdictOf(judgement) === verdict);
  const [example] = shown;
  const repeat = verdict === "pass" || example === undefined ? undefined : commandFor(example);
  const count = `${shown.length} of ${group.length} messages`;
  return {
    id,
    check: check.name,
    requirement: check.requirement,
    level: check.level,
    of: target,
    server: example?.server ?? first.server,
    impact: "unknown",
    verdict,
    expected: example?.finding.expected ?? check.summary,
    actual:
      verdict === "pass" ? `${group.length} messages, all as expected` : `${count}: ${faultsIn(shown).join("; also ")}`,
    exchanges: verdict === "pass" ? [] : shown.slice(0, SHOWN_EXCHANGES).map(({ exchange }) => exchange.id),
    ...(repeat === undefined ? {} : { repeat }),
  };
}

/** What is wrong, each once, the first few. */
function faultsIn(shown: readonly PassiveJudgement[]): readonly string[] {
  const faults = [...new Set(shown.map(({ finding }) => finding.actual))];
  const left = faults.length - SHOWN_FAULTS;
  return left > 0 ? [...faults.slice(0, SHOWN_FAULTS), `${left} other faults`] : faults;
}

const BROKEN = { must: "fail", should: "warn", may: "not-applicable" } as const satisfies Record<string, Verdict>;

function verdictOf({ check, finding }: PassiveJudgement): Verdict {
  if (finding.holds === "unknown") return "inconclusive";
  return finding.holds ? "pass" : BROKEN[check.level];
}

/** Room versions as the scenarios bound them; the rest is learned from the exchanges. */
function roomVersionsOf(records: JournalRecords, index: EvidenceIndex): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { instance } of records.instances.values()) {
    for (const { value } of index.of(instance.id).bindings) {
      if (value.kind === "room") versions.set(String(value.roomId), String(value.version));
    }
  }
  return versions;
}
