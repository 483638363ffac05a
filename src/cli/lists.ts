import { readFileSync } from "node:fs";
import { CHECKS } from "../checks/index.js";
import { DEFECTS } from "../homeserver/defects/catalogue.js";
import { isJsonObject } from "../matrix/json.js";
import type { CatalogueEntry } from "../scenario/model.js";
import { readSource } from "../schema/source.js";
import { STEPS } from "../steps/index.js";
import { readTargetFile } from "../targets/target-file.js";
import { listRequirements, type RequirementFilter } from "./list-requirements.js";
import { dataFiles, openProject, openSoundProject } from "./project.js";

/** The same things twice: for people in rows, for programs as JSON. */
export interface Listing {
  readonly rows: readonly (readonly string[])[];
  readonly items: readonly object[];
  /** Said below the rows. */
  readonly notes?: readonly string[];
  /** What the notes say, for programs: JSON is then an object of these and the items. */
  readonly figures?: { readonly [name: string]: object };
}

export type Listed = "scenarios" | "requirements" | "targets" | "profiles" | "steps" | "checks" | "defects";

/** What can be listed, as seen from a working directory. */
export const LISTS: Readonly<Record<Listed, (cwd: string, filter: RequirementFilter) => Promise<Listing>>> = {
  scenarios: async (cwd) => scenarios(cwd),
  requirements: async (cwd, filter) => listRequirements(cwd, filter),
  targets,
  profiles: async (cwd) => profiles(cwd),
  steps: async () => definitions(STEPS),
  checks: async () => definitions(CHECKS),
  defects: async (cwd) => defects(cwd),
};

function scenarios(cwd: string): Listing {
  const items = openSoundProject(cwd).scenarios.map((scenario) => ({
    id: scenario.id,
    title: scenario.title,
    purpose: scenario.purpose,
    file: scenario.file,
    covers: scenario.covers,
    roomVersions: scenario.roomVersions ?? [],
    seats: Object.fromEntries(Object.entries(scenario.seats).map(([seat, { kind }]) => [seat, kind])),
    detects: scenario.detects,
  }));
  return { items, rows: items.map(({ id, title }) => [id, title]) };
}

async function targets(cwd: string): Promise<Listing> {
  const items = await Promise.all(
    dataFiles("targets", cwd).map(async ({ path, name }) => {
      const { name: called, product, vendor, driver, image, room_versions } = await readTargetFile(path);
      return {
        name: called,
        product,
        vendor,
        driver,
        ...(image === undefined ? {} : { image }),
        roomVersions: room_versions,
        file: name,
      };
    }),
  );
  return {
    items,
    rows: items.map(({ name, product, driver, image }) => [
      name,
      driver,
      `${product}${image === undefined ? "" : ` (${image})`}`,
    ]),
  };
}

function profiles(cwd: string): Listing {
  const items = dataFiles("profiles", cwd).map(({ path, name }) => {
    const { value } = readSource(name, readFileSync(path, "utf8"));
    const profile = isJsonObject(value) ? value : {};
    return { name: String(profile.name), version: String(profile.version), title: String(profile.title), file: name };
  });
  return { items, rows: items.map(({ name, version, title }) => [name, version, title]) };
}

function definitions(entries: readonly Pick<CatalogueEntry, "name" | "summary">[]): Listing {
  const items = entries.map(({ name, summary, ...rest }) => ({
    name,
    summary,
    input: "input" in rest ? rest.input : {},
  }));
  return { items, rows: items.map(({ name, summary }) => [name, summary]) };
}

function defects(cwd: string): Listing {
  const { scenarios } = openProject(cwd);
  const items = DEFECTS.map((defect) => ({
    ...defect,
    detectedBy: scenarios.filter(({ detects }) => detects.includes(defect.name)).map(({ id }) => id),
  }));
  const undetected = items.filter(({ detectedBy }) => detectedBy.length === 0).length;
  return {
    items,
    rows: items.map(({ name, requirement, summary }) => [name, requirement, summary]),
    notes: [`${items.length - undetected} of ${items.length} defects are claimed by a scenario`],
  };
}
