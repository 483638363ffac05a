import { Type } from "@sinclair/typebox";
import { parseServerName } from "../../matrix/identifiers.js";
import type { RawHeaders } from "../../net/wire.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { resolveText } from "../names.js";
import { namesOf } from "../names-of.js";

const closed = { additionalProperties: false } as const;
const at = Type.String({ description: "A host of the lab, or a peer's server name; `${name}` is replaced." });

export const nameHost = defineStep({
  name: "name-host",
  summary: "One more host name is made under which a peer can be reached",
  input: Type.Object(
    { id: Type.String({ description: "The name to bind the host to." }), peer: Type.String() },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, peer }) => `“${id}” is one more host of ${peer}`,
  async run(context, input) {
    const host = context.lab.host(`${input.id.slice(0, 20).replaceAll("_", "-")}-${context.instance.token}`);
    await context.lab.arrange(host, { server: context.serverName(input.peer) });
    context.bind(input.id, { kind: "host", value: host });
  },
});

export const nameAddress = defineStep({
  name: "name-address",
  summary: "One more address, with a port, is opened at which a peer can be reached",
  input: Type.Object(
    { id: Type.String({ description: "The name to bind the address to." }), peer: Type.String() },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, peer }) => `“${id}” is one more address of ${peer}`,
  async run(context, input) {
    const value = await context.lab.addressName(context.serverName(input.peer));
    context.bind(input.id, { kind: "address", value });
  },
});

export const namePort = defineStep({
  name: "name-port",
  summary: "A port is named at which every peer can be reached, and which is not the default one",
  input: Type.Object({ id: Type.String({ description: "The name to bind the port to." }) }, closed),
  binds: ["id"],
  describe: ({ id }) => `“${id}” is a port other than 8448`,
  async run(context, input) {
    const { otherPort } = context.lab;
    if (otherPort === undefined) return context.fail(undefined, "the lab has no port but the default one");
    context.bind(input.id, { kind: "port", value: String(otherPort) });
  },
});

export const publishDelegation = defineStep({
  name: "publish-delegation",
  summary: "A host's web site answers those who ask it where its Matrix server is",
  input: Type.Object(
    {
      at,
      to: Type.Optional(Type.String({ description: "The server name to which it delegates.", "refers-to": "nothing" })),
      body: Type.Optional(Type.String({ description: "What it answers instead." })),
      status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: "200 unless said." })),
      type: Type.Optional(Type.String({ description: "The Content-Type; `application/json` unless said." })),
      location: Type.Optional(Type.String({ description: "The host whose answer holds instead: a redirect." })),
      "cache-control": Type.Optional(Type.String()),
    },
    closed,
  ),
  describe: ({ at: host, to, body, status, location }) => {
    const what = location ?? (to === undefined ? `${status ?? 200} ${body ?? ""}`.trim() : `Matrix is at ${to}`);
    return location === undefined ? `${host} answers: ${what}` : `${host} leads on to ${what}`;
  },
  async run(context, input) {
    const meaning = (text: string) => resolveText(text, namesOf(context));
    const told = input.to === undefined ? (input.body ?? "") : JSON.stringify({ "m.server": meaning(input.to) });
    const page = input.location && `https://${meaning(input.location)}/.well-known/matrix/server`;
    const cache = input["cache-control"];
    const headers: RawHeaders = [
      ["Content-Type", input.type ?? "application/json"],
      ...(page ? [["Location", page] as const] : []),
      ...(cache === undefined ? [] : [["Cache-Control", cache] as const]),
    ];
    const site = { status: input.status ?? 200, headers, body: Buffer.from(meaning(told)) };
    await context.lab.arrange(hostIn(context, input.at), { site });
  },
});

export const publishServices = defineStep({
  name: "publish-services",
  summary: "The name service gets service records (SRV) for a host",
  input: Type.Object(
    {
      at,
      service: Type.Union([Type.Literal("matrix-fed"), Type.Literal("matrix")]),
      records: Type.Array(
        Type.Object(
          {
            target: Type.String({ description: "A host of the lab." }),
            port: Type.String({ description: "A number, or the name of a port as `${name}`." }),
            priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
          },
          closed,
        ),
        { minItems: 1 },
      ),
    },
    closed,
  ),
  describe: ({ at: host, service, records }) =>
    `the service _${service} of ${host} is at ${records.map(({ target, port }) => `${target}, port ${port}`).join("; ")}`,
  async run(context, input) {
    const records = input.records.map(({ target, port, priority }) => ({
      target: hostIn(context, target),
      port: Number(resolveText(port, namesOf(context))),
      priority: priority ?? 10,
      weight: 0,
    }));
    await context.lab.arrange(hostIn(context, input.at), { services: { [`_${input.service}._tcp`]: records } });
  },
});

export const publishAddresses = defineStep({
  name: "publish-addresses",
  summary: "The name service tells more of a host than its one address",
  input: Type.Object(
    {
      at,
      alias: Type.Optional(Type.String({ description: "The host of which it is an alias." })),
      dead: Type.Optional(Type.Array(Type.String(), { description: "IPv6 addresses at which nothing is." })),
    },
    closed,
  ),
  describe: ({ at: host, alias, dead }) =>
    [alias && `${host} is an alias of ${alias}`, dead && `${host} is also at ${dead.join(", ")}, where nothing is`]
      .filter((part) => part !== undefined)
      .join("; "),
  async run(context, input) {
    await context.lab.arrange(hostIn(context, input.at), {
      ...(input.alias === undefined ? {} : { alias: hostIn(context, input.alias) }),
      ...(input.dead === undefined ? {} : { deadAddresses: input.dead }),
    });
  },
});

export const showCertificate = defineStep({
  name: "show-certificate",
  summary: "Whoever connects to a host is shown a certificate that is not the right one",
  input: Type.Object(
    {
      at,
      for: Type.String({ description: "The host for which the certificate is." }),
      untrusted: Type.Optional(Type.Boolean({ description: "Issued by an authority that nobody knows." })),
      "site-only": Type.Optional(Type.Boolean({ description: "At the host's web site alone, port 443." })),
    },
    closed,
  ),
  describe: ({ at: host, for: other, untrusted, "site-only": site }) =>
    `${site ? `the web site of ${host}` : host} shows a certificate for ${other}${untrusted ? ", of an authority that nobody knows" : ""}`,
  async run(context, input) {
    const certificate = {
      for: parseServerName(resolveText(input.for, namesOf(context)))?.host ?? input.for,
      untrusted: input.untrusted ?? false,
      siteOnly: input["site-only"] ?? false,
    };
    await context.lab.arrange(hostIn(context, input.at), { certificate });
  },
});

/** The host of a name; a name that is an address keeps its port, as each has a listener of its own. */
function hostIn(context: StepContext, text: string): string {
  const name = resolveText(text, namesOf(context));
  const parsed = parseServerName(name);
  return parsed?.kind === "dns" ? parsed.host : name;
}
