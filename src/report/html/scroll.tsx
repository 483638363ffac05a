import type { ComponentChildren } from "preact";

/** Holds what may be wider than the page, and can be scrolled with the keyboard. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a pointer
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
