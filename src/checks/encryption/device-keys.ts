import { Type } from "@sinclair/typebox";
import { clientPath } from "../../client/paths.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { sameJson } from "../../matrix/same-json.js";
import { checkSignature } from "../../matrix/signing.js";
import { meaningOf, type Names, resolveNames } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { answerOf, shown, withResponse } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import type { JudgeView } from "../view.js";

const closed = { additionalProperties: false } as const;
const ofUser = { "of-user": Type.String({ description: "A member of the cast: whose keys." }) };

/** The value at a path of member names, which may hold any character. */
export function under(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

interface Wanted {
  readonly devices?: readonly string[] | undefined;
  readonly names?: { readonly [device: string]: string } | undefined;
  readonly master?: string | undefined;
}

/** What an answer of keys/query says of a user, as far as it is asked for. */
function saidOf(body: JsonValue | undefined, userId: string, wanted: Wanted): JsonObject {
  const devices = under(body, "device_keys", userId);
  const known: JsonObject = isJsonObject(devices) ? devices : {};
  const nameOf = (device: string) => under(known, device, "unsigned", "device_display_name") ?? null;
  const master = under(body, "master_keys", userId, "keys");
  return {
    ...(wanted.devices === undefined ? {} : { devices: Object.keys(known).sort() }),
    ...(wanted.names === undefined
      ? {}
      : { names: Object.fromEntries(Object.keys(wanted.names).map((device) => [device, nameOf(device)])) }),
    ...(wanted.master === undefined
      ? {}
      : { master: isJsonObject(master) ? (Object.values(master)[0] ?? null) : null }),
  };
}

export const deviceKeysBecome = defineCheck({
  name: "device-keys-become",
  summary: "A user's server comes to give another's devices, and no others, or the master key, when asked for keys",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a target." }),
      ...ofUser,
      devices: Type.Optional(
        Type.Array(Type.String(), { description: "All the devices' ids.", "refers-to": "nothing" }),
      ),
      names: Type.Optional(
        Type.Record(Type.String(), Type.String(), {
          description: "Display names by device id.",
          "refers-to": "nothing",
        }),
      ),
      master: Type.Optional(
        Type.String({ description: "The name that the public master key was bound to.", "refers-to": "bound" }),
      ),
      within,
    },
    closed,
  ),
  /** Asks again whenever /sync has news: a device list that arrived shows there. */
  async observe(context, input) {
    const client = context.client(input.as);
    const { userId } = context.user(input["of-user"]);
    const wanted = wantedOf(input, namesOf(context));
    const ask = async () => {
      const body = { device_keys: { [userId]: [] } };
      const answer = await client.request("POST", clientPath("keys", "query"), body, { signal: context.signal });
      return { exchange: answer.exchangeId, said: saidOf(answer.body, userId, wanted) };
    };
    // Only what follows a first sync is news to a client (client-server-api#e2e-extensions-to-sync).
    if (client.seen.length === 0) await client.syncNext(context.signal);
    const inTime = await waitingFor(context, input.within, async (signal) => {
      for (;;) {
        const answer = await ask();
        if (sameJson(answer.said, wanted as JsonObject)) return answer;
        await client.syncNext(signal);
      }
    });
    const { exchange, said } = inTime ?? (await ask());
    context.observe("device-keys", { wanted: wanted as JsonObject, said, exchange });
  },
  judge(view, input) {
    const seen = noted(view, "device-keys");
    const time = milliseconds(input.within);
    const expected = `${input["of-user"]}'s keys as ${input.as} is given them to be ${shown((seen?.data.wanted ?? {}) as JsonObject)} within ${time} ms`;
    if (seen === undefined) return { holds: "unknown", expected, actual: "no answer was had" };
    const said = seen.data.said ?? null;
    const holds = sameJson(said, seen.data.wanted ?? null);
    return { holds, expected, actual: `they are ${shown(said)}`, exchanges: [String(seen.data.exchange)] };
  },
});

function wantedOf({ devices, names, master }: Wanted, known: Names): Wanted {
  return {
    ...(devices === undefined ? {} : { devices: resolveNames([...devices], known).sort() }),
    ...(names === undefined ? {} : { names: resolveNames({ ...names }, known) }),
    ...(master === undefined ? {} : { master: meaningOf(master, known) }),
  };
}

const OfDevice = Type.Object(
  {
    ...ofUser,
    device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
  },
  closed,
);

export const keysAsUploaded = defineCheck({
  name: "keys-as-uploaded",
  summary: "The response gives a device's keys as the device uploaded them, and the device's own signature holds",
  input: OfDevice,
  ofResponse: true,
  judge(view, input) {
    const userId = meaningOf(input["of-user"], view);
    const deviceId = meaningOf(input.device, view);
    const expected = `the keys of ${input["of-user"]}'s device as uploaded, with its own signature`;
    return withResponse(view, expected, (exchange) => {
      const uploaded = uploadOf(view, userId, deviceId);
      if (uploaded === undefined) return { holds: "unknown", expected, actual: "no upload of these keys was recorded" };
      const given = under(exchange.responseJson(), "device_keys", userId, deviceId);
      const exchanges = [uploaded.exchange, exchange.id];
      if (!isJsonObject(given))
        return { holds: false, expected, actual: `${answerOf(exchange)} without that device`, exchanges };
      const same = sameJson(bare(given), bare(uploaded.keys));
      const signed = signatureHolds(given, userId, deviceId);
      const actual = `${same ? "the same keys" : "other keys"}, ${signed ? "rightly signed" : "without a signature that holds"}`;
      return { holds: same && signed, expected, actual, exchanges };
    });
  },
});

interface Upload {
  readonly exchange: string;
  readonly keys: JsonObject;
}

/** The newest upload of a device's keys. */
export function uploadOf({ exchanges }: JudgeView, userId: string, deviceId: string): Upload | undefined {
  const uploads = exchanges.flatMap((exchange) => {
    if (exchange.kind !== "client" || !exchange.request.target.endsWith("/keys/upload")) return [];
    const keys = under(exchange.requestJson(), "device_keys");
    const right = isJsonObject(keys) && keys.user_id === userId && keys.device_id === deviceId;
    return right ? [{ exchange: exchange.id, keys }] : [];
  });
  return uploads.at(-1);
}

/** What the device signed. */
function bare(keys: JsonObject): JsonObject {
  const { signatures: _signatures, unsigned: _unsigned, ...signed } = keys;
  return signed;
}

function signatureHolds(keys: JsonObject, userId: string, deviceId: string): boolean {
  const keyId = `ed25519:${deviceId}`;
  const publicKey = under(keys, "keys", keyId);
  return typeof publicKey === "string" && checkSignature(keys, userId, keyId, publicKey);
}

export const selfSigned = defineCheck({
  name: "self-signed",
  summary:
    "The response gives a device with a signature by the user's self-signing key, which the response gives as well",
  input: OfDevice,
  ofResponse: true,
  judge(view, input) {
    const userId = meaningOf(input["of-user"], view);
    const expected = `the device of ${input["of-user"]} signed by the self-signing key`;
    return withResponse(view, expected, (exchange) => {
      const body = exchange.responseJson();
      const device = under(body, "device_keys", userId, meaningOf(input.device, view));
      const published = under(body, "self_signing_keys", userId, "keys");
      const [entry] = isJsonObject(published) ? Object.entries(published) : [];
      const exchanges = [exchange.id];
      if (!isJsonObject(device) || entry === undefined || typeof entry[1] !== "string")
        return { holds: false, expected, actual: `${answerOf(exchange)} without the device or the key`, exchanges };
      const holds = checkSignature(device, userId, entry[0], entry[1]);
      return { holds, expected, actual: holds ? "the signature holds" : "no such signature holds", exchanges };
    });
  },
});
