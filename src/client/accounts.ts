/** How users are made on a homeserver. */
export type AccountPolicy =
  | { readonly register: "open" }
  | { readonly register: "shared-secret"; readonly path: string; readonly secret: string }
  | {
      readonly register: "given";
      readonly users: readonly { readonly localpart: string; readonly password: string }[];
    };
