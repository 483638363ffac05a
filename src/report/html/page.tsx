import { productName } from "../outcome-words.js";
import { oneLine } from "../sanitise.js";
import { FactsSection } from "./facts-section.js";
import { FindingsSection } from "./findings-section.js";
import { GlossarySection } from "./glossary-section.js";
import { NotTestedSection } from "./not-tested-section.js";
import { OutcomeSection } from "./outcome-section.js";
import { PairsSection } from "./pairs-section.js";
import { PassiveSection } from "./passive-section.js";
import { RequirementsSection } from "./requirements-section.js";
import { ScenariosSection } from "./scenarios-section.js";
import { StabilitySection } from "./stability-section.js";
import { Line, Name } from "./text.js";
import type { View } from "./view.js";

/** Everything inside `body`. */
export function Page({ view }: { readonly view: View }) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the outcome
      </a>
      <Masthead view={view} />
      <div class="layout">
        <Contents view={view} />
        <main id="main" tabIndex={-1}>
          <OutcomeSection view={view} />
          <NotTestedSection view={view} />
          <FindingsSection view={view} />
          <RequirementsSection view={view} />
          <PairsSection view={view} />
          <ScenariosSection view={view} />
          <PassiveSection view={view} />
          <StabilitySection view={view} />
          <FactsSection view={view} />
          <GlossarySection />
        </main>
      </div>
      <footer>
        <p>
          Written by Concordat {oneLine(view.run.run.tool.version)} from <code>run.json</code>, the only truth of this
          run. Every verdict can be computed again from its evidence with <code>concordat judge</code>.
        </p>
      </footer>
    </>
  );
}

/** The products tested, for headings and the window's title. */
export function subjectOf({ run }: View): string {
  return [...new Set(run.targets.map(productName))].join(" and ") || "no server";
}

function Masthead({ view }: { readonly view: View }) {
  const { id, startedAt, profile } = view.run.run;
  return (
    <header class="masthead">
      <p class="kind">Matrix federation: conformance and interoperability</p>
      <h1>
        <Line>{subjectOf(view)}</Line>
      </h1>
      <p class="soft">
        Tested on <time dateTime={startedAt}>{oneLine(startedAt.slice(0, 10))}</time> against{" "}
        {profile === undefined ? (
          "the requirements of the Matrix specification"
        ) : (
          <Line>{`the profile ${profile.name} ${profile.version}`}</Line>
        )}
        , in {view.run.scenarios.length} scenario runs and by watching all traffic. Run <Name>{id}</Name>
      </p>
    </header>
  );
}

function Contents({ view }: { readonly view: View }) {
  const places: readonly (readonly [string, string])[] = [
    ["outcome", "Outcome"],
    ["not-tested", "Not tested"],
    ["findings", "Findings"],
    ["requirements", "Requirements"],
    ...(view.pairs.length > 0 ? [["pairs", "Which with which"] as const] : []),
    ["scenarios", "All scenarios"],
    ["passive", "Passive checks"],
    ["stability", "Stability"],
    ["facts", "How it was tested"],
    ["glossary", "Words"],
  ];
  return (
    <nav aria-label="Contents">
      <ul>
        {places.map(([place, label]) => (
          <li key={place}>
            <a href={`#${place}`}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
