// Articles are written by strangers: what looks like markup stays text, in the page and in what leaves it.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { downloaded, GRAPH, open, quit, shot, shown } from "./browser.mjs";

after(quit);

for (const name of ["hostile.html", "names.html"]) {
  test(`${name}: text stays text in every panel`, async () => {
    const page = await open(name, { hash: "#top=0&relations=co_mention,partners_with,invests_in,acquires,develops,leads,founded,works_for,competes_with,uses,supplies,owns,sues", init: () => { window.alert = () => { window.pwned = true; }; } });
    const scripts = await page.evaluate(() => document.scripts.length);
    assert.equal(scripts, 2, "the page's own data and program, nothing else");
    const ties = await page.evaluate(() => window.guanxi.source.known.ties.length);
    assert.ok(ties > 0);
    for (let i = 0; i < Math.min(ties, 40); i++) {
      await page.evaluate((at) => window.guanxi.openTie(window.guanxi.source.known.ties[at]), i);
      await shown(page);
      await page.evaluate((at) => { const { known } = window.guanxi.source; window.guanxi.openEntity(known.entity(known.ties[at].source)); }, i);
      await shown(page);
    }
    await shot(page, `hostile-${name}`);
    await page.evaluate(() => window.guanxi.history.set({ view: "table", focus: [] }));
    await shown(page);
    const csv = await downloaded(page, () => page.locator('[data-at="csv"]').click());
    assert.equal(/(^|,)[=+@-]/m.test(csv.content.toString("utf8").replace(/"(?:[^"]|"")*"/g, '""')), false, "no formula leaves");
    await page.evaluate(() => window.guanxi.history.set({ view: "graph" }));
    await shown(page);
    await page.locator("[data-at=export]").click();
    const svg = await downloaded(page, () => page.locator('[data-at="exportSvg"]').click());
    const inside = await page.evaluate((text) => {
      const xml = new DOMParser().parseFromString(text, "image/svg+xml");
      return { fault: xml.querySelector("parsererror")?.textContent ?? "", foreign: xml.querySelectorAll("script, foreignObject, b, img").length };
    }, svg.content.toString("utf8"));
    assert.deepEqual(inside, { fault: "", foreign: 0 });
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    assert.equal(await page.evaluate(() => document.querySelectorAll("#guanxi script, #guanxi img, #guanxi iframe, #guanxi b b").length), 0);
    await page.done();
  });
}

test("what an article says is seen as it is written", async () => {
  const page = await open("hostile.html", { hash: "#top=0" });
  const sentences = await page.evaluate(async () => {
    const { source } = window.guanxi;
    const all = await Promise.all(source.known.ties.map((t) => source.evidence(t)));
    return all.flat().map((e) => e.article.title);
  });
  assert.ok(sentences.some((t) => t.includes("</script><script>alert(1)</script>")), [...new Set(sentences)].join("\n"));
  await page.done();
});

test("a damaged address or none does no harm", async () => {
  for (const hash of ["#panel=tie&tie=%00|x|y", "#focus=nobody&entity=nobody&panel=entity", "#top=-3&weight=abc&kinds=x&relations=", "#path=a&path=b&panel=path", "#%%%", `#${"a".repeat(5000)}`]) {
    const page = await open(GRAPH, { hash });
    assert.ok(await page.locator(".bar").isVisible(), hash);
    await page.done();
  }
});
