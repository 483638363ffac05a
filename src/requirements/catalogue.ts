import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isJsonObject, type JsonObject, objectOf } from "../matrix/json.js";
import { AuthoringError, type Problem } from "../schema/problem.js";
import { compileSchema } from "../schema/schema-files.js";
import { nameOfPath, pathOfPointer, readSource, type Source } from "../schema/source.js";
import { type Area, type Requirement, toRequirement } from "./requirement.js";

/** The catalogue: every requirement by id, and area by area. */
export interface Requirements extends ReadonlyMap<string, Requirement> {
  readonly areas: readonly Area[];
}

/** Loads every `<area>.yaml` of the folder. Throws AuthoringError with all that is wrong in all files. */
export function loadRequirements(folder: string): Requirements {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort();
  return readRequirements(
    files.map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), "utf8") })),
  );
}

/** As `loadRequirements`, for texts that are already at hand. */
export function readRequirements(files: readonly { readonly file: string; readonly text: string }[]): Requirements {
  const problems: Problem[] = [];
  const byId = new Map<string, Requirement>();
  const areas: Area[] = [];
  for (const { file, text } of files) {
    try {
      const source = readSource(file, text);
      const unfit = unfitPlaces(source);
      problems.push(...(unfit.length > 0 ? unfit : wrongIds(source, byId)));
      if (unfit.length > 0) continue;
      const area = toArea(source);
      areas.push(area);
      for (const requirement of area.requirements) byId.set(requirement.id, requirement);
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new AuthoringError(problems);
  return Object.assign(byId, { areas });
}

function unfitPlaces(source: Source): Problem[] {
  return compileSchema("requirements")(source.value).map(({ path, message, keyword, params }) => {
    const at = pathOfPointer(path);
    const surplus = keyword === "additionalProperties" ? [...at, String(params.additionalProperty)] : undefined;
    const place = surplus === undefined ? source.placeOf(at) : source.placeOfKey(surplus);
    return { place, message: `${nameOfPath(at, "the file")} ${message}` };
  });
}

function wrongIds(source: Source, known: ReadonlyMap<string, Requirement>): Problem[] {
  const { area, code } = objectOf(source.value);
  const problems: Problem[] = [];
  if (`${String(area)}.yaml` !== basename(source.file)) {
    problems.push({
      place: source.placeOf(["area"]),
      message: `\`area\` must be the file's name, not \`${String(area)}\``,
    });
  }
  const seen = new Set<string>();
  for (const [index, { id }] of rowsOf(source).entries()) {
    const place = source.placeOf(["requirements", index, "id"]);
    const text = String(id);
    if (!text.startsWith(`FED-${String(code)}-`))
      problems.push({ place, message: `\`${text}\` must begin with \`FED-${String(code)}-\`` });
    if (seen.has(text) || known.has(text)) problems.push({ place, message: `\`${text}\` is taken` });
    seen.add(text);
  }
  return problems;
}

function toArea(source: Source): Area {
  const { area, code, title } = objectOf(source.value);
  const requirements = rowsOf(source).map((row, index) =>
    toRequirement(row, String(area), {
      place: source.placeOf(["requirements", index]),
      reasonPlace: source.placeOfKey(["requirements", index, "not-tested"]),
    }),
  );
  return { area: String(area), code: String(code), title: String(title), file: source.file, requirements };
}

function rowsOf(source: Source): readonly JsonObject[] {
  const { requirements } = objectOf(source.value);
  return Array.isArray(requirements) ? requirements.filter(isJsonObject) : [];
}
