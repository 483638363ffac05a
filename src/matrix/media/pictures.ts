/** What the first bytes of a picture tell of it. */
export interface Picture {
  readonly kind: "png" | "gif" | "jpeg" | "webp";
  readonly width: number;
  readonly height: number;
  readonly moving: boolean;
}

/** The picture that the bytes are, when they are one of those kinds that thumbnails may have. */
export function pictureIn(bytes: Uint8Array): Picture | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = data.toString("latin1", 0, Math.min(data.length, 64));
  if (text.startsWith("\x89PNG\r\n\x1a\n") && data.length >= 24) return png(data);
  if (/^GIF8[79]a/u.test(text) && data.length >= 13) return gif(data);
  if (text.startsWith("\xff\xd8\xff")) return jpeg(data);
  return text.startsWith("RIFF") && text.slice(8, 12) === "WEBP" ? webp(data) : undefined;
}

/** A moving GIF reduced to its first frame. */
export function firstFrame(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes);
  const [first] = framesOf(data);
  return first === undefined ? data : Buffer.concat([data.subarray(0, first.end), Buffer.from([0x3b])]);
}

function png(data: Buffer): Picture {
  const moving = data.includes("acTL");
  return { kind: "png", width: data.readUInt32BE(16), height: data.readUInt32BE(20), moving };
}

function gif(data: Buffer): Picture {
  const moving = framesOf(data).length > 1;
  return { kind: "gif", width: data.readUInt16LE(6), height: data.readUInt16LE(8), moving };
}

/** The start-of-frame segment tells the size. */
function jpeg(data: Buffer): Picture | undefined {
  let at = 2;
  while (at + 9 < data.length) {
    const marker = data.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { kind: "jpeg", height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7), moving: false };
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}

function webp(data: Buffer): Picture | undefined {
  const chunk = data.toString("latin1", 12, 16);
  if (data.length < 30) return undefined;
  const moving = data.includes("ANMF");
  if (chunk === "VP8X")
    return { kind: "webp", width: 1 + data.readUIntLE(24, 3), height: 1 + data.readUIntLE(27, 3), moving };
  const lossless = data.readUInt32LE(21);
  if (chunk === "VP8L")
    return { kind: "webp", width: 1 + (lossless & 0x3fff), height: 1 + ((lossless >> 14) & 0x3fff), moving };
  return { kind: "webp", width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff, moving };
}

/** Where each frame of a GIF ends. A GIF that breaks off has the frames before that. */
function framesOf(data: Buffer): readonly { readonly end: number }[] {
  const frames: { readonly end: number }[] = [];
  let at = 13 + tableSize(data[10] ?? 0);
  while (at < data.length) {
    const block = data[at];
    if (block === 0x21) at = afterBlocks(data, at + 2);
    else if (block === 0x2c) {
      at = afterBlocks(data, at + 11 + tableSize(data[at + 9] ?? 0));
      if (at <= data.length) frames.push({ end: at });
    } else return frames;
  }
  return frames;
}

/** The bytes of a colour table, whose flags say whether there is one and how large. */
function tableSize(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function afterBlocks(data: Buffer, start: number): number {
  let at = start;
  while ((data[at] ?? 0) !== 0) at += 1 + (data[at] ?? 0);
  return at + 1;
}
