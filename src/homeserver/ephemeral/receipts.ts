import { serverNameOf } from "../../matrix/identifiers.js";
import type { JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { otherServersIn } from "../accounts/sharing.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";
import { type Receipt, receiptContents, receiptData, receiptsOfEdu } from "./receipt.js";

/** How far users have read: the newest receipt of each user, kept apart by type and thread (client-server-api#receipts). */
export class Receipts {
  readonly #context: Context;
  readonly #wakeups: Wakeups;
  readonly #rooms = new Map<RoomId, Map<string, Receipt>>();

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    this.#wakeups = wakeups;
    context.edus.on("m.receipt", (origin, content) => this.#receive(origin, content));
  }

  setLocal(roomId: RoomId, receipt: Omit<Receipt, "position" | "ts">): void {
    const stored = this.#store(roomId, { ...receipt, ts: this.#context.options.now() });
    const isPrivate = receipt.type === "m.read.private";
    if (this.#context.has("drops-receipts") || (isPrivate && !this.#context.has("leaks-private-receipts"))) return;
    const told = this.#context.has("repeats-receipts") ? this.#localReceipts(roomId) : [stored];
    const content = { [roomId]: { "m.read": Object.fromEntries(told.map((one) => [one.user, this.#toldOf(one)])) } };
    this.#context.federation.sendEdu(otherServersIn(this.#context, roomId), { edu_type: "m.receipt", content });
  }

  #toldOf(receipt: Receipt): JsonObject {
    const data = this.#context.has("receipt-omits-thread") ? { ts: receipt.ts } : receiptData(receipt);
    return { event_ids: [receipt.eventId], data };
  }

  #localReceipts(roomId: RoomId): readonly Receipt[] {
    return [...(this.#rooms.get(roomId)?.values() ?? [])].filter(
      ({ type, user }) => type === "m.read" && this.#context.isLocal(user),
    );
  }

  /** Contents of m.receipt for what changed after `since`; private receipts only for their own user. */
  changedSince(roomId: RoomId, since: number, viewer: UserId): readonly JsonObject[] {
    const receipts = [...(this.#rooms.get(roomId)?.values() ?? [])].filter(
      (receipt) => receipt.position > since && (receipt.type === "m.read" || receipt.user === viewer),
    );
    return receiptContents(receipts);
  }

  #store(roomId: RoomId, receipt: Omit<Receipt, "position">): Receipt {
    const room = this.#rooms.get(roomId) ?? new Map<string, Receipt>();
    this.#rooms.set(roomId, room);
    const stored = { ...receipt, position: this.#context.rooms.nextPosition() };
    room.set(JSON.stringify([receipt.type, receipt.user, receipt.threadId ?? null]), stored);
    this.#wakeups.wake();
    return stored;
  }

  #receive(origin: ServerName, content: JsonObject): void {
    for (const [roomId, entry] of Object.entries(content)) {
      const room = this.#context.rooms.get(roomId);
      if (room === undefined) continue;
      for (const receipt of receiptsOfEdu(entry)) {
        const ofOrigin =
          serverNameOf(receipt.user) === origin || this.#context.has("accepts-receipt-from-wrong-server");
        if (ofOrigin && room.membership(receipt.user) === "join") this.#store(roomId, receipt);
      }
    }
  }
}
