const BLOCK = 512;

/** A tar archive (POSIX ustar) of empty folders, given as absolute paths, that everybody may write to. */
export function folderArchive(paths: readonly string[]): Buffer {
  return Buffer.concat([...paths.map(folderHeader), Buffer.alloc(2 * BLOCK)]);
}

function folderHeader(path: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(`${path.replace(/^\/+|\/+$/g, "")}/`, 0);
  header.write(octal(0o1777, 7), 100);
  for (const owner of [108, 116]) header.write(octal(0, 7), owner);
  for (const number of [124, 136]) header.write(octal(0, 11), number);
  header.write("5", 156);
  header.write("ustar\0" + "00", 257);
  // The checksum is of the header with blanks in its place.
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148);
  return header;
}
