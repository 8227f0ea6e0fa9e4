// The explorer over a server: the same page, which fetches what one looks at. Needs GUANXI (the program), GUANXI_OUTPUT
// (the built sample) and GUANXI_HOSTILE (a built graph of articles that attack); .ci/run has them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { actions, open, quit, shot, side, state } from "./browser.mjs";

const { GUANXI, GUANXI_OUTPUT, GUANXI_HOSTILE } = process.env;
const running = [];
const work = mkdtempSync(path.join(tmpdir(), "guanxi-serve-"));

after(async () => {
  running.forEach((child) => child.kill());
  await quit();
  rmSync(work, { recursive: true });
});

/** Starts a server over a built graph; gives its address and how to end it. */
async function serve(output) {
  const child = spawn(GUANXI, ["serve", "--addr", "127.0.0.1:0", "--output", output], { stdio: ["ignore", "pipe", "inherit"] });
  running.push(child);
  const url = await new Promise((done, fail) => {
    child.stdout.once("data", (line) => done(String(line).trim()));
    child.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
  });
  return { url, end: () => new Promise((done) => (child.once("exit", done), child.kill())) };
}

let sample;
const page = async (options) => open((sample ??= await serve(GUANXI_OUTPUT)).url, options);

test("the page comes with its policy and asks only its own server", async () => {
  const p = await page();
  const reply = await p.request.get(sample.url);
  const policy = reply.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/);
  assert.match(policy, /connect-src 'self'; frame-ancestors 'none'/);
  assert.match(await p.locator(".facts-bar").innerText(), /\d+ 个实体/);
  assert.ok(p.asked.some((a) => a.startsWith("/api/v1/explorer?top=400&start=true")), `${p.asked}`);
  await shot(p, "serve-start");
  await p.done();
});

test("who funds 智谱? The sentence is fetched when it is asked for", async () => {
  const p = await page();
  const does = actions(p);
  await does.fill(p.getByRole("combobox", { name: /查找公司/ }), "zhipu");
  await does.press("Enter");
  const funders = side(p).locator("details.group", { has: p.getByRole("heading", { name: /投资方/ }) });
  await funders.waitFor();
  const names = await funders.locator(".row .other").allInnerTexts();
  for (const funder of ["Prosperity7 Ventures", "浦东创投"]) assert.ok(names.includes(funder), `${names}`);
  const before = p.asked.length;
  await does.click(funders.locator(".row").first());
  await side(p).locator(".sentence").first().waitFor();
  assert.match(await side(p).locator(".sentence").first().innerText(), /智谱/);
  assert.ok((await side(p).locator(".sentence mark").count()) >= 2, "both names are marked");
  assert.ok(p.asked.slice(before).some((a) => a.includes("relation=invests_in") && a.includes("evidence=")), `${p.asked.slice(before)}`);
  await shot(p, "serve-evidence");
  // back, and there again: it is known now
  await p.keyboard.press("Escape");
  await funders.waitFor();
  const then = p.asked.length;
  await does.click(funders.locator(".row").first());
  await side(p).locator(".sentence").first().waitFor();
  assert.ok(!p.asked.slice(then).some((a) => a.includes("evidence=1000")), "nothing is asked twice");
  await p.done();
});

test("how are 徐冰 and 英伟达 connected?", async () => {
  const p = await page();
  const does = actions(p);
  const form = side(p).locator("section", { hasText: "两者有何关联" });
  await does.fill(form.getByRole("combobox").first(), "徐冰");
  await does.press("Enter");
  await p.waitForFunction(() => document.activeElement?.getAttribute("data-at") === "path-to");
  await does.fill(form.getByRole("combobox").last(), "英伟达");
  await does.press("Enter");
  await p.waitForSelector(".path");
  assert.ok(p.asked.some((a) => a.startsWith("/api/v1/path?")));
  const steps = await side(p).locator(".path").first().locator(".name bdi").allInnerTexts();
  assert.equal(steps[0], "徐冰");
  assert.equal(steps.at(-1), "英伟达");
  await shot(p, "serve-path");
  await p.done();
});

test("what changed for OpenAI since June?", async () => {
  const p = await page({ locale: "en-GB" });
  const does = actions(p);
  const form = side(p).locator("section", { hasText: "What changed?" });
  await does.fill(form.getByLabel("Since"), "2025-06-01");
  await does.fill(form.getByRole("combobox"), "OpenAI");
  await does.press("Enter");
  await p.waitForSelector(".change");
  const text = await side(p).innerText();
  assert.match(text, /since 2025-06-01/);
  assert.match(text, /Windsurf/);
  assert.ok((await side(p).locator(".change .sentence").count()) > 3, "changes come with their sentences");
  await p.done();
});

test("only denied or rumored deals", async () => {
  const p = await page();
  const does = actions(p);
  await does.click(side(p).getByRole("button", { name: /传闻或否认的交易/ }));
  await does.click(p.getByRole("button", { name: "表", exact: true }));
  await p.waitForFunction(() => [...document.querySelectorAll("tbody tr")].some((r) => r.textContent.includes("Windsurf")));
  const rows = await p.locator("tbody tr").allInnerTexts();
  for (const row of rows) assert.match(row, /传闻|已否认/);
  await p.done();
});

test("a link restores the view", async () => {
  const p = await page({ hash: "#focus=company%2F%E6%99%BA%E8%B0%B1&entity=company%2F%E6%99%BA%E8%B0%B1&panel=entity" });
  await side(p).getByRole("heading", { name: /投资方/ }).waitFor();
  assert.equal((await state(p)).entity, "company/智谱");
  await p.done();
});

/** 700 companies in 350 articles: a hub that is tied to many, and pairs that nobody else knows. */
function industry() {
  const name = (i) => `星河${String(i).padStart(3, "0")}`;
  mkdirSync(path.join(work, "dict/companies"), { recursive: true });
  mkdirSync(path.join(work, "content"));
  const all = [...Array(700).keys()];
  writeFileSync(path.join(work, "dict/companies/a.yaml"), all.map((i) => `- name: ${name(i)}\n`).join(""));
  for (let i = 0; i < 350; i++) {
    const hub = i < 150 ? `\n\n${name(0)}投资${name(2 * i + 1)}，也投资${name(2 * i)}。` : "";
    writeFileSync(path.join(work, `content/${i}.md`), `---\ntitle: 文${i}\ndate: 2025-01-${String(1 + (i % 28)).padStart(2, "0")}\n---\n\n${name(2 * i)}收购${name(2 * i + 1)}。${hub}\n`);
  }
  const output = path.join(work, "output");
  execFileSync(GUANXI, ["build", "--content", path.join(work, "content"), "--dict", path.join(work, "dict"), "--output", output], { stdio: "pipe" });
  return output;
}

test("what is beyond the first part is found, and its neighbours come with it", async () => {
  const large = await serve(industry());
  const p = await open(large.url);
  const known = () => p.evaluate(() => window.guanxi.source.known.entities.length);
  assert.ok((await known()) <= 400 && (await known()) > 100, "the strongest part");
  assert.match(await side(p).innerText(), /7\d\d|70\d/, "the whole is told");
  const names = await p.evaluate(() => window.guanxi.source.known.entities.map((e) => e.name));
  const name = (i) => `星河${String(i).padStart(3, "0")}`;
  const [far] = [...Array(700).keys()].filter((i) => !names.includes(name(i)));
  const does = actions(p);
  await does.fill(p.getByRole("combobox", { name: /查找公司/ }), name(far));
  await does.press("Enter");
  await side(p).locator(".row .other", { hasText: name(far ^ 1) }).first().waitFor();
  const places = await p.evaluate(() => window.guanxi.source.known.entities.map((e) => [e.x, e.y]));
  assert.ok(places.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)));
  await shot(p, "serve-beyond");
  // more and more of the overview
  await does.click(p.locator("[data-at=home]"));
  for (let i = 0; i < 3 && (await p.locator("[data-at=more]").count()); i++) await does.click(p.locator("[data-at=more]"));
  await p.waitForFunction(() => window.guanxi.source.known.entities.length >= 700);
  await p.done();
  await large.end();
});

test("what articles say stays text", async () => {
  const hostile = await serve(GUANXI_HOSTILE);
  const p = await open(hostile.url);
  let dialogs = 0;
  p.on("dialog", (d) => ((dialogs += 1), d.dismiss()));
  const keys = await p.evaluate(() => window.guanxi.source.known.entities.slice(0, 12).map((e) => e.key));
  for (const key of keys) {
    await p.evaluate((k) => window.guanxi.history.set({ panel: "entity", entity: k, focus: [k] }), key);
    await p.waitForFunction((k) => window.guanxi.history.state.entity === k && document.querySelector("#side .panel-title"), key);
    const row = side(p).locator(".row").first();
    if (await row.count()) {
      await row.click();
      await side(p).locator(".sentence").first().waitFor();
    }
  }
  assert.equal(await p.locator("#side script, #side img, #side iframe").count(), 0);
  assert.equal(dialogs, 0);
  await p.done();
  await hostile.end();
});

test("a server that goes away is told, and the page goes on", async () => {
  const short = await serve(GUANXI_OUTPUT);
  const p = await open(short.url);
  await short.end();
  const chip = side(p).locator(".chip", { hasText: "OpenAI" }).first();
  await chip.click();
  await p.locator(".toast", { hasText: /服务器没有回答/ }).waitFor();
  assert.match(await p.locator(".facts-bar").innerText(), /个实体/);
  await p.context().close();
});
