import type { Verdict } from "../evidence/verdict.js";
import { resultAnchor } from "./findings.js";
import type { RunJson } from "./run-json.js";
import { type Placed, placedResults } from "./run-targets.js";
import { jsonText } from "./sanitise.js";

const OUTCOME: Readonly<Record<Verdict, string>> = {
  pass: "earl:passed",
  warn: "earl:passed",
  fail: "earl:failed",
  inconclusive: "earl:cantTell",
  review: "earl:cantTell",
  "not-applicable": "earl:inapplicable",
  "not-run": "earl:untested",
  error: "earl:cantTell",
};

/** W3C Evaluation and Report Language as JSON-LD: one assertion for each expectation. `info` keeps Concordat's own verdict. */
export function renderEarl(run: RunJson): string {
  const urls = new Map(run.requirements.map(({ id, url }) => [id, url]));
  const graph = [
    {
      "@id": "#concordat",
      "@type": ["earl:Assertor", "earl:Software"],
      "dct:title": "Concordat",
      "dct:hasVersion": run.run.tool.version,
    },
    ...run.targets.map((target) => ({
      "@id": `#target-${encodeURIComponent(target.name)}`,
      "@type": ["earl:TestSubject", "earl:Software"],
      "dct:title": target.product,
      ...(target.observed.version === undefined ? {} : { "dct:hasVersion": target.observed.version }),
    })),
    ...placedResults(run).map((placed) => assertion(placed, urls, run)),
  ];
  const context = { earl: "http://www.w3.org/ns/earl#", dct: "http://purl.org/dc/terms/" };
  return jsonText({ "@context": context, "@graph": graph });
}

function assertion(placed: Placed, urls: ReadonlyMap<string, string>, run: RunJson) {
  const { result, target } = placed;
  return {
    "@id": `#${resultAnchor(placed)}`,
    "@type": "earl:Assertion",
    "earl:assertedBy": { "@id": "#concordat" },
    "earl:subject": target ? { "@id": `#target-${encodeURIComponent(target.name)}` } : { "dct:title": result.server },
    "earl:test": {
      "@id": urls.get(result.requirement) ?? `#${result.requirement}`,
      "dct:identifier": result.requirement,
    },
    "earl:mode": { "@id": result.verdict === "review" ? "earl:manual" : "earl:automatic" },
    "earl:result": {
      "@type": "earl:TestResult",
      "earl:outcome": { "@id": OUTCOME[result.verdict] },
      "earl:info": result.verdict,
      "dct:description": `Expected: ${result.expected} Actual: ${result.actual}`,
      "dct:date": run.run.endedAt,
    },
  };
}
