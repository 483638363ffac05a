import { expect } from "chai";
import { parseScenario } from "../../src/scenario/read-scenario.js";
import { CATALOGUE, SCENARIO } from "../support/catalogue.js";

const parse = (text: string) => parseScenario("scenarios/joining/refused.yaml", text, CATALOGUE);

describe("scenario/to-scenario", () => {
  it("takes over what the file says instead of the defaults", () => {
    const head = "preset: as-shipped\nexclusive: true\ndeadline: 2m\nseats:\n";
    const scenario = parse(SCENARIO.replace("seats:\n", head).replace("of: owner }", "of: owner, impact: blocks }"));
    expect(scenario).to.deep.include({
      preset: "as-shipped",
      exclusive: true,
      deadlineMs: 120_000,
    });
    expect(scenario.steps[0]?.expect[0]?.impact).to.equal("blocks");
  });

  it("names steps by their position where they have no id, and passes an id only to steps that want one", () => {
    const scenario = parse(
      SCENARIO.replace("  - id: outsider\n    title: June is turned away\n    do: join", "  - do: join"),
    );
    expect(scenario.steps[0]).to.include({ id: "step-1" }).and.not.to.have.property("title");
    expect(scenario.steps[0]?.arguments).not.to.have.property("id");
    expect(scenario.given[0]?.arguments).to.have.property("id", "hall");
  });

  it("keeps a cast member's own settings", () => {
    const scenario = parse(SCENARIO.replace("june: { at: guest }", "june: { at: guest, devices: 2 }"));
    expect(scenario.cast.june).to.deep.equal({ at: "guest", settings: { devices: 2 } });
  });
});
