import { expect } from "chai";
import { readWellKnown, wellKnownLifetime } from "../../src/matrix/well-known.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const HOUR = 3_600_000;
const NOW = Date.parse("Thu, 01 Jan 2026 00:00:00 GMT");

describe("well-known", () => {
  it("delegates to a server name, whatever else is in the answer", () => {
    const body = bytes('{"m.server":"delegated.example:443","other":1}');
    expect(readWellKnown(200, body)).to.deep.equal({ ok: true, delegatedTo: "delegated.example:443" });
  });

  const refused: readonly [string, number, string, RegExp][] = [
    ["another status", 404, '{"m.server":"a.example"}', /404/],
    ["a success other than 200", 204, '{"m.server":"a.example"}', /204/],
    ["bad JSON", 200, "{", /bad JSON/],
    ["no object", 200, '"a.example"', /not a string/],
    ["no m.server", 200, "{}", /not a string/],
    ["a number", 200, '{"m.server":1}', /not a string/],
    ["an empty name", 200, '{"m.server":""}', /not a server name/],
    ["two ports", 200, '{"m.server":"a:1:2"}', /not a server name/],
    ["a URL", 200, '{"m.server":"https://a.example"}', /not a server name/],
  ];
  for (const [name, status, body, reason] of refused) {
    it(`is invalid with ${name}`, () => {
      const wellKnown = readWellKnown(status, bytes(body));
      expect(wellKnown.ok ? "" : wellKnown.reason).to.match(reason);
    });
  }

  const lifetimes: readonly [string, Parameters<typeof wellKnownLifetime>[0], boolean, number][] = [
    ["a day by default", {}, true, 24 * HOUR],
    ["an hour after failures", {}, false, HOUR],
    ["as max-age says", { cacheControl: "public, Max-Age=60" }, true, 60_000],
    ["two days at most", { cacheControl: "max-age=31536000" }, true, 48 * HOUR],
    ["an hour at most after failures", { cacheControl: "max-age=7200" }, false, HOUR],
    ["not at all when told so", { cacheControl: "no-store" }, true, 0],
    ["until it expires", { expires: "Thu, 01 Jan 2026 00:10:00 GMT" }, true, 600_000],
    ["not at all once expired", { expires: "Wed, 31 Dec 2025 00:00:00 GMT" }, true, 0],
    ["not at all with an unreadable date", { expires: "0" }, true, 0],
    ["by max-age before Expires", { cacheControl: "max-age=5", expires: "0" }, true, 5000],
  ];
  for (const [name, headers, ok, lifetime] of lifetimes) {
    it(`is remembered ${name}`, () => expect(wellKnownLifetime(headers, ok, NOW)).to.equal(lifetime));
  }
});
