import type { LookupAnswer } from "../../matrix/server-discovery.js";
import { readWellKnown, wellKnownLifetime } from "../../matrix/well-known.js";
import type { LookUps } from "../../net/look-ups.js";
import { header, type WireResponse } from "../../net/wire.js";

export interface DelegationOptions {
  readonly lookUps: LookUps;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** True when that fault is switched on. */
  has(defect: string): boolean;
}

interface Remembered {
  readonly answer: LookupAnswer;
  readonly until: number;
}

const MOST_REDIRECTS = 20;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const FAILED: LookupAnswer = { kind: "well-known-failed" };
const DAY_MS = 24 * 60 * 60 * 1000;

/** What hosts answer at `/.well-known/matrix/server`, redirects followed, remembered for as long as they allow. */
export class Delegations {
  readonly #remembered = new Map<string, Remembered>();

  constructor(private readonly options: DelegationOptions) {}

  /** The answer of a host, never a rejection. Rejects only where a fault that is switched on says so. */
  async of(host: string): Promise<LookupAnswer> {
    const now = this.options.now();
    const known = this.#remembered.get(host);
    if (known !== undefined && known.until > now) return known.answer;
    const response = await this.#fetch(new URL(`https://${host}/.well-known/matrix/server`));
    const answer: LookupAnswer =
      response === undefined ? FAILED : { kind: "well-known", status: response.status, body: response.body };
    const ok = response !== undefined && readWellKnown(response.status, response.body).ok;
    if (!ok && this.options.has("needs-delegation")) throw new Error(`${host} does not delegate`);
    this.#remembered.set(host, { answer, until: now + this.#lifetime(response, ok, now) });
    return answer;
  }

  async #fetch(start: URL): Promise<WireResponse | undefined> {
    const { has } = this.options;
    const seen = new Set<string>();
    for (let url = start; ; ) {
      if (seen.has(url.href) || seen.size > MOST_REDIRECTS) {
        if (has("lost-in-redirect-loops")) throw new Error(`${start.host} leads in circles`);
        return undefined;
      }
      seen.add(url.href);
      const response = await this.#get(url);
      const location = response && REDIRECTS.has(response.status) ? header(response.headers, "location") : undefined;
      if (location === undefined || has("follows-no-redirects")) return this.#understood(response);
      if (!URL.canParse(location, url)) return undefined;
      url = new URL(location, url);
    }
  }

  /** Undefined when no HTTP answer came: discovery then goes on without one (server-server-api#resolving-server-names). */
  #get(url: URL): Promise<WireResponse | undefined> {
    const { lookUps, has } = this.options;
    if (url.protocol !== "https:") return Promise.resolve(undefined);
    return lookUps.get(url, { anyCertificate: has("trusts-any-web-site") }).catch(() => undefined);
  }

  #understood(response: WireResponse | undefined): WireResponse | undefined {
    if (response === undefined || !this.options.has("wants-delegation-labelled-json")) return response;
    return header(response.headers, "content-type")?.startsWith("application/json") ? response : undefined;
  }

  #lifetime(response: WireResponse | undefined, ok: boolean, now: number): number {
    const { has } = this.options;
    if (has("forgets-delegation")) return 0;
    if (has("remembers-delegation-regardless")) return DAY_MS;
    const headers = response?.headers ?? [];
    const said = { cacheControl: header(headers, "cache-control"), expires: header(headers, "expires") };
    return wellKnownLifetime(said, ok, now);
  }
}
