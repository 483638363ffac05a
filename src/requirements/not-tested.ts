import type { Requirement } from "./requirement.js";

/** The kinds of reasons for which a requirement goes untested, in plain words. */
export const NOT_TESTED_CODES = {
  "white-box": "cannot be seen from outside a server",
  "client-only": "owed by clients, not by servers",
  "other-role": "owed by another kind of server than a homeserver",
  deployment: "needs a network that the lab cannot give yet",
  unreachable: "concerns a situation into which no real server can be brought",
  permission: "permits something, so that no server can break it",
  "not-yet": "could be tested, but is not yet",
} as const;

export type NotTestedCode = keyof typeof NOT_TESTED_CODES;

/** Why nothing tests a requirement. */
export interface NotTestedReason {
  readonly code: NotTestedCode;
  /** What is true of this very requirement, in a sentence without its full stop. */
  readonly reason: string;
}

/** Reasons that stand in our own way, not in that of a tester as such. */
const OUR_OWN: ReadonlySet<NotTestedCode> = new Set(["deployment", "not-yet"]);

/** Whether a tester that sees a server only from outside can test the requirement, on servers that there are. */
export function isCheckable({ seenBy, notTested }: Pick<Requirement, "seenBy" | "notTested">): boolean {
  const visible = seenBy.some((way) => way !== "static");
  return visible && (notTested === undefined || OUR_OWN.has(notTested.code));
}
