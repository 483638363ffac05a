/** The requirement that states a rule of rooms/v1 … rooms/v12#authorisation-rules, whatever its number in one version. */
export type RuleId = `FED-AR-${string}`;

export interface Allowed {
  readonly allowed: true;
  readonly rule: RuleId;
}

export interface Refused {
  readonly allowed: false;
  readonly rule: RuleId;
  readonly reason: string;
}

/** What the authorisation rules say of an event, and which of them decided. */
export type AuthVerdict = Allowed | Refused;

export function allow(rule: RuleId): Allowed {
  return { allowed: true, rule };
}

export function refuse(rule: RuleId, reason: string): Refused {
  return { allowed: false, rule, reason };
}
