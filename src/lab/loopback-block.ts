import { createServer, type Server } from "node:net";
import { LabError } from "./lab-error.js";

/** A stretch of loopback addresses that this run holds alone, guarded by a listener on its first one. */
export interface LoopbackBlock {
  /** The next address, never given before. */
  next(): string;
  release(): Promise<void>;
}

const FIRST = 64;
const LAST = 126;

/** Takes the first free 127.n.0.0/16. Linux answers on all of them without configuration. */
export async function claimLoopbackBlock(guardPort: number): Promise<LoopbackBlock> {
  for (let second = FIRST; second <= LAST; second += 1) {
    const guard = await listen(`127.${second}.0.1`, guardPort);
    if (guard) return block(second, guard);
  }
  const what = `no free stretch of loopback addresses (127.${FIRST}.0.1 to 127.${LAST}.0.1, port ${guardPort})`;
  throw new LabError("no-loopback-addresses", what, "loopback naming needs Linux; end other runs if there are many");
}

function block(second: number, guard: Server): LoopbackBlock {
  let given = 1;
  return {
    next: () => {
      given += 1;
      // Last bytes 0 and 255 are left out: some programs take them for network and broadcast addresses.
      const index = given - 1;
      return `127.${second}.${Math.floor(index / 254)}.${(index % 254) + 1}`;
    },
    release: () => new Promise<void>((resolve) => guard.close(() => resolve())),
  };
}

function listen(address: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(undefined));
    server.listen(port, address, () => resolve(server));
  });
}
