import { expect } from "chai";
import {
  isCurrentUserId,
  isEventId,
  isRoomAlias,
  isRoomId,
  isUserId,
  localpartOf,
  parseServerName,
  serverNameOf,
} from "../../src/matrix/identifiers.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import vectors from "../vectors/server-names.json" with { type: "json" };

const v11 = roomVersionRules("11");
const v12 = roomVersionRules("12");
const hash = "P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM";

describe("server names", () => {
  for (const [name, host, port, kind] of vectors.valid) {
    it(`parses ${name}`, () => {
      expect(parseServerName(String(name))).to.deep.equal(port === null ? { host, kind } : { host, port, kind });
    });
  }

  it("refuses what the grammar excludes", () => {
    for (const name of vectors.invalid) expect(parseServerName(name), name).to.equal(undefined);
  });
});

describe("identifiers", () => {
  it("take the server name after the first colon", () => {
    expect(serverNameOf("@a:hs.example:8448")).to.equal("hs.example:8448");
    expect(serverNameOf("@a:[::1]:8448")).to.equal("[::1]:8448");
    expect(serverNameOf(`!${hash}`)).to.equal(undefined);
    expect(serverNameOf("@a:")).to.equal(undefined);
  });

  it("take the localpart before the first colon", () => {
    expect(localpartOf("@a.b:hs:1")).to.equal("a.b");
    expect(localpartOf("@:hs")).to.equal("");
    expect(localpartOf(`!${hash}`)).to.equal(hash);
  });

  it("accept historical user IDs", () => {
    for (const id of ["@a:hs", "@:hs", "@Üser Name:hs", "@\u0001:hs", "@a@b:hs:8448", "@\u{1f600}:[::1]"]) {
      expect(isUserId(id), id).to.equal(true);
    }
  });

  it("refuse what no user ID ever was", () => {
    for (const id of ["", "a:hs", "@a", "@a:", "@a:h_s", "@a:b:c", "@\u0000:hs", "@\ud800:hs", "#a:hs", "@a:hs "]) {
      expect(isUserId(id), JSON.stringify(id)).to.equal(false);
    }
  });

  it("tell today's user IDs from historical ones", () => {
    expect(isCurrentUserId("@a-z0.9_=/+:hs")).to.equal(true);
    for (const id of ["@:hs", "@A:hs", "@ü:hs", "@a b:hs"]) expect(isCurrentUserId(id), id).to.equal(false);
  });

  it("count bytes, not characters, up to 255", () => {
    expect(isUserId(`@${"a".repeat(251)}:hs`)).to.equal(true);
    expect(isUserId(`@${"a".repeat(252)}:hs`)).to.equal(false);
    expect(isUserId(`@${"é".repeat(125)}a:hs`)).to.equal(true);
    expect(isUserId(`@${"é".repeat(126)}:hs`)).to.equal(false);
    expect(isRoomAlias(`#${"\u{1f600}".repeat(62)}abc:hs`)).to.equal(true);
    expect(isRoomAlias(`#${"\u{1f600}".repeat(63)}:hs`)).to.equal(false);
  });

  it("have a domain in room IDs up to version 11 and a hash from 12 on", () => {
    expect(isRoomId("!opaque:hs", v11)).to.equal(true);
    expect(isRoomId("!opaque:hs", v12)).to.equal(false);
    expect(isRoomId(`!${hash}`, v12)).to.equal(true);
    expect(isRoomId(`!${hash}`, v11)).to.equal(false);
    for (const id of [`!${hash}A`, `!${hash.slice(1)}`, `$${hash}`, `!${hash.replace("-", "+")}`]) {
      expect(isRoomId(id, v12), id).to.equal(false);
    }
  });

  it("have a domain in event IDs only where senders choose them", () => {
    expect(isEventId("$a:hs", roomVersionRules("1"))).to.equal(true);
    expect(isEventId(`$${hash}`, roomVersionRules("1"))).to.equal(false);
    expect(isEventId(`$${hash}`, v11)).to.equal(true);
    for (const id of ["$", "a", "", `$${"a".repeat(255)}`]) expect(isEventId(id, v11), id).to.equal(false);
  });
});
