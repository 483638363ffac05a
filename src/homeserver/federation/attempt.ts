import type { Core } from "../core.js";
import { MatrixError } from "../parts.js";

/** What came of it, or undefined and a line in the log where another server's answer or event was no good. */
export async function attempt<T>({ log }: Pick<Core, "log">, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    log(`left out: ${error.message}`);
    return undefined;
  }
}
