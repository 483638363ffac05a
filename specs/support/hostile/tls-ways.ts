import type { TlsWay } from "./way.js";

/** Servers whose TLS cannot be accepted. */
export const TLS_WAYS: readonly TlsWay[] = [
  { on: "tls", name: "shows a certificate that has expired", outcome: "tls", certificate: "expired" },
  { on: "tls", name: "shows a certificate that is not valid yet", outcome: "tls", certificate: "not-yet-valid" },
  { on: "tls", name: "shows a certificate for another name", outcome: "tls", certificate: "wrong-name" },
  { on: "tls", name: "shows a certificate that it signed itself", outcome: "tls", certificate: "self-signed" },
  { on: "tls", name: "shows a certificate of an unknown authority", outcome: "tls", certificate: "stranger" },
  {
    on: "tls",
    name: "knows TLS 1.0 and 1.1 only",
    outcome: "tls",
    settings: { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
  },
  {
    on: "tls",
    name: "knows no cipher that we know",
    outcome: "tls",
    settings: { maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-SHA" },
  },
  { on: "tls", name: "speaks HTTP/2 and nothing else", outcome: "tls", settings: { ALPNProtocols: ["h2"] } },
  {
    on: "tls",
    name: "asks for a certificate of ours",
    outcome: ["tls", "cut"],
    settings: { requestCert: true, rejectUnauthorized: true },
  },
];
