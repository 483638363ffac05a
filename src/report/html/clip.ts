import { cutText, oneLine } from "../sanitise.js";

/** The text on one line of at most so many characters; what does not fit is cut, and shown to be. */
export function clip(text: string, limit: number): string {
  const line = oneLine(text);
  return line.length <= limit ? line : `${cutText(line, Math.max(1, limit - 1)).text}…`;
}
