import { sweepAll } from "../../lab/sweep.js";
import { defineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";

export const clean = defineCommand({
  usage: "clean",
  summary: "Removes every container, network and process that runs have left behind",
  build: (yargs) => yargs,
  async run(_args, io) {
    const swept = await sweepAll();
    for (const [what, names] of Object.entries(swept)) for (const name of names) io.out(`removed ${what}: ${name}`);
    if (Object.values(swept).every((names) => names.length === 0)) io.out("nothing was left behind");
    return EXIT.ok;
  },
});
