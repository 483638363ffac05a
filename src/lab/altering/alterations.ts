import type { WireRequest, WireResponse } from "../../net/wire.js";
import { alteredRequest, alteredResponse, concerns, standInAnswer } from "./messages.js";
import type { AlterationRule } from "./rule.js";

/** What becomes of a request that passes. */
export interface Onward {
  /** As it goes on; the very one that came when nothing was changed. */
  readonly request: WireRequest;
  /** The rules that were applied, in order. */
  readonly rules: readonly AlterationRule[];
  /** It goes no further; `answer` is what its sender is told, when anything. */
  readonly kept?: { readonly answer?: WireResponse };
}

/** What becomes of an answer that passes. */
export interface Backward {
  readonly rules: readonly AlterationRule[];
  /** As it goes on; the very one that came when nothing was changed, none when it is lost. */
  readonly response?: WireResponse;
}

/** A request that one server sent to another, and that the tap may send once more, or only now. */
export interface Replay {
  readonly from: string;
  readonly to: string;
  readonly request: WireRequest;
}

interface Standing {
  readonly rule: AlterationRule;
  left: number;
}

/** The rules in force between servers, what they hold back, and who waits for them to be applied. */
export class Alterations {
  readonly #standing: Standing[] = [];
  readonly #held = new Map<string, Replay[]>();
  readonly #applied = new Map<string, string[]>();
  readonly #watchers = new Set<() => void>();

  add(rule: AlterationRule): void {
    this.#standing.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  /** Ends the rules whose ids begin so. What they hold back stays held until it is released. */
  end(prefix: string): void {
    for (const { rule } of [...this.#standing]) {
      if (rule.id.startsWith(prefix)) this.#drop(rule);
    }
  }

  /** Ends those rules, and forgets what they held back and where they were applied. */
  forget(prefix: string): void {
    this.end(prefix);
    for (const kept of [this.#held, this.#applied]) {
      for (const id of [...kept.keys()]) if (id.startsWith(prefix)) kept.delete(id);
    }
  }

  onward(from: string, to: string, request: WireRequest): Onward {
    const rules: AlterationRule[] = [];
    let current = request;
    for (const standing of this.#about(from, to, request)) {
      const { rule } = standing;
      if (rule.act.kind === "rewrite-request") {
        const altered = alteredRequest(current, rule.act);
        if (altered === undefined) continue;
        current = altered;
      } else if (rule.act.kind === "hold-back") this.#hold(rule, { from, to, request: current });
      else if (rule.act.kind !== "lose-request") continue;
      this.#use(standing);
      rules.push(rule);
      if (rule.act.kind === "rewrite-request") continue;
      const { standIn } = rule.act;
      return { request: current, rules, kept: standIn === undefined ? {} : { answer: standInAnswer(standIn) } };
    }
    return { request: current, rules };
  }

  /** `request` is the one that was sent. */
  backward(from: string, to: string, request: WireRequest, response: WireResponse): Backward {
    const rules: AlterationRule[] = [];
    let current = response;
    for (const standing of this.#about(from, to, request)) {
      const { rule } = standing;
      if (rule.act.kind === "rewrite-response") {
        const altered = alteredResponse(current, rule.act.changes);
        if (altered === undefined) continue;
        current = altered;
      } else if (rule.act.kind !== "lose-response") continue;
      this.#use(standing);
      rules.push(rule);
      if (rule.act.kind === "rewrite-response") continue;
      const { standIn } = rule.act;
      return { rules, ...(standIn === undefined ? {} : { response: standInAnswer(standIn) }) };
    }
    return { rules, response: current };
  }

  /** To be called once the exchange to which rules were applied is recorded. */
  recorded(rules: readonly AlterationRule[], exchange: string): void {
    for (const { id } of rules) this.#applied.set(id, [...(this.#applied.get(id) ?? []), exchange]);
    for (const look of [...this.#watchers]) look();
  }

  /** Resolves to the exchanges to which the rule was applied, once there are so many; rejects with the signal's reason. */
  applied(id: string, times: number, signal: AbortSignal): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#watchers.delete(look);
        signal.removeEventListener("abort", give);
      };
      const give = () => {
        end();
        reject(signal.reason);
      };
      const look = () => {
        const exchanges = this.#applied.get(id) ?? [];
        if (exchanges.length < times) return;
        end();
        resolve(exchanges);
      };
      if (signal.aborted) return reject(signal.reason);
      this.#watchers.add(look);
      signal.addEventListener("abort", give, { once: true });
      look();
    });
  }

  /** Takes out what a rule has held back, the oldest first. */
  takeHeld(id: string): readonly Replay[] {
    const held = this.#held.get(id) ?? [];
    this.#held.delete(id);
    return held;
  }

  #about(from: string, to: string, request: WireRequest): Standing[] {
    return this.#standing.filter(({ rule }) => rule.from === from && rule.to === to && concerns(rule, request));
  }

  #hold({ id }: AlterationRule, held: Replay): void {
    this.#held.set(id, [...(this.#held.get(id) ?? []), held]);
  }

  #use(standing: Standing): void {
    standing.left -= 1;
    if (standing.left === 0) this.#drop(standing.rule);
  }

  #drop(rule: AlterationRule): void {
    const at = this.#standing.findIndex((standing) => standing.rule === rule);
    if (at >= 0) this.#standing.splice(at, 1);
  }
}
