const SURROGATES_START = 0xd800;
const AFTER_SURROGATES = 0xe000;
const LONE_SURROGATE = /\p{Surrogate}/u;
const NEEDS_CODE_POINT_ORDER = /[\ud800-\uffff]/;

const encoder = new TextEncoder();

/** Orders by Unicode code point, where JavaScript's own order is by UTF-16 code unit. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** The strings in code point order; the array given is left alone. */
export function sortedByCodePoint(strings: readonly string[]): string[] {
  const copy = [...strings];
  return copy.some((text) => NEEDS_CODE_POINT_ORDER.test(text)) ? copy.sort(compareCodePoints) : copy.sort();
}

/** True when half of a surrogate pair stands alone, so that no UTF-8 encodes the text. */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

/** Length in UTF-8 bytes, the unit of every identifier limit (appendices#identifier-grammar). */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

// A surrogate begins a code point above U+FFFF, so it ranks above U+E000..U+FFFF.
function rank(unit: number): number {
  if (unit < SURROGATES_START) return unit;
  return unit < AFTER_SURROGATES ? unit + 0x2000 : unit - 0x800;
}
