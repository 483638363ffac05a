import { Type } from "@sinclair/typebox";
import { isJsonObject } from "../../matrix/json.js";
import { type Multipart, type Part, partHeader, readMultipart } from "../../matrix/media/multipart.js";
import { type Picture, pictureIn } from "../../matrix/media/pictures.js";
import { readJson } from "../../matrix/read-json.js";
import { header } from "../../net/wire.js";
import { resolveNames } from "../../steps/names.js";
import { defineCheck, type Finding } from "../define.js";
import { cut } from "../sentences.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { answerOf, withResponse } from "./responses.js";

const closed = { additionalProperties: false } as const;

type Looked = Pick<Finding, "holds" | "actual">;

function partsOf(exchange: SeenExchange): Multipart {
  if (exchange.response?.status !== 200) return { ok: false, reason: answerOf(exchange) };
  return readMultipart(header(exchange.response.headers, "content-type"), exchange.responseBytes());
}

/** The finding on one of the two parts of the response. */
function ofPart(view: JudgeView, index: 0 | 1, expected: string, look: (part: Part) => Looked): Finding {
  return withResponse(view, expected, (exchange) => {
    const read = partsOf(exchange);
    const part = read.ok ? read.parts[index] : undefined;
    const none = { holds: false, actual: read.ok ? `there are ${read.parts.length} parts` : read.reason };
    return { expected, ...(part === undefined ? none : look(part)), exchanges: [exchange.id] };
  });
}

export const twoParts = defineCheck({
  name: "two-parts",
  summary: "The response is of type multipart/mixed, with a boundary and exactly two parts",
  input: Type.Object({}, closed),
  ofResponse: true,
  judge(view) {
    const expected = "a multipart/mixed body of two parts";
    return withResponse(view, expected, (exchange) => {
      const read = partsOf(exchange);
      const actual = read.ok ? `there are ${read.parts.length} parts` : read.reason;
      return { holds: read.ok && read.parts.length === 2, expected, actual, exchanges: [exchange.id] };
    });
  },
});

export const describedInJson = defineCheck({
  name: "file-described",
  summary: "The first part of the response is an object in JSON, and says that it is",
  input: Type.Object({}, closed),
  ofResponse: true,
  judge: (view) =>
    ofPart(view, 0, "a first part of type application/json that is an object", (part) => {
      const type = partHeader(part, "content-type");
      const isObject = isJsonObject(readJson(part.body));
      const holds = isObject && /^application\/json[ \t]*(?:;|$)/iu.test(type ?? "");
      return { holds, actual: `type ${type ?? "not said"}, ${isObject ? "an object" : "no object"}` };
    }),
});

export const fileInParts = defineCheck({
  name: "file-in-parts",
  summary: "The second part of the response is a text as it was uploaded, with its type",
  input: Type.Object({ text: Type.String(), type: Type.String() }, closed),
  ofResponse: true,
  judge(view, input) {
    const text = resolveNames(input.text, view);
    return ofPart(view, 1, `a second part of type ${input.type} holding “${text}”`, (part) => {
      const type = partHeader(part, "content-type");
      const found = Buffer.from(part.body).toString("utf8");
      const holds = found === text && type?.split(";")[0]?.trim().toLowerCase() === input.type;
      return { holds, actual: `type ${type ?? "not said"}, “${cut(found, 100)}”` };
    });
  },
});

export const fileGiven = defineCheck({
  name: "file-given",
  summary: "The response is a file that holds a text, and nothing else",
  input: Type.Object({ text: Type.String() }, closed),
  ofResponse: true,
  judge(view, input) {
    const text = resolveNames(input.text, view);
    const expected = `a file holding “${text}”`;
    return withResponse(view, expected, (exchange) => {
      const found = Buffer.from(exchange.responseBytes()).toString("utf8");
      const holds = exchange.response?.status === 200 && found === text;
      return { holds, expected, actual: `${answerOf(exchange)}, “${cut(found, 100)}”`, exchanges: [exchange.id] };
    });
  },
});

const THUMBNAIL_TYPES = ["image/png", "image/apng", "image/jpeg", "image/gif", "image/webp"];
const size = Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 });

export const pictureInParts = defineCheck({
  name: "picture-in-parts",
  summary: "The second part of the response is a picture, of a type that thumbnails have, moving or not, or of a size",
  input: Type.Object(
    {
      typed: Type.Optional(Type.Literal(true, { description: "It says that it is of such a type." })),
      moving: Type.Optional(Type.Boolean()),
      "at-least": Type.Optional(size),
      "at-most": Type.Optional(size),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const [leastWidth = 0, leastHeight = 0] = input["at-least"] ?? [];
    const [mostWidth = Number.POSITIVE_INFINITY, mostHeight = Number.POSITIVE_INFINITY] = input["at-most"] ?? [];
    return ofPart(view, 1, pictureWanted(input), (part) => {
      const type = partHeader(part, "content-type");
      const picture = pictureIn(part.body);
      if (picture === undefined) return { holds: false, actual: `${type ?? "no type"}, not a picture` };
      const typed = input.typed !== true || THUMBNAIL_TYPES.includes(type?.split(";")[0]?.trim().toLowerCase() ?? "");
      const moves = input.moving === undefined || picture.moving === input.moving;
      const large = picture.width >= leastWidth && picture.height >= leastHeight;
      const small = picture.width <= mostWidth && picture.height <= mostHeight;
      return { holds: typed && moves && large && small, actual: `${type ?? "no type"}, ${wordsOf(picture)}` };
    });
  },
});

function pictureWanted(input: {
  readonly typed?: true;
  readonly moving?: boolean;
  readonly "at-least"?: readonly number[];
  readonly "at-most"?: readonly number[];
}): string {
  const { typed, moving, "at-least": least, "at-most": most } = input;
  return [
    moving === undefined ? "a picture" : `a ${moving ? "moving" : "still"} picture`,
    ...(typed === true ? [`of type ${THUMBNAIL_TYPES.join(" or ")}`] : []),
    ...(least === undefined ? [] : [`at least ${least.join("×")}`]),
    ...(most === undefined ? [] : [`at most ${most.join("×")}`]),
  ].join(", ");
}

function wordsOf({ kind, width, height, moving }: Picture): string {
  return `a ${moving ? "moving" : "still"} ${kind} of ${width}×${height}`;
}
