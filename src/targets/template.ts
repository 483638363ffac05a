import { TargetError } from "./target-error.js";

/** The values that the lab gives to a server, by the name under which templates ask for them. */
export type LabValues = Readonly<Record<string, string>>;

/** Where a text comes from, for messages. */
export interface TemplateSource {
  readonly file: string;
  /** The key of the target file, where the text stands in it. */
  readonly key?: string;
}

const VALUE = /\$\$\{|\$\{([^}\n]*)\}/g;

/** Puts values in place of `${name}`; `$${` stands for a literal `${`. Throws a {@link TargetError} for a name not on the list. */
export function renderTemplate(text: string, values: LabValues, source: TemplateSource): string {
  return text.replaceAll(VALUE, (match: string, name: string | undefined, offset: number) => {
    if (name === undefined) return "${";
    const value = Object.hasOwn(values, name.trim()) ? values[name.trim()] : undefined;
    if (value !== undefined) return value;
    throw unknownValue(match, Object.keys(values), {
      ...source,
      ...(source.key ? {} : { line: lineOf(text, offset) }),
    });
  });
}

/** The name in a text that is nothing but one `${name}`. */
export function soleValue(text: string): string | undefined {
  return /^\$\{([^}\n]*)\}$/.exec(text.trim())?.[1]?.trim();
}

function unknownValue(
  match: string,
  known: readonly string[],
  source: TemplateSource & { line?: string },
): TargetError {
  const where = source.key ? ` in "${source.key}"` : "";
  const place = source.line ? `${source.file}:${source.line}` : source.file;
  const hint = `the lab gives ${known.join(", ")}; write $\${ for a literal \${`;
  return new TargetError("unknown-value", `${match}${where} is no value of the lab`, hint, { place });
}

function lineOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
