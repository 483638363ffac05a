import { expect } from "chai";
import fc from "fast-check";
import { VERDICTS } from "../../../src/evidence/verdict.js";
import { clip } from "../../../src/report/html/clip.js";
import { prettyJson } from "../../../src/report/html/pretty-json.js";
import { ARROWS_DRAWN, abbreviate, layoutSequence } from "../../../src/report/html/sequence-layout.js";
import { PALETTES } from "../../../src/report/html/style-palette.js";
import { arrow, scenario } from "../fixture/parts.js";

describe("prettyJson", () => {
  it("changes white space only, and keeps what parsing would hide", () => {
    expect(prettyJson('{"a":1,"a":1.0,"b":[],"c":{"d":"x , {y"}}')).to.equal(
      '{\n  "a": 1,\n  "a": 1.0,\n  "b": [],\n  "c": {\n    "d": "x , {y"\n  }\n}',
    );
  });

  it("means the same as the text it was given", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(prettyJson(text))).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it("leaves alone what is not JSON", () => {
    for (const text of ["<html>", '{"a":', ""]) expect(prettyJson(text)).to.equal(text);
  });

  it("does not grow out of bounds with depth", () => {
    const deep = `${"[".repeat(4000)}${"]".repeat(4000)}`;
    expect(prettyJson(deep).length).to.be.below(deep.length * 30);
  });
});

describe("sequence layout", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => arrow(`x${i}`, "joiner", "owner", `GET /${i}`, "200", i));
  const withSequence = (sequence: ReturnType<typeof many>) =>
    scenario({ scenario: "a/b", instance: "a/b", title: "t", sequence });

  it("draws up to sixty arrows, and of more the first and the last, saying how many it left out", () => {
    expect(abbreviate(many(ARROWS_DRAWN))).to.have.length(ARROWS_DRAWN);
    const cut = abbreviate(many(ARROWS_DRAWN + 33));
    expect(cut.filter((item) => typeof item === "number")).to.deep.equal([33]);
    expect(cut).to.have.length(ARROWS_DRAWN + 1);
    expect(cut.at(-1)).to.include({ exchange: `x${ARROWS_DRAWN + 32}` });
  });

  it("puts seats in the scenario's order before users, and leaves out who took no part", () => {
    const sequence = [arrow("x1", "@olivia", "joiner", "", "200"), arrow("x2", "joiner", "owner", "", "200")];
    const { lifelines, width } = layoutSequence(withSequence(sequence), new Set());
    expect(lifelines.map(({ name }) => name)).to.deep.equal(["owner", "joiner", "@olivia"]);
    for (const { x } of lifelines) expect(x).to.be.within(0, width);
  });

  it("tells answers from refusals and from silence, and marks what a finding cites", () => {
    const results = ["200", "403 M_FORBIDDEN", "no answer"];
    const sequence = results.map((result, i) => arrow(`x${i}`, "joiner", "owner", "", result, i));
    const { rows } = layoutSequence(withSequence(sequence), new Set(["x1"]));
    expect(rows.map((row) => row.kind === "arrow" && [row.tone, row.cited])).to.deep.equal([
      ["answered", false],
      ["refused", true],
      ["lost", false],
    ]);
  });

  it("does not mistake a seat for what every object inherits", () => {
    const { lifelines } = layoutSequence(withSequence([arrow("x1", "constructor", "owner", "", "200")]), new Set());
    expect(lifelines.find(({ name }) => name === "constructor")).to.not.have.property("server");
  });
});

describe("clip", () => {
  it("keeps what fits, and shows where it cut, on one line and without splitting a character", () => {
    expect(clip("four", 4)).to.equal("four");
    expect(clip("fives", 4)).to.equal("fiv…");
    expect(clip("a\nb", 9)).to.equal("a b");
    expect(clip("ab😀d", 4)).to.equal("ab…");
  });
});

describe("palettes", () => {
  for (const [name, palette] of Object.entries(PALETTES)) {
    it(`${name}: every text reaches a contrast of 4.5 to 1 on each ground it stands on`, () => {
      const grounds = [palette.page, palette.panel, ...VERDICTS.map((verdict) => palette.inks[verdict][1])];
      for (const ground of grounds) {
        for (const ink of [palette.ink, palette.soft, palette.link])
          expect(contrast(ink, ground), `${ink} on ${ground}`).to.be.at.least(4.5);
      }
      for (const verdict of VERDICTS) {
        const [ink, ground] = palette.inks[verdict];
        for (const under of [ground, palette.page]) expect(contrast(ink, under), verdict).to.be.at.least(4.5);
      }
    });
  }
});

/** WCAG 2 contrast ratio of two colours written `#rrggbb`. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
