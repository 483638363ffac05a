import { closeSync, openSync, writeSync } from "node:fs";

/** So many characters are written at one time. */
const TOGETHER = 256 * 1024;

/** Writes a text that comes in parts to a file, in place of what is there. */
export function writeParts(file: string, parts: Iterable<string>): void {
  const descriptor = openSync(file, "w");
  try {
    let waiting = "";
    for (const part of parts) {
      waiting += part;
      if (waiting.length < TOGETHER) continue;
      writeAll(descriptor, waiting);
      waiting = "";
    }
    writeAll(descriptor, waiting);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
