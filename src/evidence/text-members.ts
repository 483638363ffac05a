/** A member whose value is a text that is not empty. */
export interface TextMember {
  /** As spelled, escapes and all. */
  readonly name: string;
  readonly value: string;
  /** Where the value begins and ends, its quotation marks left out. */
  readonly from: number;
  readonly to: number;
}

const SPACE = /\s*/y;

/**
 * The members of a JSON text whose values are texts, also where the JSON is broken, and with a last value that was cut. Each
 * character is looked at a bounded number of times: others write these texts.
 */
export function* textMembers(text: string): Iterable<TextMember> {
  for (let open = text.indexOf('"'); open >= 0; ) {
    const close = endOfString(text, open + 1);
    if (close >= text.length) return;
    const colon = afterSpace(text, close + 1);
    const next = text[colon] === ":" ? afterSpace(text, colon + 1) : close + 1;
    if (text[colon] !== ":" || text[next] !== '"') {
      open = text.indexOf('"', next);
      continue;
    }
    const [from, to] = [next + 1, endOfString(text, next + 1)];
    if (to > from) yield { name: text.slice(open + 1, close), value: text.slice(from, to), from, to };
    open = text.indexOf('"', to + 1);
  }
}

/** Where the string that begins there ends: at its quotation mark, or with the text. */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') return at;
    if (text[at] === "\\") at += 1;
  }
  return text.length;
}

function afterSpace(text: string, start: number): number {
  SPACE.lastIndex = start;
  SPACE.test(text);
  return SPACE.lastIndex;
}
