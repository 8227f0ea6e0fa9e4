// What an analyst wants to know on the first day, each in under five actions from the start page, on the sample.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { actions, downloaded, facts, open, quit, shot, shown, side, state } from "./browser.mjs";

const FEW = 5;
after(quit);

test("who funds 智谱?", async () => {
  const page = await open("sample.html");
  const does = actions(page);
  await does.fill(page.getByRole("combobox", { name: /查找公司/ }), "智谱");
  await does.press("Enter");
  const funders = side(page).locator("details.group", { has: page.getByRole("heading", { name: /投资方/ }) });
  const names = await funders.locator(".row .other").allInnerTexts();
  for (const funder of ["Prosperity7 Ventures", "浦东创投"]) assert.ok(names.includes(funder), `${names}`);
  await does.click(funders.locator(".row").first());
  const sentence = side(page).locator(".sentence").first();
  assert.match(await sentence.innerText(), /智谱/);
  assert.ok(does.count < FEW, `${does.count} actions`);
  await shot(page, "task-funds");
  await page.done();
});

test("how are 徐冰 and 英伟达 connected?", async () => {
  const page = await open("sample.html");
  const does = actions(page);
  const form = side(page).locator("section", { hasText: "两者有何关联" });
  await does.fill(form.getByRole("combobox").first(), "徐冰");
  await does.press("Enter");
  await does.fill(form.getByRole("combobox").last(), "英伟达");
  await does.press("Enter");
  await page.waitForSelector(".path");
  assert.ok(does.count < FEW, `${does.count} actions`);
  const steps = await side(page).locator(".path").first().locator(".name bdi").allInnerTexts();
  assert.equal(steps[0], "徐冰");
  assert.equal(steps.at(-1), "英伟达");
  await shot(page, "task-path");
  // every step leads to its sentence, and back to the path
  await side(page).locator(".step").first().click();
  await page.waitForSelector(".sentence");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".path");
  await page.done();
});

test("what changed for OpenAI since June?", async () => {
  const page = await open("sample.html", { locale: "en-GB" });
  const does = actions(page);
  const form = side(page).locator("section", { hasText: "What changed?" });
  await does.fill(form.getByLabel("Since"), "2025-06-01");
  await does.fill(form.getByRole("combobox"), "OpenAI");
  await does.press("Enter");
  await page.waitForSelector(".change");
  assert.ok(does.count < FEW, `${does.count} actions`);
  const text = await side(page).innerText();
  assert.match(text, /since 2025-06-01/);
  assert.match(text, /Windsurf/);
  assert.match(text, /New\s*\d/);
  assert.ok((await side(page).locator(".change .sentence").count()) > 3, "changes come with their sentences");
  await shot(page, "task-changes");
  await page.done();
});

test("show me only denied or rumored deals", async () => {
  const page = await open("sample.html");
  const does = actions(page);
  await does.click(side(page).getByRole("button", { name: /传闻或否认的交易/ }));
  await does.click(page.getByRole("button", { name: "表", exact: true }));
  assert.ok(does.count < FEW, `${does.count} actions`);
  const rows = await page.locator("tbody tr").allInnerTexts();
  assert.ok(rows.length > 0);
  for (const row of rows) assert.match(row, /传闻|已否认/);
  assert.ok(rows.some((r) => /OpenAI/.test(r) && /Windsurf/.test(r) && /收购/.test(r)));
  await shot(page, "task-denied");
  await page.done();
});

test("export this picture", async () => {
  const page = await open("sample.html");
  const does = actions(page);
  await does.click(page.locator("[data-at=export]"));
  const file = await downloaded(page, () => does.click(page.getByRole("button", { name: /PNG/ })));
  assert.ok(does.count < FEW, `${does.count} actions`);
  assert.equal(file.name, "guanxi.png");
  assert.equal(file.content.subarray(1, 4).toString(), "PNG");
  assert.ok(file.content.length > 20_000, "a picture with something on it");
  await page.done();
});

test("the start page says what there is", async () => {
  const page = await open("sample.html");
  assert.match(await facts(page), /\d+ 个实体/);
  assert.equal((await state(page)).panel, "start");
  await shown(page);
  await shot(page, "start");
  await page.done();
});
