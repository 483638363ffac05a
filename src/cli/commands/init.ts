import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { defineCommand, UsageError } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { STARTER_FILES } from "../starter-files.js";

export const init = defineCommand({
  usage: "init [folder]",
  summary: "Writes a first scenario and a first target into a folder",
  build: (yargs) => yargs.positional("folder", { type: "string", default: ".", describe: "Where to write" }),
  async run({ folder }, io) {
    const root = resolve(io.cwd, folder);
    const files = Object.entries(STARTER_FILES).map(([name, text]) => ({ name, path: join(root, name), text }));
    const taken = files.filter(({ path }) => existsSync(path));
    if (taken.length > 0) throw new UsageError(`nothing written: ${alreadyThere(taken.map(({ name }) => name))}`);
    for (const { path, text } of files) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { flag: "wx" });
    }
    for (const { name } of files) io.out(`written: ${join(folder, name)}`);
    io.out("Next, from that folder: concordat lint, then concordat run first/key-document --target my-server");
    return EXIT.ok;
  },
});

function alreadyThere(names: readonly string[]): string {
  return `${names.join(" and ")} ${names.length === 1 ? "exists" : "exist"} already`;
}
