import { type Static, Type } from "@sinclair/typebox";
import type { JsonValue } from "../matrix/json.js";
import { type SigningKey, signingKey } from "../matrix/keys.js";
import type { RetiredKey } from "../matrix/server-keys.js";
import { parseXMatrix, signRequest, type XMatrix } from "../matrix/x-matrix.js";

/** How the Authorization header of a request departs from what a conforming server would send (server-server-api#request-authentication). */
export const AuthorizationTweak = Type.Object(
  {
    omit: Type.Optional(Type.Literal(true, { description: "Send no Authorization header." })),
    raw: Type.Optional(Type.String({ description: "Send this text as the header's value." })),
    destination: Type.Optional(Type.String({ description: "Sign for, and name, this server instead." })),
    "omit-destination": Type.Optional(
      Type.Literal(true, { description: "Leave `destination` out of the header; it stays in what is signed." }),
    ),
    origin: Type.Optional(Type.String({ description: "Claim to be this server, signing with one's own key." })),
    "signed-for": Type.Optional(
      Type.Object(
        {
          method: Type.Optional(Type.String()),
          uri: Type.Optional(Type.String()),
          content: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        },
        { description: "Sign this instead of what is sent.", additionalProperties: false },
      ),
    ),
    signature: Type.Optional(
      Type.Union([Type.Literal("corrupt"), Type.Literal("padded")], {
        description: "`corrupt`: flip a bit of the signature. `padded`: write it in base64 with padding.",
      }),
    ),
    key: Type.Optional(
      Type.Union([Type.Literal("unpublished"), Type.Literal("impostor"), Type.Literal("retired")], {
        description:
          "`unpublished`: a key id never published. `impostor`: the published id with another key. `retired`: the key before the last rotation.",
      }),
    ),
    style: Type.Optional(
      Type.Union(
        [
          Type.Literal("unquoted"),
          Type.Literal("spaced"),
          Type.Literal("mixed-case"),
          Type.Literal("shuffled"),
          Type.Literal("extra-parameter"),
          Type.Literal("escaped"),
          Type.Literal("many-spaces"),
          Type.Literal("lower-case-scheme"),
        ],
        { description: "Another spelling that the specification allows." },
      ),
    ),
  },
  { additionalProperties: false },
);

export type AuthorizationTweak = Static<typeof AuthorizationTweak>;

/** The keys of the server that signs: the one in use, and those of the past, the newest first. */
export interface OwnKeys {
  readonly current: SigningKey;
  readonly retired: readonly RetiredKey[];
}

export interface SentRequest {
  readonly method: string;
  readonly uri: string;
  readonly origin: string;
  readonly destination: string;
  readonly content?: JsonValue;
}

/** The header's value, tweaked; undefined when none is to be sent. */
export function forgedAuthorization(
  request: SentRequest,
  keys: OwnKeys,
  tweak: AuthorizationTweak,
): string | undefined {
  if (tweak.omit === true) return undefined;
  if (tweak.raw !== undefined) return tweak.raw;
  const signed = { ...request, ...tweak["signed-for"] } as SentRequest;
  const named = {
    ...signed,
    destination: tweak.destination ?? signed.destination,
    origin: tweak.origin ?? signed.origin,
  };
  const honest = parseXMatrix(signRequest(named as Parameters<typeof signRequest>[0], keyFor(keys, tweak)));
  if (honest === undefined) throw new Error("an own Authorization header does not parse");
  return written(honest, tweak);
}

function keyFor({ current: key, retired }: OwnKeys, tweak: AuthorizationTweak): SigningKey {
  if (tweak.key === undefined) return key;
  if (tweak.key === "retired") {
    const [last] = retired;
    if (last === undefined) throw new Error("no key was retired: rotate-key comes first");
    return last.key;
  }
  const otherSeed = key.seed.map((byte) => byte ^ 0xff);
  const version = tweak.key === "impostor" ? key.keyId.slice("ed25519:".length) : "unpublished";
  return signingKey(otherSeed, version);
}

function written(header: XMatrix, tweak: AuthorizationTweak): string {
  const sig = SIGNATURES[tweak.signature ?? "honest"](header.sig);
  const parameters: [string, string][] = [
    ["origin", header.origin],
    ...(tweak["omit-destination"] === true ? [] : ([["destination", header.destination ?? ""]] as [string, string][])),
    ["key", header.key],
    ["sig", sig],
  ];
  return STYLES[tweak.style ?? "plain"](parameters);
}

const SIGNATURES: Readonly<
  Record<NonNullable<AuthorizationTweak["signature"]> | "honest", (signature: string) => string>
> = {
  honest: (signature) => signature,
  corrupt: corrupted,
  // 64 bytes leave room for two characters.
  padded: (signature) => `${signature}==`,
};

/** Another signature of the same length that is still base64. */
function corrupted(signature: string): string {
  const first = signature.startsWith("A") ? "B" : "A";
  return `${first}${signature.slice(1)}`;
}

type HeaderParameters = readonly (readonly [name: string, value: string])[];

const quoted = ([name, value]: readonly [string, string]) => `${name}="${value}"`;

/** Spellings of one and the same header that the specification allows. */
const STYLES: Readonly<
  Record<NonNullable<AuthorizationTweak["style"]> | "plain", (parameters: HeaderParameters) => string>
> = {
  plain: (parameters) => `X-Matrix ${parameters.map(quoted).join(",")}`,
  unquoted: (parameters) =>
    `X-Matrix ${parameters.map(([name, value]) => (name === "key" ? `${name}=${value}` : quoted([name, value]))).join(",")}`,
  spaced: (parameters) => `X-Matrix ${parameters.map(quoted).join(" ,\t ")}`,
  "mixed-case": (parameters) =>
    `X-Matrix ${parameters.map(([name, value]) => quoted([`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value])).join(",")}`,
  shuffled: (parameters) => `X-Matrix ${[...parameters].reverse().map(quoted).join(",")}`,
  "extra-parameter": (parameters) => `X-Matrix ${[...parameters.map(quoted), 'colour="blue"'].join(",")}`,
  escaped: (parameters) =>
    `X-Matrix ${parameters.map(([name, value]) => quoted([name, name === "origin" ? `\\${value}` : value])).join(",")}`,
  "many-spaces": (parameters) => `X-Matrix    ${parameters.map(quoted).join(",")}`,
  "lower-case-scheme": (parameters) => `x-matrix ${parameters.map(quoted).join(",")}`,
};
