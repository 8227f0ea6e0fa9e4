// The panel at the side: start page, an entity's profile, a tie's evidence, paths, what changed.

import type { App } from "../app";
import { CHANGES } from "../data/changes";
import type { About, Source } from "../data/source";
import type { Census, Change, ChangeKind, Entity, Evidence, Path, Tie } from "../data/types";
import { fill, h, icon } from "../dom";
import { communityColor } from "../draw/style";
import { dayNumber, dayText, type Word } from "../i18n";
import { findTie, grouped, stronger } from "../shown";
import { type State, START } from "../state";
import { combobox } from "./combobox";
import { entityButton, evidenceItem, kindMark, lineMark, sentence, statusBadge, tieRow } from "./parts";

type Preset = { word: Word; relations?: string[]; statuses?: string[] };

const PRESETS: Preset[] = [
  { word: "viewDenied", statuses: ["rumored", "negated"] },
  { word: "viewDeniedDeals", relations: ["invests_in", "acquires", "owns", "partners_with", "supplies"], statuses: ["rumored", "negated"] },
  { word: "viewDeals", relations: ["invests_in", "acquires", "owns"] },
  { word: "viewPeople", relations: ["founded", "leads", "works_for", "educated_at"] },
  { word: "viewSupply", relations: ["partners_with", "supplies", "uses"] },
  { word: "viewRivals", relations: ["competes_with", "outperforms", "sues"] },
  { word: "viewEnded", statuses: ["ended"] },
  { word: "viewAll" },
];

/** Draws the panel that the state asks for. */
export async function panel(app: App, element: HTMLElement, paths: Path[]): Promise<void> {
  const { state } = app.history;
  const { known } = app.source;
  if (state.panel === "entity") {
    const entity = known.find(state.entity);
    if (entity) return void fill(element, profile(app, entity, await app.source.about(entity)));
  } else if (state.panel === "tie") {
    const tie = findTie(app.source, state.tie);
    if (tie) return void fill(element, tiePanel(app, tie, await app.source.evidence(tie)));
  } else if (state.panel === "path") {
    return void fill(element, pathPanel(app, state, paths));
  } else if (state.panel === "changes") {
    const since = sinceOf(app.source, state);
    const entity = known.find(state.entity) ?? null;
    return void fill(element, changesPanel(app, since, entity, await app.source.changes(since, entity)));
  }
  fill(element, start(app));
}

/** The day since which changes are looked for: as asked, or the last two weeks of the articles. */
export function sinceOf(source: Source, state: State): number {
  const { firstSeen, lastSeen } = source.vocabulary.totals;
  if (state.since || !lastSeen) return state.since;
  const date = new Date(`${dayText(lastSeen)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 14);
  return Math.max(firstSeen, dayNumber(date.toISOString().slice(0, 10)));
}

function header(app: App, title: (Node | string)[], ...more: (HTMLElement | null)[]): HTMLElement {
  return h(
    "header",
    { class: "panel-head" },
    h("h2", { tabindex: -1, class: "panel-title" }, title),
    more,
    h("button", { type: "button", class: "tool panel-close", "data-at": "panel-close", "aria-label": app.words.say("close"), onclick: () => app.closePanel() }, icon("close")),
  );
}

// ---- start

function start(app: App): HTMLElement[] {
  const { words, source } = app;
  const { known, census, whole } = source;
  const { totals } = source.vocabulary;
  const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
  const entities = (c: Census): number => sum(c.kinds);
  const ties = (c: Census): number => sum(c.relations.flat());
  const figure = (n: number, text: string): HTMLElement => h("div", { class: "figure" }, h("b", {}, words.number(n)), h("span", {}, text));
  const top = [...known.entities].sort((a, b) => b.pagerank - a.pagerank).slice(0, 14);
  const part = entities(whole) > entities(census) || ties(whole) > ties(census);
  return [
    h("div", { class: "hero" }, h("h2", { class: "panel-title", tabindex: -1 }, words.say("title")), h("p", { class: "quiet" }, words.say("tagline"))),
    h(
      "div",
      { class: "figures" },
      figure(entities(census), words.say("entities")),
      figure(ties(census), words.say("ties")),
      figure(totals.articles, words.say("articles")),
    ),
    h("p", { class: "quiet dates" }, `${dayText(totals.firstSeen)} – ${dayText(totals.lastSeen)}`),
    part ? h("p", { class: "quiet" }, words.say("part", words.number(entities(whole)), words.number(ties(whole)))) : h("span", { hidden: true }),
    h("section", { class: "card" }, h("h3", {}, words.say("askConnect")), pathForm(app, null, null)),
    h("section", { class: "card" }, h("h3", {}, words.say("askChanged")), changesForm(app, sinceOf(source, START), null)),
    h("section", { class: "card" }, h("h3", {}, words.say("askViews")), presets(app)),
    h("section", { class: "card" }, h("h3", {}, words.say("prominent")), h("div", { class: "chips" }, top.map((e) => entityButton(app, e, "chip")))),
  ];
}

function presets(app: App): HTMLElement {
  const { census, vocabulary } = app.source;
  const buttons = PRESETS.map((p) => {
    const relations = p.relations?.filter((r) => vocabulary.relations.some((v) => v.name === r)) ?? null;
    let n = 0;
    census.relations.forEach((row, r) => {
      if (relations && !relations.includes(vocabulary.relations[r]!.name)) return;
      row.forEach((ties, s) => (n += !p.statuses || p.statuses.includes(vocabulary.statuses[s]!) ? ties : 0));
    });
    if (n === 0) return null;
    const show = (): void => app.history.set({ ...START, color: app.history.state.color, view: app.history.state.view, relations, statuses: p.statuses ?? null });
    return h("button", { type: "button", class: "chip", "data-at": `preset ${p.word}`, onclick: show }, app.words.say(p.word), h("span", { class: "quiet" }, ` ${app.words.number(n)}`));
  });
  return h("div", { class: "chips" }, buttons);
}

// ---- an entity

function profile(app: App, entity: Entity, { rank, versions }: About): HTMLElement[] {
  const { words, source, history } = app;
  const { vocabulary, known } = source;
  const coMention = vocabulary.relations.length - 1;
  const expanded = history.state.focus.includes(entity.key);
  const seen = entity.first === entity.last ? words.say("seenOnce", dayText(entity.first)) : words.say("seen", dayText(entity.first), dayText(entity.last));
  const family = entity.family ? known.find(entity.family) : undefined;
  const community = app.source.communities.find((c) => c.number === entity.community);
  const links: HTMLElement[] = [];
  if (/^Q\d+$/.test(entity.wikidata)) links.push(out(`https://www.wikidata.org/wiki/${entity.wikidata}`, `Wikidata ${entity.wikidata}`));
  if (/^https?:\/\//.test(entity.site)) links.push(out(entity.site, entity.site.replace(/^https?:\/\//, "").replace(/\/$/, "")));
  const line = (title: Word, ...content: (Node | string)[]): HTMLElement | null =>
    content.length ? h("p", { class: "line" }, h("span", { class: "quiet" }, `${words.say(title)} `), content) : null;
  const list = (names: string[]): Node[] => names.flatMap((n, i) => [document.createTextNode(i ? "、" : ""), h("bdi", {}, n)]);
  return [
    header(app, [kindMark(app, entity.kind), h("bdi", {}, entity.name)]),
    h(
      "p",
      { class: "quiet meta" },
      [words.of(vocabulary.kinds[entity.kind]!), words.say("rank", rank), words.say("articlesN", words.number(entity.articles)), words.say("mentionsN", words.number(entity.mentions)), words.say("neighbours", entity.degree), entity.first ? seen : words.say("undated"), entity.listed ? "" : words.say("unlisted")]
        .filter(Boolean)
        .join(" · "),
    ),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "button", "data-at": "expand", "aria-pressed": String(expanded), onclick: () => app.toggle(entity) }, expanded ? words.say("collapse") : words.say("expand")),
      h("button", { type: "button", class: "button", "data-at": "connect", onclick: () => history.set({ panel: "path", path: [entity.key, ""] }) }, words.say("connectFrom")),
      h("button", { type: "button", class: "button", "data-at": "changes", onclick: () => history.set({ panel: "changes", entity: entity.key }) }, words.say("changesOf")),
      history.state.focus.length > 0 && h("button", { type: "button", class: "button", "data-at": "overview", onclick: () => history.set({ focus: [] }) }, words.say("overview")),
    ),
    line("aliases", ...list(entity.names)),
    line("notSeen", ...list(entity.aliases)),
    line("tickers", ...list(entity.tickers)),
    line("site", ...links.flatMap((l, i) => [document.createTextNode(i ? " · " : ""), l])),
    line("family", ...(family ? [entityButton(app, family)] : versions.slice(0, 12).map((v) => entityButton(app, v)))),
    line("community", ...(community ? [h("button", { type: "button", class: "name", "data-at": "community", onclick: () => history.set({ community: community.number, color: "community", focus: [] }) }, h("span", { class: "dot", style: { background: communityColor(community.number, app.theme) }, "aria-hidden": "true" }), h("bdi", {}, community.name), h("span", { class: "quiet" }, words.number(community.size)))] : [])),
    ...groups(app, entity, coMention),
  ].filter((e) => e !== null);
}

const out = (href: string, text: string): HTMLAnchorElement => h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);

/** Which groups a profile opens with: what analysts ask first. */
const FIRST = ["invests_in", "acquires", "owns", "founded", "leads", "works_for", "develops", "partners_with", "supplies", "uses", "competes_with", "sues", "outperforms", "spun_off_from", "educated_at"];

const ROWS = 8;

function groups(app: App, entity: Entity, coMention: number): HTMLElement[] {
  const { words, source, history } = app;
  const { relations } = source.vocabulary;
  const all = grouped(source.known, entity, coMention);
  // a symmetric relation is one group, whichever end comes first
  const joined = new Map<string, { relation: number; out: boolean; ties: Tie[] }>();
  for (const g of all) {
    const name = relations[g.relation]!.symmetric ? `${g.relation}` : `${g.relation}/${g.out}`;
    const old = joined.get(name);
    if (old) old.ties = old.ties.concat(g.ties).sort(stronger(coMention));
    else joined.set(name, { ...g });
  }
  const place = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : name === "co_mention" ? 99 : 50);
  const list = [...joined.values()].sort(
    (a, b) => place(relations[a.relation]!.name) - place(relations[b.relation]!.name) || Number(a.out) - Number(b.out),
  );
  return list.map((g) => {
    const relation = relations[g.relation]!;
    const title = words.side(relation, g.out);
    const rows = h("ul", { class: "rows" }, g.ties.slice(0, ROWS).map((t) => tieRow(app, t, entity)));
    const rest = g.ties.slice(ROWS);
    const more =
      rest.length > 0 &&
      h("button", { type: "button", class: "link", onclick: (e: Event) => { rows.append(...rest.map((t) => tieRow(app, t, entity))); (e.currentTarget as HTMLElement).remove(); } }, words.say("showMore", rest.length));
    const only = (): void => history.set({ focus: [entity.key], relations: [relation.name], statuses: null });
    return h(
      "details",
      { class: "group", open: g.relation !== coMention || list.length === 1 },
      h("summary", {}, h("h3", {}, lineMark(app, g.relation, 0), title, h("span", { class: "quiet" }, ` ${words.number(g.ties.length)}`))),
      rows,
      more,
      h("button", { type: "button", class: "link", "data-at": `only ${relation.name}`, "aria-label": `${words.say("filterTo")}: ${title}`, onclick: only }, words.say("filterTo")),
    );
  });
}

// ---- a tie

function tiePanel(app: App, tie: Tie, evidence: Evidence[]): HTMLElement[] {
  const { words, source } = app;
  const { vocabulary, known } = source;
  const relation = vocabulary.relations[tie.relation]!;
  const [a, b] = [known.entity(tie.source), known.entity(tie.target)];
  const status = tie.claims?.status ?? -1;
  const facts: string[] = [];
  if (tie.claims) {
    facts.push(words.say("belief", `${Math.round(tie.claims.belief * 100)}%`));
    const events = [...new Set([tie.claims.firstEvent, tie.claims.lastEvent].filter(Boolean))];
    if (events.length) facts.push(`${words.say("event")} ${events.join(" – ")}`);
  }
  facts.push(words.say("articlesN", tie.articles));
  facts.push(tie.first ? (tie.first === tie.last ? words.say("seenOnce", dayText(tie.first)) : words.say("seen", dayText(tie.first), dayText(tie.last))) : words.say("undated"));
  const others = known.tiesOf(a.id).filter((t) => t !== tie && known.other(t, a.id) === b.id && (t.source !== t.target));
  const split = tie.claims?.byStatus.map((n, i) => (n ? `${words.status(vocabulary.statuses[i])} ${n}` : "")).filter(Boolean) ?? [];
  return [
    header(app, [h("span", { class: "visually-hidden" }, `${a.name} ${words.relation(relation)} ${b.name}`), h("span", { "aria-hidden": "true" }, words.say("evidence"))]),
    h(
      "div",
      { class: "tie-head" },
      entityButton(app, a, "big"),
      h("div", { class: "tie-relation" }, lineMark(app, tie.relation, status), h("span", {}, words.relation(relation)), relation.symmetric ? "" : h("span", { "aria-hidden": "true" }, "→"), statusBadge(app, status)),
      entityButton(app, b, "big"),
    ),
    h("p", { class: "quiet meta" }, facts.join(" · ")),
    split.length > 1 ? h("p", { class: "quiet meta" }, split.join(" · ")) : h("span", { hidden: true }),
    evidence.length === 0
      ? h("p", { class: "quiet" }, words.say("noEvidence"))
      : h("p", { class: "quiet" }, evidence.length < tie.weight ? words.say("evidenceSome", evidence.length, words.number(tie.weight)) : ""),
    h("ol", { class: "evidences" }, evidence.map((e) => evidenceItem(app, e, tie))),
    others.length > 0 ? h("section", {}, h("h3", {}, words.say("otherTies")), h("ul", { class: "rows" }, others.map((t) => tieRow(app, t, null)))) : h("span", { hidden: true }),
  ];
}

// ---- paths

function pathForm(app: App, a: Entity | null, b: Entity | null): HTMLElement {
  const { words } = app;
  const done = async (): Promise<void> => {
    const [x, y] = [await from.settle(), await to.settle()];
    if (x && y && x !== y) app.history.set({ panel: "path", path: [x.key, y.key], entity: "", tie: "" });
    else (x ? to : from).input.focus();
  };
  // as soon as both are known there is nothing to press
  const step = (): void => void (from.chosen && to.chosen ? done() : from.chosen && to.input.focus());
  const from = combobox(app, words.say("from"), a, (e) => e && step(), { keep: true, placeholder: words.say("searchShort"), at: "path-from" });
  const to = combobox(app, words.say("to"), b, (e) => e && step(), { keep: true, placeholder: words.say("searchShort"), at: "path-to" });
  return h(
    "form",
    { class: "form", onsubmit: (e: Event) => { e.preventDefault(); void done(); } },
    from.element,
    to.element,
    h("button", { type: "submit", class: "button primary" }, words.say("find")),
  );
}

function pathPanel(app: App, state: State, paths: Path[]): HTMLElement[] {
  const { words, source } = app;
  const { known, vocabulary } = source;
  const [a, b] = (state.path ?? ["", ""]).map((key) => known.find(key) ?? null) as [Entity | null, Entity | null];
  const both = a && b;
  const co = vocabulary.relations.length - 1;
  const byCo = paths.length > 0 && paths.every((p) => p.ties.some((t) => known.ties[t]!.relation === co));
  const list = paths.map((path) => {
    const steps = path.ties.map((id, i) => {
      const tie = known.ties[id]!;
      const along = tie.source === path.entities[i];
      const relation = vocabulary.relations[tie.relation]!;
      const arrow = relation.symmetric ? "—" : along ? "→" : "←";
      return [
        h(
          "button",
          { type: "button", class: "row step", "data-at": `step ${id}`, onclick: () => app.openTie(tie) },
          lineMark(app, tie.relation, tie.claims?.status ?? -1),
          h("span", {}, `${arrow} ${words.relation(relation)}`),
          (tie.claims?.status ?? 0) > 0 && statusBadge(app, tie.claims!.status),
          h("span", { class: "quiet row-facts" }, `×${words.number(tie.weight)} ${dayText(tie.last)}`),
        ),
        entityButton(app, known.entity(path.entities[i + 1]!)),
      ];
    });
    const n = path.ties.length;
    return h("li", { class: "path" }, h("p", { class: "quiet" }, n === 1 ? words.say("pathStep") : words.say("pathSteps", n)), entityButton(app, known.entity(path.entities[0]!)), steps.flat());
  });
  return [
    header(app, [both ? words.say("pathTitle", a.name, b.name) : words.say("askConnect")]),
    pathForm(app, a, b),
    both && paths.length === 0 ? h("p", { class: "quiet" }, words.say("pathNone")) : h("span", { hidden: true }),
    byCo ? h("p", { class: "quiet" }, words.say("pathCo")) : h("span", { hidden: true }),
    h("ol", { class: "paths" }, list),
  ];
}

// ---- what changed

function changesForm(app: App, since: number, entity: Entity | null): HTMLElement {
  const { words, history } = app;
  const go = (who: Entity | null, day: number): void => history.set({ panel: "changes", since: day, entity: who?.key ?? "", tie: "", focus: who ? [who.key] : history.state.panel === "changes" ? [] : history.state.focus });
  const date = h("input", { type: "date", value: dayText(since), "aria-label": words.say("since"), "data-at": "changes-since", required: true });
  const now = (): number => dayNumber(date.value) || since;
  const who = combobox(app, words.say("searchShort"), entity, (e) => (e || history.state.panel === "changes") && go(e, now()), { keep: true, placeholder: words.say("anyEntity"), at: "changes-entity" });
  if (history.state.panel === "changes") date.addEventListener("change", () => dayNumber(date.value) && go(who.chosen, now()));
  return h(
    "form",
    { class: "form", onsubmit: (e: Event) => { e.preventDefault(); void who.settle().then((found) => go(found, now())); } },
    h("label", { class: "date-label" }, h("span", {}, words.say("since")), date),
    who.element,
    h("button", { type: "submit", class: "button primary" }, words.say("show")),
  );
}

const NAMES: Record<ChangeKind, Word> = {
  new: "changeNew",
  ended: "changeEnded",
  confirmed: "changeConfirmed",
  reversed: "changeReversed",
  stronger: "changeStronger",
  weaker: "changeWeaker",
};

const SHOWN_CHANGES = 12;

function changesPanel(app: App, since: number, entity: Entity | null, changes: Change[]): HTMLElement[] {
  const { words, source } = app;
  const { vocabulary } = source;
  const item = (c: Change): HTMLElement =>
    h(
      "li",
      { class: "change" },
      h("ul", { class: "rows" }, tieRow(app, c.tie, null)),
      c.before >= 0 && c.before !== c.after ? h("p", { class: "quiet note" }, words.say("wasNow", words.status(vocabulary.statuses[c.before]), words.status(vocabulary.statuses[c.after]))) : null,
      c.evidence ? sentence(app, c.evidence) : null,
    );
  const sections = CHANGES.map((kind) => {
    const own = changes.filter((c) => c.kind === kind);
    if (own.length === 0) return null;
    const list = h("ul", { class: "changes" }, own.slice(0, SHOWN_CHANGES).map(item));
    const rest = own.slice(SHOWN_CHANGES);
    const more = rest.length > 0 && h("button", { type: "button", class: "link", onclick: (e: Event) => { list.append(...rest.slice(0, 300).map(item)); (e.currentTarget as HTMLElement).remove(); } }, words.say("showMore", rest.length));
    return h("details", { class: "group", open: kind !== "stronger" || entity !== null }, h("summary", {}, h("h3", {}, words.say(NAMES[kind]), h("span", { class: "quiet" }, ` ${words.number(own.length)}`))), list, more);
  });
  return [
    header(app, [entity ? `${entity.name} · ` : "", words.say("changesTitle", dayText(since))]),
    changesForm(app, since, entity),
    changes.length === 0 ? h("p", { class: "quiet" }, words.say("changesNone")) : h("span", { hidden: true }),
    ...sections.filter((s) => s !== null),
  ];
}
