import { alteredAnswer, cannedAnswer, silent } from "./answers.js";
import type { Behaviour } from "./define.js";
import { keyDocument } from "./keys.js";

/** Every named deviation of a peer. */
export const BEHAVIOURS: readonly Behaviour[] = [alteredAnswer, cannedAnswer, keyDocument, silent];
