import { BODY_WAYS } from "./body-ways.js";
import { FRAMING_WAYS } from "./framing-ways.js";
import { TCP_WAYS } from "./tcp-ways.js";
import { TLS_WAYS } from "./tls-ways.js";
import type { Way } from "./way.js";

/** Every way in which a server may misbehave towards Concordat. */
export const HOSTILE_WAYS: readonly Way[] = [...TCP_WAYS, ...TLS_WAYS, ...FRAMING_WAYS, ...BODY_WAYS];
