import { oneLine, webAddress } from "../sanitise.js";

/** Text that somebody else wrote, on one line, nothing in it invisible. */
export function Line({ children }: { readonly children: string }) {
  return <>{oneLine(children)}</>;
}

/** A name as it stands on the wire or on the command line. */
export function Name({ children }: { readonly children: string }) {
  return <code>{oneLine(children)}</code>;
}

/** Read aloud or copied, but not drawn: what a symbol stands for. */
export function Unseen({ children }: { readonly children: string }) {
  return <span class="unseen">{oneLine(children)}</span>;
}

/** A link out of the page; the text alone where the address is not one of the web. */
export function Outward({ href, children }: { readonly href: string; readonly children: string }) {
  const address = webAddress(href);
  if (address === undefined) return <Line>{children}</Line>;
  return (
    <a href={address} rel="noreferrer noopener">
      {oneLine(children)}
    </a>
  );
}
