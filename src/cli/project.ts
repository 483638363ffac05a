import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Requirements, readRequirements } from "../requirements/catalogue.js";
import type { Catalogue, Scenario } from "../scenario/model.js";
import { parseScenario } from "../scenario/read-scenario.js";
import { AuthoringError, type Problem } from "../schema/problem.js";
import { ownCatalogue } from "./catalogue.js";

/** The folder of this package, which holds the catalogue, the scenarios and the targets that come with it. */
export const PACKAGE_FOLDER = fileURLToPath(new URL("../../", import.meta.url));

/** A file that somebody wrote. */
export interface DataFile {
  /** Where to read it. */
  readonly path: string;
  /** How to call it: seen from the working directory, or else from the package. */
  readonly name: string;
}

export interface Project {
  readonly requirements: Requirements;
  readonly catalogue: Catalogue;
  readonly scenarios: readonly Scenario[];
  /** What is wrong with the scenarios that are missing from the list. */
  readonly problems: readonly Problem[];
}

/** Reads the catalogue and every scenario. Throws AuthoringError for a broken catalogue of requirements. */
export function openProject(cwd: string): Project {
  const requirements = ownRequirements();
  catalogue ??= ownCatalogue(requirements);
  return { requirements, catalogue, ...readScenarios(cwd, catalogue) };
}

let own: Requirements | undefined;
/** Made once, as the schema of scenarios is compiled for it. */
let catalogue: Catalogue | undefined;

/** The catalogue of requirements that comes with this package, read once. Throws AuthoringError. */
export function ownRequirements(): Requirements {
  own ??= readOwnRequirements();
  return own;
}

function readOwnRequirements(): Requirements {
  const files = dataFiles("requirements", PACKAGE_FOLDER);
  return readRequirements(files.map(({ path, name }) => ({ file: name, text: readFileSync(path, "utf8") })));
}

/** As `openProject`; throws AuthoringError when any scenario is broken. */
export function openSoundProject(cwd: string): Project {
  const project = openProject(cwd);
  if (project.problems.length > 0) throw new AuthoringError(project.problems);
  return project;
}

/** The YAML files below `<kind>/` of the package and of the working directory, in order of name. */
export function dataFiles(
  kind: "scenarios" | "targets" | "profiles" | "requirements",
  cwd: string,
): readonly DataFile[] {
  const roots = [...new Set([resolve(PACKAGE_FOLDER), resolve(cwd)])];
  const files = roots.flatMap((root) => {
    const folder = join(root, kind);
    if (!existsSync(folder)) return [];
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
    return paths.filter((path) => /\.ya?ml$/u.test(path)).map((path) => ({ path, name: nameOf(path, root, cwd) }));
  });
  return files.filter(({ path }) => !isTemplate(path)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a file comes with the package. */
export function isOwn({ path }: DataFile): boolean {
  return path.startsWith(resolve(PACKAGE_FOLDER) + sep);
}

/** Configuration of servers under test is YAML too, and none of ours. */
function isTemplate(path: string): boolean {
  return path.includes(`${sep}templates${sep}`);
}

function nameOf(path: string, root: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  const name = fromHere.startsWith("..") ? relative(root, path) : fromHere;
  return name.split(sep).join("/");
}

function readScenarios(cwd: string, catalogue: Catalogue): Pick<Project, "scenarios" | "problems"> {
  const scenarios: Scenario[] = [];
  const problems: Problem[] = [];
  for (const { path, name } of dataFiles("scenarios", cwd)) {
    try {
      scenarios.push(parseScenario(name, readFileSync(path, "utf8"), catalogue));
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { scenarios, problems };
}
