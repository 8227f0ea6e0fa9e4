// Each feature of the explorer, on a graph that knows OpenAI, 微软 and 商汤 (the sample, or any other of the industry).

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { downloaded, facts, graph, GRAPH, open, quit, shot, shown, side, state } from "./browser.mjs";

after(quit);

const search = (page) => page.locator(".search input");
const known = (page) => page.evaluate(() => ({ entities: window.guanxi.now.entities.length, ties: window.guanxi.now.ties.length }));
const where = (page, key) => page.evaluate((k) => window.guanxi.view.where(k), key);

test("search: by name, alias, full pinyin, initials; by keyboard", async () => {
  const page = await open(GRAPH);
  for (const [typed, expected] of [["商汤", "商汤科技"], ["sensetime", "商汤科技"], ["shangtang", "商汤科技"], ["stkj", "商汤科技"], ["zhipu", "智谱"], ["ｏｐｅｎ ａｉ", "OpenAI"], ["NVIDIA", "英伟达"], ["huangrenxun", "黄仁勋"]]) {
    await search(page).fill(typed);
    await page.waitForSelector(".search [role=option]");
    const names = await page.locator(".search [role=option] .other").allInnerTexts();
    assert.ok(names.slice(0, 3).includes(expected), `${typed}: ${names}`);
  }
  await search(page).fill("open");
  await page.waitForSelector(".search [role=option]");
  await page.keyboard.press("ArrowDown");
  const second = await page.locator(".search [role=option][aria-selected=true] .other").innerText();
  await page.keyboard.press("Enter");
  await shown(page);
  assert.equal(await side(page).locator(".panel-title bdi").first().innerText(), second);
  await search(page).fill("没有这个名字");
  await page.waitForSelector(".search .hits >> text=没有找到");
  await page.done();
});

test("a click opens the profile, a double click expands, a click on a tie its evidence", async () => {
  const page = await open(GRAPH, { hash: "#focus=company%2FOpenAI" });
  const before = await known(page);
  const spot = await where(page, "company/微软");
  await page.mouse.click(spot.x, spot.y);
  await page.waitForSelector("#side .panel-title >> text=微软");
  await page.waitForTimeout(400);
  await page.mouse.dblclick(spot.x, spot.y);
  await page.waitForFunction(() => window.guanxi.history.state.focus.length === 2);
  await shown(page);
  assert.ok((await known(page)).entities >= before.entities);
  const [a, b] = [await where(page, "company/微软"), await where(page, "company/OpenAI")];
  // somewhere on the straight line between the two, or beside it where several ties run
  for (const side of [0, 3, -3, 6, -6]) {
    const d = Math.hypot(b.x - a.x, b.y - a.y);
    await page.mouse.click(a.x * 0.55 + b.x * 0.45 + ((b.y - a.y) / d) * side, a.y * 0.55 + b.y * 0.45 - ((b.x - a.x) / d) * side);
    if ((await state(page)).panel === "tie") break;
  }
  await page.waitForSelector(".sentence mark.subject");
  assert.equal(await side(page).locator(".sentence").first().locator("mark.subject").count() > 0, true);
  assert.equal(await side(page).locator(".sentence").first().locator("mark.object").count() > 0, true);
  const text = await side(page).innerText();
  assert.match(text, /\.md:\d+:\d+/, "file, line and column");
  assert.match(text, /\d{4}-\d{2}-\d{2}/, "date");
  await shot(page, "evidence");
  await page.done();
});

test("filters: kind, relation, status, evidence, dates; undo and redo", async () => {
  const page = await open(GRAPH, { hash: "#top=0" });
  const all = await known(page);
  const box = (at) => page.locator(`#filters [data-at="${at}"]`);
  await box("kinds person").click();
  await shown(page);
  const noPeople = await known(page);
  assert.ok(noPeople.entities < all.entities);
  assert.equal(await page.evaluate(() => window.guanxi.now.entities.some((e) => e.kind === 1)), false);
  await box("only relations invests_in").focus();
  await page.keyboard.press("Enter");
  await shown(page);
  assert.deepEqual(await page.evaluate(() => [...new Set(window.guanxi.now.ties.map((t) => window.guanxi.source.vocabulary.relations[t.relation].name))]), ["invests_in"]);
  await page.keyboard.press("Control+z");
  await shown(page);
  assert.deepEqual(await known(page), noPeople);
  await page.keyboard.press("Control+z");
  await shown(page);
  assert.deepEqual(await known(page), all);
  await page.getByRole("button", { name: "重做" }).click();
  await shown(page);
  assert.deepEqual(await known(page), noPeople);
  await page.getByRole("button", { name: "撤销" }).click();
  await box("only statuses negated").focus();
  await page.keyboard.press("Enter");
  await shown(page);
  assert.equal(await page.evaluate(() => window.guanxi.now.ties.every((t) => t.claims.status === 3)), true);
  await page.evaluate(() => window.guanxi.history.set({ statuses: null }));
  await box("from").fill("2025-07-01");
  await box("from").dispatchEvent("change");
  await shown(page);
  assert.equal(await page.evaluate(() => window.guanxi.now.ties.every((t) => t.last >= 20250701)), true);
  await page.evaluate(() => window.guanxi.history.set({ from: 0 }));
  await box("weight").fill("1");
  await shown(page);
  assert.equal(await page.evaluate(() => window.guanxi.now.ties.every((t) => t.weight >= 2)), true);
  assert.ok((await known(page)).ties > 0);
  await page.done();
});

test("the time slider: ties form and end; playing goes to the end", async () => {
  const page = await open(GRAPH, { hash: "#top=0" });
  const all = await known(page);
  const slider = page.locator('[data-at="time"]');
  await slider.fill("0");
  await shown(page);
  const first = await known(page);
  assert.ok(first.ties > 0 && first.ties < all.ties, `${first.ties} of ${all.ties}`);
  const at = (await state(page)).at;
  assert.ok(at > 0);
  assert.equal(await page.evaluate(() => window.guanxi.now.ties.every((t) => t.course[0][0] <= window.guanxi.history.state.at)), true);
  await shot(page, "time");
  await page.locator('[data-at="play"]').click();
  await page.waitForFunction((old) => window.guanxi.history.state.at > old, at);
  await page.waitForFunction(() => window.guanxi.history.state.at === 0, null, { timeout: 60_000 });
  await shown(page);
  assert.deepEqual(await known(page), all);
  // the whole motion is one step back
  await page.getByRole("button", { name: "撤销" }).click();
  await shown(page);
  assert.equal((await state(page)).at, 0);
  await page.done();
});

test("the time slider goes by the dates of events: a tie that ends is drawn as ended from then on", async () => {
  const page = await open(GRAPH, { hash: "#top=0" });
  const slider = page.locator('[data-at="time"]');
  // one that had been there before any date, and ended when the article says: the one that ended first
  const ended = await page.evaluate(() => {
    const { known, vocabulary } = window.guanxi.source;
    const end = vocabulary.statuses.indexOf("ended");
    const when = (t) => (t.course.length === 2 && t.course[0][0] === 0 && t.course[1][1] === end && t.claims.firstEvent ? t.course[1][0] : Infinity);
    const [first] = [...known.ties].sort((a, b) => when(a) - when(b));
    return when(first) < Infinity ? { id: first.id, day: when(first) } : null;
  });
  assert.ok(ended, "something ended at a time that an article tells");
  const status = () => page.evaluate((id) => window.guanxi.source.vocabulary.statuses[window.guanxi.now.status.get(id)] ?? "not there", ended.id);
  const stops = Number(await slider.getAttribute("max"));
  const seen = [];
  for (let i = 0; i <= 40; i++) {
    await slider.fill(String(Math.round((stops * i) / 40)));
    await shown(page);
    seen.push([(await state(page)).at, await status()]);
  }
  assert.ok(seen[0][0] > 0 && seen[0][0] < ended.day, `${seen[0]}`);
  for (const [at, how] of seen) assert.equal(how, at && at < ended.day ? "asserted" : "ended", String(at));
  // articles are of one year, more or less: what happened before has stops of its own
  const year = await page.evaluate(() => Math.floor(window.guanxi.source.vocabulary.totals.lastSeen / 10000) * 10000);
  assert.ok(seen.filter(([at]) => at && at < year).length > 5, `${seen.map((s) => s[0])}`);
  // at the end everything stands as the graph says
  const off = await page.evaluate(() => window.guanxi.source.known.ties.filter((t) => t.course.at(-1)[1] !== (t.claims?.status ?? -1)).length);
  assert.equal(off, 0);
  await page.done();
});

test("the address restores the view, and the table is sortable and leaves as CSV", async () => {
  const first = await open(GRAPH, { hash: "#top=0" });
  await first.evaluate(() => window.guanxi.history.set({ kinds: ["company", "product"], statuses: ["asserted"], view: "table" }));
  await shown(first);
  const hash = await first.evaluate(() => location.hash);
  const seen = await first.locator("tbody").innerText();
  await first.done();
  const page = await open(GRAPH, { hash });
  assert.equal(await page.locator("tbody").innerText(), seen);
  await page.locator('[data-at="sort subject"]').click();
  const names = await page.locator("tbody tr th").allInnerTexts();
  const order = new Intl.Collator("zh-CN", { numeric: true });
  assert.deepEqual(names, [...names].sort(order.compare));
  assert.equal(await page.locator("thead th").first().getAttribute("aria-sort"), "ascending");
  const file = await downloaded(page, () => page.locator('[data-at="csv"]').click());
  const lines = file.content.toString("utf8").trim().split("\r\n");
  assert.equal(file.content.subarray(0, 3).toString("hex"), "efbbbf");
  assert.equal(lines.length - 1, (await known(page)).ties);
  await page.locator('[data-at="table entities"]').click();
  assert.match(await page.locator("thead").innerText(), /名称/);
  await shot(page, "table");
  await page.done();
});

test("a long way by relations is found, and comes before what is only mentioned together", async () => {
  const page = await open(GRAPH);
  const ends = await page.evaluate(() => {
    const { known, vocabulary } = window.guanxi.source;
    const co = vocabulary.relations.length - 1;
    for (const start of known.entities) {
      const far = new Map([[start.id, 0]]);
      for (const id of far.keys()) {
        for (const t of known.tiesOf(id).filter((t) => t.relation !== co)) {
          const next = known.other(t, id);
          if (!far.has(next)) far.set(next, far.get(id) + 1);
        }
      }
      const end = [...far].find(([, steps]) => steps >= 5);
      if (end) return [start.key, known.entity(end[0]).key, end[1]];
    }
  });
  assert.ok(ends, "there are two entities five relations apart");
  await page.evaluate(([a, b]) => window.guanxi.history.set({ panel: "path", path: [a, b] }), ends);
  await page.waitForSelector(".path");
  const first = await side(page).locator(".path").first().innerText();
  assert.doesNotMatch(first, /同现/);
  assert.equal(await side(page).locator(".path").first().locator(".step").count(), ends[2]);
  await page.done();
});

test("the picture leaves as SVG, what is shown as DOT and JSON", async () => {
  const page = await open(GRAPH, { hash: "#focus=company%2FOpenAI" });
  const take = async (name) => {
    await page.locator("[data-at=export]").click();
    return downloaded(page, () => page.locator(`[data-at="${name}"]`).click());
  };
  const svg = (await take("exportSvg")).content.toString("utf8");
  const drawn = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, "image/svg+xml");
    return { fault: xml.querySelector("parsererror")?.textContent ?? "", texts: [...xml.querySelectorAll("text")].map((t) => t.textContent) };
  }, svg);
  assert.equal(drawn.fault, "");
  assert.ok(drawn.texts.includes("OpenAI"));
  const json = JSON.parse((await take("exportJson")).content.toString("utf8"));
  const { entities, ties } = await known(page);
  assert.equal(json.nodes.length, entities);
  assert.equal(json.edges.length, ties);
  assert.ok(json.edges.some((e) => e.evidence.length > 0 && e.evidence[0].sentence && e.evidence[0].article.endsWith(".md")));
  const dot = (await take("exportDot")).content.toString("utf8");
  assert.equal(dot.match(/ -> /g).length, ties);
  await page.done();
});

/** Equal; numbers to the four decimals that the page keeps. */
const same = (a, b, what) => (typeof a === "number" && typeof b === "number" ? assert.ok(Math.abs(a - b) < 1e-4, `${what}: ${a}, ${b}`) : assert.deepEqual(a, b, what));

test("the page says of every tie what the graph file says", async () => {
  const page = await open(GRAPH);
  await page.evaluate(() => window.guanxi.history.set({ top: 0, relations: window.guanxi.source.vocabulary.relations.map((r) => r.name) }));
  await shown(page);
  await page.locator("[data-at=export]").click();
  const { content } = await downloaded(page, () => page.locator('[data-at="exportJson"]').click());
  const mine = JSON.parse(content.toString("utf8"));
  const file = graph();
  const name = (e) => `${e.source} ${e.key} ${e.target}`;
  const theirs = new Map(file.edges.map((e) => [name(e), e]));
  assert.equal(mine.edges.length, file.edges.length);
  for (const edge of mine.edges) {
    const other = theirs.get(name(edge));
    assert.ok(other, name(edge));
    for (const [field, value] of Object.entries(edge)) {
      if (field === "evidence" || field === "symmetric") continue;
      same(value, other[field] ?? value, `${name(edge)} ${field}`);
    }
    assert.equal(edge.evidence.length, other.evidence.length);
    for (const [i, item] of edge.evidence.entries()) {
      for (const [field, value] of Object.entries(item)) {
        same(value, other.evidence[i][field] ?? null, `${name(edge)} ${field}`);
      }
    }
  }
  const nodes = new Map(file.nodes.map((n) => [n.id, n]));
  for (const node of mine.nodes) {
    for (const field of ["name", "kind", "listed", "mentions", "articles", "first_seen", "degree", "community", "family"]) assert.deepEqual(node[field], nodes.get(node.id)[field], `${node.id} ${field}`);
  }
  await page.done();
});

test("names on the picture do not cover one another", async () => {
  for (const hash of ["#top=0", "#focus=company%2FOpenAI&top=0", "#top=150"]) {
    const page = await open(GRAPH, { hash });
    const { names } = await page.evaluate(() => window.guanxi.view.drawn());
    assert.ok(names.length > 10, `${names.length} names`);
    const free = names.filter((n) => !n.must);
    for (const [i, a] of free.entries()) {
      for (const b of free.slice(i + 1)) {
        const apart = a.left + a.width <= b.left || b.left + b.width <= a.left || a.base <= b.base - b.font * 0.86 || b.base <= a.base - a.font * 0.86;
        assert.ok(apart, `${a.text} and ${b.text}`);
      }
    }
    await page.done();
  }
});

test("the same link shows the same picture", async () => {
  const places = async () => {
    const page = await open(GRAPH, { hash: "#top=80" });
    const { marks } = await page.evaluate(() => window.guanxi.view.drawn());
    await page.done();
    return marks.map((m) => [m.entity.key, Math.round(m.x * 10), Math.round(m.y * 10)]);
  };
  assert.deepEqual(await places(), await places());
});

test("dark, English, and a phone", async () => {
  const page = await open(GRAPH, { locale: "en-US", scheme: "dark" });
  assert.match(await facts(page), /entities/);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await shot(page, "dark");
  await page.getByRole("button", { name: "中文" }).click();
  await shown(page);
  assert.match(await facts(page), /个实体/);
  await page.getByRole("button", { name: "浅色 / 深色" }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  await page.done();
  const phone = await open(GRAPH, { width: 390, height: 780 });
  assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing stands over the edge");
  await shot(phone, "phone");
  await phone.locator('[data-at="filters"]').click();
  await phone.locator('#filters [data-at="statuses negated"]').waitFor({ state: "visible" });
  await shot(phone, "phone-filters");
  await phone.keyboard.press("Escape");
  await phone.done();
});

test("the keyboard: arrows walk over the picture, Enter opens, E expands", async () => {
  const page = await open(GRAPH);
  await page.locator(".canvas").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const said = await page.locator("[role=status]").innerText();
  assert.match(said, /，|,/);
  await page.keyboard.press("Enter");
  await shown(page);
  assert.equal((await state(page)).panel, "entity");
  assert.equal(await side(page).locator(".panel-title bdi").innerText(), said.split(", ")[0]);
  await page.keyboard.press("e");
  await shown(page);
  assert.equal((await state(page)).focus.length, 1);
  await page.done();
});

test("without WebGL: the table and a message", async () => {
  const page = await open(GRAPH, { init: () => { HTMLCanvasElement.prototype.getContext = ((old) => function (kind, ...rest) { return /webgl/.test(kind) ? null : old.call(this, kind, ...rest); })(HTMLCanvasElement.prototype.getContext); delete window.WebGLRenderingContext; } });
  assert.match(await page.getByRole("alert").innerText(), /WebGL/);
  assert.ok((await page.locator("tbody tr").count()) > 20);
  await page.locator("tbody .name").first().click();
  await page.waitForSelector("#side .group");
  await shot(page, "no-webgl");
  await page.done();
});

test("communities colour the picture and narrow it", async () => {
  const page = await open(GRAPH, { hash: "#top=0" });
  const all = await known(page);
  await page.locator('[data-at="color community"]').click();
  await page.locator('[data-at="community 1"]').click();
  await shown(page);
  const one = await known(page);
  assert.ok(one.entities > 2 && one.entities < all.entities);
  assert.equal(await page.evaluate(() => window.guanxi.now.entities.every((e) => e.community === 1)), true);
  await shot(page, "community");
  await page.done();
});
