const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `1500ms`, `30s` or `2m` in milliseconds. Throws RangeError for anything else. */
export function milliseconds(duration: string): number {
  const [, count = "", unit = ""] = /^([0-9]+)(ms|s|m)$/u.exec(duration) ?? [];
  const factor = MILLISECONDS[unit];
  if (factor === undefined) throw new RangeError(`${JSON.stringify(duration)} is not a duration`);
  return Number(count) * factor;
}
