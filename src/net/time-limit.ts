/**
 * Does work that has so many milliseconds: its signal is aborted then, with a `TimeoutError` as reason, or when the signal given
 * is. `limit` tells the two apart. The timer ends with the work.
 *
 * A timer of its own, as `AbortSignal.any` holds its sources weakly: an `AbortSignal.timeout` that nothing else holds may be
 * collected before its time, and then never comes.
 */
export async function withinTime<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal, limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const late = () => limit.abort(new DOMException(`${milliseconds} ms passed`, "TimeoutError"));
  const timer = setTimeout(late, milliseconds);
  try {
    return await work(signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]), limit.signal);
  } finally {
    clearTimeout(timer);
  }
}
