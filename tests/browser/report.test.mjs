import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, barriers, launch, pages, picture } from "./setup.mjs";

let browser;
let made;

before(async () => {
  made = pages();
  browser = await launch();
});
after(() => browser?.close());

// A page of its own; fails the test if it asks for anything but files or its script fails.
const open = async (path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.on("request", (request) => request.url().startsWith("file:") || page.wrong.push(request.url()));
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  await page.goto(address(path));
  return page;
};

const numbers = (page, column) => page.locator(`#list tbody tr td:nth-child(${column})`)
  .evaluateAll((cells) => cells.map((cell) => parseInt(cell.textContent, 10)));

describe("the page of a document", () => {
  it("shows what a sentence is when it is pointed at, and by keyboard", async () => {
    const page = await open(made.one);
    const sentence = page.locator(".text .s").nth(3);
    await sentence.hover();
    assert.match(await page.locator(".detail").innerText(), /Sentence 4 of \d+/);
    assert.match(await page.locator(".detail").innerText(), /neutral\s+\d+ %/);
    await sentence.click();
    await page.keyboard.press("ArrowRight");
    assert.match(await page.locator(".detail").innerText(), /Sentence 5 of \d+/);
    assert.equal(await page.locator(".strip .here").count(), 1);
    await picture(page, "document");
    await picture(page, "document-full", { fullPage: true });
    assert.deepEqual(page.wrong, []);
  });

  it("marks words on demand and leaves the text as it was", async () => {
    const page = await open(made.one);
    const text = await page.locator(".text").innerText();
    assert.equal(await page.locator(".w").count(), 0);
    await page.getByRole("button", { name: "Mark words" }).click();
    assert.ok(await page.locator(".w.for").count() > 10);
    assert.equal(await page.locator(".text").innerText(), text);
    await picture(page, "marks");
    await page.getByRole("button", { name: "Mark words" }).click();
    assert.equal(await page.locator(".w").count(), 0);
    assert.equal(await page.locator(".text").innerText(), text);
  });

  it("distinguishes quoted voices", async () => {
    const page = await open(made.one);
    const quoted = page.locator(".text .s.q");
    assert.ok(await quoted.count() > 0);
    assert.equal(await quoted.first().evaluate((s) => getComputedStyle(s).fontStyle), "italic");
    await quoted.first().hover();
    assert.match(await page.locator(".detail").innerText(), /quoted/);
  });

  it("can be read without a script", async () => {
    const page = await open(made.one, { javaScriptEnabled: false });
    assert.ok(await page.locator("button.marks").isHidden());
    const sentence = page.locator(".text .s").first();
    assert.ok(await sentence.isVisible());
    assert.match(await sentence.getAttribute("title"), /neutral \d+ %/);
  });

  it("prints without controls and with its shades", async () => {
    const page = await open(made.one);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("button.marks").isHidden());
    assert.ok(await page.locator(".panel").isHidden());
    assert.ok(await page.locator(".text").isVisible());
    const sheets = await page.pdf({ format: "A4" });
    assert.ok(sheets.length > 10000);
    await picture(page, "print", { fullPage: true });
  });

  it("fits a telephone", async () => {
    const page = await open(made.one, { viewport: { width: 390, height: 844 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${wide} pixels wide`);
    await picture(page, "telephone");
  });
});

describe("the list of documents", () => {
  it("sorts", async () => {
    const page = await open(made.index);
    await page.locator("th[data-key=share2] button").click();
    const falling = await numbers(page, 5);
    assert.ok(falling.length > 10);
    assert.deepEqual(falling, [...falling].sort((a, b) => b - a));
    await page.locator("th[data-key=share2] button").press("Enter");
    const rising = await numbers(page, 5);
    assert.deepEqual(rising, [...rising].sort((a, b) => a - b));
    assert.equal(await page.locator("th[aria-sort=ascending]").innerText(), "polemical");
    assert.deepEqual(page.wrong, []);
  });

  it("filters by words and by class", async () => {
    const page = await open(made.index);
    const all = await page.locator("#list tbody tr").count();
    await page.locator("#find").fill("TAX");
    const some = await page.locator("#list tbody tr").count();
    assert.ok(some > 0 && some < all);
    assert.match(await page.locator("#count").innerText(), new RegExp(`^${some} of ${all} documents`));
    assert.ok(await page.locator(".ternary .out").count() > 0);
    await page.locator("#find").fill("");
    await page.locator("#dominant").selectOption({ label: "academic" });
    const chips = await page.locator("#list tbody td:nth-child(2)").allInnerTexts();
    assert.ok(chips.length > 0 && chips.every((chip) => chip === "academic"));
    await page.locator("#find").fill("no such document");
    assert.equal(await page.locator("#count").innerText(), "no document");
  });

  it("opens a document from the triangle", async () => {
    const page = await open(made.index);
    await picture(page, "index");
    await picture(page, "index-full", { fullPage: true });
    const point = page.locator(".ternary .points a").first();
    const said = await point.getAttribute("aria-label");
    await point.locator("circle").hover({ force: true });
    await point.locator("circle").click({ force: true });
    await page.waitForURL(/pages\//);
    const heading = await page.locator("h1").innerText();
    assert.ok(said.length > 0 && heading.length > 0);
    await page.locator("nav.back a").click();
    await page.waitForURL(/index\.html/);
  });

  it("opens every document", async () => {
    const page = await open(made.index);
    const links = await page.locator("#list tbody a").evaluateAll((all) => all.map((a) => [a.href, a.textContent]));
    for (const [href, name] of links.slice(0, 5)) {
      await page.goto(href);
      assert.equal(await page.locator("h1").innerText(), name);
    }
  });

  it("shows its rows without a script", async () => {
    const page = await open(made.index, { javaScriptEnabled: false });
    assert.ok(await page.locator("#list tbody tr").count() > 10);
    assert.ok(await page.locator(".controls").isHidden());
  });
});

describe("barriers that axe finds", () => {
  for (const name of ["one", "index", "compared"]) {
    for (const colorScheme of ["light", "dark"]) {
      it(`none serious: ${name}, ${colorScheme}`, async () => {
        const page = await open(made[name], { colorScheme });
        if (name === "one") await page.locator(".text .s").nth(2).hover();
        await picture(page, `${name}-${colorScheme}`);
        assert.deepEqual(await barriers(page), []);
      });
    }
  }
});
