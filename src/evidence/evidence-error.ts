/** The folder of a run lacks what it must hold, so that nothing can be told from it. */
export class EvidenceError extends Error {
  readonly code = "EVIDENCE";
  override readonly name = "EvidenceError";
}
