import { alteredAnswer, cannedAnswer, silent, verbatimAnswer } from "./answers.js";
import { falseClaims, replayedClaims } from "./claims.js";
import type { Behaviour } from "./define.js";
import { hangsUp } from "./hanging-up.js";
import { keyDocument } from "./keys.js";
import { servesFile } from "./media.js";
import { leavesMembersOut } from "./members.js";
import { policyServer } from "./policy-server.js";
import { smuggling } from "./smuggling.js";
import { alteredState } from "./states.js";

/** Every named deviation of a peer. */
export const BEHAVIOURS: readonly Behaviour[] = [
  alteredAnswer,
  alteredState,
  cannedAnswer,
  falseClaims,
  hangsUp,
  keyDocument,
  leavesMembersOut,
  policyServer,
  replayedClaims,
  servesFile,
  silent,
  smuggling,
  verbatimAnswer,
];
