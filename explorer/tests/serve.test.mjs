// The explorer over a server: the same page, which fetches what one looks at. Needs GUANXI (the program), GUANXI_OUTPUT
// (the built sample) and GUANXI_HOSTILE (a built graph of articles that attack); .ci/run has them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { actions, GRAPH, open, quit, shot, side, state } from "./browser.mjs";
import { tasks } from "./tasks.mjs";

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

tasks("server", page);

test("a sentence is fetched when it is asked for, once", async () => {
  const p = await page({ hash: "#panel=entity&entity=company%2F%E6%99%BA%E8%B0%B1&focus=company%2F%E6%99%BA%E8%B0%B1" });
  const row = side(p).locator("details.group .row").first();
  await row.waitFor();
  const asked = (from) => p.asked.slice(from).filter((a) => a.includes("evidence=1000")).length;
  const before = p.asked.length;
  await row.click();
  await side(p).locator(".sentence").first().waitFor();
  assert.equal(asked(before), 1, `${p.asked.slice(before)}`);
  await p.keyboard.press("Escape");
  await row.waitFor();
  const then = p.asked.length;
  await row.click();
  await side(p).locator(".sentence").first().waitFor();
  assert.equal(asked(then), 0, "it is known now");
  await p.done();
});

/** Views with filters of each kind, among them what is rare. */
const VIEWS = [
  "",
  "#top=50",
  "#top=1000",
  "#statuses=rumored,negated",
  "#statuses=ended&top=50",
  "#relations=invests_in,acquires&kinds=company&top=50",
  "#kinds=person,organization",
  "#weight=2&top=50",
  "#from=20250610&to=20250625&top=50",
  "#relations=co_mention,invests_in&top=50",
  "#community=2",
  "#community=1&statuses=asserted&top=50",
  "#focus=company%2FOpenAI&relations=invests_in,partners_with",
  "#focus=company%2FOpenAI&statuses=rumored,planned,negated",
  "#focus=company%2FOpenAI&from=20250701",
];

test("a view shows the same from a server as from a page that has all inside, on every day of the slider", async () => {
  const [served, whole] = [await page(), await open(GRAPH)];
  const shows = async (p, hash) => {
    await p.evaluate((h) => new Promise((done) => {
      if (location.hash.slice(1) === h) return done();
      addEventListener("hashchange", done, { once: true });
      location.hash = h;
    }), hash.slice(1));
    await p.waitForFunction(() => window.guanxi.quiet);
    return p.evaluate(async () => {
      const { source, history } = window.guanxi;
      const { known, vocabulary } = source;
      const seen = () => {
        const { entities, ties, status, more } = window.guanxi.now;
        const name = (t) => `${known.entity(t.source).key} ${vocabulary.relations[t.relation].name} ${known.entity(t.target).key} ${vocabulary.statuses[status.get(t.id)] ?? ""}`;
        return { entities: entities.map((e) => e.key).sort(), ties: ties.map(name).sort(), more };
      };
      const out = [seen()];
      const days = [...document.querySelectorAll("[data-at=time]")].map((s) => Number(s.max))[0] ?? 0;
      for (const stop of days > 4 ? [0, Math.round(days / 3), Math.round(days / 2)] : []) {
        const slider = document.querySelector("[data-at=time]");
        slider.value = String(stop);
        slider.dispatchEvent(new Event("input"));
        while (!window.guanxi.quiet) await new Promise((done) => setTimeout(done, 10));
        out.push({ at: history.state.at, ...seen() });
      }
      return out;
    });
  };
  const empty = [];
  for (const view of VIEWS) {
    const [a, b] = [await shows(served, view), await shows(whole, view)];
    assert.deepEqual(a, b, view);
    if (a[0].ties.length === 0) empty.push(view);
  }
  assert.ok(empty.length <= 3, `nothing to compare: ${empty}`);
  await served.done();
  await whole.done();
});

test("a link restores the view", async () => {
  const p = await page({ hash: "#focus=company%2FOpenAI&entity=company%2FOpenAI&panel=entity&relations=invests_in" });
  await side(p).getByRole("heading", { name: /投资方/ }).waitFor();
  assert.equal((await state(p)).entity, "company/OpenAI");
  assert.ok(await p.evaluate(() => window.guanxi.now.ties.length > 0 && window.guanxi.now.ties.every((t) => window.guanxi.source.vocabulary.relations[t.relation].name === "invests_in")));
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
