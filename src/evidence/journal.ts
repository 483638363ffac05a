import { appendFileSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./bodies.js";
import type { JournalBody, JournalEntry } from "./journal-entry.js";

export const JOURNAL_FILE = "journal.ndjson";
export const FIRST_PREV = "0".repeat(64);

/** The append-only account of a run. A line is handed to the operating system before `append` returns, so that a killed run keeps it. */
export interface Journal {
  append(body: JournalBody): JournalEntry;
  /** The number of the last line written; 0 before the first. */
  readonly length: number;
  /** Hears of every entry, in order, after it was written. */
  onEntry(listener: (entry: JournalEntry) => void): void;
  close(): void;
}

/** Opens a new journal in the folder; throws when one is there already. `now` gives milliseconds since the Unix epoch. */
export function openJournal(folder: string, now: () => number): Journal {
  const file = openSync(join(folder, JOURNAL_FILE), "wx");
  const listeners: ((entry: JournalEntry) => void)[] = [];
  let seq = 0;
  let prev = FIRST_PREV;
  return {
    get length() {
      return seq;
    },
    append(body) {
      seq += 1;
      const entry: JournalEntry = { seq, at: now(), prev, ...body };
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      appendFileSync(file, line);
      prev = digestOf(line);
      for (const listener of listeners) listener(entry);
      return entry;
    },
    onEntry(listener) {
      listeners.push(listener);
    },
    close() {
      closeSync(file);
    },
  };
}

/** A journal whose lines somebody else keeps, as they come; they are not chained. */
export function journalTo(keep: (entry: JournalEntry, body: JournalBody) => void, now: () => number): Journal {
  const listeners: ((entry: JournalEntry) => void)[] = [];
  let seq = 0;
  return {
    get length() {
      return seq;
    },
    append(body) {
      seq += 1;
      const entry: JournalEntry = { seq, at: now(), prev: "", ...body };
      keep(entry, body);
      for (const listener of listeners) listener(entry);
      return entry;
    },
    onEntry(listener) {
      listeners.push(listener);
    },
    close() {},
  };
}
