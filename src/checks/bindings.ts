import { Type } from "@sinclair/typebox";
import { meaningOf } from "../steps/names.js";
import { defineCheck } from "./define.js";

const closed = { additionalProperties: false } as const;

export const differ = defineCheck({
  name: "differ",
  summary: "What was bound to some names is different for each",
  input: Type.Object({ names: Type.Array(Type.String({ "refers-to": "name" }), { minItems: 2 }) }, closed),
  judge(view, input) {
    const expected = `${input.names.join(", ")} to be all different`;
    const values = input.names.map((name) => meaningOf(name, view));
    const holds = new Set(values).size === values.length;
    return { holds, expected, actual: values.join(", "), ...lastExchange(view.response()?.id) };
  },
});

export const bindingIs = defineCheck({
  name: "bound-to",
  summary: "A name was bound to one of the given texts",
  input: Type.Object(
    { name: Type.String({ "refers-to": "name" }), "one-of": Type.Array(Type.String(), { minItems: 1 }) },
    closed,
  ),
  judge(view, input) {
    const expected = `${input.name} to be ${input["one-of"].join(" or ")}`;
    const actual = meaningOf(input.name, view);
    return { holds: input["one-of"].includes(actual), expected, actual, ...lastExchange(view.response()?.id) };
  },
});

function lastExchange(id: string | undefined): { readonly exchanges?: readonly string[] } {
  return id === undefined ? {} : { exchanges: [id] };
}
