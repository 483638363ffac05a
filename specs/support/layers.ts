/**
 * The layers of the program, from the top down: a layer may import from itself and from those below it.
 * `docs/architecture.md` says what each of them is for.
 */
export const LAYERS: readonly string[] = [
  "cli",
  "report",
  "fuzz",
  "runner",
  "checks",
  "steps",
  "scenario",
  "targets",
  "lab",
  "peer",
  "homeserver",
  "client",
  "net",
  "evidence",
  "requirements",
  "schema",
  "drawing",
  "matrix",
];

export interface Exception {
  /** The file, below `src/`. */
  readonly file: string;
  /** What it uses against the rule. */
  readonly uses: string;
  readonly reason: string;
}

/** Uses of the terminal or the environment outside `cli`. One that no longer occurs must go. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    file: "lab/engine.ts",
    uses: "process.env",
    reason: "the library that drives containers takes this setting from nowhere else",
  },
  {
    file: "targets/drivers/process.ts",
    uses: "process.env",
    reason: "a command of a target is found on the caller's PATH",
  },
];

/** What `matrix` may use of Node. */
export const PURE_MODULES: readonly string[] = ["node:crypto"];

export const LONGEST_FILE = 300;
