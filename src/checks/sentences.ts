/** The longest sentence of a judgement: what a server says of itself stands in it, and may be of any length. */
const LONGEST = 2000;

/** The text, cut where it is longer than a sentence may be; a surrogate pair is not split. */
export function cut(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? longest - 1 : longest;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
