// What can be taken away: the picture as SVG and PNG, what is shown as DOT, JSON and CSV.

import type { Source } from "./data/source";
import type { End, Evidence } from "./data/types";
import { arrow } from "./draw/programs";
import { DASHES, FONT, kindColor, outline, PALETTE, SHAPES, type Theme } from "./draw/style";
import type { View } from "./draw/view";
import { dayText, type Words } from "./i18n";
import type { Shown } from "./shown";

const xml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const n = (value: number): string => String(Math.round(value * 100) / 100);

/** The window as SVG, with a legend below. */
export function svgText(view: View, source: Source, words: Words, theme: Theme, title: string): string {
  const { ties, marks, names, texts, width, height } = view.drawn();
  const { paper, ink, soft } = PALETTE[theme];
  const foot = 46;
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height + foot)}" viewBox="0 0 ${n(width)} ${n(height + foot)}" font-family="${xml(FONT)}">`,
    `<title>${xml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    `<clipPath id="window"><rect width="${n(width)}" height="${n(height)}"/></clipPath><g clip-path="url(#window)">`,
  ];
  for (const t of ties) {
    const dash = DASHES[t.pattern]!.length ? ` stroke-dasharray="${DASHES[t.pattern]!.join(" ")}"` : "";
    const d = Math.hypot(t.x2 - t.x1, t.y2 - t.y1) || 1;
    const [ux, uy] = [(t.x2 - t.x1) / d, (t.y2 - t.y1) / d];
    const [length, half] = arrow(t.thickness);
    const [ex, ey] = t.arrow ? [t.x2 - ux * length * 0.8, t.y2 - uy * length * 0.8] : [t.x2, t.y2];
    out.push(`<path d="M${n(t.x1)} ${n(t.y1)}L${n(ex)} ${n(ey)}" stroke="${t.color}" stroke-width="${n(t.thickness)}"${dash} fill="none"/>`);
    if (t.arrow) {
      const points = [
        [t.x2, t.y2],
        [t.x2 - ux * length - uy * half, t.y2 - uy * length + ux * half],
        [t.x2 - ux * length + uy * half, t.y2 - uy * length - ux * half],
      ];
      out.push(`<path d="M${points.map((p) => p.map(n).join(" ")).join("L")}Z" fill="${t.color}"/>`);
    }
    if (t.pattern === 3) {
      const [mx, my] = [(t.x1 + t.x2) / 2, (t.y1 + t.y2) / 2];
      out.push(`<path d="M${n(mx - 4)} ${n(my - 4)}l8 8m0-8l-8 8" stroke="${t.color}" stroke-width="1.6"/>`);
    }
  }
  for (const m of marks) out.push(mark(m.x, m.y, m.radius, m.entity.kind, m.color, paper));
  for (const p of [...texts, ...names]) {
    out.push(
      `<text x="${n(p.left)}" y="${n(p.base)}" font-size="${n(p.font)}"${p.bold ? ' font-weight="600"' : ""} fill="${p.color}" stroke="${paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${xml(p.text)}</text>`,
    );
  }
  out.push("</g>");
  let x = 14;
  const y = height + 17;
  source.vocabulary.kinds.forEach((kind, i) => {
    const text = words.of(kind);
    out.push(mark(x + 5, y - 4, 5, i, kindColor(i, theme), paper));
    out.push(`<text x="${n(x + 15)}" y="${n(y)}" font-size="11.500" fill="${soft}">${xml(text)}</text>`);
    x += 30 + text.length * (words.language === "zh" ? 12 : 6.4);
  });
  source.vocabulary.statuses.forEach((status, i) => {
    const text = words.status(status);
    const dash = DASHES[i]!.length ? ` stroke-dasharray="${DASHES[i]!.join(" ")}"` : "";
    out.push(`<path d="M${n(x)} ${n(y - 4)}h28" stroke="${soft}" stroke-width="1.8"${dash}/>`);
    if (i === 3) out.push(`<path d="M${n(x + 10)} ${n(y - 8)}l8 8m0-8l-8 8" stroke="${soft}" stroke-width="1.4"/>`);
    out.push(`<text x="${n(x + 34)}" y="${n(y)}" font-size="11.500" fill="${soft}">${xml(text)}</text>`);
    x += 50 + text.length * (words.language === "zh" ? 12 : 6.4);
  });
  const { totals, generator } = source.vocabulary;
  const facts = `${title} · ${words.say("articlesN", totals.articles)} · ${dayText(totals.firstSeen)} – ${dayText(totals.lastSeen)} · ${generator}`;
  out.push(`<text x="14" y="${n(height + 37)}" font-size="11" fill="${ink}">${xml(facts)}</text>`, "</svg>");
  return out.join("\n");
}

function mark(x: number, y: number, r: number, kind: number, color: string, paper: string): string {
  const look = `fill="${color}" stroke="${paper}" stroke-width="1.2"`;
  const points = outline(SHAPES[kind % SHAPES.length]!, r);
  if (points.length === 0) return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" ${look}/>`;
  return `<polygon points="${points.map(([px, py]) => `${n(x + px)},${n(y + py)}`).join(" ")}" ${look}/>`;
}

/** An SVG as PNG, drawn at twice its size. */
export async function png(text: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  const context = canvas.getContext("2d")!;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((b) => (b ? resolve(b) : reject(new Error("no PNG"))), "image/png"));
}

/** A DOT string: quotes and backslashes are the only ones with a meaning. */
const quoted = (text: string): string => `"${text.replace(/\0/g, "\ufffd").replace(/[\\"]/g, "\\$&").replace(/\r?\n|\r/g, " ")}"`;

const DOT_SHAPES = ["box", "ellipse", "diamond", "hexagon"];
const DOT_STYLES = ["solid", "dashed", "dotted", "dotted", "dashed"];

export function dot(shown: Shown, source: Source, words: Words): string {
  const { vocabulary, known } = source;
  const out = ["digraph guanxi {", '  graph [overlap=false, outputorder=edgesfirst];', '  node [style=filled, fontname="sans-serif", fontcolor="white"];', '  edge [fontname="sans-serif", fontsize=10];'];
  for (const e of shown.entities) {
    out.push(`  ${quoted(e.key)} [label=${quoted(e.name)}, shape=${DOT_SHAPES[e.kind % 4]}, fillcolor=${quoted(kindColor(e.kind, "light"))}];`);
  }
  for (const t of shown.ties) {
    const relation = vocabulary.relations[t.relation]!;
    const status = shown.status.get(t.id) ?? -1;
    const label = status > 0 ? `${words.relation(relation)} (${words.status(vocabulary.statuses[status])})` : words.relation(relation);
    const dir = relation.symmetric ? ", dir=none" : "";
    out.push(
      `  ${quoted(known.entity(t.source).key)} -> ${quoted(known.entity(t.target).key)} [label=${quoted(label)}, color=${quoted(relation.color)}, style=${DOT_STYLES[Math.max(status, 0)]}, weight=${Math.max(1, Math.round(t.weight))}${dir}];`,
    );
  }
  out.push("}", "");
  return out.join("\n");
}

/** What is shown as node-link JSON: the form of `guanxi export json` (byte spans included), as far as the page knows. */
export async function json(shown: Shown, source: Source): Promise<string> {
  const { vocabulary, known } = source;
  const some = <T>(value: T): T | undefined => (value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value);
  const nodes = shown.entities.map((e) => ({
    id: e.key,
    name: e.name,
    kind: vocabulary.kinds[e.kind],
    listed: e.listed,
    family: some(e.family),
    mentions: e.mentions,
    articles: e.articles,
    first_seen: dayText(e.first) || null,
    last_seen: dayText(e.last) || null,
    names: some(e.names),
    aliases: some(e.aliases),
    tickers: some(e.tickers),
    wikidata: some(e.wikidata),
    site: some(e.site),
    community: e.community || undefined,
    degree: e.degree,
    pagerank: e.pagerank,
  }));
  const edges = [];
  for (const t of shown.ties) {
    const relation = vocabulary.relations[t.relation]!;
    const { claims } = t;
    const statuses = claims && Object.fromEntries(claims.byStatus.map((n, i) => [vocabulary.statuses[i], n]).filter(([, n]) => n));
    edges.push({
      source: known.entity(t.source).key,
      target: known.entity(t.target).key,
      key: relation.name,
      symmetric: relation.symmetric || undefined,
      weight: t.weight,
      articles: t.articles,
      first_seen: dayText(t.first) || null,
      last_seen: dayText(t.last) || null,
      ...(claims
        ? { status: vocabulary.statuses[claims.status], statuses, belief: claims.belief, first_event: some(claims.firstEvent), last_event: some(claims.lastEvent) }
        : t.counts),
      evidence: (await source.evidence(t)).map((e) => item(e, vocabulary.statuses)),
    });
  }
  const graph = { generator: vocabulary.generator };
  return `${JSON.stringify({ directed: true, multigraph: true, graph, nodes, edges }, null, 1)}\n`;
}

function item(e: Evidence, statuses: string[]): Record<string, unknown> {
  const bytes = (at: number): number => new TextEncoder().encode(e.sentence.slice(0, at)).length;
  const span = ({ start, stop }: { start: number; stop: number }): [number, number] => [bytes(start), bytes(stop)];
  const end = (end: End): [string, [number, number] | undefined] => ("words" in end ? [end.words, undefined] : [e.sentence.slice(end.start, end.stop), span(end)]);
  const [[subject, subject_span], [object, object_span]] = [end(e.ends[0]), end(e.ends[1])];
  const { claim } = e;
  return {
    article: e.article.path,
    title: e.article.title,
    date: dayText(e.article.date) || null,
    line: e.line,
    column: e.column,
    sentence: e.sentence,
    subject,
    subject_span,
    object,
    object_span,
    ...(claim && {
      status: statuses[claim.status],
      rule: claim.rule,
      span: span(claim.stated),
      when: claim.when || undefined,
      attributes: claim.details.length ? Object.fromEntries(claim.details) : undefined,
      confidence: claim.confidence,
    }),
  };
}

/** One field of CSV, disarmed where a spreadsheet would calculate (OWASP, CSV Injection), as the program's own are. */
function field(value: string | number): string {
  const text = String(value);
  if (/^[=+\-@\t\r＝＋－＠]/.test(text) && Number.isNaN(Number(text))) return `"'${text.replaceAll('"', '""')}"`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV with a byte-order mark, so that Excel shows Chinese. */
export function csv(rows: (string | number)[][]): string {
  return `\ufeff${rows.map((r) => r.map(field).join(",")).join("\r\n")}\r\n`;
}
