import { asBytes, REDACTED, textOf } from "./secrets.js";

/** Shorter ones would be found by chance in what is no secret. */
const LEAST_LENGTH = 8;
const WORD = /[A-Za-z0-9_-]{8,}/g;
const ONE_WORD = /^[A-Za-z0-9_-]+$/;

/** The secrets that a run has come across, to be taken out wherever they turn up again. */
export class KnownSecrets {
  readonly #words = new Set<string>();
  /** Those that are no single word, in the forms in which they travel. */
  readonly #phrases = new Set<string>();

  learn(secret: string): void {
    if (secret.length < LEAST_LENGTH) return;
    if (ONE_WORD.test(secret)) this.#words.add(secret);
    else
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        this.#phrases.add(form);
  }

  /** The body without them, byte for byte the same elsewhere. */
  outOfBody(body: Uint8Array): Uint8Array {
    const text = textOf(body);
    const scrubbed = this.#outOf(text, asBytes);
    return scrubbed === text ? body : Buffer.from(scrubbed, "latin1");
  }

  outOfText(text: string): string {
    return this.#outOf(text, (form) => form);
  }

  #outOf(text: string, inForm: (text: string) => string): string {
    const redacted = inForm(REDACTED);
    let scrubbed = text.replace(WORD, (word) => (this.#words.has(word) ? redacted : word));
    for (const phrase of this.#phrases) scrubbed = scrubbed.replaceAll(inForm(phrase), redacted);
    return scrubbed;
  }
}
