/** A binary heap: `pop` gives the smallest item by `compare`. */
export class Heap<T> {
  readonly #items: T[] = [];

  constructor(private readonly compare: (a: T, b: T) => number) {}

  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = items[parentAt];
      if (parent === undefined || this.compare(parent, item) <= 0) break;
      items[at] = parent;
      at = parentAt;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return top;
  }

  #sink(item: T): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      const childAt = this.#smallerChild(at);
      const child = childAt === undefined ? undefined : items[childAt];
      if (childAt === undefined || child === undefined || this.compare(child, item) >= 0) break;
      items[at] = child;
      at = childAt;
    }
    items[at] = item;
  }

  #smallerChild(at: number): number | undefined {
    const left = this.#items[2 * at + 1];
    const right = this.#items[2 * at + 2];
    if (left === undefined) return undefined;
    return right !== undefined && this.compare(right, left) < 0 ? 2 * at + 2 : 2 * at + 1;
  }
}
