import type { Preset } from "./target.js";

/** How a server is known to answer. */
export type Readiness = { readonly within: string } & ({ readonly log: string } | { readonly http: string });

export interface PresetDocument {
  readonly merge?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A target file's content, spelled as in the file (`schemas/target.schema.json` describes each field). */
export interface TargetDocument {
  readonly name: string;
  readonly product: string;
  readonly vendor: string;
  readonly driver: "container" | "process" | "embedded" | "remote";
  readonly names?: "dns" | "portless" | "loopback";
  readonly image?: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly listens?: {
    readonly client: { readonly port: number };
    readonly federation: { readonly port: number; readonly tls: true };
  };
  readonly ready?: Readiness;
  readonly scratch?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly presets?: { readonly [P in Preset]?: PresetDocument };
  readonly accounts: AccountsDocument;
  readonly room_versions: readonly string[];
  readonly remote?: RemoteDocument;
  readonly declares?: {
    readonly "not-applicable"?: readonly { readonly requirement: string; readonly reason: string }[];
  };
}

export type AccountsDocument =
  | { readonly register: "open" }
  | { readonly register: "shared-secret"; readonly path: string; readonly secret: string }
  | {
      readonly register: "given";
      readonly users: readonly { readonly localpart: string; readonly password: string }[];
    };

export interface RemoteDocument {
  readonly server_name: string;
  readonly client_url: string;
  readonly federation: { readonly host: string; readonly port: number };
  readonly ca?: string;
}

/** A target file that was read and found valid. */
export interface TargetFile extends TargetDocument {
  /** As given by the user, for messages. */
  readonly path: string;
  /** Folder from which its templates are read. */
  readonly folder: string;
}

/** A field that the schema demands for the target's driver. */
export function needed<K extends keyof TargetDocument>(target: TargetDocument, key: K): NonNullable<TargetDocument[K]> {
  const value = target[key];
  if (value === undefined || value === null)
    throw new Error(`a ${target.driver} target without ${key} passed its schema`);
  return value;
}
