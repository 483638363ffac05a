/**
 * A stable id for use in an address: readable, and the same for the same parts in every rendering of every run.
 * Characters that would need escaping become `-`; a digest of the original then keeps different names apart.
 */
export function anchor(kind: string, ...parts: readonly (string | number)[]): string {
  const exact = parts.join("/");
  const plain = exact
    .replace(/[^A-Za-z0-9._-]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 90);
  return exact === plain ? `${kind}-${plain}` : `${kind}-${plain}-${fnv1a(exact)}`;
}

/** FNV-1a, 32 bits, in hex. Not for secrecy: only to tell names apart. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
