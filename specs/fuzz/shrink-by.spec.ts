import { expect } from "chai";
import { shrinkBy, type Way } from "../../src/fuzz/shrink-by.js";

const withoutOne: Way<string> = (text) => [...text].map((_letter, at) => () => text.slice(0, at) + text.slice(at + 1));
const inLowerCase: Way<string> = (text) => (text === text.toLowerCase() ? [] : [() => text.toLowerCase()]);

describe("fuzz/shrink-by", () => {
  it("goes every way until none makes it smaller", async () => {
    const differs = async (text: string) => /b.*d/iu.test(text);
    expect(await shrinkBy("xABCDx", [inLowerCase, withoutOne], { differs, most: 100 })).to.equal("bd");
  });

  it("goes an earlier way again when a later one has opened it", async () => {
    const differs = async (text: string) => text.length >= 2 && (text.length > 2 || text === "ab");
    const reversed: Way<string> = (text) =>
      text === "ba" || text === "cba" ? [() => [...text].reverse().join("")] : [];
    expect(await shrinkBy("cba", [withoutOne, reversed], { differs, most: 100 })).to.equal("ab");
  });

  it("makes only what it asks about, and asks no more often than it may", async () => {
    let made = 0;
    let asked = 0;
    const counted: Way<string> = (text) =>
      withoutOne(text).map((smaller) => () => {
        made += 1;
        return smaller();
      });
    const differs = async () => {
      asked += 1;
      return asked < 3;
    };
    expect(await shrinkBy("abcdefgh", [counted, counted], { differs, most: 5 })).to.equal("cdefgh");
    expect([made, asked]).to.deep.equal([5, 5]);
  });
});
