import { expect } from "chai";
import { textMembers } from "../../src/evidence/text-members.js";

const pairs = (text: string) => [...textMembers(text)].map(({ name, value }) => `${name}=${value}`);

describe("evidence/text-members", () => {
  const TEXTS: readonly (readonly [text: string, ...members: readonly string[]])[] = [
    ['{"a":"b","c" : "d"}', "a=b", "c=d"],
    ['{"a":1,"b":["c","d"],"e":{"f":"g"}}', "f=g"],
    ['{"a\\"b":"c\\\\"}', 'a\\"b=c\\\\'],
    ['{"a":""}'],
    ['"a":"b', "a=b"],
    ['{"a": x"b":"c"}', "b=c"],
    ['{"a', ...[]],
    ["no strings", ...[]],
  ];
  for (const [text, ...members] of TEXTS)
    it(`finds those of ${text}`, () => expect(pairs(text)).to.deep.equal(members));

  it("tells where the value stands", () => {
    const text = '{"a": "b c" }';
    const [member] = textMembers(text);
    expect(text.slice(member?.from, member?.to)).to.equal("b c");
  });

  const LONG: readonly (readonly [what: string, text: string, found: number])[] = [
    ["quotation marks that are all escaped", `"${'\\"'.repeat(2_000_000)}`, 0],
    ["one string without an end", `"${"x".repeat(4_000_000)}`, 0],
    ["blanks after a name", `"a"${" ".repeat(4_000_000)}x`, 0],
    ["names without values", '"a"'.repeat(1_000_000), 0],
    ["many members", '"a":"b",'.repeat(300_000), 300_000],
  ];
  for (const [what, text, found] of LONG)
    it(`takes time in proportion to ${what}`, function () {
      this.timeout(5000);
      let count = 0;
      for (const _ of textMembers(text)) count += 1;
      expect(count).to.equal(found);
    });
});
