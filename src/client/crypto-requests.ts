import {
  KeysBackupRequest,
  KeysClaimRequest,
  KeysQueryRequest,
  KeysUploadRequest,
  type OlmMachine,
  RoomMessageRequest,
  SignatureUploadRequest,
  ToDeviceRequest,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { JsonObject } from "../matrix/json.js";
import type { ClientUser } from "./client-user.js";
import { clientPath, withQuery } from "./paths.js";

type Outgoing = Awaited<ReturnType<OlmMachine["outgoingRequests"]>>[number];

interface Endpoint {
  readonly method: "POST" | "PUT";
  readonly path: string;
}

/** Where a request of the machine goes (client-server-api#end-to-end-encryption). */
function endpointOf(request: Outgoing): Endpoint {
  if (request instanceof KeysUploadRequest) return { method: "POST", path: clientPath("keys", "upload") };
  if (request instanceof KeysQueryRequest) return { method: "POST", path: clientPath("keys", "query") };
  if (request instanceof KeysClaimRequest) return { method: "POST", path: clientPath("keys", "claim") };
  if (request instanceof SignatureUploadRequest)
    return { method: "POST", path: clientPath("keys", "signatures", "upload") };
  if (request instanceof KeysBackupRequest) {
    return { method: "PUT", path: withQuery(clientPath("room_keys", "keys"), { version: request.version }) };
  }
  if (request instanceof ToDeviceRequest) {
    return { method: "PUT", path: clientPath("sendToDevice", request.event_type, request.txn_id) };
  }
  if (request instanceof RoomMessageRequest) {
    return { method: "PUT", path: clientPath("rooms", request.room_id, "send", request.event_type, request.txn_id) };
  }
  throw new Error("the crypto machine asks for a request of an unknown kind");
}

/** Sends one of the machine's requests as the client and tells the machine the answer; rejects with `ClientError` where it cannot use it. */
export async function sendCryptoRequest(
  client: ClientUser,
  machine: OlmMachine,
  request: Outgoing,
  signal: AbortSignal,
): Promise<void> {
  const { method, path } = endpointOf(request);
  const { id, type } = request;
  const tell = async (answer: JsonObject) => {
    if (id !== undefined) await machine.markRequestAsSent(id, type, JSON.stringify(answer));
  };
  await client.expectUsable(method, path, JSON.parse(request.body) as JsonObject, tell, signal);
}
