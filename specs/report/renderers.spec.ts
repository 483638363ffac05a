import { expect } from "chai";
import { VERDICTS } from "../../src/evidence/verdict.js";
import { RENDERERS, type RendererName } from "../../src/report/index.js";
import { readXml, type XmlElement } from "./fixture/read-xml.js";
import { CATALOGUE, hostileRun, incompleteRun, mixedRun, passingRun } from "./fixtures.js";

type Make = typeof mixedRun;

const render = (name: RendererName, make: Make) => RENDERERS[name].render(make(), CATALOGUE);
const cases = (root: XmlElement) =>
  root.children.flatMap(({ children }) => children.filter(({ name }) => name === "testcase"));
const childNames = (element: XmlElement) => element.children.map(({ name }) => name);

describe("renderings", () => {
  for (const [name, { render: make, file }] of Object.entries(RENDERERS)) {
    it(`${name} is a function of the run, and ends its file with a newline`, () => {
      expect(make(mixedRun(), CATALOGUE)).to.equal(make(mixedRun(), CATALOGUE));
      expect(make(mixedRun(), CATALOGUE).endsWith("\n"), file).to.equal(true);
    });

    it(`${name} holds no control character of a hostile server`, () => {
      expect(make(hostileRun(), CATALOGUE)).to.not.match(/[^\P{Cc}\r\n\t]|\p{Cf}|\p{Cs}/u);
    });
  }
});

describe("who is charged", () => {
  it("is whoever broke a requirement, and nobody for what could not be told", () => {
    const charged = (name: RendererName) => render(name, mixedRun).match(/Charged: .*/gu) ?? [];
    const blank = charged("text").filter((line) => line.includes("nobody; "));
    expect(blank).to.have.length(2);
    expect(charged("text").length).to.be.greaterThan(blank.length);
    expect(charged("markdown").some((line) => line.includes("nobody; `"))).to.equal(true);
    expect(charged("junit").some((line) => line.includes("nobody; "))).to.equal(true);
    expect(render("html", mixedRun)).to.include("<dt>Nobody is charged; owed by</dt>").and.include("<dt>Charged</dt>");
  });
});

describe("junit", () => {
  it("maps each verdict as CI systems understand it", () => {
    const byOutcome = (make: Make) => {
      const all = cases(readXml(render("junit", make)));
      const count = (child: string) => all.filter((one) => childNames(one).includes(child)).length;
      return {
        all: all.length,
        ...Object.fromEntries(["failure", "error", "skipped", "system-out"].map((c) => [c, count(c)])),
      };
    };
    expect(byOutcome(mixedRun)).to.deep.equal({ all: 14, failure: 3, error: 2, skipped: 3, "system-out": 1 });
    expect(byOutcome(passingRun)).to.deep.equal({ all: 1, failure: 0, error: 0, skipped: 0, "system-out": 0 });
  });

  it("counts in its attributes what it holds", () => {
    const root = readXml(render("junit", mixedRun));
    for (const element of [root, ...root.children]) {
      const own = element === root ? cases(root) : element.children.filter(({ name }) => name === "testcase");
      expect(element.attributes.tests).to.equal(String(own.length));
      const failures = own.filter((one) => childNames(one).includes("failure")).length;
      expect(element.attributes.failures).to.equal(String(failures));
    }
  });

  it("is red for a run that was cut short", () => {
    expect(render("junit", incompleteRun)).to.include('<error type="error" message="error: The run was cut short');
  });

  it("stays well-formed and keeps its cases whatever a server says", () => {
    const [hostile, plain] = [readXml(render("junit", hostileRun)), readXml(render("junit", mixedRun))];
    expect(cases(hostile)).to.have.length(cases(plain).length);
  });
});

describe("ctrf", () => {
  it("keeps Concordat's own verdict beside the status, and adds up", () => {
    const { results } = JSON.parse(render("ctrf", mixedRun));
    const { tests, passed, failed, pending, skipped, other } = results.summary;
    expect({ tests, passed, failed, pending, skipped, other }).to.deep.equal({
      tests: 14,
      passed: 6,
      failed: 3,
      pending: 1,
      skipped: 2,
      other: 2,
    });
    const raw = new Set(results.tests.map(({ rawStatus }: { rawStatus: string }) => rawStatus));
    expect([...raw].sort()).to.deep.equal([...VERDICTS].sort());
    expect(new Set(results.tests.map(({ name }: { name: string }) => name)).size).to.equal(14);
  });
});

describe("csv", () => {
  it("has a row for each requirement, those without a result included", () => {
    const lines = render("csv", mixedRun).split("\r\n");
    expect(lines[0]).to.equal(
      "requirement,level,text,specification,verdict,harbour,lantern,expectations,kind of reason,why not tested",
    );
    expect(lines.filter((line) => line.startsWith("FED-TXN-001"))[0]).to.match(/,fail,fail,pass,2,,$/);
    expect(lines.filter((line) => line.startsWith("FED-TPI-004"))[0]).to.match(
      /,not-tested,,,0,other-role,needs an identity server$/,
    );
    expect(lines.at(-1)).to.equal("");
  });
});

describe("markdown", () => {
  it("says the outcome, what was not tested, and each finding with how to repeat it", () => {
    const text = render("markdown", mixedRun);
    expect(text).to.match(/Harbour Server 4\.2\.1 does not meet/);
    expect(text).to.match(/## Not tested\n\n- not run: .*\n- not applicable: /);
    expect(text).to.include("Of the other 1, 1 is owed by another kind of server.");
    expect(text).to.match(
      /<summary>1 is owed by another kind of server<\/summary>\n\n- `FED-TPI-004` MUST: needs an identity server/,
    );
    expect(text.match(/^### /gm)).to.have.length(7);
    expect(text).to.include("- Repeat: `concordat run restricted-join/three-servers");
  });

  it("draws the history of a failing result, with both answers and what decides", () => {
    const text = render("markdown", mixedRun);
    expect(text).to.include("```mermaid\ngraph TD\n").and.to.include('["ban: Ann bans Bob"]');
    expect(text).to.include("| the topic | nothing | ✗ “Bob was here”, by “topic” |");
    expect(text).to.include("- “topic” is refused\\: Bob is not joined (`FED-AR-021`)");
    expect(text).not.to.include("| Bob's membership |");
  });

  it("says first that a run was cut short", () => {
    const text = render("markdown", incompleteRun);
    expect(text.indexOf("**Incomplete.**")).to.be.within(0, text.indexOf("Harbour"));
  });

  it("lets no hostile word become markup outside code", () => {
    const outside = render("markdown", hostileRun).replace(/(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)/gu, "");
    expect(outside).to.not.match(/<(script|img|svg)/i);
    expect(outside).to.not.match(/(?<!\\)\]\(javascript/);
  });
});

describe("text", () => {
  it("ends with the counts of all eight verdicts and the outcome of each target", () => {
    const text = render("text", mixedRun);
    expect(text).to.include(
      "Expectations  5 pass · 3 fail · 1 warn · 1 inconclusive · 0 not applicable · 1 not run · 1 review · 0 error",
    );
    expect(text).to.match(/=> Harbour Server 4\.2\.1 does not meet/);
    expect(text).to.match(/ {4}Expected: .*\n {4}Actual: /);
  });

  it("begins with the word that a run is incomplete", () => {
    expect(render("text", incompleteRun)).to.match(/^INCOMPLETE/);
  });

  it("lets no hostile word begin a line", () => {
    for (const line of render("text", hostileRun).split("\n"))
      expect(line).to.match(/^($| {3,4}\S|[✗■?◆▲○–=…]|Expectations|Scenarios|Run )/u);
  });
});

describe("earl", () => {
  it("makes one assertion for each expectation, with an outcome of the vocabulary", () => {
    const graph: readonly { "@type": unknown; "@id": string }[] = JSON.parse(render("earl", mixedRun))["@graph"];
    const assertions = graph.filter((node) => node["@type"] === "earl:Assertion");
    expect(assertions).to.have.length(12);
    expect(new Set(assertions.map((node) => node["@id"])).size).to.equal(12);
    expect(render("earl", mixedRun).match(/earl:(passed|failed|cantTell|untested)"/g)).to.have.length(12);
  });
});
