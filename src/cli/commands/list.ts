import { defineCommand, UsageError } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { LISTS, type Listed, type Listing } from "../lists.js";
import { table } from "../table.js";

const KINDS = Object.keys(LISTS) as Listed[];

export const list = defineCommand({
  usage: "list <what>",
  summary: `Lists ${KINDS.join(", ")}`,
  build: (yargs) =>
    yargs
      .positional("what", { choices: KINDS, demandOption: true, describe: "What to list" })
      .option("area", { type: "string", describe: "Requirements only: those of one area" })
      .option("not-tested", {
        type: "boolean",
        default: false,
        describe: "Requirements only: those that nothing tests",
      })
      .option("json", { type: "boolean", default: false, describe: "As JSON, in full" }),
  async run({ what, json, area, "not-tested": notTested }, io) {
    if (what !== "requirements" && (area !== undefined || notTested)) {
      throw new UsageError("--area and --not-tested choose among requirements");
    }
    const listing = await LISTS[what](io.cwd, { ...(area === undefined ? {} : { area }), notTested });
    if (json) io.out(JSON.stringify(asJson(what, listing), null, 2));
    else for (const line of [...table(listing.rows), ...below(listing)]) io.out(line);
    if (listing.items.length > 0 || notTested) return EXIT.ok;
    io.err(`there are no ${what}`);
    return EXIT.nothing;
  },
});

function below({ rows, notes = [] }: Listing): readonly string[] {
  return notes.length === 0 || rows.length === 0 ? notes : ["", ...notes];
}

function asJson(what: Listed, { items, figures }: Listing): object {
  return figures === undefined ? items : { ...figures, [what]: items };
}
