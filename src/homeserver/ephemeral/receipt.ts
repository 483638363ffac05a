import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { EventId, UserId } from "../../matrix/pdu.js";

export interface Receipt {
  readonly type: "m.read" | "m.read.private";
  readonly user: UserId;
  readonly eventId: EventId;
  readonly ts: number;
  /** Absent for an unthreaded receipt. */
  readonly threadId?: string;
  readonly position: number;
}

/** One `data` of m.receipt: the time and, for threaded ones, the thread. */
export function receiptData(receipt: Receipt): JsonObject {
  return { ts: receipt.ts, ...(receipt.threadId === undefined ? {} : { thread_id: receipt.threadId }) };
}

type Content = { [eventId: EventId]: { [type: string]: { [user: UserId]: JsonObject } } };

/**
 * Contents of m.receipt events for clients. There can be several: one content has place for one receipt of a user
 * on an event, and a threaded and an unthreaded one may stand on the same.
 */
export function receiptContents(receipts: readonly Receipt[]): readonly JsonObject[] {
  const contents: Content[] = [];
  for (const receipt of receipts) {
    const free = contents.find((content) => content[receipt.eventId]?.[receipt.type]?.[receipt.user] === undefined);
    const content = free ?? {};
    if (free === undefined) contents.push(content);
    const byType = content[receipt.eventId] ?? {};
    content[receipt.eventId] = byType;
    byType[receipt.type] = { ...byType[receipt.type], [receipt.user]: receiptData(receipt) };
  }
  return contents;
}

/** The receipts that an m.receipt EDU's entry for one room holds; entries of another form are passed over. */
export function receiptsOfEdu(entry: JsonValue | undefined): readonly Omit<Receipt, "position">[] {
  const read = isJsonObject(entry) ? entry["m.read"] : undefined;
  if (!isJsonObject(read)) return [];
  return Object.entries(read).flatMap(([user, value]) => {
    const eventIds = isJsonObject(value) ? value.event_ids : undefined;
    const data = isJsonObject(value) ? value.data : undefined;
    const eventId = Array.isArray(eventIds) ? eventIds[0] : undefined;
    if (typeof eventId !== "string" || !isJsonObject(data) || typeof data.ts !== "number") return [];
    const threadId = data.thread_id;
    return [
      { type: "m.read" as const, user, eventId, ts: data.ts, ...(typeof threadId === "string" ? { threadId } : {}) },
    ];
  });
}
