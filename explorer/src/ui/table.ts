// What is shown as a table: ties or entities, sorted by any column, taken away as CSV.

import type { App } from "../app";
import type { Entity, Tie } from "../data/types";
import { download, fill, h } from "../dom";
import { dayText, type Word } from "../i18n";
import { csv } from "../files";
import type { Shown } from "../shown";
import { entityButton, lineMark, statusBadge } from "./parts";

interface Column<T> {
  word: Word;
  value(item: T): string | number;
  cell?(item: T): (Node | string | null)[];
  number?: boolean;
}

const PAGE = 100;

export class Table {
  private what: "ties" | "entities" = "ties";
  private sort: { word: Word; down: boolean } = { word: "weightTitle", down: true };
  private pages = 1;
  private shown: Shown = { entities: [], ties: [], status: new Map(), fresh: new Set(), more: 0 };

  constructor(
    private readonly app: App,
    private readonly element: HTMLElement,
  ) {}

  show(shown: Shown, seen: boolean): void {
    this.shown = shown;
    this.pages = 1;
    if (seen) this.draw();
    else this.element.replaceChildren();
  }

  private tieColumns(): Column<Tie>[] {
    const { app } = this;
    const { known, vocabulary } = app.source;
    const status = (t: Tie): number => this.shown.status.get(t.id) ?? t.claims?.status ?? -1;
    const relation = (t: Tie): string => app.words.relation(vocabulary.relations[t.relation]!);
    return [
      { word: "subject", value: (t) => known.entity(t.source).name, cell: (t) => [entityButton(app, known.entity(t.source))] },
      {
        word: "relation",
        value: relation,
        cell: (t) => [h("button", { type: "button", class: "name", "aria-label": `${relation(t)}: ${app.words.say("evidence")}`, onclick: () => app.openTie(t) }, lineMark(app, t.relation, status(t)), relation(t))],
      },
      { word: "object", value: (t) => known.entity(t.target).name, cell: (t) => [entityButton(app, known.entity(t.target))] },
      { word: "status", value: (t) => (status(t) < 0 ? "" : app.words.status(vocabulary.statuses[status(t)])), cell: (t) => [statusBadge(app, status(t))] },
      { word: "weightTitle", value: (t) => t.weight, number: true },
      { word: "articles", value: (t) => t.articles, number: true },
      { word: "first", value: (t) => dayText(t.first) },
      { word: "last", value: (t) => dayText(t.last) },
    ];
  }

  private entityColumns(): Column<Entity>[] {
    const { app } = this;
    const { vocabulary } = app.source;
    return [
      { word: "name", value: (e) => e.name, cell: (e) => [entityButton(app, e)] },
      { word: "kind", value: (e) => app.words.of(vocabulary.kinds[e.kind]!) },
      { word: "importance", value: (e) => Math.round(e.pagerank * 1e5) / 100, number: true },
      { word: "degree", value: (e) => e.degree, number: true },
      { word: "articles", value: (e) => e.articles, number: true },
      { word: "mentions", value: (e) => e.mentions, number: true },
      { word: "community", value: (e) => e.community || "", number: true },
      { word: "first", value: (e) => dayText(e.first) },
      { word: "last", value: (e) => dayText(e.last) },
    ];
  }

  private sorted<T extends { id: number }>(items: T[], columns: Column<T>[]): T[] {
    const column = columns.find((c) => c.word === this.sort.word);
    if (!column) return items;
    const order = new Intl.Collator(this.app.words.language === "zh" ? "zh-CN" : "en", { numeric: true });
    const sign = this.sort.down ? -1 : 1;
    const keys = new Map(items.map((i) => [i, column.value(i)]));
    return [...items].sort((a, b) => {
      const [x, y] = [keys.get(a)!, keys.get(b)!];
      const way = typeof x === "number" && typeof y === "number" ? x - y : order.compare(String(x), String(y));
      return sign * way || a.id - b.id;
    });
  }

  private draw(): void {
    if (this.what === "ties") this.fill(this.shown.ties, this.tieColumns());
    else this.fill(this.shown.entities, this.entityColumns());
  }

  private fill<T extends { id: number }>(items: T[], columns: Column<T>[]): void {
    const { words } = this.app;
    const all = this.sorted(items, columns);
    const rows = all.slice(0, PAGE * this.pages);
    const head = columns.map((c) => {
      const now = this.sort.word === c.word;
      const change = (): void => {
        this.sort = { word: c.word, down: now ? !this.sort.down : c.number === true };
        this.draw();
      };
      return h(
        "th",
        { scope: "col", class: c.number ? "number" : "", "aria-sort": now ? (this.sort.down ? "descending" : "ascending") : "none" },
        h("button", { type: "button", "data-at": `sort ${c.word}`, onclick: change }, words.say(c.word), h("span", { class: "sort", "aria-hidden": "true" }, now ? (this.sort.down ? " ↓" : " ↑") : "")),
      );
    });
    const body = rows.map((item) =>
      h(
        "tr",
        {},
        columns.map((c, i) => h(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : { class: c.number ? "number" : "" }, c.cell ? c.cell(item) : typeof c.value(item) === "number" ? words.number(c.value(item) as number) : h("bdi", {}, String(c.value(item))))),
      ),
    );
    const tab = (what: "ties" | "entities", n: number): HTMLElement =>
      h("button", { type: "button", class: "tab", "data-at": `table ${what}`, "aria-pressed": String(this.what === what), onclick: () => { this.what = what; this.sort = { word: what === "ties" ? "weightTitle" : "importance", down: true }; this.pages = 1; this.draw(); } }, words.say(what), h("span", { class: "quiet" }, ` ${words.number(n)}`));
    const rest = all.length - rows.length;
    fill(
      this.element,
      h(
        "div",
        { class: "table-bar" },
        tab("ties", this.shown.ties.length),
        tab("entities", this.shown.entities.length),
        h("button", { type: "button", class: "button", "data-at": "csv", onclick: () => this.save() }, words.say("exportCsv")),
      ),
      h(
        "div",
        { class: "table-scroll", tabindex: 0, role: "region", "aria-label": words.say("table") },
        h("table", {}, h("caption", { class: "visually-hidden" }, `${words.say(this.what)}. ${words.say("sortedBy")}`), h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)),
        all.length === 0 && h("p", { class: "quiet empty" }, words.say("empty")),
        rest > 0 && h("button", { type: "button", class: "link", "data-at": "table more", onclick: () => { this.pages += 5; this.draw(); } }, words.say("showMore", Math.min(rest, PAGE * 5))),
      ),
    );
  }

  /** The table as a CSV file, all its rows. */
  save(): void {
    const { words } = this.app;
    const rows = <T extends { id: number }>(items: T[], columns: Column<T>[]): (string | number)[][] => [columns.map((c) => words.say(c.word)), ...this.sorted(items, columns).map((item) => columns.map((c) => c.value(item)))];
    const content = this.what === "ties" ? rows(this.shown.ties, this.tieColumns()) : rows(this.shown.entities, this.entityColumns());
    const name = `guanxi-${this.what}.csv`;
    download(name, "text/csv", csv(content));
    this.app.say(words.say("exported", name), true);
  }
}
