import { Type } from "@sinclair/typebox";
import { defineStep } from "./define.js";
import { resolveText } from "./names.js";
import { namesOf } from "./names-of.js";

const closed = { additionalProperties: false } as const;

export const makeText = defineStep({
  name: "make-text",
  summary: "A text of so many bytes in UTF-8 gets a name: identifiers at a limit and beyond it",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the text to." }),
      bytes: Type.Integer({ minimum: 1, maximum: 100_000, description: "Of the whole text." }),
      of: Type.Optional(
        Type.String({ minLength: 1, description: "What fills it; `x` unless said.", "refers-to": "nothing" }),
      ),
      before: Type.Optional(Type.String({ description: "How it begins; `${name}` stands for what is bound." })),
      after: Type.Optional(
        Type.String({ description: "How it ends; `${name}` stands for what is bound.", "refers-to": "nothing" }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, bytes }) => `“${id}” is a text of ${bytes} bytes`,
  async run(context, input) {
    const names = namesOf(context);
    const [before, after] = [resolveText(input.before ?? "", names), resolveText(input.after ?? "", names)];
    const filling = input.of ?? "x";
    const room = input.bytes - length(before) - length(after);
    if (room < 0 || room % length(filling) !== 0)
      throw new Error(`${input.bytes} bytes cannot be filled with ${filling}`);
    context.bind(input.id, { kind: "text", value: `${before}${filling.repeat(room / length(filling))}${after}` });
  },
});

function length(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
