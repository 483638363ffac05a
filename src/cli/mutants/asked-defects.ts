import type { Progress } from "../../runner/play.js";

/** Faults of a server that has none and remembers of which it was asked, and in which instance; these are played one by one. */
export class AskedDefects extends Set<string> {
  /** By name of defect, ids of instances. */
  readonly asked = new Map<string, Set<string>>();
  #instance: string | undefined;

  readonly progress: Progress = {
    started: () => {},
    began: (instance) => {
      this.#instance = instance;
    },
    ended: () => {},
  };

  /** Not zero: a server may ask at once whether it has any. */
  override get size(): number {
    return 1;
  }

  override has(defect: string): boolean {
    const instances = this.asked.get(defect) ?? new Set();
    if (this.#instance !== undefined) instances.add(this.#instance);
    this.asked.set(defect, instances);
    return false;
  }
}
