import { renderBaseline } from "./baseline.js";
import { renderCsv } from "./csv.js";
import { renderCtrf } from "./ctrf.js";
import { renderEarl } from "./earl.js";
import { renderHtml } from "./html/render-html.js";
import { renderJunit } from "./junit.js";
import { renderMarkdown } from "./markdown.js";
import type { RequirementLookup } from "./requirement-lookup.js";
import type { RunJson } from "./run-json.js";
import { renderText } from "./text.js";

/** A rendering of a run: a function of `run.json` and the catalogue, nothing else. */
export interface Renderer {
  /** Its file in the folder of the run. */
  readonly file: string;
  render(run: RunJson, requirements: RequirementLookup): string;
}

/** By the name that `--reporter` takes. */
export const RENDERERS = {
  html: { file: "report.html", render: renderHtml },
  junit: { file: "junit.xml", render: renderJunit },
  ctrf: { file: "ctrf.json", render: renderCtrf },
  markdown: { file: "summary.md", render: renderMarkdown },
  text: { file: "summary.txt", render: renderText },
  csv: { file: "requirements.csv", render: renderCsv },
  baseline: { file: "baseline.json", render: renderBaseline },
  earl: { file: "earl.jsonld", render: renderEarl },
} as const satisfies { readonly [name: string]: Renderer };

export type RendererName = keyof typeof RENDERERS;
