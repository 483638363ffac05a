import { createHash } from "node:crypto";
import { renderToString } from "preact-render-to-string";
import type { RequirementLookup } from "../requirement-lookup.js";
import type { RunJson } from "../run-json.js";
import { oneLine } from "../sanitise.js";
import { Page, subjectOf } from "./page.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";
import { type View, viewOf } from "./view.js";

/**
 * The report as one file that asks for nothing. Its content policy admits this style and this script by digest and nothing else,
 * so that even a fault in escaping could not make a hostile server's words act.
 */
export function renderHtml(run: RunJson, catalogue: RequirementLookup): string {
  return `<!doctype html>\n${renderToString(<Document view={viewOf(run, catalogue)} />)}\n`;
}

const POLICY = [
  "default-src 'none'",
  `style-src ${digest(STYLE)}`,
  `script-src ${digest(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function Document({ view }: { readonly view: View }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>{`Federation report: ${oneLine(subjectOf(view))}`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <Page view={view} />
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>
  );
}
