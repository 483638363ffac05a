type Headers = readonly (readonly [name: string, value: string])[];

/** One part of a multipart body (RFC 2046, section 5.1). */
export interface Part {
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export type Multipart =
  | { readonly ok: true; readonly parts: readonly Part[] }
  | { readonly ok: false; readonly reason: string };

const MIXED = /^multipart\/mixed[ \t]*;/iu;
const BOUNDARY = /;[ \t]*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/iu;

/** The value of a part's header, whatever the case of its name. */
export function partHeader({ headers }: Part, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Reads a multipart/mixed body: preamble and epilogue are skipped, header names have any case. */
export function readMultipart(contentType: string | undefined, body: Uint8Array): Multipart {
  if (contentType === undefined || !MIXED.test(contentType)) return fault(`Content-Type ${contentType ?? "missing"}`);
  const [, quoted, bare] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return fault("no boundary in the Content-Type");
  // Latin-1 keeps every byte one character. The line break before a delimiter belongs to it.
  const text = `\r\n${Buffer.from(body).toString("latin1")}`;
  const pieces = text.split(new RegExp(`\\r\\n--${escaped(boundary)}(?=[ \\t]*\\r\\n|--)`, "u"));
  const end = pieces.findIndex((piece) => piece.startsWith("--"));
  if (end < 0) return fault("the last boundary is missing");
  const parts = pieces.slice(1, end).map(readPart);
  return parts.every((part) => part !== undefined) ? { ok: true, parts } : fault("a part without end of its headers");
}

/** A multipart body, with whatever stands before and after its parts. */
export function writeMultipart(
  boundary: string,
  parts: readonly Part[],
  around: { readonly preamble?: string; readonly epilogue?: string } = {},
): Uint8Array {
  const before = around.preamble === undefined ? "" : `${around.preamble}\r\n`;
  const chunks = parts.flatMap(({ headers, body }, index) => [
    Buffer.from(`${index === 0 ? before : "\r\n"}--${boundary}\r\n`),
    Buffer.from(`${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`),
    body,
  ]);
  return Buffer.concat([...chunks, Buffer.from(`\r\n--${boundary}--\r\n${around.epilogue ?? ""}`)]);
}

function readPart(piece: string): Part | undefined {
  const start = piece.indexOf("\r\n");
  const end = piece.indexOf("\r\n\r\n", start);
  if (end < 0) return undefined;
  const lines = piece.slice(start + 2, Math.max(start + 2, end)).split("\r\n");
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(":");
    return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
  return { headers, body: Buffer.from(piece.slice(end + 4), "latin1") };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
}

function fault(reason: string): Multipart {
  return { ok: false, reason };
}
