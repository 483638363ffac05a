import { MatrixError } from "../parts.js";

/** Where a client stands: in the order of all changes, and in its to-device messages, which may lag behind. */
export interface SyncToken {
  readonly position: number;
  readonly toDevice: number;
}

export function writeSyncToken(token: SyncToken): string {
  return `s${token.position}_${token.toDevice}`;
}

/** Reads a `next_batch`; 400 M_INVALID_PARAM for anything else. */
export function readSyncToken(text: string): SyncToken {
  const match = /^s(\d{1,15})_(\d{1,15})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined)
    throw new MatrixError(400, "M_INVALID_PARAM", "that is not a sync token");
  return { position: Number(match[1]), toDevice: Number(match[2]) };
}

/** A place in a room's history: before every event of that position or a later one. */
export function writeHistoryToken(position: number): string {
  return `t${position}`;
}

/** The position that a `prev_batch`, a token of /messages or a sync token stands for. */
export function readHistoryToken(text: string): number {
  const match = /^t(-?\d{1,15})$/.exec(text);
  return match?.[1] === undefined ? readSyncToken(text).position + 1 : Number(match[1]);
}
