import { expect } from "chai";
import { scenarioDrawings, workedExample } from "../../../src/cli/examples/worked-example.js";
import { openProject, PACKAGE_FOLDER, type Project } from "../../../src/cli/project.js";

describe("cli/examples/worked-example", function () {
  this.timeout(30_000);
  const project = openProject(PACKAGE_FOLDER);
  const only = (...ids: readonly string[]): Project => ({
    ...project,
    scenarios: project.scenarios.filter(({ id }) => ids.includes(id)),
  });
  const example = async (id: string, within: Project) => {
    const requirement = project.requirements.get(id);
    if (requirement === undefined) throw new Error(`no requirement ${id}`);
    return (await workedExample(requirement, within)).join("\n");
  };

  it("draws the history up to the event that the rule refuses, and says what the other answer would be", async () => {
    const text = await example("FED-AR-060", only("events/beyond-ones-power"));
    expect(text.split("\n")).to.deep.equal([
      "",
      "Example: room “hall” of events/beyond-ones-power, room version 12",
      "",
      "  :  7 earlier events",
      "  *  start: Tess joins",
      "  x  ✗ rename: Bob sets the topic to “Bob decides” (refused by FED-AR-060)",
      "",
      "  Time runs down. * changes the room's state, o does not, x is not accepted.",
      "",
      "Decided: “rename” is refused: m.room.topic requires level 50, the sender has 0.",
      `  FED-AR-060: ${project.requirements.get("FED-AR-060")?.text}`,
      "Otherwise: “rename” would take effect, and the topic would be “Bob decides”, by “rename”, in place of nothing.",
    ]);
  });

  it("marks the step that is by this requirement", async () => {
    const text = await example("FED-SR2-011", only("state-resolution/ban-beats-concurrent-topic"));
    expect(text).to.match(/then “ban” \(FED-SR2-011\) {2}<- by this requirement/u);
  });

  it("says that there is nothing to draw where nothing covers it, or nothing that covers it forges", async () => {
    expect(await example("FED-AR-060", only())).to.contain("No scenario covers it");
    const covers = only("events/beyond-ones-power");
    const unforged = covers.scenarios.map((one) => ({
      ...one,
      given: one.given.filter(({ do: verb }) => verb !== "forge"),
    }));
    expect(await example("FED-AR-060", { ...project, scenarios: unforged })).to.contain("there is none to draw");
  });

  it("says where other rules decide first", async () => {
    expect(await example("FED-AR-079", only("events/beyond-ones-power"))).to.contain("No scenario covers it");
    const [one] = only("events/beyond-ones-power").scenarios;
    if (one === undefined) throw new Error("no scenario");
    const claims = JSON.parse(JSON.stringify(one).replaceAll("FED-AR-060", "FED-AR-001"));
    expect(await example("FED-AR-001", { ...project, scenarios: [claims] })).to.contain(
      "No event of it stands or falls",
    );
  });

  it("leaves other requirements and scenarios alone", async () => {
    expect(await example("FED-KEY-001", project)).to.equal("");
    const [keys] = only("keys/key-document").scenarios;
    expect(keys && (await scenarioDrawings(keys))).to.deep.equal([]);
  });
});
