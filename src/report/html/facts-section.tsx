import type { RunJson, RunTarget } from "../run-json.js";
import { Command } from "./command.js";
import { Scroll } from "./scroll.js";
import { Line } from "./text.js";
import type { View } from "./view.js";

export function FactsSection({ view }: { readonly view: View }) {
  const { run } = view;
  return (
    <section id="facts" aria-labelledby="facts-title">
      <h2 id="facts-title">How it was tested</h2>
      <Scroll label="Servers tested">
        <TargetTable targets={run.targets} />
      </Scroll>
      <Scroll label="Run and method">
        <FactTable run={run} />
      </Scroll>
      <h3>The command of this run</h3>
      <Command text={`concordat ${run.run.command.join(" ")}`} />
    </section>
  );
}

function TargetTable({ targets }: { readonly targets: readonly RunTarget[] }) {
  const rows: readonly (readonly [string, (target: RunTarget) => string | undefined])[] = [
    ["Product", ({ product }) => product],
    ["Vendor", ({ vendor }) => vendor],
    ["Name it gave itself", ({ observed }) => observed.name],
    ["Version observed", ({ observed }) => observed.version],
    ["Driver", ({ driver }) => driver],
    ["Settings", ({ preset }) => preset],
    ["Image", ({ image }) => image],
    ["Image digest", ({ imageDigest }) => imageDigest],
    ["Server names", ({ serverNames }) => serverNames.join(", ")],
  ];
  return (
    <table>
      <caption>Servers tested, as observed</caption>
      <thead>
        <tr>
          <th scope="col">Fact</th>
          {targets.map(({ name }) => (
            <th scope="col" key={name}>
              <Line>{name}</Line>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, factOf]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {targets.map((target) => (
              <td key={target.name} class="break">
                <Line>{factOf(target) ?? "not known"}</Line>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FactTable({ run }: { readonly run: RunJson }) {
  const { id, startedAt, endedAt, complete, seed, tool, host, profile, method } = run.run;
  const facts: readonly (readonly [string, string])[] = [
    ["Run", id],
    ["Began", startedAt],
    ["Ended", endedAt],
    ["Complete", complete ? "yes" : "no, it was cut short"],
    ["Profile", profile === undefined ? "none" : `${profile.name} ${profile.version}`],
    ["Seed", seed],
    ["Concordat", tool.version],
    ["Host", `${host.platform}, Node.js ${host.node}`],
    ["Digest of the journal (sha256)", run.journal],
    ...Object.entries(method ?? {}),
  ];
  return (
    <table>
      <caption>Run and method</caption>
      <tbody>
        {facts.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <Line>{name}</Line>
            </th>
            <td class="break">
              <Line>{value}</Line>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
