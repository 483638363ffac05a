import { parseScenario, ScenarioError } from "../../src/scenario/read-scenario.js";
import { CATALOGUE, SCENARIO } from "./catalogue.js";

/** The problems of the sound scenario after replacements, without the file's name: `line:column: message`. */
export function complaintsAfter(...replacements: readonly (readonly [from: string, to: string])[]): string[] {
  let text = SCENARIO;
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`the scenario has no ${JSON.stringify(from)}`);
    text = text.replace(from, () => to);
  }
  return complaints(text);
}

export function complaints(text: string): string[] {
  const file = "scenarios/joining/refused.yaml";
  try {
    parseScenario(file, text, CATALOGUE);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.message.split("\n").map((line) => line.slice(file.length + 1));
  }
}
