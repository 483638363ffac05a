import type { Defect } from "./defect.js";

/** An authorisation rule that is forgotten: it decides nothing, and the rules after it are asked (rooms/v12#authorisation-rules). */
export interface ForgottenRule extends Defect {
  readonly requirement: `FED-AR-${string}`;
  /** Rules that cannot be asked without the forgotten one. */
  readonly also?: readonly `FED-AR-${string}`[];
}
