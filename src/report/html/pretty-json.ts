/** Indentation stops growing here, so that deep nesting cannot blow a small body up. */
const DEEPEST = 12;

/**
 * JSON text with line breaks and indentation, every other character kept: parsing and printing it anew would hide duplicate
 * keys and alter numbers, which is what a reader may be looking for. Text that is not JSON comes back as it is.
 */
export function prettyJson(text: string): string {
  if (!isJson(text)) return text;
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gsu) ?? [];
  return tokens
    .map((token, index) => {
      if (token === "{" || token === "[") {
        depth += 1;
        return isClosing(tokens[index + 1]) ? token : `${token}${line()}`;
      }
      if (isClosing(token)) {
        depth -= 1;
        return isOpening(tokens[index - 1]) ? token : `${line()}${token}`;
      }
      if (token === ",") return `,${line()}`;
      return token === ":" ? ": " : token;
    })
    .join("");
}

function isOpening(token: string | undefined): boolean {
  return token === "{" || token === "[";
}

function isClosing(token: string | undefined): boolean {
  return token === "}" || token === "]";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
