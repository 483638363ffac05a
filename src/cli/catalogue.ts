import { CHECKS } from "../checks/index.js";
import { DEFECTS } from "../homeserver/defects/catalogue.js";
import { BEHAVIOURS } from "../peer/behaviours/index.js";
import type { Requirements } from "../requirements/catalogue.js";
import { buildCatalogue } from "../scenario/catalogue.js";
import type { Catalogue } from "../scenario/model.js";
import { IDENTITY_ENDPOINTS } from "../schema/endpoints/identity.js";
import { ENDPOINTS } from "../schema/endpoints.js";
import { STEPS } from "../steps/index.js";

/** Everything that scenarios may name, as this version of the program has it. */
export function ownCatalogue(requirements: Requirements): Catalogue {
  return buildCatalogue({
    steps: STEPS,
    checks: CHECKS,
    behaviours: BEHAVIOURS,
    endpointGroups: [...new Set([...ENDPOINTS, ...IDENTITY_ENDPOINTS].map(({ group }) => group))].sort(),
    defects: DEFECTS.map(({ name }) => name),
    requirements,
  });
}
