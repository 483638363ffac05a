import type { ClientUser } from "../../src/client/client-user.js";
import { clientPath } from "../../src/client/paths.js";
import { type SyncBatch, toDeviceIn } from "../../src/client/sync-batch.js";
import type { Homeserver } from "../../src/homeserver/homeserver.js";
import { MatrixError } from "../../src/homeserver/parts.js";
import type { JsonObject, JsonValue } from "../../src/matrix/json.js";
import { deadline, ServedFederation } from "./users-of-homeservers.js";

/** Ann on a server that may have a fault, Bob on a sound one; they share a room. */
export class FaultyWorld {
  #sentinels = 0;

  private constructor(
    readonly served: ServedFederation,
    readonly faulty: Homeserver,
    readonly sound: Homeserver,
    readonly people: { readonly ann: ClientUser; readonly bob: ClientUser; readonly roomId: string },
  ) {}

  static async create(...defects: readonly string[]): Promise<FaultyWorld> {
    const served = new ServedFederation();
    const faulty = await served.server("one.test", { defects: new Set(defects) });
    const sound = await served.server("two.test");
    const ann = await served.user("ann:one.test");
    const bob = await served.user("bob:two.test");
    const roomId = await served.roomOf(ann, bob);
    return new FaultyWorld(served, faulty, sound, { ann, bob, roomId });
  }

  get ann(): ClientUser {
    return this.people.ann;
  }

  get bob(): ClientUser {
    return this.people.bob;
  }

  get roomId(): string {
    return this.people.roomId;
  }

  /** Has the sound server send EDUs to the faulty one, of whatever truth. */
  forge(eduType: string, ...contents: readonly JsonObject[]): void {
    for (const content of contents) this.sound.context.federation.sendEdu(["one.test"], { edu_type: eduType, content });
  }

  /** What Ann's client has seen once everything that the sound server sent before has arrived. */
  async seenByAnn(): Promise<readonly SyncBatch[]> {
    await this.#passSentinel(this.sound, this.bob, this.ann);
    return this.ann.seen;
  }

  /** Contents of the EDUs that the faulty server has sent, once those sent before have arrived. */
  async sent(eduType: string): Promise<readonly JsonObject[]> {
    await this.#passSentinel(this.faulty, this.ann, this.bob);
    return this.served.edus("one.test", eduType);
  }

  /** The sound server's question to the faulty one: its answer, or the error code of its refusal. */
  async ask(method: "GET" | "POST", path: string, body?: JsonObject): Promise<JsonValue> {
    try {
      return await this.sound.context.federation.request("one.test", method, `/_matrix/federation/v1/${path}`, body);
    } catch (error) {
      if (error instanceof MatrixError) return error.errcode;
      throw error;
    }
  }

  put(user: ClientUser, parts: readonly string[], body: JsonObject): Promise<JsonObject> {
    return user.expectObject("PUT", clientPath(...parts), body);
  }

  post(user: ClientUser, parts: readonly string[], body: JsonObject): Promise<JsonObject> {
    return user.expectObject("POST", clientPath(...parts), body);
  }

  /** EDUs arrive in the order in which they were sent, so what has not come when this one is there never will. */
  async #passSentinel(from: Homeserver, sender: ClientUser, receiver: ClientUser): Promise<void> {
    this.#sentinels += 1;
    const type = `sentinel.${this.#sentinels}`;
    const content = {
      sender: sender.userId,
      type,
      message_id: type,
      messages: { [receiver.userId]: { [receiver.deviceId]: {} } },
    };
    const server = receiver.userId.slice(receiver.userId.indexOf(":") + 1);
    from.context.federation.sendEdu([server], { edu_type: "m.direct_to_device", content });
    await receiver.waitForSync((batch) => toDeviceIn(batch).some((message) => message.type === type), deadline());
  }
}

/** One fault: what is observed of a sound server, and must not be observed of one with the fault. */
export interface FaultCase {
  readonly defect: string;
  readonly sound: unknown;
  observe(world: FaultyWorld): Promise<unknown>;
}
