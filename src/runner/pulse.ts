/** How often the pulse is felt, and from when a gap between two beats counts as a standstill, in milliseconds. */
const BEAT_MS = 250;
const STANDSTILL_MS = 2000;

export interface Pulse {
  /** Notes the standstill that has just ended, if there was one; to be called before anything is judged. */
  feel(): void;
  stop(): void;
}

/**
 * Notices when this process got no time to work: what it plays itself (peers, names, the tap) was then silent as well, and servers
 * may have given up on it. `note` gets the length of each standstill, `clock` gives a steady time; both in milliseconds.
 */
export function watchPulse(note: (milliseconds: number) => void, clock: () => number): Pulse {
  let last = clock();
  const feel = () => {
    const now = clock();
    const gap = now - last - BEAT_MS;
    last = now;
    if (gap >= STANDSTILL_MS) note(Math.round(gap));
  };
  const timer = setInterval(feel, BEAT_MS);
  timer.unref();
  return { feel, stop: () => clearInterval(timer) };
}
