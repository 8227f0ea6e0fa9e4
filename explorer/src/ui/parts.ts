// Small pieces that several panels use: marks for kinds and statuses, names to click, sentences with their mentions.

import type { App } from "../app";
import type { End, Entity, Evidence, Tie } from "../data/types";
import { h, svg } from "../dom";
import { DASHES, kindColor, outline, relationColor, SHAPES } from "../draw/style";
import { dayText } from "../i18n";
import { tieName } from "../shown";

export function kindMark(app: App, kind: number): SVGSVGElement {
  const points = outline(SHAPES[kind % SHAPES.length]!, 5.4);
  const look = { fill: kindColor(kind, app.theme) };
  return svg(
    "svg",
    { viewBox: "-7 -7 14 14", width: 14, height: 14, class: "mark kind", "aria-hidden": "true" },
    points.length ? svg("polygon", { points: points.map((p) => p.join(",")).join(" "), ...look }) : svg("circle", { r: 5.6, ...look }),
  );
}

/** A piece of a tie as it is drawn: colour of the relation, dashes of the status. */
export function lineMark(app: App, relation: number, status: number): SVGSVGElement {
  const r = app.source.vocabulary.relations[relation];
  const color = r ? relationColor(r.color, app.theme) : "currentColor";
  const dash = DASHES[Math.max(0, status)]!;
  return svg(
    "svg",
    { viewBox: "0 0 30 12", width: 30, height: 12, class: "mark", "aria-hidden": "true" },
    svg("path", { d: "M1 6H29", stroke: color, "stroke-width": 2.2, "stroke-dasharray": dash.length ? dash.map((d) => d * 0.9).join(" ") : undefined, fill: "none" }),
    status === 3 && svg("path", { d: "M11 2l8 8m0-8l-8 8", stroke: color, "stroke-width": 1.8 }),
  );
}

export function statusBadge(app: App, status: number): HTMLElement | null {
  if (status < 0) return null;
  const name = app.source.vocabulary.statuses[status]!;
  return h("span", { class: `badge badge-${name}` }, app.words.status(name));
}

export function entityButton(app: App, entity: Entity, extra = ""): HTMLButtonElement {
  return h(
    "button",
    { class: `name ${extra}`, type: "button", "data-at": `n ${entity.key}`, onclick: () => app.openEntity(entity), title: app.words.of(app.source.vocabulary.kinds[entity.kind]!) },
    kindMark(app, entity.kind),
    h("bdi", {}, entity.name),
  );
}

/** A row that opens a tie: the other end, how it stands, how often it is said. */
export function tieRow(app: App, tie: Tie, from: Entity | null): HTMLElement {
  const { known, vocabulary } = app.source;
  const [a, b] = [known.entity(tie.source), known.entity(tie.target)];
  const status = tie.claims?.status ?? -1;
  const ends = from ? [h("bdi", { class: "other" }, known.entity(known.other(tie, from.id)).name)] : [h("bdi", { class: "other" }, a.name), h("span", { class: "quiet" }, ` ${app.words.relation(vocabulary.relations[tie.relation]!)} `), h("bdi", { class: "other" }, b.name)];
  return h(
    "li",
    { class: "tie-row" },
    h(
      "button",
      { type: "button", class: "row", "data-at": `t ${tieName(app.source, tie)}`, onclick: () => app.openTie(tie) },
      from ? kindMark(app, known.entity(known.other(tie, from.id)).kind) : lineMark(app, tie.relation, status),
      h("span", { class: "row-text" }, ends),
      status > 0 && statusBadge(app, status),
      h("span", { class: "quiet row-facts" }, h("span", { class: "count", title: app.words.say("evidence") }, `×${app.words.number(tie.weight)}`), " ", dayText(tie.last)),
    ),
  );
}

interface Span {
  start: number;
  stop: number;
  how: "subject" | "object" | "stated";
}

/** A sentence with its two mentions marked and the words that state the tie underlined. */
export function sentence(app: App, evidence: Evidence): HTMLElement {
  const spans: Span[] = [];
  const add = (end: End, how: Span["how"]): void => {
    if ("start" in end && end.stop > end.start) spans.push({ ...end, how });
  };
  add(evidence.ends[0], "subject");
  add(evidence.ends[1], "object");
  const stated = evidence.claim?.stated;
  const text = evidence.sentence;
  const cuts = new Set([0, text.length]);
  for (const s of stated ? [...spans, stated] : spans) cuts.add(s.start).add(s.stop);
  const points = [...cuts].filter((c) => c >= 0 && c <= text.length).sort((a, b) => a - b);
  const out: Node[] = [];
  points.slice(0, -1).forEach((start, i) => {
    const stop = points[i + 1]!;
    const piece = text.slice(start, stop);
    const mention = spans.find((s) => s.start <= start && s.stop >= stop);
    const under = stated && stated.start <= start && stated.stop >= stop && stated.stop - stated.start < text.length * 0.85;
    if (!mention && !under) out.push(document.createTextNode(piece));
    else if (!mention) out.push(h("span", { class: "stated" }, piece));
    else {
      const first = mention.start === start;
      const title = app.words.say(mention.how === "subject" ? "subject" : "object");
      out.push(h("mark", { class: `mention ${mention.how}${under ? " stated" : ""}${first ? "" : " on"}`, title }, piece));
    }
  });
  return h("blockquote", { class: "sentence", dir: "auto" }, out);
}

export function evidenceItem(app: App, evidence: Evidence, tie: Tie): HTMLElement {
  const { words, source } = app;
  const { article, claim } = evidence;
  const facts: HTMLElement[] = [];
  const fact = (name: string, value: string): void => {
    facts.push(h("span", { class: "fact" }, h("span", { class: "quiet" }, `${name} `), h("bdi", {}, value)));
  };
  if (claim) {
    if (claim.when) fact(words.say("event"), claim.when);
    for (const [name, value] of claim.details) fact(words.of(name), value);
    fact(words.say("rule"), claim.rule);
    fact(words.say("confidence"), `${Math.round(claim.confidence * 100)}%`);
  }
  const notes = evidence.ends.flatMap((end, i) => {
    const entity = source.known.entity(i === 0 ? tie.source : tie.target);
    const surface = "words" in end ? end.words : evidence.sentence.slice(end.start, end.stop);
    if ("words" in end && end.words) return [h("p", { class: "quiet note" }, `${words.say("elsewhere", end.words)}${end.words === entity.name ? "" : ` (${words.say("standsFor", entity.name)})`}`)];
    const called = surface === "" || entity.name.includes(surface) || entity.names.includes(surface) || entity.aliases.includes(surface);
    return called ? [] : [h("p", { class: "quiet note" }, h("bdi", {}, surface), ` ${words.say("standsFor", entity.name)}`)];
  });
  return h(
    "li",
    { class: "evidence" },
    sentence(app, evidence),
    notes,
    h(
      "p",
      { class: "source" },
      claim && statusBadge(app, claim.status),
      h("cite", { dir: "auto" }, article.title || article.path),
      h("time", { datetime: dayText(article.date) }, dayText(article.date) || words.say("undated")),
    ),
    h("p", { class: "facts" }, h("code", { title: words.say("place"), dir: "ltr" }, `${article.path}:${evidence.line}:${evidence.column}`), facts),
  );
}
