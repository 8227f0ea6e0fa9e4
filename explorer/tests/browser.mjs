// Helpers for the tests in a real browser: Chromium of the system, driven by Playwright. Every page is watched: an
// error on its console or a request to anywhere fails the test.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => p && existsSync(p));

/** Folder with graph.html and the other pages that .ci/run (or you) exported. */
export const PAGES = path.resolve(process.env.GUANXI_PAGES ?? "pages");
const SHOTS = process.env.GUANXI_SHOTS;

/** The graph that the tests are about: its page, and the graph file that the page was made from. */
export const GRAPH = "graph.html";
export const graph = () => JSON.parse(readFileSync(path.join(PAGES, "graph.json"), "utf8"));

let browser;

export async function launch(args = []) {
  browser ??= await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", ...args],
  });
  return browser;
}

export async function quit() {
  await browser?.close();
  browser = undefined;
}

/** Opens a page from disk, or of a server, waits until it shows itself, and gives it with what went wrong on it. */
export async function open(file, { hash = "", width = 1360, height = 860, scheme = "light", locale = "zh-CN", args = [], init } = {}) {
  const from = await launch(args);
  const context = await from.newContext({ viewport: { width, height }, colorScheme: scheme, locale, acceptDownloads: true, reducedMotion: "reduce" });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && !/GPU stall|swiftshader|software WebGL/i.test(m.text()) && faults.push(m.text()));
  page.on("pageerror", (e) => faults.push(e.stack ?? e.message));
  const served = /^http:/.test(file);
  const own = served ? new URL(file).origin : "file:";
  page.asked = [];
  page.on("request", (r) => {
    if (served && r.url().startsWith(own)) page.asked.push(decodeURIComponent(r.url().slice(own.length)));
    else if (served ? !/^(data|blob):/.test(r.url()) : !/^(file|data|blob):/.test(r.url())) faults.push(`request to ${r.url()}`);
  });
  if (init) await page.addInitScript(init);
  const start = Date.now();
  await page.goto(served ? `${file}${hash}` : `file://${path.isAbsolute(file) ? file : path.join(PAGES, file)}${hash}`);
  await shown(page);
  page.faults = faults;
  page.opened = Date.now() - start;
  page.done = async () => {
    assert.deepEqual(faults, []);
    await context.close();
  };
  return page;
}

/** Waits for the picture after what was just done. */
export async function shown(page) {
  await page.waitForSelector("#guanxi[data-ready]");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

export async function shot(page, name) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
}

export const side = (page) => page.locator("#side");
export const state = (page) => page.evaluate(() => window.guanxi.history.state);
export const facts = (page) => page.locator(".facts-bar").innerText();

/** The file that an action downloads: its name and content. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const stream = await download.createReadStream();
  const parts = [];
  for await (const part of stream) parts.push(part);
  return { name: download.suggestedFilename(), content: Buffer.concat(parts) };
}

/** Counts what a person does: a click, a key, or filling a field is one action. */
export function actions(page) {
  const made = {
    page,
    count: 0,
    click: async (locator) => ((made.count += 1), await locator.click(), await shown(page)),
    fill: async (locator, text) => ((made.count += 1), await locator.fill(text), await page.waitForTimeout(60)),
    press: async (key) => ((made.count += 1), await page.keyboard.press(key), await shown(page)),
  };
  return made;
}
