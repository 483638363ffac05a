import type { Defect } from "./defect.js";

/** Faults in finding other servers. */
export const DISCOVERY_DEFECTS: readonly Defect[] = [
  {
    name: "always-the-default-port",
    summary: "Servers are looked for at port 8448, whatever port their name or their delegation says",
    requirement: "FED-DISC-027",
  },
  {
    name: "host-without-port",
    summary: "The Host header leaves out the port that the name says",
    requirement: "FED-DISC-006",
  },
  {
    name: "trusts-any-certificate",
    summary: "Servers are believed whatever certificate they show",
    requirement: "FED-DISC-011",
  },
  {
    name: "services-of-names-with-ports",
    summary: "Service records are looked up also for names that say their port",
    requirement: "FED-DISC-009",
  },
  { name: "ignores-delegation", summary: "Web sites are not asked for delegation", requirement: "FED-DISC-012" },
  {
    name: "services-before-delegation",
    summary: "Web sites are asked for delegation only where there are no service records",
    requirement: "FED-DISC-012",
  },
  {
    name: "trusts-any-web-site",
    summary: "Delegation is believed whatever certificate the web site shows",
    requirement: "FED-DISC-013",
  },
  {
    name: "follows-no-redirects",
    summary: "Delegation is not looked for where a site leads on",
    requirement: "FED-DISC-014",
  },
  {
    name: "lost-in-redirect-loops",
    summary: "A site that leads in circles makes its server unreachable",
    requirement: "FED-DISC-015",
  },
  {
    name: "forgets-delegation",
    summary: "Web sites are asked for delegation each time anew",
    requirement: "FED-DISC-016",
  },
  {
    name: "remembers-delegation-regardless",
    summary: "Delegation is remembered for a day even where the site forbids it",
    requirement: "FED-DISC-017",
  },
  {
    name: "wants-delegation-labelled-json",
    summary: "Delegation counts only when it is labelled as JSON",
    requirement: "FED-DISC-022",
  },
  {
    name: "needs-delegation",
    summary: "Servers whose web site answers badly or not at all are unreachable",
    requirement: "FED-DISC-023",
  },
  {
    name: "takes-any-delegate",
    summary: "A delegation to what is no server's name makes the server unreachable",
    requirement: "FED-DISC-024",
  },
  {
    name: "host-of-the-delegating-name",
    summary: "The Host header names the server, and not the one to which it delegates",
    requirement: "FED-DISC-028",
  },
  {
    name: "certificate-of-the-delegating-name",
    summary: "The certificate must be for the server's name, and not for the one to which it delegates",
    requirement: "FED-DISC-028",
  },
  { name: "ignores-services", summary: "Service records are not looked up", requirement: "FED-DISC-034" },
  {
    name: "old-services-first",
    summary: "The deprecated service records come before those that took their place",
    requirement: "FED-DISC-029",
  },
  {
    name: "ignores-old-services",
    summary: "The deprecated service records are not looked up",
    requirement: "FED-DISC-036",
  },
  {
    name: "host-of-the-service",
    summary: "The Host header names the target of the service record",
    requirement: "FED-DISC-035",
  },
  {
    name: "certificate-of-the-service",
    summary: "The certificate must be for the target of the service record",
    requirement: "FED-DISC-035",
  },
  {
    name: "default-port-of-the-web",
    summary: "Where nothing says a port, 443 is taken for it",
    requirement: "FED-DISC-037",
  },
  {
    name: "finds-no-aliases",
    summary: "Hosts that are aliases of others have no address",
    requirement: "FED-DISC-037",
  },
  {
    name: "follows-chains-of-delegation",
    summary: "The site of the server to which another delegates is asked in turn",
    requirement: "FED-DISC-033",
  },
  { name: "tries-one-address", summary: "Of several places, only the first is tried", requirement: "FED-DISC-039" },
  {
    name: "signs-for-the-delegate",
    summary: "Requests are signed for the name to which a server delegates",
    requirement: "FED-DISC-044",
  },
];
