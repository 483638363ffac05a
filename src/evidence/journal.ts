import { appendFileSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./bodies.js";
import type { JournalBody, JournalEntry } from "./journal-entry.js";

export const JOURNAL_FILE = "journal.ndjson";
export const FIRST_PREV = "0".repeat(64);

type Head = Pick<JournalEntry, "seq" | "at" | "prev">;

/** The append-only account of a run. A line is handed to the operating system before `append` returns, so that a killed run keeps it. */
export interface Journal {
  append(body: JournalBody): JournalEntry;
  /** The number of the last line written; 0 before the first. */
  readonly length: number;
  /** Hears of every entry, in order, after it was written. */
  onEntry(listener: (entry: JournalEntry) => void): void;
  close(): void;
}

/** The journal that is the run's own, on disk. */
export interface JournalFile extends Journal {
  /** Appends what another process worded with `entryText`, which nobody here needs to take apart. Returns the line's number. */
  copy(text: string): number;
}

/** The body of an entry, as `JournalFile.copy` takes it. */
export function entryText(body: JournalBody): string {
  return JSON.stringify(body);
}

/** Opens a new journal in the folder; throws when one is there already. `now` gives milliseconds since the Unix epoch. */
export function openJournal(folder: string, now: () => number): JournalFile {
  const file = openSync(join(folder, JOURNAL_FILE), "wx");
  const listeners: ((entry: JournalEntry) => void)[] = [];
  let seq = 0;
  let prev = FIRST_PREV;
  const write = (head: Head, text: string) => {
    const line = Buffer.from(`${JSON.stringify(head).slice(0, -1)},${text.slice(1)}\n`);
    appendFileSync(file, line);
    prev = digestOf(line);
  };
  const nextHead = (): Head => {
    seq += 1;
    return { seq, at: now(), prev };
  };
  return {
    get length() {
      return seq;
    },
    append(body) {
      const head = nextHead();
      write(head, entryText(body));
      const entry: JournalEntry = { ...head, ...body };
      for (const listener of listeners) listener(entry);
      return entry;
    },
    copy(text) {
      const head = nextHead();
      write(head, text);
      if (listeners.length > 0) {
        const entry: JournalEntry = { ...head, ...(JSON.parse(text) as JournalBody) };
        for (const listener of listeners) listener(entry);
      }
      return head.seq;
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
