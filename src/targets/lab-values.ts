import { createHash } from "node:crypto";
import type { Lab } from "../lab/lab.js";
import { hostOf } from "../lab/names.js";
import { encodeBase64 } from "../matrix/base64.js";
import type { TargetFile } from "./target-document.js";
import type { LabValues } from "./template.js";

export interface InstancePlace {
  readonly serverName: string;
  /** Address on which the server is to listen. */
  readonly address: string;
  /** Where its files are, and where it may write. */
  readonly folders: { readonly files: string; readonly data: string };
  readonly seed: string;
}

/** The closed list of values for one instance of a target. Keys and secrets follow the run's seed. */
export async function labValues(lab: Lab, target: TargetFile, place: InstancePlace): Promise<LabValues> {
  const { certificate, key } = await lab.certificateFor(place.serverName);
  return {
    "server.name": place.serverName,
    "server.host": hostOf(place.serverName),
    "server.signing_seed": encodeBase64(derive(place.seed, `signing key of ${place.serverName}`)),
    "server.macaroon_secret": derive(place.seed, `macaroons of ${place.serverName}`).toString("hex"),
    "listen.address": place.address,
    "listen.client": String(target.listens?.client.port ?? ""),
    "listen.federation": String(target.listens?.federation.port ?? ""),
    "tls.certificate": certificate,
    "tls.key": key,
    "lab.ca": lab.ca,
    "lab.ca_key": lab.caKey,
    "lab.secret": derive(place.seed, "registration").toString("hex").slice(0, 32),
    "lab.dir": place.folders.files,
    "lab.data": place.folders.data,
  };
}

/** 32 bytes that depend on the seed and the purpose alone. */
export function derive(seed: string, purpose: string): Buffer {
  return createHash("sha256").update(`concordat\0${seed}\0${purpose}`).digest();
}
