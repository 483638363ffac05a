import type { ExpectationResult } from "./run-json.js";

/** Whether the verdict is one against the server that owed it: what could not be told, or was not run, is nobody's fault. */
export function isCharged({ verdict }: Pick<ExpectationResult, "verdict">): boolean {
  return verdict === "fail" || verdict === "warn";
}

/** Who is charged, plainly; for a result that charges nobody, who owed it. `named` writes a seat or a server's name. */
export function chargedWords(
  result: Pick<ExpectationResult, "verdict" | "of" | "server">,
  named: (name: string) => string = (name) => name,
): string {
  const owing = `${named(result.of)} (${named(result.server)})`;
  return isCharged(result) ? owing : `nobody; ${owing} owed it`;
}
