const SCENARIO = `id: first/key-document
title: A server publishes its signing keys
purpose: >
  Every other server judges what this one says by these keys.
covers: [FED-KEY-001, FED-KEY-003]
seats:
  target: { kind: target } # the server under test sits here
  asker: { kind: peer } # played by Concordat
steps:
  - id: ask
    do: request
    by: asker
    to: target
    path: /_matrix/key/v2/server
    signed: false
    expect:
      - { check: succeeds, must: FED-KEY-001, of: target, impact: blocks }
      - { check: body-has, at: /server_name, is: "\${target}", must: FED-KEY-003, of: target, impact: blocks }
detects: [wrong-server-name-in-keys]
`;

const TARGET = `# A server under test: adapt image, command, files and accounts to your product.
name: my-server
product: My homeserver
vendor: My organisation
driver: container
image: my-homeserver:latest
environment:
  SERVER_NAME: \${server.name}
listens:
  client: { port: 8008 }
  federation: { port: 8448, tls: true }
ready: { http: /_matrix/client/versions, within: 60s }
files:
  /lab/ca.crt: \${lab.ca}
  /lab/tls.crt: \${tls.certificate}
  /lab/tls.key: \${tls.key}
presets:
  testing: {}
  as-shipped: {}
accounts: { register: open }
room_versions: ["10", "11", "12"]
`;

/** What `concordat init` writes, by path. */
export const STARTER_FILES: { readonly [path: string]: string } = {
  "scenarios/first/key-document.yaml": SCENARIO,
  "targets/my-server.yaml": TARGET,
};
