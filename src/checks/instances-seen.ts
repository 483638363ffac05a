import { type Binding, isStandstill, type JournalEntry, type ScenarioInstance } from "../evidence/journal-entry.js";
import type { Observation } from "./view.js";

export interface BoundName {
  readonly seq: number;
  readonly name: string;
  readonly value: Binding;
}

/** What the journal holds of one instance so far. */
export interface InstanceEvidence {
  readonly instance: ScenarioInstance;
  readonly observations: Observation[];
  readonly bindings: BoundName[];
  /** While it was played. */
  readonly standstills: { readonly seq: number; readonly milliseconds: number }[];
}

/** What the journal holds of each instance, but for the exchanges: fed entry by entry. */
export class InstancesSeen {
  readonly #instances = new Map<string, InstanceEvidence>();

  add(entry: JournalEntry): void {
    if (entry.kind === "planned") this.#instances.set(entry.instance.id, nothingYet(entry.instance));
    else if (entry.kind === "observation") {
      const { seq, step, what, data } = entry;
      this.#instances.get(entry.instance)?.observations.push({ seq, step, what, data });
    } else if (entry.kind === "binding") {
      const { seq, name, value } = entry;
      this.#instances.get(entry.instance)?.bindings.push({ seq, name, value });
    } else if (isStandstill(entry)) {
      const { seq, data } = entry;
      for (const id of data.during) this.#instances.get(id)?.standstills.push({ seq, milliseconds: data.milliseconds });
    }
  }

  has(instance: string): boolean {
    return this.#instances.has(instance);
  }

  of(instance: string): InstanceEvidence {
    const found = this.#instances.get(instance);
    if (found === undefined) throw new Error(`the journal holds no scenario instance ${instance}`);
    return found;
  }

  /** Lets go of what one instance bound and observed. */
  release(instance: string): void {
    const { instance: itself } = this.of(instance);
    this.#instances.set(instance, nothingYet(itself));
  }

  /** The longest time for which Concordat itself got nothing done while the instance was played, in milliseconds. */
  longestStandstill(instance: string, upTo: number): number {
    const meanwhile = this.of(instance).standstills.filter(({ seq }) => seq <= upTo);
    return Math.max(0, ...meanwhile.map(({ milliseconds }) => milliseconds));
  }
}

function nothingYet(instance: ScenarioInstance): InstanceEvidence {
  return { instance, observations: [], bindings: [], standstills: [] };
}
