import { expect } from "chai";
import { partHeader, readMultipart, writeMultipart } from "../../../src/matrix/media/multipart.js";

const PARTS = [
  { headers: [["Content-Type", "application/json"]] as const, body: Buffer.from("{}") },
  { headers: [] as const, body: Buffer.from([0, 255, 13, 10, 45, 45, 13, 10, 13, 10]) },
];
const read = (type: string | undefined, body: Uint8Array | string) => readMultipart(type, Buffer.from(body));
const reason = (type: string | undefined, body: string) => {
  const found = read(type, body);
  return found.ok ? undefined : found.reason;
};

describe("matrix/media/multipart", () => {
  for (const boundary of ["plain", "b'()+_,-./:=? 1"]) {
    for (const around of [{}, { preamble: "before", epilogue: "after" }]) {
      it(`reads what it writes, byte for byte: ${boundary} ${JSON.stringify(around)}`, () => {
        const found = read(`multipart/mixed; boundary="${boundary}"`, writeMultipart(boundary, PARTS, around));
        if (!found.ok) throw new Error(found.reason);
        expect(found.parts.map(({ headers, body }) => ({ headers, body: Buffer.from(body) }))).to.deep.equal(PARTS);
      });
    }
  }

  it("takes headers and types in any case, and boundaries without quotes", () => {
    const found = read("Multipart/Mixed;charset=x; BOUNDARY=b", "--b \r\nCONTENT-type:  text/plain\r\n\r\nx\r\n--b--");
    expect(found.ok && found.parts.map((part) => partHeader(part, "content-type"))).to.deep.equal(["text/plain"]);
  });

  it("says what is wrong", () => {
    expect(reason(undefined, "")).to.equal("Content-Type missing");
    expect(reason("text/plain; boundary=b", "")).to.equal("Content-Type text/plain; boundary=b");
    expect(reason("multipart/mixed; charset=x", "")).to.equal("no boundary in the Content-Type");
    expect(reason("multipart/mixed; boundary=b", "--b\r\n\r\nx\r\n")).to.equal("the last boundary is missing");
    expect(reason("multipart/mixed; boundary=b", "--b\r\nx\r\n--b--")).to.equal("a part without end of its headers");
  });
});
