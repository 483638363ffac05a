import { Type } from "@sinclair/typebox";
import { movingGif } from "../../matrix/media/moving-gif.js";
import { type Answer, ask, askAt, refusalOf } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { resolveText } from "../names.js";
import { namesOf } from "../names-of.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const id = Type.String({ description: "The name to bind the file's id to." });

export const uploadMedia = defineStep({
  name: "upload-media",
  summary: "A user uploads a file: a text, or a moving picture",
  input: Type.Object(
    {
      as,
      id,
      text: Type.Optional(Type.String({ description: "What the file holds; `${name}` is replaced." })),
      picture: Type.Optional(
        Type.Object(
          { width: Type.Integer({ minimum: 1, maximum: 500 }), height: Type.Integer({ minimum: 1, maximum: 500 }) },
          { ...closed, description: "A GIF of two frames, of that size, instead of a text." },
        ),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, picture }) => `${who} uploads a ${picture === undefined ? "file" : "moving picture"}`,
  async run(context, input) {
    const { picture } = input;
    const text = Buffer.from(resolveText(input.text ?? "", namesOf(context)));
    const file =
      picture === undefined
        ? { type: "text/plain", bytes: text }
        : { type: "image/gif", bytes: movingGif(picture.width, picture.height) };
    const answer = await askAt(context, input.as, "POST", "/_matrix/media/v3/upload", undefined, file);
    bindMedia(context, input.as, input.id, answer);
  },
});

export const announceMedia = defineStep({
  name: "announce-media",
  summary: "A user gets an id for a file that is still to come",
  input: Type.Object({ as, id }, closed),
  binds: ["id"],
  describe: ({ as: who }) => `${who} announces a file`,
  async run(context, input) {
    const answer = await askAt(context, input.as, "POST", "/_matrix/media/v1/create", {});
    bindMedia(context, input.as, input.id, answer);
  },
});

export const downloadMedia = defineStep({
  name: "download-media",
  summary: "A user asks the own server for a file of some server",
  input: Type.Object(
    {
      as,
      of: Type.String({ description: "The seat of the server whose file it is.", "refers-to": "seat" }),
      file: Type.String({ description: "The file's id; `${name}` is replaced." }),
    },
    closed,
  ),
  describe: ({ as: who, of }) => `${who} downloads a file of ${of}`,
  async run(context, input) {
    const file = encodeURIComponent(resolveText(input.file, namesOf(context)));
    const server = encodeURIComponent(context.serverName(input.of));
    await ask(context, input.as, "GET", `/media/download/${server}/${file}`, undefined, "v1");
  },
});

/** Binds the part of the mxc URI that the server chose (client-server-api#matrix-content-mxc-uris). */
function bindMedia(context: StepContext, who: string, name: string, answer: Answer): void {
  const uri = answer.body.content_uri;
  const seat = context.seatOf(who);
  const fail = (reason: string): never => context.fail(seat, reason);
  const [, server, file] = typeof uri === "string" ? (/^mxc:\/\/([^/]+)\/([^/]+)$/u.exec(uri) ?? []) : [];
  if (file === undefined) fail(`no content_uri: ${refusalOf("POST", "the upload", answer)}`);
  if (server !== context.serverName(seat)) fail(`the file is said to be of ${server}`);
  context.bind(name, { kind: "media", value: file ?? "" });
}
