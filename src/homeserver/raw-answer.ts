import type { WireResponse } from "../net/wire.js";

/** An answer that is not JSON, as it goes out. */
export class RawAnswer {
  constructor(readonly response: WireResponse) {}
}
