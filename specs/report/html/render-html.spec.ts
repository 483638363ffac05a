import { createHash } from "node:crypto";
import { expect } from "chai";
import { renderHtml } from "../../../src/report/html/render-html.js";
import { SCRIPT } from "../../../src/report/html/script.js";
import { STYLE } from "../../../src/report/html/style.js";
import type { RunExchange } from "../../../src/report/run-json.js";
import { exchange, json, result, scenario } from "../fixture/parts.js";
import { CATALOGUE, HOSTILE, hostileRun, incompleteRun, mixedRun, passingRun, runOf } from "../fixtures.js";

const FAILED = { check: "c", requirement: "FED-TXN-001", verdict: "fail", expected: "e", actual: "a" } as const;

const html = (make: typeof mixedRun) => renderHtml(make(), CATALOGUE);

describe("report.html", () => {
  it("gives every hostile word as text", () => {
    const page = html(hostileRun);
    const plain = html(mixedRun);
    for (const tag of ["script", "img", "svg", "style", "iframe", 'a href="javascript']) {
      const count = (text: string) => text.split(`<${tag}`).length;
      expect(count(page), tag).to.equal(count(plain));
    }
    expect(page).to.not.match(/href="(?!#|https:\/\/)/);
    expect(page.replace(/="[^"]*"/g, "")).to.not.match(/<[^>]*\son\w+/i);
    expect(page.split("</script").length).to.equal(2);
    expect(HOSTILE).to.include("</script>");
  });

  it("admits its own style and script by digest and nothing else", () => {
    const sha = (text: string) => createHash("sha256").update(text).digest("base64");
    const page = html(mixedRun).replaceAll("&#39;", "'");
    expect(page).to.include(`default-src 'none'; style-src 'sha256-${sha(STYLE)}'; script-src 'sha256-${sha(SCRIPT)}'`);
    expect(page).to.include(`<style>${STYLE}</style>`);
    expect(page).to.include(`<script>${SCRIPT}</script>`);
    expect(page).to.not.match(/\sstyle="/);
  });

  it("says the outcome first, then what was not tested, then the findings", () => {
    const page = html(mixedRun);
    const places = [
      "Harbour Server 4.2.1 does not meet",
      "What was not tested",
      'id="findings"',
      'id="requirements"',
    ].map((text) => page.indexOf(text));
    expect(places).to.not.include(-1);
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
  });

  it("warns of an incomplete run, and of no other", () => {
    expect(html(incompleteRun)).to.include("This run is incomplete.");
    expect(html(mixedRun)).to.not.include("This run is incomplete.");
  });

  it("leads every link within the page to a place that exists once", () => {
    for (const make of [mixedRun, hostileRun, passingRun, incompleteRun]) {
      const page = html(make);
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).to.include(target);
    }
  });

  it("shows what arrived beside what was sent, where something was altered on the way", () => {
    const sent = exchange("x1", {
      from: "a",
      to: "b",
      method: "POST",
      target: "/",
      status: 200,
      received: json("true"),
    });
    const message = { headers: [], body: "cd".repeat(32), bodyBytes: 7 };
    const page = (altered: RunExchange["altered"]) => {
      const shown = { ...sent, ...(altered && { altered }), arrivedResponseBody: json("false") };
      const expectations = [result("a/b", "asks", { ...FAILED, exchanges: ["x1"] })];
      const scenarios = [scenario({ scenario: "a/b", instance: "a/b", title: "t", expectations })];
      return renderHtml(runOf({ scenarios, exchanges: [shown] }), CATALOGUE).replaceAll(/<[^>]+>/g, "");
    };
    expect(page({ response: { ...message, status: 200 } })).to.match(/at bWhat was sent\..*at a200.*false/s);
    expect(page({ withheld: "request" })).to.match(/at bNothing: it was kept back\..*at aNothing: it was kept back\./s);
    expect(page(undefined)).to.not.contain("What arrived");
  });

  it("shows an exchange once, and refers to it from elsewhere", () => {
    const page = html(mixedRun);
    expect(page.split('id="exchange-x7"').length).to.equal(2);
    expect(page).to.include("with another finding");
  });

  it("cuts long bodies and says so, and stays of bounded size", () => {
    const long = json({ blob: "y".repeat(400_000) });
    const exchanges = Array.from({ length: 500 }, (_, i) =>
      exchange(`x${i}`, { from: "a", to: "b", method: "PUT", target: "/", sent: long, status: 200, received: long }),
    );
    const expectations = exchanges.map(({ id }) => result("a/b", id, { ...FAILED, exchanges: [id] }));
    const page = renderHtml(
      runOf({ scenarios: [scenario({ scenario: "a/b", instance: "a/b", title: "t", expectations })], exchanges }),
      CATALOGUE,
    );
    expect(page.length).to.be.below(5_000_000);
    expect(page).to.include("Cut here. The whole body (400011 bytes)");
    expect(page).to.include("left out to keep this page readable");
  });

  it("draws the history of a room beside the state that must be, the answer and what decides", () => {
    const page = html(mixedRun);
    expect(page.split('class="history-drawing"')).to.have.length(3);
    for (const words of [
      "Ann bans Bob",
      "✗ refused: FED-AR-021",
      "◌ soft-failed: FED-AR-021",
      "↯ overruled: FED-AR-021",
      "The server's answer is not what the rules give.",
      "“topic” is refused: Bob is not joined",
      "2 other events are left out",
    ]) {
      expect(page, words).to.include(words);
    }
  });

  it("gives every drawing arrow heads of its own, to which its lines refer", () => {
    const page = html(mixedRun);
    const heads = [...page.matchAll(/<marker id="([^"]+)"/gu)].map(([, id]) => id);
    const named = [...page.matchAll(/marker-end="url\(#([^)]+)\)"/gu)].map(([, id]) => id);
    expect(new Set(heads)).to.have.property("size", heads.length);
    expect(heads.length).to.equal(page.split(/class="(?:history-)?drawing"/u).length - 1);
    expect(named).to.include.members(heads);
    expect(heads).to.include.members(named);
  });

  it("shows the matrix of pairs for two targets and not for one", () => {
    expect(html(mixedRun)).to.include('id="pairs"');
    expect(html(passingRun)).to.not.include('id="pairs"');
  });
});
