import { plain } from "../../media/media-api.js";
import type { MediaStore } from "../../media/media-store.js";
import type { RemoteMedia } from "../../media/remote-media.js";
import type { Context } from "../../parts.js";
import { RawAnswer } from "../../raw-answer.js";
import { type ClientRoutes, param } from "../request.js";

/** Uploads, announcements and downloads (client-server-api#content-repository). */
export function mediaEndpoints(
  routes: ClientRoutes,
  { serverName, has }: Context,
  store: MediaStore,
  remote: RemoteMedia,
): void {
  const uri = (id: string) => ({ content_uri: `mxc://${serverName}/${id}` });
  routes.file("POST", "/_matrix/media/v3/upload", (file) => uri(store.upload(file)));
  routes.file("POST", "/_matrix/media/v1/create", () => uri(store.announce()));
  routes.user("GET", "/v1/media/download/:serverName/:mediaId", async (request) => {
    const [server, id] = [param(request, "serverName"), param(request, "mediaId")];
    const own = server === serverName || (has("media-by-id-alone") && store.has(id));
    return new RawAnswer(plain(own ? store.own(id) : await remote.fetch(server, id)));
  });
}
