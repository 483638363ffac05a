import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { type Browser, chromium, type Page } from "playwright-core";
import { renderHtml } from "../../src/report/html/render-html.js";
import type { RunJson } from "../../src/report/run-json.js";
import { pageProblems } from "./fixture/page-problems.js";
import { CATALOGUE, hostileRun, incompleteRun, mixedRun, passingRun } from "./fixtures.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Without a browser this suite is pending on a desk and red in CI. */
describe("report.html in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;

  before(async function () {
    if (!existsSync(CHROMIUM)) {
      if (process.env.CI === "true") throw new Error(`no Chromium at ${CHROMIUM}: install it or set CHROMIUM`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "concordat-report-"));
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
    });
  });

  after(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  /** Opens a rendering from disk, and hands over what it asked the network for and what went wrong in it. */
  async function open(run: RunJson, options: Parameters<Browser["newContext"]>[0] = {}) {
    const file = join(folder, "report.html");
    writeFileSync(file, renderHtml(run, CATALOGUE));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    // The compiler that runs these specs wraps named functions in a helper that a page does not have.
    await context.addInitScript("globalThis.__name = (wrapped) => wrapped");
    const page = await context.newPage();
    const own = pathToFileURL(file).href;
    const asked: string[] = [];
    const wrong: string[] = [];
    page.on("request", (request) => request.url() !== own && asked.push(request.url()));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("dialog", (dialog) => {
      wrong.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(own);
    return { page, asked, wrong, close: () => context.close() };
  }

  for (const [name, make] of Object.entries({ mixedRun, hostileRun, incompleteRun, passingRun })) {
    it(`${name}: asks the network for nothing, runs nothing foreign, reports no error`, async () => {
      const { page, asked, wrong, close } = await open(make());
      await page.evaluate(() => {
        for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
      });
      expect(asked).to.deep.equal([]);
      expect(wrong).to.deep.equal([]);
      await close();
    });

    it(`${name}: has no fault that a machine can find in its structure`, async () => {
      const { page, close } = await open(make());
      expect(await page.evaluate(pageProblems)).to.deep.equal([]);
      await close();
    });

    for (const width of [360, 768, 1280]) {
      it(`${name}: does not scroll sideways at ${width} px, everything opened`, async () => {
        const { page, close } = await open(make(), { viewport: { width, height: 800 } });
        expect(await overflow(page)).to.be.at.most(width);
        await close();
      });
    }
  }

  it("has a check of structure that sees faults", async () => {
    const { page, close } = await open(passingRun());
    await page.setContent(
      `<body id=a><p id=a><h1>One</h1><h4></h4><table><tr><th>x</th></tr></table><img><a href="#none"></a><input><span class="badge">✗</span>`,
    );
    const found = (await page.evaluate(pageProblems)).join("\n");
    for (const fault of [
      "no language",
      "no title",
      "0 of main",
      "h1 is followed by h4",
      "empty h4",
      "id twice: a",
      "no caption",
      "no scope",
      "no alternative",
      "no name",
      "no label",
      "without its word",
      "leads nowhere",
    ]) {
      expect(found).to.include(fault);
    }
    await close();
  });

  it("can be read whole without a script", async () => {
    const { page, close } = await open(mixedRun(), { javaScriptEnabled: false });
    expect(await page.getByText("Harbour Server 4.2.1 does not meet").isVisible()).to.equal(true);
    expect(await page.locator("#filter").isVisible()).to.equal(false);
    await page.locator("#scenario-list summary").first().click();
    expect(await page.locator("#scenario-list details[open]").count()).to.equal(1);
    await close();
  });

  it("lets the keyboard reach every link, summary and control, visibly, in the order of the page", async () => {
    const { page, close } = await open(mixedRun());
    const wanted = await page.evaluate(() => {
      for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
      const all = Array.from(document.querySelectorAll("a[href], summary, button, input, select, [tabindex='0']"));
      all.forEach((element, index) => {
        element.setAttribute("data-stop", String(index));
      });
      return all.length;
    });
    const reached: number[] = [];
    for (let stop = 0; stop < wanted; stop += 1) {
      await page.keyboard.press("Tab");
      const { at, outline } = await page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null) return { at: -1, outline: "" };
        return {
          at: Number(activeElement.getAttribute("data-stop") ?? -1),
          outline: getComputedStyle(activeElement).outlineStyle,
        };
      });
      reached.push(at);
      expect(outline, `stop ${at}`).to.not.equal("none");
    }
    expect(reached).to.deep.equal(Array.from({ length: wanted }, (_, index) => index));
    await close();
  });

  it("opens what an address points into", async () => {
    const { page, close } = await open(mixedRun());
    const inner = page.locator("#scenarios tr[id]").first();
    const id = await inner.getAttribute("id");
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#${id}`);
    await inner.waitFor({ state: "visible" });
    await close();
  });

  it("filters scenarios by verdict and by text, and says how many are left", async () => {
    const { page, close } = await open(mixedRun());
    await page.selectOption("#filter-verdict", "fail");
    expect(await page.locator("#filter-count").textContent()).to.equal("2 of 8 shown");
    expect(await page.locator("#scenario-list > details:visible").count()).to.equal(2);
    await page.fill("#filter-text", "BANNED");
    expect(await page.locator("#filter-count").textContent()).to.equal("1 of 8 shown");
    await close();
  });

  it("turns dark on dark screens and stays light on paper", async () => {
    const { page, close } = await open(mixedRun(), { colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).to.equal("rgb(20, 23, 26)");
    await page.emulateMedia({ media: "print" });
    expect(await ground()).to.equal("rgb(255, 255, 255)");
    expect(await page.locator("nav").isVisible()).to.equal(false);
    expect((await page.pdf({ preferCSSPageSize: true })).length).to.be.above(10_000);
    await close();
  });
});

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
    return document.documentElement.scrollWidth;
  });
}
