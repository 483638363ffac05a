import { oneLine } from "../sanitise.js";

/** A command to copy; the script adds the button, so that there is none that does nothing. */
export function Command({ text }: { readonly text: string }) {
  return (
    <pre class="command">
      <code>{oneLine(text)}</code>
    </pre>
  );
}
