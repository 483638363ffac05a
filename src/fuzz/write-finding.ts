import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RawExchange } from "../evidence/recorder.js";
import { drawing } from "./drawing.js";
import type { Finding } from "./finding.js";
import { scenarioFile } from "./scenario-file.js";

/** Writes all that is known of a finding into a folder of its own, which is made. */
export function writeFinding(folder: string, finding: Finding, repeat: string): void {
  mkdirSync(folder, { recursive: true });
  const { original, history, differences, exchanges, repeated, reading } = finding;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const id = `fuzz/v${finding.roomVersion}-${finding.number}`;
  const purpose = `Found by chance, and made as small as it could be: ${repeat}`;
  write("scenario.yaml", scenarioFile(history, { id, purpose, detects: ["last-writer-wins"], differences }));
  write("history.md", drawing(history, differences));
  write(
    "history.json",
    `${JSON.stringify({ repeat, repeated, reading, differences, history, original }, undefined, 2)}\n`,
  );
  write("exchanges.ndjson", exchanges.map((exchange) => `${JSON.stringify(asText(exchange))}\n`).join(""));
}

function asText(exchange: RawExchange) {
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");
  return { ...exchange, requestBody: text(exchange.requestBody), responseBody: text(exchange.responseBody) };
}
