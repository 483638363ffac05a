const BLACK_AND_WHITE = [0, 0, 0, 255, 255, 255];
const CODE_SIZE = 2;
const CLEAR = 4;
const END = 5;
/** After so many pixels the codes would grow: the decoder's table is cleared instead, and nothing is compressed. */
const RUN = 2;
const LARGEST_BLOCK = 255;

/** A GIF of one black and one white frame, shown in turn for ever. */
export function movingGif(width: number, height: number): Uint8Array {
  const size = [width & 0xff, width >> 8, height & 0xff, height >> 8];
  const screen = [...Buffer.from("GIF89a"), ...size, 0x80, 0, 0, ...BLACK_AND_WHITE];
  const endless = [0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, 0, 0, 0];
  const frame = (colour: number) => [
    ...[0x21, 0xf9, 4, 0, 10, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, ...size, 0],
    CODE_SIZE,
    ...blocks(pixels(width * height, colour)),
  ];
  return Uint8Array.from([...screen, ...endless, ...frame(0), ...frame(1), 0x3b]);
}

function pixels(count: number, colour: number): readonly number[] {
  const codes: number[] = [];
  for (let done = 0; done < count; done += RUN) {
    codes.push(CLEAR, ...Array.from({ length: Math.min(RUN, count - done) }, () => colour));
  }
  return packed([...codes, END]);
}

/** Codes of three bits, the lowest first. */
function packed(codes: readonly number[]): readonly number[] {
  const bytes = new Array<number>(Math.ceil((codes.length * (CODE_SIZE + 1)) / 8)).fill(0);
  for (const [index, code] of codes.entries()) {
    const bit = index * (CODE_SIZE + 1);
    const shifted = code << (bit & 7);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (shifted & 0xff);
    if (shifted > 0xff) bytes[(bit >> 3) + 1] = (bytes[(bit >> 3) + 1] ?? 0) | (shifted >> 8);
  }
  return bytes;
}

function blocks(bytes: readonly number[]): readonly number[] {
  const all: number[] = [];
  for (let at = 0; at < bytes.length; at += LARGEST_BLOCK) {
    const block = bytes.slice(at, at + LARGEST_BLOCK);
    all.push(block.length, ...block);
  }
  return [...all, 0];
}
