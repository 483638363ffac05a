import { expect } from "chai";
import { behave } from "../../../src/steps/peers/peer-control.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { announceMedia, downloadMedia, uploadMedia } from "../../../src/steps/rooms/media.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/media", () => {
  const house = playhouse();
  const asks = (path: string): Call => [
    request,
    { by: "other", to: "one", path: `/_matrix/federation/v1/media/${path}` },
  ];

  it("upload-media: a text or a picture, whose id is bound", async () => {
    const played = await house.play([
      [uploadMedia, { as: "ann", id: "file", text: "of ${token}" }],
      [uploadMedia, { as: "ann", id: "picture", picture: { width: 4, height: 3 } }],
      asks("thumbnail/${picture}?width=2&height=2"),
    ]);
    expect(played.bound("file").kind).to.equal("media");
    expect(played.bound("file").value).not.to.equal(played.bound("picture").value);
    expect(played.answer(request)).to.include({ status: 200 });
    expect(played.title(uploadMedia)).to.equal("ann uploads a moving picture");
  });

  it("announce-media: an id without a file", async () => {
    const played = await house.play([[announceMedia, { as: "ann", id: "file" }], asks("download/${file}")]);
    expect(played.answer(request)).to.include({ status: 504 });
    expect(played.title(announceMedia)).to.equal("ann announces a file");
  });

  it("download-media: a file of a server, whatever the answer", async () => {
    const played = await house.play([
      [behave, { peer: "peer", as: "serves-file", with: { endpoint: "media-download", text: "x", written: "quoted" } }],
      [downloadMedia, { as: "ann", of: "peer", file: "f${token}" }],
    ]);
    expect(played.answer(downloadMedia)).to.include({ status: 200 });
    expect(played.title(downloadMedia)).to.equal("ann downloads a file of peer");
    const missing = await house.play([[downloadMedia, { as: "ann", of: "one", file: "missing" }]]);
    expect(missing.answer(downloadMedia)).to.include({ status: 404 });
  });
});
