import type { JsonValue } from "../../matrix/json.js";
import type { EventId } from "../../matrix/pdu.js";
import type { UserRequest } from "./request.js";

/** Answers kept by transaction id, so that a repeated request acts once (client-server-api#transaction-identifiers). */
export class Transactions {
  readonly #answers = new Map<string, Promise<JsonValue>>();
  readonly #sentBy = new Map<EventId, { readonly device: string; readonly txnId: string }>();

  /** The first answer to this device's request of that path; runs `act` only when there is none. A failed one may be tried again. */
  once(request: UserRequest, act: () => Promise<JsonValue>): Promise<JsonValue> {
    const key = `${request.requester.userId} ${request.requester.deviceId} ${request.endpoint}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = act();
    this.#answers.set(key, answer);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }

  remember(eventId: EventId, userId: string, deviceId: string, txnId: string): void {
    this.#sentBy.set(eventId, { device: `${userId} ${deviceId}`, txnId });
  }

  /** The transaction id with which that device sent the event. */
  idFor(eventId: EventId, userId: string, deviceId: string): string | undefined {
    const sent = this.#sentBy.get(eventId);
    return sent?.device === `${userId} ${deviceId}` ? sent.txnId : undefined;
  }
}
