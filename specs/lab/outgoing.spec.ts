import { expect } from "chai";
import { Outgoing } from "../../src/lab/outgoing.js";
import type { TlsClient } from "../../src/net/tls-client.js";
import { answering, get, type RecordingLab, recordingLab, text } from "../support/in-process-lab.js";

describe("lab/outgoing", () => {
  const said: string[] = [];
  const client = (name: string, ended: Promise<void> = Promise.resolve()) => {
    const end = () => {
      said.push(`${name} ends`);
      return ended;
    };
    const close = async () => {
      said.push(`${name} closes`);
    };
    return { end, close } as Partial<TlsClient> as TlsClient;
  };

  beforeEach(() => {
    said.length = 0;
  });

  it("ends all connections of one server, once", async () => {
    const outgoing = new Outgoing();
    for (const name of ["first", "second"]) outgoing.add("one", client(name));
    outgoing.add("two", client("other"));
    await outgoing.end("one");
    await outgoing.end("one");
    await outgoing.end("nobody");
    expect(said).to.deep.equal(["first ends", "second ends"]);
    await outgoing.close();
    expect(said.slice(2)).to.deep.equal(["other closes"]);
  });

  it("closes what has not come to its end", async () => {
    const outgoing = new Outgoing();
    let finish = () => {};
    outgoing.add("one", client("slow", new Promise((resolve) => (finish = resolve))));
    const ending = outgoing.end("one");
    await outgoing.close();
    expect(said).to.deep.equal(["slow ends", "slow closes"]);
    finish();
    await ending;
  });

  it("leaves alone what a server of the same name opens meanwhile", async () => {
    const outgoing = new Outgoing();
    let finish = () => {};
    outgoing.add("one", client("old", new Promise((resolve) => (finish = resolve))));
    const ending = outgoing.end("one");
    outgoing.add("one", client("new"));
    finish();
    await ending;
    await outgoing.close();
    expect(said).to.deep.equal(["old ends", "new closes"]);
  });

  describe("of a lab", () => {
    let recording: RecordingLab;
    beforeEach(async () => {
      recording = await recordingLab();
    });
    afterEach(() => recording.lab.close());

    it("a server that is taken away asks nothing any more; what it asked before is answered and recorded", async () => {
      const { lab, records, notes } = recording;
      const [one, two, three] = [lab.name("hs1"), lab.name("hs2"), lab.name("hs3")];
      let respond = () => {};
      const asked = new Promise<void>((heard) => {
        lab.attach(two, {
          kind: "handler",
          handler: async (request) => {
            heard();
            await new Promise<void>((resolve) => (respond = resolve));
            return answering(200, "at last")(request);
          },
        });
      });
      lab.attach(three, { kind: "handler", handler: answering(200, "here") });
      const transport = lab.transportFor(one);
      const sent = transport(two, get("/slow"));
      await asked;
      lab.detach(one);
      const refused = await transport(three, get("/")).catch((error: Error) => error);
      expect(refused).to.include({ name: "NetError", code: "aborted" });
      respond();
      expect(text((await sent).body)).to.equal("at last");
      expect(records.map(({ target, status }) => [target, status])).to.deep.equal([["/slow", 200]]);
      expect(text((await lab.transportFor(one)(three, get("/"))).body)).to.equal("here");
      expect(notes).to.deep.equal([]);
    });
  });
});
