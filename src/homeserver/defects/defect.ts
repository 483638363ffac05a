/** A fault that can be switched on in the server, so that a scenario can be shown to notice it. */
export interface Defect {
  /** In kebab-case; what `HomeserverOptions.defects` holds. */
  readonly name: string;
  /** What the faulty server does, in plain words. */
  readonly summary: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
}
