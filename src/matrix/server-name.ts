/** A server name taken apart (appendices#server-name). */
export interface ParsedServerName {
  /** As written: an IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port?: number;
  readonly kind: "ipv4" | "ipv6" | "dns";
}

const NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z.-]{1,255})(?::([0-9]{1,5}))?$/;
const FOUR_NUMBERS = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const IPV6_GROUP = /^[0-9A-Fa-f]{1,4}$/;
const HIGHEST_PORT = 65535;

/** Undefined for what the grammar excludes, for numbers out of range in an IPv4 address or a port, and for no real IPv6 address. */
export function parseServerName(name: string): ParsedServerName | undefined {
  const match = NAME.exec(name);
  const host = match?.[1];
  if (host === undefined) return undefined;
  const kind = kindOf(host);
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (kind === undefined || (port !== undefined && (port === 0 || port > HIGHEST_PORT))) return undefined;
  return port === undefined ? { host, kind } : { host, port, kind };
}

function kindOf(host: string): ParsedServerName["kind"] | undefined {
  if (host.startsWith("[")) return isIpv6(host.slice(1, -1)) ? "ipv6" : undefined;
  if (!FOUR_NUMBERS.test(host)) return "dns";
  return isIpv4(host) ? "ipv4" : undefined;
}

function isIpv4(text: string): boolean {
  return FOUR_NUMBERS.test(text) && text.split(".").every((number) => Number(number) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const counts = halves.map((half, index) => groupCount(half, index === halves.length - 1));
  if (counts.includes(undefined)) return false;
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return halves.length === 2 ? total <= 7 : total === 8;
}

// How many 16-bit groups the colon-separated text stands for; an IPv4 address may stand for the last two.
function groupCount(text: string, mayEndInIpv4: boolean): number | undefined {
  if (text === "") return 0;
  const groups = text.split(":");
  const last = groups.at(-1) ?? "";
  const endsInIpv4 = mayEndInIpv4 && isIpv4(last);
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => IPV6_GROUP.test(group))) return undefined;
  return plain.length + (endsInIpv4 ? 2 : 0);
}
