import { ResultsTable } from "./results-table.js";
import { Scroll } from "./scroll.js";
import type { View } from "./view.js";

export function PassiveSection({ view }: { readonly view: View }) {
  const passive = view.placed.filter(({ scenario }) => scenario === undefined);
  return (
    <section id="passive" aria-labelledby="passive-title">
      <h2 id="passive-title">Passive checks</h2>
      <p>
        Every message that a server under test sent was checked for its form, its signature and its limits, whatever the
        scenario was about.
      </p>
      {passive.length === 0 ? (
        <p>This run holds no passive results.</p>
      ) : (
        <Scroll label="Passive checks">
          <ResultsTable placed={passive} caption="Checks of all traffic" view={view} />
        </Scroll>
      )}
    </section>
  );
}
