import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { type Answer, decode, encode, type Packet, type Question, streamDecode, streamEncode } from "dns-packet";
import { type Hosts, serviceName } from "./hosts.js";
import { LabError } from "./lab-error.js";

export interface DnsQuery {
  /** Address that asked. */
  readonly client: string;
  readonly name: string;
  readonly type: string;
  readonly answer: "address" | "service" | "empty" | "nxdomain";
}

export interface DnsOptions {
  readonly address: string;
  /** 53 for containers, which know no other; 0 for any free port. */
  readonly port: number;
  /** The address to which a name of the lab leads; undefined for every other name. */
  resolve(host: string): string | undefined;
  /** What is told of hosts besides. */
  readonly hosts?: Hosts;
  asked(query: DnsQuery): void;
}

/** A port that is free for UDP, as the system chooses one, may be taken for TCP. */
const PORTS_TRIED = 10;

/** The lab's DNS: names of the lab lead to the tap, every other name does not exist, and each question is reported. */
export class LabDns {
  readonly #udp: UdpSocket = createSocket("udp4");
  readonly #tcp: Server;
  readonly #connections = new Set<Socket>();

  private constructor(private readonly options: DnsOptions) {
    this.#udp.on("message", (bytes, from) => {
      const answer = this.#answer(bytes, decode, from.address);
      if (answer) this.#udp.send(encode(answer), from.port, from.address);
    });
    this.#tcp = createServer((socket) => this.#serveTcp(socket));
  }

  static async open(options: DnsOptions): Promise<LabDns> {
    for (let left = options.port === 0 ? PORTS_TRIED : 1; ; left -= 1) {
      const dns = new LabDns(options);
      try {
        const port = await dns.#bindUdp();
        await dns.#listenTcp(port);
        return dns;
      } catch (cause) {
        await dns.close();
        if (left === 1) throw cannotBind(options, cause);
      }
    }
  }

  get port(): number {
    return this.#udp.address().port;
  }

  async close(): Promise<void> {
    for (const socket of this.#connections) socket.destroy();
    await new Promise<void>((resolve) => this.#tcp.close(() => resolve()));
    await new Promise<void>((resolve) => this.#udp.close(() => resolve()));
  }

  #bindUdp(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#udp.once("error", reject);
      this.#udp.bind(this.options.port, this.options.address, () => {
        this.#udp.off("error", reject);
        resolve(this.#udp.address().port);
      });
    });
  }

  #listenTcp(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#tcp.once("error", reject);
      this.#tcp.listen(port, this.options.address, () => {
        this.#tcp.off("error", reject);
        resolve();
      });
    });
  }

  #serveTcp(socket: Socket): void {
    this.#connections.add(socket);
    socket.once("close", () => this.#connections.delete(socket));
    // A resolver that resets its connection has lost interest; there is nobody to tell.
    socket.on("error", () => socket.destroy());
    socket.setTimeout(5_000, () => socket.destroy());
    let pending = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (let length = frameLength(pending); length > 0; length = frameLength(pending)) {
        const answer = this.#answer(pending.subarray(0, length), streamDecode, socket.remoteAddress ?? "");
        pending = pending.subarray(length);
        if (answer) socket.write(streamEncode(answer));
      }
    });
  }

  /** Undefined for bytes that are no question: nothing sensible can be answered to them. */
  #answer(bytes: Buffer, read: (bytes: Buffer) => Packet, client: string): Packet | undefined {
    let packet: Packet;
    try {
      packet = read(bytes);
    } catch {
      return undefined;
    }
    const question = packet.questions?.[0];
    if (packet.type === "response" || !question) return undefined;
    return this.#reply(packet, question, client);
  }

  #reply(packet: Packet, question: Question, client: string): Packet {
    const name = question.name.toLowerCase().replace(/\.$/, "");
    const host = serviceName(name)?.host ?? name;
    const exists = this.options.resolve(host) !== undefined;
    const records = exists ? this.#records(question, name) : [];
    const [record] = records;
    const kind = record === undefined ? undefined : record.type === "SRV" ? "service" : "address";
    const answer = !exists ? "nxdomain" : (kind ?? "empty");
    this.options.asked({ client, name: question.name, type: question.type, answer });
    return {
      type: "response",
      ...(packet.id === undefined ? {} : { id: packet.id }),
      // Authoritative and recursive; the low four bits are the response code (3: no such name).
      flags: 0x0400 | 0x0080 | ((packet.flags ?? 0) & 0x0100) | (answer === "nxdomain" ? 3 : 0),
      questions: [question],
      answers: [...records],
    };
  }

  #records(question: Question, name: string): readonly Answer[] {
    const { hosts, resolve } = this.options;
    const common = { name: question.name, ttl: 1, class: "IN" } as const;
    if (question.type === "SRV") {
      return (hosts?.services(name) ?? []).map((data) => ({ ...common, type: "SRV", data }));
    }
    const facts = hosts?.of(name);
    const alias: Answer[] = facts?.alias === undefined ? [] : [{ ...common, type: "CNAME", data: facts.alias }];
    const owner = { ...common, name: facts?.alias ?? question.name };
    if (question.type === "AAAA") {
      return [...alias, ...(facts?.deadAddresses ?? []).map((data) => ({ ...owner, type: "AAAA" as const, data }))];
    }
    const address = resolve(name);
    if (question.type !== "A" || address === undefined) return [];
    return [...alias, { ...owner, type: "A", data: address }];
  }
}

/** Bytes of the first length-prefixed message, or 0 while it is not whole. */
function frameLength(pending: Buffer): number {
  if (pending.length < 2) return 0;
  const length = pending.readUInt16BE(0) + 2;
  return pending.length >= length ? length : 0;
}

function cannotBind(options: DnsOptions, cause: unknown): LabError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  const hint =
    code === "EACCES"
      ? "binding port 53 needs a privilege: run as root, give node CAP_NET_BIND_SERVICE (setcap cap_net_bind_service=+ep), or lower net.ipv4.ip_unprivileged_port_start to 53"
      : "another name server listens on every address of this host: bind it to its own address only, or stop it for the run";
  return new LabError("dns-refused", `the lab's DNS cannot bind ${options.address}:${options.port} (${code})`, hint, {
    cause,
  });
}
