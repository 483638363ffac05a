/**
 * A request target with its percent-encoding taken out, to be searched and shown. What is no encoding stays as it stands, and
 * bytes that are no UTF-8 become replacement characters: other servers write targets, and none may stop whoever reads it.
 */
export function plainTarget(target: string): string {
  return target.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
}
