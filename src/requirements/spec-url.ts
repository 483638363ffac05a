/** The release of the specification that the catalogue was written against. */
const SPEC_VERSION = "v1.19";

const SITE = `https://spec.matrix.org/${SPEC_VERSION}/`;

/** The address of a page and heading: `rooms/v12#event-format` is on `…/v1.19/rooms/v12/#event-format`. */
export function specUrl(anchor: string): string {
  const [page = "", heading] = anchor.split("#");
  const address = page === "index" ? SITE : `${SITE}${page}/`;
  return heading === undefined ? address : `${address}#${heading}`;
}
