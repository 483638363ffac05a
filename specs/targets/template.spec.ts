import { expect } from "chai";
import { renderTemplate, soleValue } from "../../src/targets/template.js";

const value = (name: string) => `$\{${name}}`;

describe("targets/template", () => {
  it("puts values in, and leaves everything else alone", () => {
    const text = `a: ${value("server.name")}\nb: $HOME $${value("x")} {y} $& ${value(" server.name ")}`;
    expect(renderTemplate(text, { "server.name": "hs1$&" }, { file: "t" })).to.equal(
      `a: hs1$&\nb: $HOME ${value("x")} {y} $& hs1$&`,
    );
  });

  it("names file, line and column of a value there is not", () => {
    const render = () => renderTemplate(`ok\n  a: ${value("server.nmae")}`, { "server.name": "x" }, { file: "t.yaml" });
    expect(render).to.throw("t.yaml:2:6").with.property("code", "unknown-value");
    expect(render).to.throw().with.property("hint").that.contains("server.name");
  });

  it("names the key of a value in the target file", () => {
    const render = () => renderTemplate(value("nope"), {}, { file: "mine.yaml", key: "environment.NAME" });
    expect(render).to.throw('"environment.NAME"').with.property("place", "mine.yaml");
  });

  it("does not take inherited properties for values", () => {
    expect(() => renderTemplate(value("constructor"), {}, { file: "t" })).to.throw("no value of the lab");
  });

  it("tells a text that is one value from a path", () => {
    expect(soleValue(value("lab.ca"))).to.equal("lab.ca");
    expect(soleValue(`templates/${value("lab.ca")}`)).to.equal(undefined);
  });
});
