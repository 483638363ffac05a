/** How deep an object is taken apart: to the items of lists that are its members. */
const PARTS_DEPTH = 2;

/**
 * The text of plain JSON data as `JSON.stringify` writes it with an indent of one space, and a line feed, in parts: the whole text of a
 * long run would be in memory beside the run itself.
 */
export function* jsonParts(value: object): Generator<string, void, undefined> {
  yield* partsOf(value, "", PARTS_DEPTH);
  yield "\n";
}

function* partsOf(value: unknown, indent: string, depth: number): Generator<string, void, undefined> {
  const members = depth > 0 && typeof value === "object" && value !== null ? membersOf(value) : [];
  if (members.length === 0) {
    yield JSON.stringify(value, null, 1).replaceAll("\n", `\n${indent}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  for (const [at, { head, member }] of members.entries()) {
    yield `${at === 0 ? open : ","}\n${indent} ${head}`;
    yield* partsOf(member, `${indent} `, depth - 1);
  }
  yield `\n${indent}${close}`;
}

function membersOf(value: object): readonly { readonly head: string; readonly member: unknown }[] {
  if (Array.isArray(value)) return value.map((member: unknown) => ({ head: "", member }));
  return Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : [{ head: `${JSON.stringify(key)}: `, member }],
  );
}
