/** Controls, characters that show nothing or reorder the text around them, lone surrogates, and what XML cannot hold. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/gu;

/** Server-controlled text with every invisible or reordering character spelt out as `\uXXXX`; tab and newline stay. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (found) => (found === "\n" || found === "\t" ? found : spelt(found)));
}

function spelt(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/** As `visible`, on one line: for terminals, table cells and headings. */
export function oneLine(text: string): string {
  return visible(text).replace(/[\n\t]+/gu, " ");
}

/** JSON text, indented; what is invisible or reorders text is escaped, which changes nothing for those who parse it. */
export function jsonText(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const spellUnits = (found: string) => (found === "\n" ? found : found.split("").map(escaped).join(""));
  return `${JSON.stringify(value, undefined, 2).replace(UNSEEN, spellUnits)}\n`;
}

/** Text for XML content or a double-quoted attribute. */
export function xml(text: string): string {
  const named: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return visible(text).replace(/[&<>"]/gu, (found) => named[found] ?? found);
}

/** Text inside Markdown, in a table cell or not: nothing in it can start markup, HTML, a link or a mention. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]#|~$:]/gu, (found) => `\\${found}`)
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/>/gu, "&gt;")
    .replace(/@/gu, "&#64;")
    .replace(/www\./giu, (found) => `${found.slice(0, 3)}&#46;`);
}

/** A Markdown code span, not for table cells, that holds any text, whatever backticks it contains. */
export function markdownCode(text: string): string {
  const plain = oneLine(text) || " ";
  const longest = Math.max(0, ...[...plain.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`;
}

/** One CSV field (RFC 4180). A leading `=`, `+`, `-` or `@` is made text, for spreadsheets run formulas found in cells. */
export function csvField(text: string): string {
  const inert = /^[=+\-@\t]/u.test(text) ? `'${text}` : text;
  const clean = visible(inert);
  return /[",\n]/u.test(clean) ? `"${clean.replace(/"/gu, '""')}"` : clean;
}

/** The address if it is an http or https one, else undefined. */
export function webAddress(url: string): string | undefined {
  return /^https?:\/\/[!#-&(-;=?-~]+$/iu.test(url) ? url : undefined;
}

/** At most `limit` characters, without splitting a surrogate pair, and how many were left out. */
export function cutText(text: string, limit: number): { readonly text: string; readonly left: number } {
  if (text.length <= limit) return { text, left: 0 };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return { text: text.slice(0, end), left: text.length - end };
}
