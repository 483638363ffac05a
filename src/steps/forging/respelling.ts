import { Type } from "@sinclair/typebox";
import type { JsonValue } from "../../matrix/json.js";

/** Other spellings of parts of a JSON text, for what no JSON value can say: `-0`, `1e3`, a key that comes twice. */
export const Respelling = Type.Array(
  Type.Object(
    {
      text: Type.String({ minLength: 1, description: "A part of the text, as it is without any blanks." }),
      as: Type.String({ description: "What is sent in its place, wherever it occurs." }),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, description: "Parts of the JSON text to be spelled otherwise; hashes and signatures stay." },
);

export type Respelling = readonly { readonly text: string; readonly as: string }[];

/** The JSON text of a value, spelled as asked. Throws, an authoring error, when a part does not occur. */
export function respelled(value: JsonValue, respelling: Respelling): string {
  return respelling.reduce((text, { text: part, as }) => {
    if (!text.includes(part)) throw new Error(`${part} does not occur in what is sent`);
    return text.replaceAll(part, as);
  }, JSON.stringify(value));
}
