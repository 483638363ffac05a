import { LabError } from "../lab/lab-error.js";

/** What can be wrong with a server under test before a scenario begins. */
export type TargetErrorCode =
  | "target-not-found"
  | "target-file"
  | "template"
  | "unknown-value"
  | "naming"
  | "no-network"
  | "image-not-found"
  | "image-not-applicable"
  | "engine-refused"
  | "command-not-found"
  | "port-in-use"
  | "exited"
  | "never-ready"
  | "aborted";

/** A server under test could not be described, started or reached. */
export class TargetError extends LabError {
  override readonly name = "TargetError";

  constructor(
    override readonly code: TargetErrorCode,
    message: string,
    hint: string,
    options: ErrorOptions & {
      /** `file:line:column` of what is to be changed. */
      readonly place?: string;
    } = {},
  ) {
    super(code, options.place ? `${options.place}: ${message}` : message, hint, options);
    this.place = options.place;
  }

  readonly place: string | undefined;
}
