/** Something around the servers could not be built: the engine, a network, an address, a certificate. */
export class LabError extends Error {
  override readonly name: string = "LabError";

  constructor(
    /** Stable, kebab-case. */
    readonly code: string,
    message: string,
    /** What the reader can do about it. */
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
