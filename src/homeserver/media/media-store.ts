import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import type { Core } from "../core.js";
import { MatrixError } from "../parts.js";

/** A file with what its uploader said of it. */
export interface MediaFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const ID_BYTES = 18;

type MediaCore = Pick<Core, "options" | "has">;

/** The files that users of this server uploaded or announced, and those fetched from others (client-server-api#content-repository). */
export class MediaStore {
  readonly #own = new Map<string, MediaFile | "announced">();
  readonly #fetched = new Map<string, MediaFile>();

  constructor(private readonly core: MediaCore) {}

  announce(): string {
    const id = encodeUrlSafeBase64(this.core.options.random(ID_BYTES));
    this.#own.set(id, "announced");
    return id;
  }

  upload(file: MediaFile): string {
    const id = this.announce();
    this.#own.set(id, file);
    return id;
  }

  keepFetched(id: string, file: MediaFile): void {
    this.#fetched.set(id, file);
  }

  /** A file of this server's own. Throws MatrixError 404 for an unknown one, 504 for one that is still to come. */
  own(id: string): MediaFile {
    const wanted = this.core.has("media-ids-as-paths") ? (id.split("/").at(-1) ?? "") : id;
    const others = this.core.has("serves-media-of-others") ? this.#fetched.get(wanted) : undefined;
    const found = this.#own.get(wanted) ?? others;
    if (found === undefined || (found === "announced" && this.core.has("announced-media-unknown"))) {
      throw new MatrixError(404, "M_NOT_FOUND", "no such file");
    }
    if (found === "announced") throw new MatrixError(504, "M_NOT_YET_UPLOADED", "the file is still to come");
    return found;
  }

  has(id: string): boolean {
    return this.#own.has(id);
  }
}
