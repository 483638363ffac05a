import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
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
const READ_BYTES = 1024 * 1024;

/** Reads a journal and checks its chain: each line names the digest of the one before it. Throws EvidenceError when there is none. */
export function readJournal(folder: string): JournalReading {
  const scan = new JournalScan(folder);
  const entries = [...scan];
  const { problems, cut, digest } = scan;
  return { entries, problems, cut, digest };
}

/**
 * A journal line by line, so that it need not be in memory as a whole; its chain is checked on the way. What it says of the file is
 * whole once the last entry was given.
 */
export class JournalScan implements Iterable<JournalEntry> {
  readonly #file: string;
  #problems: string[] = [];
  #cut = false;
  #digest = "";

  constructor(folder: string) {
    this.#file = join(folder, JOURNAL_FILE);
  }

  /** As in a `JournalReading`. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  get cut(): boolean {
    return this.#cut;
  }

  get digest(): string {
    return this.#digest;
  }

  /** From the first line on, each time. Throws EvidenceError when there is no journal. */
  *[Symbol.iterator](): Generator<JournalEntry, void, undefined> {
    this.#problems = [];
    let prev = FIRST_PREV;
    let number = 0;
    for (const line of this.#lines()) {
      number += 1;
      const entry = parseLine(line);
      if (entry === undefined) this.#problems.push(`line ${number}: not a journal entry`);
      else if (entry.prev !== prev) this.#problems.push(broken(number));
      prev = digestOf(line);
      if (entry !== undefined) yield entry;
    }
  }

  /** The lines with their line feeds, valid until the next one is asked for. */
  *#lines(): Generator<Uint8Array, void, undefined> {
    const hash = createHash("sha256");
    let rest = Buffer.alloc(0);
    for (const chunk of chunksOf(this.#file)) {
      hash.update(chunk);
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED, start)) {
        yield rest.subarray(start, end + 1);
        start = end + 1;
      }
      rest = Buffer.from(rest.subarray(start));
    }
    this.#cut = rest.length > 0;
    this.#digest = hash.digest("hex");
  }
}

/** The bytes of a file in pieces, each valid until the next one is asked for. */
function* chunksOf(file: string): Generator<Buffer<ArrayBuffer>, void, undefined> {
  const descriptor = opened(file);
  try {
    const buffer = Buffer.alloc(READ_BYTES);
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string): number {
  try {
    return openSync(file, "r");
  } catch (error) {
    throw new EvidenceError(`${file} cannot be read`, { cause: error });
  }
}

function broken(number: number): string {
  return number === 1
    ? "line 1: lines before it are missing"
    : `line ${number - 1}: changed after it was written, or not the one that line ${number} follows`;
}

function parseLine(line: Uint8Array): JournalEntry | undefined {
  try {
    const value = JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.length).toString("utf8")) as unknown;
    const isEntry = typeof value === "object" && value !== null && "seq" in value && "kind" in value && "prev" in value;
    return isEntry ? (value as JournalEntry) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
