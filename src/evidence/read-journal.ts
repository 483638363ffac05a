import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./bodies.js";
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

/** Reads a journal and checks its chain: each line names the digest of the one before it. */
export function readJournal(folder: string): JournalReading {
  const bytes = readFileSync(join(folder, JOURNAL_FILE));
  const entries: JournalEntry[] = [];
  const problems: string[] = [];
  let prev = FIRST_PREV;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0) break;
    const line = bytes.subarray(start, end + 1);
    const entry = parseLine(line);
    const place = `line ${entries.length + problems.length + 1}`;
    if (entry === undefined) problems.push(`${place}: not a journal entry`);
    else {
      if (entry.prev !== prev) problems.push(`${place}: the line before it was changed after it was written`);
      entries.push(entry);
    }
    prev = digestOf(line);
    start = end + 1;
  }
  return { entries, problems, cut: start < bytes.length, digest: digestOf(bytes) };
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
