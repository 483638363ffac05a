/** Answers to the questions that were asked last, at most `limit` of them; the one that came first is forgotten first. */
export class Recent<T> {
  readonly #held = new Map<string, T>();

  constructor(private readonly limit: number) {}

  /** The answer to the question, worked out where it is not held. */
  answer(question: string, work: () => T): T {
    const held = this.#held.get(question);
    if (held !== undefined || this.#held.has(question)) return held as T;
    const answer = work();
    const [oldest] = this.#held.keys();
    if (this.#held.size >= this.limit && oldest !== undefined) this.#held.delete(oldest);
    this.#held.set(question, answer);
    return answer;
  }
}
