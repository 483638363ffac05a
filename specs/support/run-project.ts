/** `run` with a seed, and without renderings unless they are asked for. */
export function quickRun(args: readonly string[]): readonly string[] {
  return ["run", "--seed", "spec", ...(args.includes("--reporter") ? [] : ["--reporter", ""]), ...args];
}

/** A scenario in which a peer asks the server under test for its version, and something is checked of it. */
export function scenarioText(id: string, check: string, more = ""): string {
  return `
id: ${id}
title: A server tells its version
purpose: Everybody can know what it runs.
covers: [FED-KEY-001]
${more}
seats: { server: { kind: target }, peer: { kind: peer } }
steps:
  - id: asked
    do: request
    by: peer
    to: server
    path: /_matrix/federation/v1/version
    expect:
      - { ${check}, must: FED-KEY-001, of: server, impact: blocks }
detects: [make-join-without-room-version]
`;
}
