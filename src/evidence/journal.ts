import { appendFileSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./bodies.js";
import type { JournalBody, JournalEntry } from "./journal-entry.js";

export const JOURNAL_FILE = "journal.ndjson";
export const FIRST_PREV = "0".repeat(64);

type Head = Pick<JournalEntry, "seq" | "at" | "prev">;
type Listener = (entry: JournalEntry) => void;

/** The append-only account of a run. A line is handed to the operating system before `append` returns, so that a killed run keeps it. */
export interface Journal {
  append(body: JournalBody): JournalEntry;
  /** The number of the last line written; 0 before the first. */
  readonly length: number;
  /** Hears of every entry, in order, after it was written. */
  onEntry(listener: Listener): void;
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

/** Numbers and dates lines, and tells of them. */
class Lines {
  readonly #listeners: Listener[] = [];
  #length = 0;

  constructor(private readonly now: () => number) {}

  get length(): number {
    return this.#length;
  }

  get areHeard(): boolean {
    return this.#listeners.length > 0;
  }

  readonly onEntry = (listener: Listener): void => {
    this.#listeners.push(listener);
  };

  nextHead(prev: string): Head {
    this.#length += 1;
    return { seq: this.#length, at: this.now(), prev };
  }

  tell(entry: JournalEntry): JournalEntry {
    for (const listener of this.#listeners) listener(entry);
    return entry;
  }
}

/** Opens a new journal in the folder; throws when one is there already. `now` gives milliseconds since the Unix epoch. */
export function openJournal(folder: string, now: () => number): JournalFile {
  const file = openSync(join(folder, JOURNAL_FILE), "wx");
  const lines = new Lines(now);
  let prev = FIRST_PREV;
  const write = (text: string): Head => {
    const head = lines.nextHead(prev);
    const line = Buffer.from(`${JSON.stringify(head).slice(0, -1)},${text.slice(1)}\n`);
    appendFileSync(file, line);
    prev = digestOf(line);
    return head;
  };
  return {
    get length() {
      return lines.length;
    },
    append: (body) => lines.tell({ ...write(entryText(body)), ...body }),
    copy(text) {
      const head = write(text);
      if (lines.areHeard) lines.tell({ ...head, ...(JSON.parse(text) as JournalBody) });
      return head.seq;
    },
    onEntry: lines.onEntry,
    close: () => closeSync(file),
  };
}

/** A journal whose lines somebody else keeps, as they come; they are not chained. */
export function journalTo(keep: (entry: JournalEntry, body: JournalBody) => void, now: () => number): Journal {
  const lines = new Lines(now);
  return {
    get length() {
      return lines.length;
    },
    append(body) {
      const entry: JournalEntry = { ...lines.nextHead(""), ...body };
      keep(entry, body);
      return lines.tell(entry);
    },
    onEntry: lines.onEntry,
    close() {},
  };
}
