/** A path of the client API: `clientPath("rooms", roomId, "send", …)`, each part percent-encoded. */
export function clientPath(...parts: readonly string[]): string {
  return `/_matrix/client/v3/${parts.map(encodeURIComponent).join("/")}`;
}

/** The path with those query parameters that are defined. */
export function withQuery(
  path: string,
  query: { readonly [name: string]: string | number | boolean | undefined },
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}
