import { expect } from "chai";
import { liveProgress, plainProgress } from "../../src/cli/progress.js";

const SERVERS = [{ name: "embedded", serverName: "hs1.test" }];

describe("cli/progress", () => {
  it("tells logs of every instance that has ended, counted", () => {
    const lines: string[] = [];
    const progress = plainProgress({ out: () => undefined, err: (line) => lines.push(line), cwd: "/" });
    progress.started(SERVERS, 10);
    progress.began("a/b");
    progress.ended("a/b", ["pass", "fail"]);
    progress.ended("a/c", []);
    expect(lines).to.deep.equal([
      "embedded is up as hs1.test",
      "10 scenario instances",
      " 1/10 ✗ fail         a/b",
      " 2/10 . not-run      a/c",
    ]);
  });

  it("shows people one line that is rewritten, and keeps what did not pass", () => {
    let text = "";
    const progress = liveProgress(
      (part) => {
        text += part;
      },
      () => 12,
    );
    progress.started(SERVERS, 2);
    for (const id of ["first/long/name", "second"]) progress.began(id);
    progress.ended("first/long/name", ["pass"]);
    progress.ended("second", ["inconclusive"]);
    const kept = text.split("\n").slice(0, -1);
    expect(kept.at(0)).to.equal("embedded is up as hs1.test");
    expect(kept.at(1)).to.match(/\? inconclusive second$/);
    expect(kept).to.have.length(2);
    const shown = text.split("\r\u001B[K").filter((part) => /^\d/.test(part));
    expect(shown).to.include("0/2 first/l").and.to.include("1/2 second");
    expect(text.endsWith("\r\u001B[K")).to.equal(true);
  });
});
