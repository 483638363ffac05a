/** A time as written: `10s`, `500ms`. */
export const DURATION = "^[0-9]+(ms|s)$";

/** Milliseconds of a time that fits the pattern. */
export function milliseconds(written: string): number {
  return written.endsWith("ms") ? Number(written.slice(0, -2)) : Number(written.slice(0, -1)) * 1000;
}
