// Makes the pages that the tests open, and the browser that opens them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const repo = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = mkdtempSync(join(tmpdir(), "polemic-browser-"));
const program = [process.env.POLEMIC, "target/release/polemic", "target/debug/polemic"]
  .filter(Boolean)
  .map((path) => join(repo, path))
  .find((path) => existsSync(path));

const polemic = (...args) => execFileSync(program, args, { cwd: repo, stdio: ["ignore", "pipe", "inherit"] });

export const pages = () => {
  const [report, one, compared] = ["report", "one.html", "compared.html"].map((name) => join(folder, name));
  polemic("report", "data", "-o", report, "--quiet");
  polemic("score", "data/refugee-camp.md", "--format", "html", "-o", one);
  polemic("compare", "tests/fixtures/plea.md", "tests/fixtures/plea-edited.md", "--format", "html", "-o", compared);
  return { report, index: join(report, "index.html"), one, compared };
};

export const address = (path) => pathToFileURL(path).href;

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
  ],
});

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What axe finds that is serious or critical, in words.
export const barriers = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
};

// A picture for people, if they asked for it.
export const picture = async (page, name, options = {}) => {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, name + ".png"), ...options });
};
