import { hasLoneSurrogate } from "./code-points.js";
import { type JsonValue, pointerPart } from "./json.js";

const WHITESPACE = /[ \t\n\r]*/y;
const PLAIN_CHARACTERS = /[ !#-[\]-\uffff]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const MAX_REMARKS = 100;

/** Something legal for a JSON parser but not for canonical JSON, which the parsed value no longer shows. */
export interface JsonRemark {
  readonly kind:
    | "duplicate-key"
    | "invalid-utf-8"
    | "float-spelling"
    | "negative-zero"
    | "number-out-of-range"
    | "lone-surrogate";
  /** Where it starts. */
  readonly offset: number;
  /** JSON pointer to the value or member; "" for the whole text. */
  readonly path: string;
}

/** Text that is not JSON; `index` counts UTF-16 code units. */
export class JsonSyntaxError extends Error {
  constructor(
    message: string,
    readonly index: number,
  ) {
    super(message);
    this.name = "JsonSyntaxError";
  }
}

/** A recursive descent over one text; each character is looked at a bounded number of times. Offsets count UTF-16 code units. */
export class JsonReader {
  readonly remarks: JsonRemark[] = [];
  #at = 0;
  readonly #path: (string | number)[] = [];

  constructor(
    readonly text: string,
    readonly maxDepth: number,
  ) {}

  read(): JsonValue {
    const value = this.#value();
    this.#skipWhitespace();
    if (this.#at < this.text.length) throw this.#unexpected();
    return value;
  }

  #value(): JsonValue {
    this.#skipWhitespace();
    const first = this.text[this.#at];
    if (first === "{") return this.#nested(() => this.#object());
    if (first === "[") return this.#nested(() => this.#array());
    if (first === '"') return this.#string();
    if (this.#takeWord("true")) return true;
    if (this.#takeWord("false")) return false;
    if (this.#takeWord("null")) return null;
    return this.#number();
  }

  #nested(read: () => JsonValue): JsonValue {
    if (this.#path.length >= this.maxDepth) throw new JsonSyntaxError("nested too deeply", this.#at);
    this.#at += 1;
    this.#path.push("");
    const value = read();
    this.#path.pop();
    return value;
  }

  #object(): JsonValue {
    const object: { [key: string]: JsonValue } = {};
    if (this.#takeMark("}")) return object;
    do {
      this.#skipWhitespace();
      const start = this.#at;
      const key = this.#key();
      if (Object.hasOwn(object, key)) this.#remark("duplicate-key", start);
      if (!this.#takeMark(":")) throw this.#unexpected();
      define(object, key, this.#value());
    } while (this.#takeMark(","));
    if (!this.#takeMark("}")) throw this.#unexpected();
    return object;
  }

  #key(): string {
    if (this.text[this.#at] !== '"') throw this.#unexpected();
    const key = this.#string();
    this.#path[this.#path.length - 1] = key;
    return key;
  }

  #array(): JsonValue {
    const items: JsonValue[] = [];
    if (this.#takeMark("]")) return items;
    do {
      this.#path[this.#path.length - 1] = items.length;
      items.push(this.#value());
    } while (this.#takeMark(","));
    if (!this.#takeMark("]")) throw this.#unexpected();
    return items;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    let escaped = false;
    for (;;) {
      this.#take(PLAIN_CHARACTERS);
      const stop = this.text[this.#at];
      if (stop === '"') break;
      if (stop !== "\\") throw this.#unexpected();
      escaped = true;
      this.#at += 2;
    }
    this.#at += 1;
    if (!escaped) return this.text.slice(start + 1, this.#at - 1);
    return this.#unescape(start);
  }

  #unescape(start: number): string {
    const value = unescapeToken(this.text.slice(start, this.#at));
    if (value === undefined) throw new JsonSyntaxError("bad escape in a string", start);
    if (hasLoneSurrogate(value)) this.#remark("lone-surrogate", start);
    return value;
  }

  #number(): number {
    const start = this.#at;
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.text);
    if (match === null) throw this.#unexpected();
    this.#at += match[0].length;
    const value = Number(match[0]);
    if (match[1] !== undefined || match[2] !== undefined) this.#remark("float-spelling", start);
    if (Object.is(value, -0)) this.#remark("negative-zero", start);
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) this.#remark("number-out-of-range", start);
    return value;
  }

  #takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #takeMark(mark: string): boolean {
    this.#skipWhitespace();
    if (this.text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #skipWhitespace(): void {
    this.#take(WHITESPACE);
  }

  #take(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.text)) this.#at = pattern.lastIndex;
  }

  #remark(kind: JsonRemark["kind"], offset: number): void {
    if (this.remarks.length >= MAX_REMARKS) return;
    this.remarks.push({ kind, offset, path: this.#path.map(pointerPart).join("") });
  }

  #unexpected(): JsonSyntaxError {
    const found = this.text[this.#at];
    return new JsonSyntaxError(
      found === undefined ? "unexpected end" : `unexpected ${JSON.stringify(found)}`,
      this.#at,
    );
  }
}

// Assignment to "__proto__" would change the prototype instead of adding a member.
function define(object: { [key: string]: JsonValue }, key: string, value: JsonValue): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function unescapeToken(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
