import { DEFECTS } from "../homeserver/defects/catalogue.js";
import { UsageError } from "./command.js";

/** The defects of a command line; throws UsageError for one that does not exist. */
export function defectsOf(names: readonly string[]): ReadonlySet<string> {
  const known = new Set(DEFECTS.map(({ name }) => name));
  for (const name of names)
    if (!known.has(name)) throw new UsageError(`--defect ${name}: there is no such defect; see list defects`);
  return new Set(names);
}
