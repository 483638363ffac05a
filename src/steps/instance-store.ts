import type { StepContext } from "./context.js";

/** What steps of one kind keep for later steps of the same instance: private keys, sessions. It dies with the instance. */
export interface InstanceStore<V> {
  get(context: StepContext, key: string): V | undefined;
  set(context: StepContext, key: string, value: V): void;
}

export function instanceStore<V>(): InstanceStore<V> {
  const kept = new WeakMap<object, Map<string, V>>();
  return {
    get: ({ instance }, key) => kept.get(instance)?.get(key),
    set({ instance }, key, value) {
      const own = kept.get(instance) ?? new Map<string, V>();
      kept.set(instance, own.set(key, value));
    },
  };
}
