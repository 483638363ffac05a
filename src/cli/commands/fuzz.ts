import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type CampaignResult, runCampaign } from "../../fuzz/campaign.js";
import { writeFinding } from "../../fuzz/write-finding.js";
import { isRoomVersion } from "../../matrix/room-versions.js";
import { defineCommand, UsageError } from "../command.js";
import { defectsOf } from "../defect-choice.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { type FuzzArguments, fuzzOptions, rangeOf } from "../fuzz-options.js";
import { fuzzProgress, tallyInWords } from "../fuzz-progress.js";
import { fuzzResolver } from "../fuzz-resolver.js";
import type { Io } from "../io.js";
import { countOf } from "../run-options.js";
import { untilStopped } from "../stop-signals.js";
import { chosenTargets } from "../target-choice.js";

export const fuzz = defineCommand({
  usage: "fuzz <what>",
  summary: "Plays random room histories to servers and compares what they make of them with the specification",
  build: fuzzOptions,
  async run(args: FuzzArguments, io) {
    for (const version of args.roomVersion) {
      if (!isRoomVersion(version)) throw new UsageError(`--room-version ${version}: there is no such room version`);
    }
    const seed = args.seed ?? randomBytes(4).toString("hex");
    if (args.resolver !== undefined) return fuzzResolver({ ...args, seed, resolver: args.resolver }, io);
    const targets = await chosenTargets(args.target, io.cwd);
    const runId = randomBytes(3).toString("hex");
    const folder = resolve(io.cwd, args.out ?? join("reports", `fuzz-${runId}`));
    if (existsSync(folder)) throw new UsageError(`--out ${folder}: it exists already`);
    const progress = fuzzProgress(io);
    let result: CampaignResult | undefined;
    await untilStopped(async (signal) => {
      result = await runCampaign({
        runId,
        targets,
        seed,
        signal,
        now: Date.now,
        roomVersions: args.roomVersion,
        ...rangeOf(args),
        workers: countOf("workers", args.workers),
        asFound: args.asFound,
        ...(args.image === undefined ? {} : { image: args.image }),
        ...(args.defect.length === 0 ? {} : { defects: defectsOf(args.defect) }),
        progress: {
          ...progress,
          found(finding) {
            const place = join(folder, `v${finding.roomVersion}-${finding.number}`);
            writeFinding(place, finding, repeatCommand(args, seed, finding));
            progress.found(finding);
            io.out(`differs: ${relative(io.cwd, place)}`);
            io.out(`repeat: ${repeatCommand(args, seed, finding)}`);
          },
        },
      });
    }, io);
    return finished(result, progress.total(), io);
  },
});

/** The command line that plays one history again. */
function repeatCommand(
  args: FuzzArguments,
  seed: string,
  { roomVersion, number }: { readonly roomVersion: string; readonly number: number },
): string {
  const words = [
    ...args.target.flatMap((target) => ["--target", target]),
    ...(args.image === undefined ? [] : ["--image", args.image]),
    ...args.defect.flatMap((defect) => ["--defect", defect]),
    ...["--room-version", roomVersion, "--seed", seed, "--only", String(number)],
  ];
  return `concordat fuzz ${args.what} ${words.join(" ")}`;
}

function finished(result: CampaignResult | undefined, planned: number, io: Io): ExitCode {
  if (result === undefined) return EXIT.inconclusive;
  const { played, differing, unsettled, goOnFrom } = result;
  io.out(`${played} of ${planned} histories played: ${tallyInWords(result)}`);
  if (goOnFrom !== undefined) io.out(`go on with --from ${goOnFrom}`);
  if (differing > 0) return EXIT.failed;
  return unsettled > 0 || played < planned ? EXIT.inconclusive : EXIT.ok;
}
