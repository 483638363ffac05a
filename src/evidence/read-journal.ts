import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./bodies.js";
import { EvidenceError } from "./evidence-error.js";
import { FIRST_PREV, JOURNAL_FILE } from "./journal.js";
import type { JournalEntry } from "./journal-entry.js";

export interface JournalReading {
  readonly entries: readonly JournalEntry[];
  /** Places where the journal is not what was written, as `line 12: …`. */
  readonly problems: readonly string[];
  /** True when the last line was cut in the writing, as a killed run leaves it. */
  readonly cut: boolean;
  /** sha256 of the whole file. */
  readonly digest: string;
}

const LINE_FEED = 10;

/** Reads a journal and checks its chain: each line names the digest of the one before it. Throws EvidenceError when there is none. */
export function readJournal(folder: string): JournalReading {
  const bytes = bytesOf(join(folder, JOURNAL_FILE));
  const { lines, cut } = linesOf(bytes);
  const entries: JournalEntry[] = [];
  const problems: string[] = [];
  let prev = FIRST_PREV;
  for (const [index, line] of lines.entries()) {
    const entry = parseLine(line);
    if (entry === undefined) problems.push(`line ${index + 1}: not a journal entry`);
    else {
      if (entry.prev !== prev) problems.push(broken(index));
      entries.push(entry);
    }
    prev = digestOf(line);
  }
  return { entries, problems, cut, digest: digestOf(bytes) };
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new EvidenceError(`${file} cannot be read`, { cause: error });
  }
}

/** The lines with their line feeds; `cut` when more follows the last of them. */
function linesOf(bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly cut: boolean } {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    lines.push(bytes.subarray(start, end + 1));
    start = end + 1;
  }
  return { lines, cut: start < bytes.length };
}

function broken(index: number): string {
  return index === 0
    ? "line 1: lines before it are missing"
    : `line ${index}: changed after it was written, or not the one that line ${index + 1} follows`;
}

function parseLine(line: Uint8Array): JournalEntry | undefined {
  try {
    const value = JSON.parse(Buffer.from(line).toString("utf8")) as unknown;
    const isEntry = typeof value === "object" && value !== null && "seq" in value && "kind" in value && "prev" in value;
    return isEntry ? (value as JournalEntry) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
