import { alteredAnswer, cannedAnswer, silent } from "./answers.js";
import type { Behaviour } from "./define.js";
import { keyDocument } from "./keys.js";
import { alteredState } from "./states.js";

/** Every named deviation of a peer. */
export const BEHAVIOURS: readonly Behaviour[] = [alteredAnswer, alteredState, cannedAnswer, keyDocument, silent];
