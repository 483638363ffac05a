/** A fault that can be switched on in the server, so that a scenario can be shown to notice it. */
export interface Defect {
  /** In kebab-case; what `HomeserverOptions.defects` holds. */
  readonly name: string;
  /** What the faulty server does, in plain words. */
  readonly summary: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Scenarios about other things that it turns red all the same. */
  readonly alsoBreaks?: readonly SideEffect[];
}

/** Scenarios that cannot do without what a fault takes away. */
export interface SideEffect {
  /** Ids of scenarios; `<area>/*` for those of an area, of which some at least turn red. */
  readonly scenarios: readonly string[];
  readonly because: string;
}
