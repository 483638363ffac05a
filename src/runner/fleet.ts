import { startTargets } from "../targets/start.js";
import type { Preset, StartedTarget } from "../targets/target.js";
import type { TargetFile } from "../targets/target-document.js";
import { type Introduction, introduce } from "./introduce.js";
import type { RunServices } from "./services.js";

/** One server of the run: the `copy`-th of a target under a preset. */
export interface ServerSlot {
  readonly target: string;
  readonly preset: Preset;
  /** Kept for scenarios that must have their servers for themselves. */
  readonly apart: boolean;
  readonly copy: number;
}

export interface FleetMember {
  readonly slot: ServerSlot;
  readonly started: StartedTarget;
  readonly introduction: Introduction;
}

export function slotKey({ target, preset, apart, copy }: ServerSlot): string {
  return `${target}/${preset}/${apart ? "apart" : "shared"}/${copy}`;
}

export interface FleetOptions {
  readonly files: ReadonlyMap<string, TargetFile>;
  readonly image?: string;
  readonly defects?: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Starts all servers of a run in parallel, and hears what they say of themselves. Rejects with TargetError, leaving none running. */
export async function startFleet(
  services: RunServices,
  slots: readonly ServerSlot[],
  options: FleetOptions,
): Promise<ReadonlyMap<string, FleetMember>> {
  const asker = services.lab.name("concordat");
  const starts = slots.map((slot, at) => ({
    target: fileOf(slot, options.files),
    options: {
      lab: services.lab,
      label: `hs${at + 1}`,
      preset: slot.preset,
      durable: slot.apart,
      seed: `${services.seed}/hs${at + 1}`,
      signal: options.signal,
      ...imageFor(fileOf(slot, options.files), options.image),
      ...(options.defects === undefined ? {} : { defects: options.defects }),
    },
  }));
  const started = await startTargets(starts);
  try {
    const members = await Promise.all(
      slots.map(async (slot, at): Promise<[string, FleetMember]> => {
        const server = started[at];
        if (server === undefined) throw new Error(`${slotKey(slot)} did not start`);
        return [
          slotKey(slot),
          { slot, started: server, introduction: await introduce(services, server, asker, options.signal) },
        ];
      }),
    );
    return new Map(members);
  } catch (error) {
    await Promise.all(started.map((server) => server.stop()));
    throw error;
  } finally {
    services.lab.detach(asker);
  }
}

function fileOf(slot: ServerSlot, files: ReadonlyMap<string, TargetFile>): TargetFile {
  const file = files.get(slot.target);
  if (file === undefined) throw new Error(`no target file for ${slot.target}`);
  return file;
}

/** `--image` goes to the container targets; it names no image for the others. */
function imageFor(file: TargetFile, image: string | undefined): { readonly image?: string } {
  return image === undefined || file.driver !== "container" ? {} : { image };
}
