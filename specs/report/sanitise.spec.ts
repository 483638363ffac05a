import { expect } from "chai";
import fc from "fast-check";
import {
  csvField,
  cutText,
  markdownCode,
  markdownText,
  oneLine,
  visible,
  webAddress,
  xml,
} from "../../src/report/sanitise.js";
import { HOSTILE } from "./fixtures.js";

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constant(HOSTILE));

describe("sanitise", () => {
  it("spells out what is invisible or reorders text", () => {
    expect(visible("a\u202eb\u0000\u001b[31m\ud800\u{e0041}")).to.equal("a\\u202eb\\u0000\\u001b[31m\\ud800\\u{e0041}");
    expect(visible("tab\tand\nline, é 漢 😀")).to.equal("tab\tand\nline, é 漢 😀");
  });

  it("leaves no control character in one line", () => {
    fc.assert(fc.property(text, (value) => void expect(oneLine(value)).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}]/u)));
  });

  it("leaves nothing in XML text that could end or start markup", () => {
    fc.assert(fc.property(text, (value) => void expect(xml(value)).to.not.match(/[<>"]|&(?!(amp|lt|gt|quot);)/u)));
  });

  it("leaves nothing in Markdown that starts HTML, a mention, code, a link or a table cell", () => {
    fc.assert(
      fc.property(text, (value) => void expect(markdownText(value)).to.not.match(/[<>@]|(?<!\\)(?:\\\\)*[`*_[\]|]/u)),
    );
  });

  it("closes a code span only where it ends", () => {
    expect(markdownCode("a`b``c")).to.equal("``` a`b``c ```");
    expect(markdownCode("x|y")).to.equal("`x|y`");
  });

  it("keeps spreadsheets from running a cell, and quotes as RFC 4180 asks", () => {
    for (const start of ["=", "+", "-", "@", "\t"]) expect(csvField(`${start}1`)).to.match(/^'/);
    expect(csvField('a "b", c')).to.equal('"a ""b"", c"');
    expect(csvField("plain")).to.equal("plain");
  });

  it("knows addresses of the web from others", () => {
    expect(webAddress("https://spec.matrix.org/#x")).to.equal("https://spec.matrix.org/#x");
    for (const url of ["javascript:alert(1)", "data:text/html,x", 'https://x/"><b>', ""]) {
      expect(webAddress(url)).to.equal(undefined);
    }
  });

  it("cuts without splitting a character, and says how much it left out", () => {
    expect(cutText("ab😀", 3)).to.deep.equal({ text: "ab", left: 2 });
    expect(cutText("ab", 2)).to.deep.equal({ text: "ab", left: 0 });
  });
});
