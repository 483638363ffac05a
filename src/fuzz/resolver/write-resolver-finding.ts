import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawing } from "../drawing.js";
import { scenarioFile } from "../scenario-file.js";
import { caseDrawing } from "./case-drawing.js";
import { questionOf } from "./protocol.js";
import type { ResolverFinding } from "./resolver-finding.js";

/** Writes all that is known of a finding into a folder of its own, which is made. */
export function writeResolverFinding(folder: string, finding: ResolverFinding, repeat: string): void {
  mkdirSync(folder, { recursive: true });
  const { posed, difference, history, roomVersion, number, reading, repeated } = finding;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("question.ndjson", `${JSON.stringify(questionOf(posed, "1"))}\n`);
  write("case.md", caseDrawing(posed, difference));
  const about = { repeat, repeated, reading, difference, history };
  write("finding.json", `${JSON.stringify(about, undefined, 2)}\n`);
  if (history === undefined) return;
  const id = `fuzz/v${roomVersion}-${number}-${posed.at}`;
  const purpose = `Found by chance, and made as small as it could be: ${repeat}`;
  const replay = { id, purpose, detects: ["last-writer-wins"], differences: [difference] };
  write("scenario.yaml", scenarioFile(history, replay));
  write("history.md", drawing(history, [difference]));
}
