/** What must not stand in a rendering, whatever servers say of themselves: each with a name for it. */
const EVERYWHERE: readonly (readonly [danger: string, pattern: RegExp])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  ["a control character", /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u],
  ["a character that reorders letters", /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u],
  ["what XML cannot hold", /[\ufffe\uffff]/u],
];

const IN_MARKUP: readonly (readonly [danger: string, pattern: RegExp])[] = [
  ["an element of a server", /<script>document\.title|<img src=x/iu],
];

const BY_NAME: { readonly [renderer: string]: readonly (readonly [danger: string, pattern: RegExp])[] } = {
  html: IN_MARKUP,
  junit: [...IN_MARKUP, ["the end of a section", /\]\]>/u]],
  markdown: [
    ...IN_MARKUP,
    ["a link of a server", /\]\(http:\/\/owned/u],
    ["a mention", /(?:^|[^`\\])@everyone/u],
    ["a heading of a server", /^# owned/mu],
  ],
  csv: [["a formula", /(?:^|,)"?[=+@-]/mu]],
  text: [
    ["a command to the CI", /^::error/mu],
    ["an outcome of a server", /^=> 0 findings/mu],
  ],
};

/** The dangers in a rendering of that name. */
export function dangersIn(renderer: string, text: string): readonly string[] {
  return [...EVERYWHERE, ...(BY_NAME[renderer] ?? [])]
    .filter(([, pattern]) => pattern.test(text))
    .map(([danger, pattern]) => `${danger}: ${JSON.stringify(pattern.exec(text)?.[0])}`);
}
