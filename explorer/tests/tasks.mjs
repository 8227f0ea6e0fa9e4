// What an analyst wants to know on the first day, each in under five actions from the start page: of a page from disk and
// of a server's alike. What must be found is read from the graph file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { actions, downloaded, facts, graph, shot, shown, side, state } from "./browser.mjs";

const FEW = 5;

/** Registers the tasks. `open` opens the start page, `name` says whose it is. */
export function tasks(name, open) {
  const task = (what, act) =>
    test(`${name}: ${what}`, async () => {
      const does = await act();
      assert.ok(does.count < FEW, `${does.count} actions`);
      await shot(does.page, `${name}-${what.replace(/[^\p{L}\d]+/gu, "-")}`);
      await does.page.done();
    });

  task("who funds 智谱?", async () => {
    const page = await open();
    const does = actions(page);
    const { edges, nodes } = graph();
    const funding = (key) => edges.filter((e) => e.key === "invests_in" && e.target === key);
    // where nobody says that, the one that most fund
    const most = [...nodes].sort((a, b) => funding(b.id).length - funding(a.id).length)[0];
    const [key, typed] = funding("company/智谱").length ? ["company/智谱", "zhipu"] : [most.id, most.name];
    await does.fill(page.getByRole("combobox", { name: /查找公司/ }), typed);
    await does.press("Enter");
    const funders = side(page).locator("details.group", { has: page.getByRole("heading", { name: /投资方/ }) });
    await funders.waitFor();
    const names = await funders.locator(".row .other").allInnerTexts();
    const called = new Map(nodes.map((n) => [n.id, n.name]));
    const expected = funding(key).map((e) => called.get(e.source));
    assert.ok(expected.length > 0);
    assert.ok(names.every((n) => expected.includes(n)) && names.length >= Math.min(expected.length, 8), `${names} of ${expected}`);
    assert.match(await funders.locator("summary").innerText(), new RegExp(`\\D${expected.length}$`));
    await does.click(funders.locator(".row").first());
    const sentence = side(page).locator(".sentence").first();
    await sentence.waitFor();
    assert.ok((await sentence.locator("mark").count()) >= 1, "who is meant is marked");
    return does;
  });

  task("how are 徐冰 and 英伟达 connected?", async () => {
    const page = await open();
    const does = actions(page);
    const form = side(page).locator("section", { hasText: "两者有何关联" });
    await does.fill(form.getByRole("combobox").first(), "徐冰");
    await does.press("Enter");
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-at") === "path-to");
    await does.fill(form.getByRole("combobox").last(), "英伟达");
    await does.press("Enter");
    await page.waitForSelector(".path");
    const steps = await side(page).locator(".path").first().locator(".name bdi").allInnerTexts();
    assert.equal(steps[0], "徐冰");
    assert.equal(steps.at(-1), "英伟达");
    // every step leads to its sentence, and back to the path
    await side(page).locator(".step").first().click();
    await page.waitForSelector(".sentence");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".path");
    return does;
  });

  task("what changed for OpenAI since June?", async () => {
    const page = await open({ locale: "en-GB" });
    const does = actions(page);
    const form = side(page).locator("section", { hasText: "What changed?" });
    await does.fill(form.getByLabel("Since"), "2025-06-01");
    await does.fill(form.getByRole("combobox"), "OpenAI");
    await does.press("Enter");
    await page.waitForSelector(".change");
    const text = await side(page).innerText();
    assert.match(text, /since 2025-06-01/);
    assert.match(text, /New\s*\d/);
    assert.ok((await side(page).locator(".change .sentence").count()) > 3, "changes come with their sentences");
    const found = await page.evaluate(async () => {
      const { source } = window.guanxi;
      const all = await source.changes(20250601, source.known.find("company/OpenAI"));
      return all.map(({ tie, kind }) => `${kind} ${source.known.entity(tie.source).key} ${source.vocabulary.relations[tie.relation].name} ${source.known.entity(tie.target).key}`);
    });
    assert.deepEqual(found.sort(), changed("OpenAI", "2025-06-01").sort());
    return does;
  });

  task("show me only denied or rumored deals", async () => {
    const page = await open();
    const does = actions(page);
    await does.click(side(page).getByRole("button", { name: /传闻或否认的交易/ }));
    await does.click(page.getByRole("button", { name: "表", exact: true }));
    const deals = ["invests_in", "acquires", "owns", "partners_with", "supplies"];
    const expected = graph().edges.filter((e) => deals.includes(e.key) && ["rumored", "negated"].includes(e.status));
    assert.ok(expected.length > 0);
    await page.waitForFunction((n) => document.querySelectorAll("tbody tr").length === n, expected.length);
    for (const row of await page.locator("tbody tr").allInnerTexts()) assert.match(row, /传闻|已否认/);
    return does;
  });

  task("export this picture", async () => {
    const page = await open();
    const does = actions(page);
    await does.click(page.locator("[data-at=export]"));
    const file = await downloaded(page, () => does.click(page.getByRole("button", { name: /PNG/ })));
    assert.equal(file.name, "guanxi.png");
    assert.equal(file.content.subarray(1, 4).toString(), "PNG");
    assert.ok(file.content.length > 20_000, "a picture with something on it");
    return does;
  });

  task("the start page says what there is", async () => {
    const page = await open();
    assert.match(await facts(page), /\d+ 个实体/);
    assert.equal((await state(page)).panel, "start");
    const { nodes, edges } = graph();
    const number = (n) => n.toLocaleString("en-US");
    const text = await side(page).innerText();
    for (const n of [nodes.length, edges.filter((e) => e.key !== "co_mention").length]) assert.ok(text.includes(number(n)), `${n}`);
    await shown(page);
    return actions(page);
  });
}

/** What the command line says has changed; what is first heard of when it is over has ended. */
function changed(entity, from) {
  const { GUANXI, GUANXI_OUTPUT } = process.env;
  const told = execFileSync(GUANXI, ["diff", entity, "--from", from, "--limit", "0", "--format", "json", "--output", GUANXI_OUTPUT], { maxBuffer: 1 << 28 });
  return JSON.parse(told).map(({ change, source, relation, target, after }) => {
    const over = ["new", "reversed"].includes(change) && ["negated", "ended"].includes(after.status);
    return `${over ? "ended" : change} ${source.id} ${relation} ${target.id}`;
  });
}
