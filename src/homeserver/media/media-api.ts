import { type Part, writeMultipart } from "../../matrix/media/multipart.js";
import { firstFrame, pictureIn } from "../../matrix/media/pictures.js";
import type { WireResponse } from "../../net/wire.js";
import { parameter } from "../federation/body.js";
import { type Context, type FederationRequest, MatrixError } from "../parts.js";
import { RawAnswer } from "../raw-answer.js";
import type { MediaFile, MediaStore } from "./media-store.js";

const BOUNDARY = "concordat-parts";
const DIMENSION = /^[1-9][0-9]{0,3}$/u;

/** This server's files for other servers (server-server-api#content-repository). */
export function addMediaRoutes(context: Context, store: MediaStore): void {
  const { federationRoutes: routes, has, serverName } = context;
  const signed = { authenticated: !has("media-for-anybody") };
  routes.add("GET", "/_matrix/federation/v1/media/download/:mediaId", signed, async (request) =>
    inParts(context, store.own(parameter(request, "mediaId"))),
  );
  routes.add("GET", "/_matrix/federation/v1/media/thumbnail/:mediaId", signed, async (request) =>
    inParts(context, thumbnail(context, store.own(parameter(request, "mediaId")), request)),
  );
  // What is uploaded since they were frozen is not to be had by these (client-server-api#content-repo-client-behaviour).
  routes.add("GET", "/_matrix/media/v3/download/:serverName/:mediaId", { authenticated: false }, async (request) => {
    const open = has("old-media-endpoints-open") && parameter(request, "serverName") === serverName;
    if (!open) throw new MatrixError(404, "M_NOT_FOUND", "no such file");
    return new RawAnswer(plain(store.own(parameter(request, "mediaId"))));
  });
}

/** The file by itself, as clients get it. */
export function plain({ type, bytes }: MediaFile): WireResponse {
  const headers = [
    ["Content-Type", type],
    ["Content-Disposition", "attachment"],
  ] as const;
  return { status: 200, headers, body: bytes };
}

function inParts({ has }: Pick<Context, "has">, file: MediaFile): RawAnswer {
  if (has("media-in-one-part")) return new RawAnswer(plain(file));
  const type = has("media-description-as-text") ? "text/plain" : "application/json";
  const description: Part = { headers: [["Content-Type", type]], body: Buffer.from("{}") };
  const { headers, body } = plain(file);
  const media: Part = { headers: has("media-without-type") ? [] : headers, body };
  return new RawAnswer({
    status: 200,
    headers: [["Content-Type", `multipart/mixed; boundary=${BOUNDARY}`]],
    body: writeMultipart(BOUNDARY, [description, media]),
  });
}

/** The picture itself: it may be larger than asked for (client-server-api#thumbnails). It moves only where that is asked for. */
function thumbnail({ has }: Pick<Context, "has">, file: MediaFile, { query }: FederationRequest): MediaFile {
  const sound = ["width", "height"].every((name) => DIMENSION.test(query.get(name) ?? ""));
  if (!sound && !has("thumbnails-of-any-size")) throw new MatrixError(400, "M_UNKNOWN", "no size that a picture has");
  const picture = pictureIn(file.bytes);
  if (picture === undefined) throw new MatrixError(400, "M_UNKNOWN", "not a picture");
  const moves = (query.get("animated") === "true" && !has("thumbnails-never-move")) || has("thumbnails-always-move");
  const bytes = picture.kind === "gif" && !moves ? firstFrame(file.bytes) : file.bytes;
  const sized = has("thumbnails-too-small") ? ofOnePixel(bytes) : bytes;
  return { type: has("thumbnails-as-files") ? "application/octet-stream" : file.type, bytes: sized };
}

/** A GIF that says it were one pixel large. */
function ofOnePixel(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  copy.writeUInt16LE(1, 6);
  copy.writeUInt16LE(1, 8);
  return copy;
}
