/** A step could not do what the scenario needs, and a seat is to be charged: what depends on it cannot be judged. */
export class StepFailure extends Error {
  constructor(
    readonly seat: string,
    reason: string,
  ) {
    super(reason);
    this.name = "StepFailure";
  }
}
