import type { RunScenario } from "../run-json.js";
import { Line, Name } from "./text.js";

/** Who sat where: `owner: harbour (hs1.lab.example)`. */
export function Seats({ seats }: { readonly seats: RunScenario["seats"] }) {
  return (
    <span class="seats">
      {Object.entries(seats).map(([seat, { kind, target, serverName }]) => (
        <span key={seat} class="seat">
          <span class="soft">
            <Line>{seat}</Line>
          </span>{" "}
          <Line>{target ?? (kind === "peer" ? "Concordat's peer" : "a server under test")}</Line>{" "}
          <Name>{serverName}</Name>
        </span>
      ))}
    </span>
  );
}
