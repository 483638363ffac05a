import type { JsonObject } from "../../matrix/json.js";
import { groupBy } from "../group-by.js";
import type { RunTarget } from "../run-json.js";

/** Instances of one target under one preset are one row; their server names are listed. */
export function targetsOf(servers: readonly JsonObject[]): readonly RunTarget[] {
  const groups = groupBy(servers, (server) => `${server.name}/${server.preset}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group as unknown as readonly Omit<RunTarget, "serverNames">[];
    if (first === undefined) return [];
    const { name, product, vendor, driver, preset, image, imageDigest, observed } = first;
    return [
      {
        name,
        product,
        vendor,
        driver,
        preset,
        ...(image === undefined ? {} : { image }),
        ...(imageDigest === undefined ? {} : { imageDigest }),
        observed,
        serverNames: group.map((server) => String(server.serverName)),
      },
    ];
  });
}
