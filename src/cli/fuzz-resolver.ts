import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type ResolverProgress, type ResolverTally, runResolverCampaign } from "../fuzz/resolver/resolver-campaign.js";
import { writeResolverFinding } from "../fuzz/resolver/write-resolver-finding.js";
import { UsageError } from "./command.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { type FuzzArguments, rangeOf } from "./fuzz-options.js";
import type { Io } from "./io.js";
import { countOf } from "./run-options.js";
import { untilStopped } from "./stop-signals.js";

const EVERY_MS = 5_000;

type ResolverArguments = FuzzArguments & { readonly resolver: string; readonly seed: string };

/** `fuzz` with a resolver in place of servers. */
export async function fuzzResolver(args: ResolverArguments, io: Io): Promise<ExitCode> {
  if (args.image !== undefined || args.defect.length > 0)
    throw new UsageError("--image and --defect are for servers; a resolver is its own command line");
  if (!(args.deadline > 0)) throw new UsageError("--deadline takes a number of seconds above 0");
  const range = rangeOf(args);
  const folder = resolve(io.cwd, args.out ?? join("reports", `fuzz-${randomBytes(3).toString("hex")}`));
  if (existsSync(folder)) throw new UsageError(`--out ${folder}: it exists already`);
  let tally: ResolverTally | undefined;
  await untilStopped(async (signal) => {
    tally = await runResolverCampaign({
      ...range,
      roomVersions: args.roomVersion,
      seed: args.seed,
      sets: args.sets,
      workers: countOf("workers", args.workers),
      asFound: args.asFound,
      command: args.resolver,
      cwd: io.cwd,
      deadlineMs: args.deadline * 1000,
      signal,
      progress: progressTo(io, args, folder),
    });
  }, io);
  return tally === undefined ? EXIT.inconclusive : finished(tally, range.count * args.roomVersion.length, io);
}

function progressTo(io: Io, args: ResolverArguments, folder: string): ResolverProgress {
  let total = 0;
  const startedAt = Date.now();
  let saidAt = startedAt;
  return {
    started(rooms) {
      total = rooms;
      io.err(`${rooms} rooms for ${args.resolver}`);
    },
    done(tally) {
      const now = Date.now();
      if (now - saidAt < EVERY_MS) return;
      saidAt = now;
      const rate = (tally.resolutions / (now - startedAt)) * 1000;
      io.err(`${tally.rooms}/${total} rooms, ${rate.toFixed(0)} resolutions a second: ${inWords(tally)}`);
    },
    found(finding) {
      const { roomVersion, number, posed, difference, reading, repeated } = finding;
      const place = join(folder, `v${roomVersion}-${number}-${posed.at.replaceAll(/\W/g, "-")}`);
      const repeat = repeatCommand(args, finding);
      writeResolverFinding(place, finding, repeat);
      const size = repeated ? `${posed.events.size} events suffice` : "not made smaller";
      const under = reading === undefined ? "" : `, right under another reading (${reading})`;
      const what = `expected ${difference.expected.join(", ") || "nothing"}`;
      io.err(`version ${roomVersion}, room ${number} at ${posed.at}: ${what} (${size})${under}`);
      io.out(`differs: ${relative(io.cwd, place)}`);
      io.out(`repeat: ${repeat}`);
    },
    unsettled({ roomVersion, number }, at, reason) {
      io.err(`version ${roomVersion}, room ${number} at ${at} is not settled: ${reason}`);
    },
  };
}

function repeatCommand(args: ResolverArguments, about: { readonly roomVersion: string; readonly number: number }) {
  const sets = args.sets.map((kind) => `--sets ${kind}`).join(" ");
  const which = `--room-version ${about.roomVersion} --seed ${args.seed} --only ${about.number}`;
  return `concordat fuzz ${args.what} --resolver ${JSON.stringify(args.resolver)} ${sets} ${which}`;
}

function finished(tally: ResolverTally, planned: number, io: Io): ExitCode {
  const { rooms, resolutions, agreeing, differing, unsettled, goOnFrom } = tally;
  io.out(`${rooms} of ${planned} rooms, ${resolutions} resolutions: ${agreeing} by the text, ${inWords(tally)}`);
  for (const [reading, count] of [...tally.byReading].sort(([a], [b]) => (a < b ? -1 : 1)))
    io.out(`always read so: ${count} of ${resolutions} — ${reading}`);
  if (goOnFrom !== undefined) io.out(`go on with --from ${goOnFrom}`);
  if (differing > 0) return EXIT.failed;
  return unsettled > 0 || rooms < planned ? EXIT.inconclusive : EXIT.ok;
}

function inWords({ differing, readOtherwise, unsettled }: ResolverTally): string {
  return `${differing} differ, ${readOtherwise} are right under another reading alone, ${unsettled} could not be settled`;
}
