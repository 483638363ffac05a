import { type SigningKey, signingKey } from "../matrix/keys.js";
import type { RetiredKey } from "../matrix/server-keys.js";

/** The signing keys of a peer over time. */
export class PeerKeys {
  /** The newest first. */
  private past: readonly RetiredKey[] = [];

  constructor(private signsWith: SigningKey) {}

  get current(): SigningKey {
    return this.signsWith;
  }

  /** Keys of the past, the one replaced last first. */
  get retired(): readonly RetiredKey[] {
    return this.past;
  }

  /** Replaces the key by one made of the seed, under a key id of its own. `expiredTs` in milliseconds since the epoch. */
  rotate(seed: Uint8Array, expiredTs: number): void {
    this.past = [{ key: this.signsWith, expiredTs }, ...this.past];
    this.signsWith = signingKey(seed, `p${this.past.length + 1}`);
  }
}
