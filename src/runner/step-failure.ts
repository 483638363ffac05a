/** A step could not do what the scenario needs: what depends on it cannot be judged. A seat is charged, or nobody where it is not known who. */
export class StepFailure extends Error {
  constructor(
    readonly seat: string | undefined,
    reason: string,
  ) {
    super(reason);
    this.name = "StepFailure";
  }
}
