/** A property of `content` that survives redaction: a key, or a key within the object under a key. */
export type KeptProperty = string | readonly [key: string, innerKey: string];

/** What one room version's redaction keeps. */
export interface RedactionRules {
  readonly topLevel: readonly string[];
  /** By event type; a type that is not here loses its whole content. */
  readonly content: { readonly [type: string]: "everything" | readonly KeptProperty[] };
}

const TOP_LEVEL_SINCE_11 = [
  "event_id",
  "type",
  "room_id",
  "sender",
  "state_key",
  "content",
  "hashes",
  "signatures",
  "depth",
  "prev_events",
  "auth_events",
  "origin_server_ts",
] as const;

const POWER_LEVELS = [
  "ban",
  "events",
  "events_default",
  "kick",
  "redact",
  "state_default",
  "users",
  "users_default",
] as const;

/** Room versions 1 to 5 (rooms/v1#redactions). */
export const REDACTION_1: RedactionRules = {
  topLevel: [...TOP_LEVEL_SINCE_11, "prev_state", "origin", "membership"],
  content: {
    "m.room.member": ["membership"],
    "m.room.create": ["creator"],
    "m.room.join_rules": ["join_rule"],
    "m.room.power_levels": POWER_LEVELS,
    "m.room.aliases": ["aliases"],
    "m.room.history_visibility": ["history_visibility"],
  },
};

/** Room versions 6 and 7: `m.room.aliases` lost its special meaning (rooms/v6#redactions). */
export const REDACTION_6: RedactionRules = {
  ...REDACTION_1,
  content: { ...REDACTION_1.content, "m.room.aliases": [] },
};

/** Room version 8: `allow` of join rules decides who may join (rooms/v8#redactions). */
export const REDACTION_8: RedactionRules = {
  ...REDACTION_6,
  content: { ...REDACTION_6.content, "m.room.join_rules": ["join_rule", "allow"] },
};

/** Room versions 9 and 10: a restricted join stays authorised after redaction (rooms/v9#redactions). */
export const REDACTION_9: RedactionRules = {
  ...REDACTION_8,
  content: { ...REDACTION_8.content, "m.room.member": ["membership", "join_authorised_via_users_server"] },
};

/** Room versions 11 and 12 (rooms/v11#redactions). */
export const REDACTION_11: RedactionRules = {
  topLevel: TOP_LEVEL_SINCE_11,
  content: {
    ...REDACTION_9.content,
    "m.room.create": "everything",
    "m.room.member": ["membership", "join_authorised_via_users_server", ["third_party_invite", "signed"]],
    "m.room.power_levels": [...POWER_LEVELS, "invite"],
    "m.room.redaction": ["redacts"],
  },
};
