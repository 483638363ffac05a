/** What the command's exit says to the script that called it. */
export const EXIT = {
  /** Nothing failed. */
  ok: 0,
  /** A MUST is broken, or the result differs from the baseline. */
  failed: 1,
  /** The command line, or a file that somebody wrote, is wrong. */
  usage: 2,
  /** It could not be told, or the tester itself broke. */
  inconclusive: 3,
  /** Nothing matched what was asked for. */
  nothing: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
