import type { InstanceEvidence } from "./instances-seen.js";
import type { KeysSeen } from "./keys/keys-seen.js";
import type { JudgeView, SeenExchange } from "./view.js";

/** Where a view looks: what the journal holds, found by instance. */
export interface EvidenceOfInstances {
  readonly keys: Pick<KeysSeen, "of">;
  of(instance: string): InstanceEvidence;
  exchange(id: string): SeenExchange | undefined;
  exchangesOf(instance: string): readonly SeenExchange[];
  longestStandstill(instance: string, upTo: number): number;
}

/** The evidence of an instance as it stood when journal line `upTo` had been written. */
export function judgeView(
  index: EvidenceOfInstances,
  about: { readonly instance: string; readonly step: string; readonly expectation: string; readonly upTo: number },
): JudgeView {
  const { instance, observations, bindings } = index.of(about.instance);
  const seen = observations.filter(({ seq }) => seq <= about.upTo);
  const here = seen.filter(({ step }) => step === about.step);
  let exchanges: readonly SeenExchange[] | undefined;
  const exchange = (id: string) => {
    const found = index.exchange(id);
    return found !== undefined && found.seq <= about.upTo ? found : undefined;
  };
  return {
    instance,
    step: about.step,
    expectation: about.expectation,
    binding: (name) => bindings.findLast((bound) => bound.name === name && bound.seq <= about.upTo)?.value,
    observations: seen,
    here,
    get exchanges() {
      exchanges ??= index.exchangesOf(about.instance).filter(({ seq }) => seq <= about.upTo);
      return exchanges;
    },
    exchange,
    standstillMs: index.longestStandstill(about.instance, about.upTo),
    response(step = about.step) {
      const last = seen.findLast((observation) => observation.step === step && observation.what === "response");
      const id = last?.data.exchange;
      return typeof id === "string" ? exchange(id) : undefined;
    },
    serverKeys: (serverName) => index.keys.of(serverName),
    serverName(seat) {
      const seated = instance.seats[seat];
      if (seated === undefined) throw new Error(`no seat ${seat} in ${instance.id}`);
      return seated.serverName;
    },
  };
}
