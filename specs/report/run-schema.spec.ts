import { expect } from "chai";
import { VERDICTS } from "../../src/evidence/verdict.js";
import { compileSchema } from "../../src/schema/schema-files.js";
import { problemLines } from "../../src/schema/validator.js";
import { hostileRun, incompleteRun, mixedRun, passingRun } from "./fixtures.js";

const problems = (value: unknown) => problemLines(compileSchema("run")(value));
const plain = () => structuredClone(mixedRun()) as unknown as Record<string, never>;

describe("schemas/run.schema.json", () => {
  for (const [name, make] of Object.entries({ mixedRun, incompleteRun, passingRun, hostileRun })) {
    it(`accepts ${name}`, () => {
      expect(problems(JSON.parse(JSON.stringify(make())))).to.deep.equal([]);
    });
  }

  const broken: readonly (readonly [string, (run: Record<string, unknown>) => unknown, RegExp])[] = [
    ["another format", (run) => ({ ...run, format: "concordat-run/2" }), /^\/format /],
    ["no outcome", ({ outcome: _, ...run }) => run, /"outcome"/],
    ["an unknown property", (run) => ({ ...run, score: 97 }), /"score"/],
    ["a digest that is none", (run) => ({ ...run, journal: "sha256:abc" }), /^\/journal /],
    ["a time that is none", (run) => ({ ...run, run: { ...mixedRun().run, startedAt: "yesterday" } }), /startedAt/],
    [
      "a verdict that does not exist",
      (run) => ({ ...run, passive: [{ ...mixedRun().passive[0], verdict: "skipped" }] }),
      /verdict/,
    ],
    [
      "a body without its encoding",
      (run) => ({
        ...run,
        exchanges: { x3: { ...mixedRun().exchanges.x3, requestBody: { text: "", cut: false } } },
      }),
      /encoding/,
    ],
  ];
  for (const [name, change, message] of broken) {
    it(`refuses ${name}`, () => {
      expect(problems(change(plain())).join("\n")).to.match(message);
    });
  }

  it("demands the count of every verdict", () => {
    for (const verdict of VERDICTS) {
      const run = mixedRun();
      const { [verdict]: _, ...counts } = run.outcome.counts;
      const lines = problems({ ...run, outcome: { ...run.outcome, counts } });
      expect(lines.join("\n"), verdict).to.include(`"${verdict}"`);
    }
  });
});
