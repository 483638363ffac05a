import { isJsonObject, type JsonObject } from "../matrix/json.js";
import { table } from "./table.js";

/** The arguments of a step or check in rows: name, kind, and what it is for. */
export function argumentLines(input: object): string[] {
  const schema = JSON.parse(JSON.stringify(input)) as JsonObject;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
  if (properties.length === 0) return ["  none"];
  return table(
    properties.map(([name, property]) => {
      const own = isJsonObject(property) ? property : {};
      const need = required.includes(name) ? "required" : "optional";
      return [`  ${name}`, kindOf(own), need, typeof own.description === "string" ? own.description : ""];
    }),
  );
}

function kindOf(schema: JsonObject): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(schema.anyOf))
    return schema.anyOf.map((member) => kindOf(isJsonObject(member) ? member : {})).join(" | ");
  if (schema.type === "array") return `list of ${kindOf(isJsonObject(schema.items) ? schema.items : {})}`;
  return typeof schema.type === "string" ? schema.type : "anything";
}
