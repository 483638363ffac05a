import { expect } from "chai";
import type { TargetError } from "../../src/targets/target-error.js";
import { parseTargetFile } from "../../src/targets/target-file.js";

const SOUND = `name: mine
product: Mine
vendor: Me
driver: container
image: mine:1
listens:
  client: { port: 8008 }
  federation: { port: 8448, tls: true }
ready: { log: up, within: 60s }
accounts: { register: open }
room_versions: ["12"]
`;

describe("targets/target-file", () => {
  it("reads a sound file", () => {
    expect(parseTargetFile(SOUND, "some/where/mine.yaml")).to.deep.include({
      name: "mine",
      folder: "some/where",
      image: "mine:1",
    });
  });

  it("names an unknown key where it stands, and the keys there are", () => {
    const error = errorOf(SOUND.replace("client: { port: 8008 }", "client: { port: 8008, prot: 1 }"));
    expect(error.place).to.equal("mine.yaml:7:25");
    expect(error.message).to.contain('"prot"');
    expect(error.hint).to.contain("port");
  });

  it("says what a driver needs", () => {
    expect(errorOf(SOUND.replace("image: mine:1\n", "")).message).to.contain('must have the property "image"');
    expect(errorOf(SOUND.replace("driver: container", "driver: process")).message).to.match(/"names"|"command"/);
    expect(errorOf(SOUND.replace("driver: container", "driver: remote")).message).to.contain('"remote"');
  });

  it("says what accounts need", () => {
    expect(errorOf(SOUND.replace("register: open", "register: shared-secret")).message).to.match(/"path"|"secret"/);
    expect(errorOf(SOUND.replace("register: open", "register: given")).message).to.contain('"users"');
  });

  it("points at values of the wrong kind", () => {
    const error = errorOf(SOUND.replace("within: 60s", "within: soon"));
    expect(error.place).to.equal("mine.yaml:9:27");
    expect(errorOf(SOUND.replace("driver: container", "driver: docker")).message).to.contain('"embedded"');
    expect(errorOf(SOUND.replace("tls: true", "tls: false")).message).to.contain("must be true");
    expect(errorOf(SOUND.replace('["12"]', "[12]")).message).to.contain("must be string");
  });

  it("points at YAML that cannot be read", () => {
    expect(errorOf(`${SOUND}name: again\n`).place).to.match(/^mine\.yaml:12:/);
    const unquoted = errorOf(
      SOUND.replace("register: open", "register: shared-secret, path: /x, secret: ${" + "lab.secret}"),
    );
    expect(unquoted.code).to.equal("target-file");
  });
});

function errorOf(source: string): TargetError {
  try {
    parseTargetFile(source, "mine.yaml");
  } catch (error) {
    expect(error).to.include({ name: "TargetError", code: "target-file" });
    return error as TargetError;
  }
  throw new Error("the file was taken for sound");
}
