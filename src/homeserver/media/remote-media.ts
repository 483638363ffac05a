import { isJsonObject } from "../../matrix/json.js";
import { type Multipart, type Part, partHeader, readMultipart } from "../../matrix/media/multipart.js";
import type { ServerName } from "../../matrix/pdu.js";
import { readJson } from "../../matrix/read-json.js";
import { header, type WireResponse } from "../../net/wire.js";
import { type Context, MatrixError } from "../parts.js";
import type { MediaFile, MediaStore } from "./media-store.js";

const ANY_TYPE = "application/octet-stream";

/** Files of other servers, fetched anew for whoever asks (server-server-api#content-repository). */
export class RemoteMedia {
  readonly #places = new Map<string, string>();

  constructor(
    private readonly context: Context,
    private readonly store: MediaStore,
  ) {}

  /** Throws MatrixError as the other server says, 502 when it gives nothing that can be used. */
  async fetch(server: ServerName, id: string): Promise<MediaFile> {
    const file = this.context.has("old-media-endpoints-first")
      ? await this.#byOldEndpoint(server, id)
      : await this.#byEither(server, id);
    this.store.keepFetched(id, file);
    return file;
  }

  async #byEither(server: ServerName, id: string): Promise<MediaFile> {
    const { federation, has } = this.context;
    const known = has("remembers-places-of-media") ? this.#places.get(`${server}/${id}`) : undefined;
    if (known !== undefined) return this.#at(known);
    const uri = `/_matrix/federation/v1/media/download/${encodeURIComponent(id)}?timeout_ms=20000`;
    const response = await federation.fetch(server, uri, { signed: true });
    if (response.status !== 200) {
      if (this.#asksOldEndpoint(response)) return this.#byOldEndpoint(server, id);
      throw refusal(response);
    }
    const parts = partsOf(response, has("reads-plain-parts-only"));
    const [, media] = parts.ok ? parts.parts : [];
    if (media === undefined) throw unusable(parts.ok ? "there are not two parts" : parts.reason);
    return this.#fileIn(media, `${server}/${id}`);
  }

  #asksOldEndpoint(response: WireResponse): boolean {
    const { has } = this.context;
    const body = readJson(response.body);
    const errcode = isJsonObject(body) ? body.errcode : undefined;
    if (response.status !== 404 || has("no-old-media-endpoints")) return false;
    return errcode === "M_UNRECOGNIZED" || has("old-media-endpoints-for-anything");
  }

  async #byOldEndpoint(server: ServerName, id: string): Promise<MediaFile> {
    const { federation, has } = this.context;
    const query = has("old-media-from-anywhere") ? "" : "?allow_remote=false";
    const uri = `/_matrix/media/v3/download/${server}/${encodeURIComponent(id)}${query}`;
    return fileOf(await federation.fetch(server, uri, { signed: false }));
  }

  async #fileIn(media: Part, name: string): Promise<MediaFile> {
    const place = partHeader(media, "location");
    if (place === undefined) return { type: partHeader(media, "content-type") ?? ANY_TYPE, bytes: media.body };
    this.#places.set(name, place);
    return this.#at(place);
  }

  /** The place has its own terms: nothing of this server's authority is shown there. */
  async #at(place: string): Promise<MediaFile> {
    if (!URL.canParse(place)) throw unusable("the place of the file is no URL");
    const { protocol, host, pathname, search } = new URL(place);
    if (protocol !== "https:") throw unusable("the place of the file is not safe");
    const signed = this.context.has("signs-for-places-of-media");
    return fileOf(await this.context.federation.fetch(host, `${pathname}${search}`, { signed }));
  }
}

/** The parts of an answer; a faulty reader knows only one way to write them. */
function partsOf(response: WireResponse, plainOnly: boolean): Multipart {
  const type = header(response.headers, "content-type");
  const odd = plainOnly && Buffer.from(response.body).subarray(0, 2).toString() !== "--";
  return odd ? { ok: false, reason: "the answer does not begin with a boundary" } : readMultipart(type, response.body);
}

function fileOf(response: WireResponse): MediaFile {
  if (response.status !== 200) throw refusal(response);
  return { type: header(response.headers, "content-type") ?? ANY_TYPE, bytes: response.body };
}

function refusal({ status, body }: WireResponse): MatrixError {
  const said = readJson(body);
  const errcode = isJsonObject(said) && typeof said.errcode === "string" ? said.errcode : "M_UNKNOWN";
  return status === 404
    ? new MatrixError(404, "M_NOT_FOUND", "no such file")
    : new MatrixError(502, errcode, "refused");
}

function unusable(reason: string): MatrixError {
  return new MatrixError(502, "M_UNKNOWN", reason);
}
