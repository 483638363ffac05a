import { expect } from "chai";
import type { Lab } from "../../src/lab/lab.js";
import { openLab } from "../../src/lab/open-lab.js";
import type { TapRecord } from "../../src/lab/recorder.js";
import { sweepLeftovers } from "../../src/lab/sweep.js";
import { startTarget, startTargets } from "../../src/targets/start.js";
import type { StartedTarget, StartOptions } from "../../src/targets/target.js";
import { describeWithImage } from "../support/docker.js";
import { type PlainUser, registerUser } from "../support/matrix-users.js";
import { shippedTarget } from "../support/shipped-target.js";

describeWithImage("two homeservers in containers, and the embedded one", (image) => {
  const records: TapRecord[] = [];
  const questions: Record<string, unknown>[] = [];
  let lab: Lab;
  let servers: StartedTarget[] = [];
  let users: PlainUser[] = [];

  before(async function () {
    this.timeout(180_000);
    lab = await openLab({
      ...{ runId: `e2e-${process.pid}`, naming: "dns", docker: true, signal: new AbortController().signal },
      recorder: { record: (exchange) => `x${records.push(exchange)}` },
      note: (about, data) => about === "dns" && questions.push(data),
    });
    const [synapse, embedded] = [await shippedTarget("synapse"), await shippedTarget("embedded")];
    servers = await startTargets([
      { target: synapse, options: { ...options("hs1"), image } },
      { target: synapse, options: { ...options("hs2"), image } },
      { target: embedded, options: options("hs3") },
    ]);
    users = await Promise.all(servers.map((server, n) => registerUser(server, `user${n}`)));
  });

  after(async function () {
    this.timeout(60_000);
    await Promise.all(servers.map((server) => server.stop()));
    await lab?.close();
    expect(await sweepLeftovers()).to.deep.equal({ containers: [], networks: [], folders: [] });
  });

  for (const version of ["10", "11", "12"]) {
    it(`federate in room version ${version}, every byte through the tap`, async function () {
      this.timeout(60_000);
      const [alice, ...others] = users;
      if (!alice) throw new Error("nobody is registered");
      const room = await alice.call("POST", "/_matrix/client/v3/createRoom", { room_version: version });
      const roomId = String(room.room_id);
      for (const other of others) await joined(alice, other, roomId);
      for (const [n, speaker] of users.entries()) {
        await say(speaker, roomId, `${version} from ${n}`);
        await Promise.all(users.map((user) => user.sees(roomId, `${version} from ${n}`)));
      }
    });
  }

  it("are attributed by their address, and asked only for names of the lab", () => {
    const names = servers.map(({ serverName }) => serverName);
    expect(new Set(records.map(({ from }) => from))).to.deep.equal(new Set(names));
    expect(new Set(records.map(({ to }) => to))).to.deep.equal(new Set(names));
    expect(records.filter(({ failure }) => failure)).to.deep.equal([]);
    expect(questions.filter(({ answer }) => answer === "nxdomain")).to.deep.equal([]);
  });

  it("end with their last words when they do not get ready", async function () {
    this.timeout(60_000);
    const synapse = await shippedTarget("synapse");
    const impatient = { ...synapse, ready: { log: "never said", within: "3s" } };
    const error = await startTarget(impatient, { ...options("hs4"), image }).catch((cause: Error) => cause);
    expect(error).to.have.property("code", "never-ready");
    const wrong = await startTarget({ ...synapse, command: ["/no/such"] }, { ...options("hs5"), image }).catch(
      (cause: Error) => cause,
    );
    expect(wrong).to.have.property("code", "engine-refused");
  });

  function options(label: string): StartOptions {
    return { lab, label, preset: "testing", seed: "1", signal: new AbortController().signal };
  }
});

async function joined(host: PlainUser, guest: PlainUser, roomId: string): Promise<void> {
  const room = encodeURIComponent(roomId);
  await host.call("POST", `/_matrix/client/v3/rooms/${room}/invite`, { user_id: guest.userId });
  const via = encodeURIComponent(host.userId.slice(host.userId.indexOf(":") + 1));
  await guest.call("POST", `/_matrix/client/v3/join/${room}?server_name=${via}&via=${via}`, {});
}

async function say(user: PlainUser, roomId: string, body: string): Promise<void> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${encodeURIComponent(body)}`;
  await user.call("PUT", path, { msgtype: "m.text", body });
}
