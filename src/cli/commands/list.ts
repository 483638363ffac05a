import { defineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { LISTS, type Listed } from "../lists.js";
import { table } from "../table.js";

const KINDS = Object.keys(LISTS) as Listed[];

export const list = defineCommand({
  usage: "list <what>",
  summary: `Lists ${KINDS.join(", ")}`,
  build: (yargs) =>
    yargs
      .positional("what", { choices: KINDS, demandOption: true, describe: "What to list" })
      .option("json", { type: "boolean", default: false, describe: "As JSON, in full" }),
  async run({ what, json }, io) {
    const listing = await LISTS[what](io.cwd);
    if (json) io.out(JSON.stringify(listing.items, null, 2));
    else
      for (const line of [...table(listing.rows), ...(listing.note === undefined ? [] : ["", listing.note])])
        io.out(line);
    if (listing.items.length > 0) return EXIT.ok;
    io.err(`there are no ${what}`);
    return EXIT.nothing;
  },
});
