import { expect } from "chai";
import {
  nameAddress,
  nameHost,
  namePort,
  publishAddresses,
  publishDelegation,
  publishServices,
  showCertificate,
} from "../../../src/steps/path/discovery.js";
import { readProfile } from "../../../src/steps/rooms/profiles.js";
import { type Call, playhouse } from "../../support/play-steps.js";
import type { Played } from "../../support/played.js";

describe("steps/discovery", () => {
  const house = playhouse();
  const home: Call = [nameHost, { id: "home", peer: "bare" }];
  const door: Call = [namePort, { id: "door" }];
  const asks: Call = [readProfile, { as: "ann", of: "bea" }];
  const hostOf = ({ headers }: { headers: readonly (readonly [string, string])[] }) =>
    headers.find(([name]) => name.toLowerCase() === "host")?.[1];
  const reachedAs = (played: Played) => played.sentBy("one", /query\/profile/).map(hostOf);

  it("name-host and name-port: a place that is the peer's", async () => {
    const played = await house.play([home, door, [publishDelegation, { at: "${bare}", to: "${home}:${door}" }], asks]);
    expect(played.text("home")).to.match(new RegExp(`^home-${played.instance.token}\\.`));
    expect(Number(played.text("door")))
      .to.be.greaterThan(0)
      .and.not.equal(8448);
    expect(reachedAs(played)).to.deep.equal([`${played.text("home")}:${played.text("door")}`]);
    expect(played.sent(/query\/profile/)[0]?.to).to.equal(played.serverName("bare"));
    expect(played.title(nameHost)).to.equal("“home” is one more host of bare");
    expect(played.title(namePort)).to.equal("“door” is a port other than 8448");
  });

  it("name-address: an address that is the peer's", async () => {
    const bare: Call = [nameAddress, { id: "address", peer: "bare" }];
    const played = await house.play([bare, [publishDelegation, { at: "${bare}", to: "${address}" }], asks]);
    expect(played.text("address")).to.match(/^127\.0\.0\.1:\d+$/);
    expect(reachedAs(played)).to.deep.equal([played.text("address")]);
    expect(played.title(nameAddress)).to.equal("“address” is one more address of bare");
  });

  it("publish-delegation: the answer as it is told, or a redirect", async () => {
    const odd = { at: "${home}", status: 404, body: "for ${bare}", type: "text/plain", "cache-control": "no-store" };
    const played = await house.play([
      home,
      [publishDelegation, odd],
      [publishDelegation, { at: "${bare}", status: 302, location: "${home}" }],
      asks,
    ]);
    const [first, second] = played.sentBy("one", /well-known/);
    expect(first).to.include({ to: played.serverName("bare"), status: 302 });
    expect(second).to.include({ to: played.text("home"), status: 404 });
    expect(reachedAs(played)).to.deep.equal([played.serverName("bare")]);
    expect(played.title(publishDelegation)).to.equal("${bare} leads on to ${home}");
  });

  it("publish-services: records of either kind, by priority", async () => {
    const records = [
      { target: "${home}", port: "9", priority: 1 },
      { target: "${home}", port: "${door}" },
    ];
    const played = await house.play([
      home,
      door,
      [publishServices, { at: "${bare}", service: "matrix", records }],
      asks,
    ]);
    expect(reachedAs(played)).to.deep.equal([played.serverName("bare")]);
    expect(played.title(publishServices)).to.equal(
      "the service _matrix of ${bare} is at ${home}, port 9; ${home}, port ${door}",
    );
  });

  it("publish-addresses: aliases and dead addresses", async () => {
    const told = { at: "${bare}", alias: "${home}", dead: ["2001:db8::9"] };
    const played = await house.play([home, [publishAddresses, told], asks]);
    expect(reachedAs(played)).to.deep.equal([played.serverName("bare")]);
    expect(played.title(publishAddresses)).to.equal(
      "${bare} is an alias of ${home}; ${bare} is also at 2001:db8::9, where nothing is",
    );
  });

  it("show-certificate: whoever looks at it does not come in", async () => {
    const other = await house.play([[showCertificate, { at: "${bare}", for: "elsewhere.test" }], asks]);
    expect(reachedAs(other)).to.deep.equal([]);
    const untrusted = { at: "${bare}", for: "${bare}", untrusted: true };
    const site = { at: "${bare}", for: "elsewhere.test", "site-only": true };
    const passedOver = await house.play([
      home,
      [publishDelegation, { at: "${bare}", to: "${home}" }],
      [showCertificate, site],
      asks,
    ]);
    expect(reachedAs(passedOver)).to.deep.equal([passedOver.serverName("bare")]);
    expect(passedOver.title(showCertificate)).to.equal(
      "the web site of ${bare} shows a certificate for elsewhere.test",
    );
    const unknown = await house.play([[showCertificate, untrusted], asks]);
    expect(reachedAs(unknown)).to.deep.equal([]);
    expect(unknown.title(showCertificate)).to.equal(
      "${bare} shows a certificate for ${bare}, of an authority that nobody knows",
    );
  });
});
