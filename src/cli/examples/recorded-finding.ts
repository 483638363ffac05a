import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_FOLDER, type Project } from "../project.js";
import { scenarioDrawings } from "./worked-example.js";

interface Section {
  readonly title: string;
  /** As in addresses within the page. */
  readonly anchor: string;
  readonly text: string;
}

const FILE = "docs/findings.md";

/** The findings that are written up, by their titles and anchors. Sections without a requirement are none. */
export function recordedFindings(): readonly Section[] {
  const [, ...parts] = readFileSync(join(PACKAGE_FOLDER, FILE), "utf8").split(/^## /mu);
  return parts.flatMap((part) => {
    const [title = "", ...rest] = part.split("\n");
    const text = rest.join("\n").trim();
    return text.includes("- **Requirement**") ? [{ title: plain(title), anchor: anchorOf(title), text }] : [];
  });
}

/** What is written of a finding, what its requirements demand, and the history of its scenario where it has one. */
export async function explainFinding(id: string, project: Project): Promise<string | undefined> {
  const wanted = anchorOf(id.replace(/^(?:docs\/findings\.md)?#/u, ""));
  const found = recordedFindings().find(({ anchor }) => anchor === wanted);
  if (found === undefined) return undefined;
  const ids = [...new Set(found.text.match(/FED-[A-Z0-9]+-\d{3}/gu) ?? [])];
  const demands = ids.flatMap((one) => {
    const requirement = project.requirements.get(one);
    return requirement === undefined ? [] : [`  ${one} (${requirement.level.toUpperCase()}): ${requirement.text}`];
  });
  const scenarios = project.scenarios.filter(({ id: name }) => found.text.includes(`run ${name} `));
  const drawings = [];
  for (const scenario of scenarios) drawings.push(...(await scenarioDrawings(scenario)));
  const none = ["", "Its scenarios write no history of a room: there is none to draw."];
  return [
    `${found.title}: a finding (${FILE}#${found.anchor})`,
    "",
    ...demands,
    "",
    found.text,
    ...(drawings.length === 0 ? none : drawings),
  ].join("\n");
}

function plain(title: string): string {
  return title.trim().replaceAll("`", "");
}

/** As code hosts make it of a heading. */
function anchorOf(title: string): string {
  return plain(title)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}
