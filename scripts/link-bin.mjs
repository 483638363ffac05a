// Makes `npx concordat` work inside this checkout: npm links the programs of dependencies, but not those of the package itself.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";

const bin = new URL("../node_modules/.bin/", import.meta.url);
mkdirSync(bin, { recursive: true });
chmodSync(new URL("../dist/cli/main.js", import.meta.url), 0o755);
rmSync(new URL("concordat", bin), { force: true });
symlinkSync("../../dist/cli/main.js", new URL("concordat", bin));
