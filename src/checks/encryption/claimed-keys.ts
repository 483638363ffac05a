import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { sameJson } from "../../matrix/same-json.js";
import { checkSignature } from "../../matrix/signing.js";
import { meaningOf } from "../../steps/names.js";
import { answerOf, shown, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import type { JudgeView } from "../view.js";
import { under, uploadOf } from "./device-keys.js";

const closed = { additionalProperties: false } as const;
const OfDevice = {
  "of-user": Type.String({ description: "A member of the cast: whose keys." }),
  device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
};

interface Wanted {
  readonly "of-user": string;
  readonly device: string;
}

/** The keys that the response gives for the device, by key id. */
function claimedIn(view: JudgeView, input: Wanted): JsonObject | undefined {
  const body = view.response()?.responseJson();
  const keys = under(body, "one_time_keys", meaningOf(input["of-user"], view), meaningOf(input.device, view));
  return isJsonObject(keys) ? keys : undefined;
}

export const claimedAsUploaded = defineCheck({
  name: "claimed-as-uploaded",
  summary: "The response gives a one-time key of a device as the device uploaded it, with the device's signature",
  input: Type.Object(
    {
      ...OfDevice,
      first: Type.Optional(Type.Literal(true, { description: "As in the first upload of a key of that name." })),
    },
    closed,
  ),
  ofResponse: true,
  judge(view, input) {
    const expected = `a one-time key of ${input["of-user"]}'s device as uploaded, rightly signed`;
    return withResponse(view, expected, (exchange) => {
      const [entry] = Object.entries(claimedIn(view, input) ?? {});
      if (entry === undefined)
        return { holds: false, expected, actual: `${answerOf(exchange)} without a key`, exchanges: [exchange.id] };
      const [keyId, key] = entry;
      const uploads = uploadsOf(view, meaningOf(input["of-user"], view), keyId);
      const uploaded = input.first === true ? uploads[0] : uploads.at(-1);
      if (uploaded === undefined) return { holds: "unknown", expected, actual: `no upload of ${keyId} was recorded` };
      const same = sameJson(key, uploaded.key);
      const signed = isJsonObject(key) && signedByDevice(view, input, key);
      const actual = `${keyId}, ${same ? "as uploaded" : `another than uploaded: ${shown(key)}`}, ${signed ? "rightly signed" : "without a signature that holds"}`;
      return { holds: same && signed, expected, actual, exchanges: [uploaded.exchange, exchange.id] };
    });
  },
});

export const claimedOne = defineCheck({
  name: "claimed-one",
  summary: "The response gives exactly one one-time key of a device",
  input: Type.Object(OfDevice, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `one key of ${input["of-user"]}'s device`;
    return withResponse(view, expected, (exchange) => {
      const keyIds = Object.keys(claimedIn(view, input) ?? {});
      const actual = keyIds.join(", ") || "none";
      return { holds: keyIds.length === 1, expected, actual, exchanges: [exchange.id] };
    });
  },
});

interface UploadedKey {
  readonly exchange: string;
  readonly key: JsonValue;
}

/** Uploads of a key of that id by the user, the first first. */
function uploadsOf({ exchanges }: JudgeView, userId: string, keyId: string): readonly UploadedKey[] {
  return exchanges.flatMap((exchange) => {
    if (exchange.kind !== "client" || exchange.from !== userId) return [];
    if (!exchange.request.target.endsWith("/keys/upload")) return [];
    const body = exchange.requestJson();
    const key = under(body, "one_time_keys", keyId) ?? under(body, "fallback_keys", keyId);
    return key === undefined ? [] : [{ exchange: exchange.id, key }];
  });
}

function signedByDevice(view: JudgeView, input: Wanted, key: JsonObject): boolean {
  const userId = meaningOf(input["of-user"], view);
  const deviceId = meaningOf(input.device, view);
  const publicKey = under(uploadOf(view, userId, deviceId)?.keys, "keys", `ed25519:${deviceId}`);
  return typeof publicKey === "string" && checkSignature(key, userId, `ed25519:${deviceId}`, publicKey);
}
