/** The ways to make a value a little smaller, the most hopeful first; each is made when it is its turn. */
export type Way<T> = (value: T) => readonly (() => T)[];

/**
 * The smallest value found that still `differs`: every way is gone as long as the difference stays, and all of them again until
 * none makes it smaller. `differs` is asked `most` times at the most. The given value is known to differ.
 */
export async function shrinkBy<T>(
  original: T,
  ways: readonly Way<T>[],
  { differs, most }: { differs(smaller: T): Promise<boolean>; readonly most: number },
): Promise<T> {
  let smallest = original;
  let left = most;
  for (let before: T | undefined; before !== smallest; ) {
    before = smallest;
    for (const way of ways) {
      for (let at = 0; ; ) {
        const smaller = way(smallest)[at];
        if (smaller === undefined || left === 0) break;
        left -= 1;
        const candidate = smaller();
        if (await differs(candidate)) smallest = candidate;
        else at += 1;
      }
    }
  }
  return smallest;
}
