// `polemic label` in a real browser: labels by keyboard, a kill in the middle, two people at once.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const repo = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = [process.env.POLEMIC, "target/release/polemic", "target/debug/polemic"]
  .filter(Boolean)
  .map((path) => join(repo, path))
  .find((path) => existsSync(path));

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-quic",
    ],
  });
});
after(() => browser?.close());

const table = (rows) => {
  const folder = mkdtempSync(join(tmpdir(), "polemic-label-"));
  const path = join(folder, "rows.csv");
  const lines = readFileSync(join(repo, "docs/retrain/sentences.csv"), "utf8").split("\n").slice(0, rows + 1);
  writeFileSync(path, lines.join("\n") + "\n");
  return path;
};

// The program, serving; resolves once it says where.
const serve = (rows) => new Promise((resolve, reject) => {
  const child = spawn(program, ["label", rows, "--port", "0"], { cwd: repo });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
    const found = said.match(/http:\/\/127\.0\.0\.1:\d+\//);
    if (found) resolve({ child, url: found[0] });
  });
  child.on("exit", () => reject(new Error(said)));
});

const kill = (child) => new Promise((resolve) => {
  child.removeAllListeners("exit");
  child.on("exit", resolve);
  child.kill("SIGKILL");
});

const open = async (url, annotator) => {
  const page = await (await browser.newContext()).newPage();
  page.wrong = [];
  page.on("request", (request) => request.url().startsWith(url) || page.wrong.push(request.url()));
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  await page.goto(`${url}?annotator=${annotator}`);
  await page.waitForFunction(() => document.getElementById("progress").textContent);
  return page;
};

// Presses keys, each once the one before is kept.
const press = async (page, n) => {
  for (let i = 0; i < n; i += 1) {
    const before = await page.locator("#progress").innerText();
    await page.keyboard.press(String(1 + (i % 3)));
    await page.waitForFunction((text) => document.getElementById("progress").innerText !== text, before);
  }
};

describe("the page on which rows are labelled", () => {
  it("loses none of 50 labels when it is killed", async () => {
    const rows = table(60);
    const first = await serve(rows);
    const page = await open(first.url, "ann");
    await press(page, 50);
    await kill(first.child);
    const second = await serve(rows);
    const again = await open(second.url, "ann");
    assert.match(await again.locator("#progress").innerText(), /^50 of 60/);
    const csv = await (await again.request.get(second.url + "labels.csv")).text();
    assert.equal(csv.match(/,ann,/g).length, 50);
    if (process.env.PICTURES) await again.screenshot({ path: join(process.env.PICTURES, "label.png") });
    await again.keyboard.press("u");
    await again.waitForFunction(() => document.getElementById("progress").innerText.startsWith("49 of"));
    assert.deepEqual(again.wrong, []);
    await kill(second.child);
  });

  it("keeps two people apart who work at once", async () => {
    const served = await serve(table(30));
    const [ann, bob] = await Promise.all([open(served.url, "ann"), open(served.url, "bob")]);
    await Promise.all([press(ann, 15), press(bob, 10)]);
    const csv = await (await ann.request.get(served.url + "labels.csv")).text();
    assert.equal(csv.match(/,ann,/g).length, 15);
    assert.equal(csv.match(/,bob,/g).length, 10);
    await kill(served.child);
  });

  it("takes notes without labelling, and shows the codebook", async () => {
    const served = await serve(table(10));
    const page = await open(served.url, "ann");
    await page.keyboard.press("n");
    await page.keyboard.type("1 or 2?");
    await page.keyboard.press("Enter");
    assert.match(await page.locator("#progress").innerText(), /^0 of 10/);
    await press(page, 1);
    await page.keyboard.press("c");
    assert.match(await page.locator("#codebook").innerText(), /neutral/i);
    assert.match(await (await page.request.get(served.url + "labels.csv")).text(), /1 or 2\?/);
    await kill(served.child);
  });
});
