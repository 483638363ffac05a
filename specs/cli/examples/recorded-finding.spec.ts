import { expect } from "chai";
import { explainFinding, recordedFindings } from "../../../src/cli/examples/recorded-finding.js";
import { openProject, PACKAGE_FOLDER } from "../../../src/cli/project.js";

describe("cli/examples/recorded-finding", function () {
  this.timeout(30_000);
  const project = openProject(PACKAGE_FOLDER);

  it("finds every section that names a requirement, each by an address of its own", () => {
    const found = recordedFindings();
    expect(found.length).to.be.greaterThan(10);
    expect(new Set(found.map(({ anchor }) => anchor))).to.have.length(found.length);
    for (const { text, anchor } of found) {
      expect(text, anchor).to.match(/FED-[A-Z0-9]+-\d{3}/u);
      expect(anchor).to.match(/^[\p{L}\p{N}_-]+$/u);
    }
  });

  it("takes titles as well as addresses, and knows no others", async () => {
    const [first] = recordedFindings();
    if (first === undefined) throw new Error("no findings");
    const ways = [first.title, first.anchor, `#${first.anchor}`, `docs/findings.md#${first.anchor}`];
    const texts = await Promise.all(ways.map((way) => explainFinding(way, project)));
    expect(new Set(texts)).to.have.length(1);
    expect(texts[0]).to.contain(`${first.title}: a finding`).and.to.contain("(MUST): ");
    expect(await explainFinding("what-counts", project)).to.equal(undefined);
  });
});
