import { Type } from "@sinclair/typebox";
import { type Part, writeMultipart } from "../../matrix/media/multipart.js";
import { defineBehaviour } from "./define.js";

const BOUNDARY = "a-peers-parts";
/** With signs that make quotes necessary in the header. */
const ODD_BOUNDARY = "peers:parts/1";
const NOTHING = new Uint8Array();

/** Serves one file whatever id is asked for (server-server-api#content-repository). */
export const servesFile = defineBehaviour({
  name: "serves-file",
  summary: "Gives a text as the file that is asked for, or the place where it is",
  input: Type.Object(
    {
      endpoint: Type.Union([Type.Literal("media-download"), Type.Literal("media-download-old")]),
      text: Type.Optional(Type.String()),
      place: Type.Optional(Type.String({ description: "A URL to be named instead of giving the text." })),
      written: Type.Optional(
        Type.Union([Type.Literal("quoted"), Type.Literal("surrounded"), Type.Literal("in-capitals")], {
          description:
            "Parts as RFC 2046 allows them and few write them: the boundary quoted, text before and after, headers in capitals.",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  appliesTo: ({ endpoint }, input) => endpoint === input.endpoint,
  async respond(_peer, _call, input) {
    const body = Buffer.from(input.text ?? "", "utf8");
    if (input.endpoint === "media-download-old")
      return { status: 200, headers: [["Content-Type", "text/plain"]], body };
    const name = (usual: string) => (input.written === "in-capitals" ? usual.toUpperCase() : usual);
    const description: Part = { headers: [[name("Content-Type"), "application/json"]], body: Buffer.from("{}") };
    const usual = [
      [name("Content-Type"), "text/plain"],
      [name("Content-Disposition"), "inline"],
    ] as const;
    const file: Part =
      input.place === undefined
        ? { headers: usual, body }
        : { headers: [[name("Location"), input.place]], body: NOTHING };
    const boundary = input.written === "quoted" ? ODD_BOUNDARY : BOUNDARY;
    const said = input.written === "quoted" ? `"${boundary}"` : boundary;
    const around = input.written === "surrounded" ? { preamble: "Not for reading.", epilogue: "Nor is this.\r\n" } : {};
    return {
      status: 200,
      headers: [["Content-Type", `multipart/mixed; boundary=${said}`]],
      body: writeMultipart(boundary, [description, file], around),
    };
  },
});
