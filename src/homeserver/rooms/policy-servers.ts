import { checkEventSignature } from "../../matrix/events/sign.js";
import type { JsonObject } from "../../matrix/json.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import {
  isPolicySetting,
  POLICY_KEY_ID,
  type PolicyServer,
  policyServerIn,
  policySignatureIn,
  withPolicySignature,
} from "../../matrix/policy-server.js";
import type { Core } from "../core.js";
import { type ComposedEvent, type FederationClient, MatrixError } from "../parts.js";
import type { StoredRoom } from "./stored-room.js";

/** An event, with the policy server's signature where it gave one. */
export interface Recommendation extends ComposedEvent {
  readonly recommended: boolean;
}

/** A server's published keys, by key id, as far as they can be had. */
type PublishedKeys = (server: ServerName) => Promise<ReadonlyMap<string, string>>;

const KEYLESS = { ed25519: "" };

/** What rooms' policy servers say of events (server-server-api#policy-servers). */
export class PolicyServers {
  constructor(
    private readonly core: Core,
    private readonly federation: FederationClient,
    private readonly published: PublishedKeys,
  ) {}

  /** Whether an event of this server's own is to be shown to the room's policy server before it is sent. */
  concerns(room: StoredRoom, event: Pdu): boolean {
    if (this.core.has("never-asks-policy-servers")) return false;
    if (this.core.has("asks-policy-of-messages-only") && event.state_key !== undefined) return false;
    const exempt = isPolicySetting(event) && !this.core.has("asks-policy-of-its-own-setting");
    return !exempt && this.#inUse(room) !== undefined;
  }

  /** An own event with the policy server's signature. Throws MatrixError where there is none to be had: the event must not be sent. */
  async approved(room: StoredRoom, composed: ComposedEvent): Promise<ComposedEvent> {
    const server = this.#inUse(room);
    if (server === undefined) return composed;
    try {
      const event = await this.#signed(composed.event, server);
      if (this.core.has("loses-policy-signatures")) return composed;
      if (this.core.has("believes-policy-signatures")) return { ...composed, event };
      if (await this.#verifies(room, event, server)) return { ...composed, event };
    } catch (error) {
      if (this.#sendsAllTheSame(error)) return composed;
      throw error;
    }
    throw new MatrixError(502, "M_UNKNOWN", `the signature of the policy server ${server.via} does not verify`);
  }

  /** What is to become of an event that another server sent; a new signature is asked for where there is no good one. */
  async recommendation(room: StoredRoom, composed: ComposedEvent): Promise<Recommendation> {
    const exempt = isPolicySetting(composed.event) && !this.core.has("wants-policy-for-its-own-setting");
    const server = exempt ? undefined : this.#inUse(room);
    if (server === undefined || this.core.has("shows-what-policy-refuses")) return { ...composed, recommended: true };
    if (await this.#verifies(room, composed.event, server)) return { ...composed, recommended: true };
    if (this.core.has("never-asks-policy-again")) return { ...composed, recommended: false };
    try {
      const event = await this.#signed(composed.event, server);
      return { ...composed, event, recommended: await this.#verifies(room, event, server) };
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      this.core.log(`${server.via} does not recommend ${composed.eventId}: ${error.message}`);
      return { ...composed, recommended: false };
    }
  }

  #sendsAllTheSame(error: unknown): boolean {
    if (!(error instanceof MatrixError)) return false;
    const silent = error.status === 502;
    return silent ? this.core.has("sends-when-policy-is-silent") : this.core.has("sends-what-policy-refuses");
  }

  /** The room's policy server by its current state. This server itself is nobody's. */
  #inUse(room: StoredRoom): PolicyServer | undefined {
    const named = this.#named(room);
    if (named === undefined || named.via === this.core.serverName) return undefined;
    const present = room.joinedServers().includes(named.via);
    return present || this.core.has("asks-absent-policy-servers") ? named : undefined;
  }

  #named(room: StoredRoom): PolicyServer | undefined {
    const content = room.state("m.room.policy")?.content;
    const lax = this.core.has("asks-policy-servers-without-key");
    const current = policyServerIn(lax ? { public_keys: KEYLESS, ...content } : content);
    if (current !== undefined || !this.core.has("clings-to-policy-servers")) return current;
    const settings = [...room.records()].filter(({ event }) => isPolicySetting(event));
    return settings.flatMap(({ event }) => policyServerIn(event.content) ?? []).at(-1);
  }

  async #signed(event: Pdu, { via }: PolicyServer): Promise<Pdu> {
    const answer = await this.federation.request(via, "POST", "/_matrix/policy/v1/sign", event as JsonObject);
    const signature = policySignatureIn(answer, via);
    if (signature === undefined) throw new MatrixError(502, "M_UNKNOWN", `${via} answered without a signature`);
    if (!this.core.has("policy-signature-replaces-others")) return withPolicySignature(event, via, signature);
    return { ...event, signatures: { ...event.signatures, [via]: { [POLICY_KEY_ID]: signature } } };
  }

  async #verifies(room: StoredRoom, event: Pdu, { via, publicKey }: PolicyServer): Promise<boolean> {
    const verifies = (key: string) => checkEventSignature(event, room.rules, via, POLICY_KEY_ID, key);
    if (!this.core.has("policy-by-published-keys")) return verifies(publicKey);
    return [...(await this.published(via)).values()].some(verifies);
  }
}
