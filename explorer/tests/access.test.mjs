// Nobody is kept out: axe finds no violation of WCAG 2.2 AA in any panel, light or dark, wide or narrow.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { GRAPH, open, quit } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
after(quit);

const VIEWS = {
  start: "",
  entity: "#panel=entity&entity=company%2FOpenAI&focus=company%2FOpenAI",
  tie: "#panel=tie&tie=company%2FOpenAI%7Cacquires%7Ccompany%2FWindsurf&focus=company%2FOpenAI",
  path: "#panel=path&path=person%2F%E5%BE%90%E5%86%B0&path=company%2F%E8%8B%B1%E4%BC%9F%E8%BE%BE",
  changes: "#panel=changes&since=20250601&entity=company%2FOpenAI",
  table: "#view=table&color=community",
};

for (const [name, hash] of Object.entries(VIEWS)) {
  for (const look of [{ scheme: "light" }, { scheme: "dark", locale: "en-US" }, { width: 390, height: 780 }]) {
    test(`axe: ${name}, ${JSON.stringify(look)}`, async () => {
      const page = await open(GRAPH, { hash, ...look });
      // evaluated by the debugger, not by the page: its policy lets no foreign script in
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
        return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any.map((a) => a.message).join(" ")}`).join(" | ")}`);
      });
      assert.deepEqual(found, []);
      await page.done();
    });
  }
}
