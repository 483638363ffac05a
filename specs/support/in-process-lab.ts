import type { Lab, Naming } from "../../src/lab/lab.js";
import { openLab } from "../../src/lab/open-lab.js";
import type { TapRecord } from "../../src/lab/recorder.js";
import { DEFAULT_LIMITS, type NetLimits } from "../../src/net/limits.js";
import type { WireHandler, WireRequest, WireResponse } from "../../src/net/wire.js";

export interface RecordingLab {
  readonly lab: Lab;
  readonly records: TapRecord[];
  readonly notes: { readonly about: string; readonly data: Record<string, unknown> }[];
}

let runs = 0;

/** A lab without containers whose recordings stay in memory. */
export async function recordingLab(
  naming: Naming = "dns",
  limits?: Partial<NetLimits>,
  run?: string,
): Promise<RecordingLab> {
  const records: TapRecord[] = [];
  const notes: { about: string; data: Record<string, unknown> }[] = [];
  runs += 1;
  const lab = await openLab({
    runId: run ?? `spec-${process.pid}-${runs}`,
    naming,
    docker: false,
    recorder: { record: (exchange) => `x${records.push(exchange)}` },
    note: (about, data) => notes.push({ about, data }),
    limits: { ...DEFAULT_LIMITS, ...limits },
    signal: new AbortController().signal,
  });
  return { lab, records, notes };
}

export function get(target: string, headers: WireRequest["headers"] = []): WireRequest {
  return { method: "GET", target, headers, body: new Uint8Array() };
}

export function put(target: string, body: string): WireRequest {
  return { method: "PUT", target, headers: [["Content-Type", "application/json"]], body: bytes(body) };
}

export function answering(status: number, body: string, headers: WireResponse["headers"] = []): WireHandler {
  return async () => ({ status, headers, body: bytes(body) });
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(body: Uint8Array | undefined): string {
  return new TextDecoder().decode(body);
}
