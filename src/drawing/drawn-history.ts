/** What became of an event at the server that is looked at. */
export type Fate =
  | "accepted"
  /** It fails the rules at its own place (server-server-api#rejection). */
  | "rejected"
  /** Allowed at its own place, and not by the room's state when it came (server-server-api#soft-failure). */
  | "soft-failed"
  /** No event of the room version, or not signed by its author's server. */
  | "invalid"
  /** It never travelled. */
  | "unsent"
  /** Something that it refers to is not known, so nobody can say. */
  | "untold";

/** One event as drawings show it. Plain data. */
export interface DrawnEvent {
  /** Unique in its drawing. */
  readonly name: string;
  /** Who did what: “Ann bans Bob”. */
  readonly words: string;
  /** `earlier` stands for everything before the drawing. */
  readonly kind: "state" | "message" | "earlier";
  readonly fate: Fate;
  /** Names of the drawn events before it (`prev_events`). */
  readonly prev: readonly string[];
  /** Of `prev`, those that are reached only through events that are not drawn. */
  readonly through?: readonly string[];
  /** The requirement by which it was refused, and why in words. */
  readonly rule?: string;
  readonly reason?: string;
  /** The requirement by which it gave way to another branch where the branches came together. */
  readonly overruled?: string;
}

/** A room's history, or the part of it that matters. */
export interface DrawnHistory {
  readonly events: readonly DrawnEvent[];
  /** Events of the history that are left out of the drawing. */
  readonly left: number;
}

/** How an event is marked that was accepted at its place and gave way later. */
export const OVERRULED = { symbol: "↯", word: "overruled" } as const;

/** How a fate is marked, so that no drawing tells it by colour alone. */
export const FATE_MARKS: Readonly<Record<Fate, { readonly symbol: string; readonly word: string }>> = {
  accepted: { symbol: "", word: "" },
  rejected: { symbol: "✗", word: "refused" },
  "soft-failed": { symbol: "◌", word: "soft-failed" },
  invalid: { symbol: "⊘", word: "not a valid event" },
  unsent: { symbol: "○", word: "not sent" },
  untold: { symbol: "?", word: "cannot be judged" },
};
