// How fast the picture comes and moves, all of a graph at once, on software rendering. The bars are twice what a bare
// page with sigma took: 0.7 s for 5,000 entities, 3.7 s for 20,000. GUANXI_SLOW multiplies them on a busy machine.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { GRAPH, open, PAGES, quit, shot } from "./browser.mjs";

after(quit);
const slow = Number(process.env.GUANXI_SLOW ?? 1);

async function moves(page) {
  const box = await page.locator(".canvas").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const frames = page.evaluate(() => new Promise((done) => {
    const times = [];
    const end = performance.now() + 2000;
    const step = (t) => (times.push(t), t < end ? requestAnimationFrame(step) : done(times.slice(1).map((v, i) => v - times[i]).sort((a, b) => a - b)));
    requestAnimationFrame(step);
  }));
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < 24; i++) await page.mouse.move(x + 6 * i, y + 3 * i);
  await page.mouse.up();
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, i < 3 ? -200 : 200);
  const times = await frames;
  return { median: times[Math.floor(times.length / 2)], worst: times.at(-1) };
}

for (const [name, bar, smooth] of [["5000.html", 1400, 200], ["20000.html", 7400, 700], ["real.html", 2000, 100]]) {
  const file = path.join(PAGES, name);
  test(`${name}: first frame within ${bar} ms, a frame within ${smooth} ms`, { skip: !existsSync(file) && "no such page" }, async () => {
    await (await open(GRAPH)).done();
    const page = await open(name, { hash: name === "real.html" ? "" : "#top=0" });
    const { median, worst } = await moves(page);
    await shot(page, `bench-${name}`);
    console.log(`  ${name}: first frame ${page.opened} ms; while moving: median frame ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`);
    assert.ok(page.opened <= bar * slow, `first frame after ${page.opened} ms`);
    assert.ok(median <= smooth * slow, `median frame ${median} ms`);
    await page.done();
  });
}
