import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { PACKAGE_FOLDER } from "../../src/cli/project.js";
import { digestOf } from "../../src/evidence/bodies.js";
import { EvidenceError } from "../../src/evidence/evidence-error.js";
import { entryText, FIRST_PREV, JOURNAL_FILE, openJournal } from "../../src/evidence/journal.js";
import type { JournalEntry } from "../../src/evidence/journal-entry.js";
import { JournalScan, readJournal } from "../../src/evidence/read-journal.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

const note = (data: string) => ({ kind: "note", about: "spec", data }) as const;

/** A journal of so many notes. */
function written(folder: string, count: number): string {
  const journal = openJournal(folder, () => 7);
  for (let number = 1; number <= count; number += 1) journal.append(note(`grün ${number}`));
  journal.close();
  return join(folder, JOURNAL_FILE);
}

/** Puts another byte in the place of the first byte of a text. */
function alter(file: string, text: string): void {
  const bytes = readFileSync(file);
  const place = bytes.indexOf(text);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe("evidence/journal", () => {
  it("appends lines that each name the digest of the one before", () =>
    inTemporaryFolder((folder) => {
      const file = written(folder, 3);
      const lines = readFileSync(file, "utf8").split("\n");
      const { entries, problems, cut, digest } = readJournal(folder);
      expect(entries.map(({ seq, at }) => [seq, at])).to.deep.equal([
        [1, 7],
        [2, 7],
        [3, 7],
      ]);
      expect(entries.map(({ prev }) => prev)).to.deep.equal([
        FIRST_PREV,
        digestOf(Buffer.from(`${lines[0]}\n`)),
        digestOf(Buffer.from(`${lines[1]}\n`)),
      ]);
      expect({ problems, cut }).to.deep.equal({ problems: [], cut: false });
      expect(digest).to.equal(digestOf(readFileSync(file)));
    }));

  it("is read line by line as it is read at once, from the first line each time, however long its lines are", () =>
    inTemporaryFolder((folder) => {
      const journal = openJournal(folder, () => 7);
      const lengths = [1, 3_000_000, 2, 1_048_576, 5];
      for (const length of lengths) journal.append(note("ü".repeat(length)));
      journal.close();
      alter(join(folder, JOURNAL_FILE), '"at":7,"prev":"0');
      appendFileSync(join(folder, JOURNAL_FILE), "no entry\n{");
      const scan = new JournalScan(folder);
      const whole = readJournal(folder);
      for (let time = 1; time <= 2; time += 1) {
        expect([...scan].map(({ seq }) => seq)).to.deep.equal(whole.entries.map(({ seq }) => seq));
        expect(scan.problems).to.deep.equal(whole.problems);
      }
      expect(scan.problems.length).to.be.greaterThan(0);
      expect({ cut: scan.cut, digest: scan.digest }).to.deep.equal({
        cut: true,
        digest: digestOf(readFileSync(join(folder, JOURNAL_FILE))),
      });
    }));

  it("tells every listener of an entry once it is written", () =>
    inTemporaryFolder((folder) => {
      const journal = openJournal(folder, () => 7);
      const heard: string[] = [];
      journal.onEntry(({ seq }) => heard.push(`${seq}: ${readJournal(folder).entries.length} written`));
      journal.append(note("a"));
      journal.append(note("b"));
      expect(heard).to.deep.equal(["1: 1 written", "2: 2 written"]);
      expect(journal.length).to.equal(2);
      journal.close();
    }));

  it("copies what another process worded as if it had been appended here", () =>
    inTemporaryFolder((parent) => {
      const [own, copied] = [join(parent, "own"), join(parent, "copied")];
      const bytes = [own, copied].map((folder) => {
        mkdirSync(folder);
        const journal = openJournal(folder, () => 7);
        const heard: JournalEntry[] = [];
        journal.onEntry((entry) => heard.push(entry));
        journal.append(note("before"));
        if (folder === own) journal.append(note("grün"));
        else expect(journal.copy(entryText(note("grün")))).to.equal(2);
        journal.append(note("after"));
        journal.close();
        expect(heard).to.deep.equal(readJournal(folder).entries);
        return readFileSync(join(folder, JOURNAL_FILE), "utf8");
      });
      expect(bytes[1]).to.equal(bytes[0]);
    }));

  it("is never written over another", () =>
    inTemporaryFolder((folder) => {
      written(folder, 1);
      expect(() => openJournal(folder, () => 7)).to.throw("EEXIST");
    }));

  it("is there to the last line when its writer is killed", () =>
    inTemporaryFolder(async (folder) => {
      const journal = pathToFileURL(join(PACKAGE_FOLDER, "src/evidence/journal.ts"));
      const script = `
        const { openJournal } = await import(${JSON.stringify(journal.href)});
        const journal = openJournal(${JSON.stringify(folder)}, Date.now);
        for (const data of ["a", "b"]) journal.append({ kind: "note", about: "spec", data });
        process.kill(process.pid, "SIGKILL");`;
      const child = spawn(process.execPath, ["--import=tsx", "--input-type=module", "-e", script], {
        cwd: PACKAGE_FOLDER,
      });
      const [, signal] = await once(child, "exit");
      expect(signal).to.equal("SIGKILL");
      const { entries, problems } = readJournal(folder);
      expect({ count: entries.length, problems }).to.deep.equal({ count: 2, problems: [] });
    }));
});

describe("evidence/read-journal", () => {
  const problemsAfter = (change: (file: string) => void) =>
    inTemporaryFolder((folder) => {
      change(written(folder, 4));
      return readJournal(folder).problems;
    });

  it("names every line of which a byte was changed", async () => {
    const problems = await problemsAfter((file) => {
      alter(file, "grün 1");
      alter(file, "grün 3");
    });
    expect(problems.map((problem) => problem.slice(0, 15))).to.deep.equal(["line 1: changed", "line 3: changed"]);
  });

  it("names a line that is no entry any more, and goes on", () =>
    inTemporaryFolder((folder) => {
      alter(written(folder, 4), '{"seq":2');
      const { problems, entries } = readJournal(folder);
      expect(problems[0]).to.equal("line 2: not a journal entry");
      expect(entries).to.have.length(3);
    }));

  it("notices lines that were taken away", async () => {
    const without = (lost: number) => (file: string) => {
      const lines = readFileSync(file, "utf8").split("\n");
      writeFileSync(file, lines.filter((_line, index) => index !== lost - 1).join("\n"));
    };
    expect(await problemsAfter(without(1))).to.deep.equal(["line 1: lines before it are missing"]);
    expect((await problemsAfter(without(2))).join())
      .to.contain("line 1")
      .and.to.contain("line 2 follows");
  });

  it("bears a last line that was cut in the writing", () =>
    inTemporaryFolder((folder) => {
      const file = written(folder, 2);
      truncateSync(file, readFileSync(file).length - 5);
      const { entries, problems, cut } = readJournal(folder);
      expect({ count: entries.length, problems, cut }).to.deep.equal({ count: 1, problems: [], cut: true });
    }));

  it("takes other JSON for no entry", async () => {
    expect(await problemsAfter((file) => appendFileSync(file, "null\n[]\n"))).to.deep.equal([
      "line 5: not a journal entry",
      "line 6: not a journal entry",
    ]);
  });

  it("says that there is none", () =>
    inTemporaryFolder((folder) => {
      expect(() => readJournal(folder)).to.throw(EvidenceError, "cannot be read");
    }));
});
