import { expect } from "chai";
import { movingGif } from "../../../src/matrix/media/moving-gif.js";
import { firstFrame, pictureIn } from "../../../src/matrix/media/pictures.js";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const PNG = latin1("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x78\0\0\0\x50");
const JPEG = latin1("\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x50\0\x78\x03\x01\x22");
const webp = (chunk: string, rest: string) => latin1(`RIFF\0\0\0\0WEBP${chunk}\0\0\0\0${rest}${"\0".repeat(12)}`);
const size = { width: 120, height: 80 };

describe("matrix/media/pictures", () => {
  it("reads the kinds that thumbnails may have", () => {
    expect(pictureIn(PNG)).to.deep.equal({ kind: "png", ...size, moving: false });
    expect(pictureIn(latin1(`${PNG.toString("latin1")}acTL`))).to.include({ moving: true });
    expect(pictureIn(JPEG)).to.deep.equal({ kind: "jpeg", ...size, moving: false });
    expect(pictureIn(webp("VP8X", "\0\0\0\0\x77\0\0\x4f\0\0"))).to.deep.equal({ kind: "webp", ...size, moving: false });
    expect(pictureIn(webp("VP8X", "\0\0\0\0\x77\0\0\x4f\0\0ANMF"))).to.include({ moving: true });
    expect(pictureIn(webp("VP8 ", "\0\0\0\x9d\x01\x2a\x78\0\x50\0"))).to.include(size);
    expect(pictureIn(webp("VP8L", "\x2f\x77\xc0\x13\0"))).to.include(size);
    expect(pictureIn(movingGif(120, 80))).to.deep.equal({ kind: "gif", ...size, moving: true });
  });

  it("takes nothing else for a picture", () => {
    for (const text of ["", "GIF89a", "text", "\xff\xd8\xff\xe0\0\x04ab", "RIFF\0\0\0\0WAVE"]) {
      expect(pictureIn(latin1(text)), text).to.equal(undefined);
    }
  });

  it("keeps the first frame of a moving picture, whole", () => {
    const still = firstFrame(movingGif(120, 80));
    expect(pictureIn(still)).to.deep.equal({ kind: "gif", ...size, moving: false });
    expect(still.at(-1)).to.equal(0x3b);
    expect(Buffer.from(firstFrame(still))).to.deep.equal(Buffer.from(still));
    expect(Buffer.from(firstFrame(PNG))).to.deep.equal(PNG);
  });
});
