import { expect } from "chai";
import { Paths, Routes } from "../../src/homeserver/routes.js";

describe("homeserver/routes", () => {
  it("finds the route of a path, with its decoded parameters", () => {
    const routes = new Routes<number>(new Paths(100));
    routes.on("GET", "/rooms/:roomId/state", 1);
    routes.on("PUT", "/rooms/:roomId/state", 2);
    routes.on("GET", "/keys/:keyId?", 3);
    expect(routes.find("PUT", "/rooms/%21a%3Ab/state")).to.deep.equal({ route: 2, params: { roomId: "!a:b" } });
    expect(routes.find("GET", "/rooms/!a/state")?.route).to.equal(1);
    expect(routes.find("GET", "/keys")).to.deep.equal({ route: 3, params: {} });
    expect(routes.find("GET", "/keys/a")).to.deep.equal({ route: 3, params: { keyId: "a" } });
    expect(routes.find("POST", "/rooms/!a/state")).to.equal(undefined);
    expect(routes.find("GET", "/rooms")).to.equal(undefined);
  });

  it("keeps servers apart that share paths", () => {
    const paths = new Paths(100);
    const [one, other, none] = [new Routes<string>(paths), new Routes<string>(paths), new Routes<string>(paths)];
    one.on("GET", "/version", "one");
    other.on("GET", "/version", "other");
    expect([one, other, none].map((routes) => routes.find("GET", "/version")?.route)).to.deep.equal([
      "one",
      "other",
      undefined,
    ]);
  });

  it("does not take a parameter longer than what it was made for", () => {
    const routes = new Routes<string>(new Paths(5));
    routes.on("GET", "/a/:b", "route");
    expect(routes.find("GET", "/a/12345")?.route).to.equal("route");
    expect(routes.find("GET", "/a/123456")).to.equal(undefined);
  });
});
