// Makes a page over an invented graph of any size: node tests/synthetic.mjs PAGE ENTITIES TIES > OUT

import { readFileSync } from "node:fs";

const [, , page, entities, ties] = process.argv;
const [n, m] = [Number(entities), Number(ties)];
let seed = 42;
const random = () => {
  // Park and Miller's generator: the same page every time
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};
const pick = () => Math.floor(n * random() ** 2.2);
const all = (value) => Array.from({ length: n }, (_, i) => value(i));
const groups = 24;
const place = all((i) => {
  const [g, r, a] = [i % groups, 9000 * Math.sqrt(random()) * 0.3, random() * 2 * Math.PI];
  return [9000 * Math.cos((g / groups) * 2 * Math.PI) + r * Math.cos(a), 9000 * Math.sin((g / groups) * 2 * Math.PI) + r * Math.sin(a)].map(Math.round);
});
const relations = ["invests_in", "develops", "leads", "partners_with"].map((name, i) => ({ name, label: ["投资", "开发", "执掌", "合作"][i], about: "", symmetric: i === 3, color: ["#59a14f", "#4e79a7", "#f28e2b", "#af7aa1"][i] }));
relations.push({ name: "co_mention", label: "同现", about: "", symmetric: true, color: "#9aa0a6" });
const edges = Array.from({ length: m }, () => {
  const a = pick();
  const near = random() < 0.7;
  const b = near ? (a + groups * (1 + Math.floor(random() * 12))) % n : pick();
  return [a, b === a ? (a + 1) % n : b, Math.floor(random() * 4), 1 + Math.floor(8 * random() ** 4)];
});
const day = () => 20250601 + Math.floor(random() * 30);
const data = {
  format: 3,
  generator: "synthetic",
  totals: { articles: 100, claims: m, first_seen: "2025-06-01", last_seen: "2025-06-30" },
  whole: { kinds: [n, 0, 0, 0], relations: [], co_mentions: 0 }, fit: null,
  kinds: ["company", "person", "product", "organization"],
  statuses: ["asserted", "planned", "rumored", "negated", "ended"],
  relations,
  nodes: {
    name: all((i) => `实体${i}号`), kind: all((i) => i % 4), key: {}, x: place.map((p) => p[0]), y: place.map((p) => p[1]),
    community: all((i) => 1 + (i % groups)), listed: all(() => 1), mentions: all(() => 3), articles: all(() => 2), first: all(() => 20250601), last: all(() => 20250630),
    degree: all(() => 4), pagerank: all((i) => Math.round(1e9 / (i + 20))), names: {}, aliases: {}, tickers: {}, wikidata: {}, site: {}, family: {},
  },
  ties: {
    source: edges.map((e) => e[0]), target: edges.map((e) => e[1]), relation: edges.map((e) => e[2]), weight: edges.map((e) => e[3]),
    articles: edges.map(() => 1), first: edges.map(day), last: edges.map(() => 20250630),
    facts: edges.map((_, i) => [[0, 0, 0, 0, 1, 2, 3, 4][i % 8], 0.8, "", "", [1, 0, 0, 0, 0]]), evidence: edges.map(() => []), course: {},
  },
  articles: [], passages: [], rules: [], pinyin: {},
};
const text = JSON.stringify(data).replaceAll("<", "\\u003c");
process.stdout.write(readFileSync(page, "utf8").replace("<!--guanxi:data-->", () => `<script type="application/json" id="guanxi-data">${text}</script>`));
