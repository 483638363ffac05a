/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something that the author of a file has to mend. */
export interface Problem {
  readonly place: Place;
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** A file of ours that cannot be used as it is written. */
export class AuthoringError extends Error {
  readonly code: string = "AUTHORING";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(problemText).join("\n"));
    this.name = "AuthoringError";
  }
}

/** `file:line:column: message; did you mean …?` */
export function problemText({ place, message, suggestion }: Problem): string {
  const hint = suggestion === undefined ? "" : `; did you mean \`${suggestion}\`?`;
  return `${place.file}:${place.line}:${place.column}: ${message}${hint}`;
}
