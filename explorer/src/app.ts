// The page as a whole: bars, panels, picture and table around one state.

import type { Source } from "./data/source";
import type { Entity, Path, Tie } from "./data/types";
import { download, fill, h, icon } from "./dom";
import { PALETTE, type Theme } from "./draw/style";
import { View } from "./draw/view";
import { dot, json, png, svgText } from "./files";
import { type Language, type Word, Words } from "./i18n";
import { type Beyond, onDay, shown, type Shown, test, tieName } from "./shown";
import { decode, encode, History, START, type State } from "./state";
import { combobox } from "./ui/combobox";
import { filters } from "./ui/filters";
import { panel, sinceOf } from "./ui/panel";
import { Table } from "./ui/table";
import { TimeBar } from "./ui/time";

const NOTHING: Shown = { entities: [], ties: [], status: new Map(), fresh: new Set(), more: 0 };

export class App {
  readonly history: History;
  readonly words: Words;
  theme: Theme;
  view: View | null = null;
  private whole: Shown = NOTHING;
  private now: Shown = NOTHING;
  private paths: Path[] = [];
  /** What a server says of entities that are not here, and which are to be shown. */
  private beyond: Beyond = { near: 0, overview: null };
  /** Ties that changed since the day asked about. */
  private changed = new Set<number>();
  private table!: Table;
  private time!: TimeBar;
  private turn = 0;
  /** For tests: whether all that was asked for is shown. */
  quiet = false;
  private undo: HTMLButtonElement | null = null;
  private redo: HTMLButtonElement | null = null;
  private tabs: HTMLElement[] = [];
  private readonly parts: Record<"bar" | "filters" | "stage" | "canvas" | "table" | "side" | "time" | "live" | "tools" | "facts" | "toast", HTMLElement>;

  constructor(
    readonly source: Source,
    private readonly root: HTMLElement,
  ) {
    const language = recall("guanxi-language") ?? ((navigator.language || "en").startsWith("zh") ? "zh" : "en");
    this.words = new Words(language === "zh" ? "zh" : "en");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const theme = recall("guanxi-theme");
    this.theme = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
    dark.addEventListener("change", () => !recall("guanxi-theme") && this.setTheme(dark.matches ? "dark" : "light"));
    // a phone has room for fewer
    const first = location.hash.length > 1 || innerWidth >= 720 ? decode(location.hash) : { ...START, top: 50 };
    this.history = new History(first);
    this.parts = {
      bar: h("header", { class: "bar" }),
      filters: h("aside", { class: "filters", id: "filters" }),
      stage: h("main", { class: "stage", id: "stage" }),
      canvas: h("div", { class: "canvas", tabindex: 0, role: "application" }),
      table: h("div", { class: "table" }),
      side: h("aside", { class: "side", id: "side" }),
      time: h("section", { class: "time" }),
      live: h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" }),
      tools: h("div", { class: "zoom" }),
      facts: h("div", { class: "facts-bar" }),
      toast: h("div", { class: "toast", hidden: true, "aria-hidden": "true" }),
    };
    this.build();
    this.history.listen((state, before) => {
      remember(state);
      void this.update(state, before);
    });
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) !== encode(this.history.state)) this.history.replace(decode(location.hash));
    });
    addEventListener("keydown", (e) => this.key(e));
    new ResizeObserver(() => this.view?.resize()).observe(this.parts.canvas);
  }

  private build(): void {
    const { parts } = this;
    parts.stage.append(parts.canvas, parts.table, parts.tools, parts.facts);
    this.root.replaceChildren(parts.bar, parts.filters, parts.stage, parts.side, parts.time, parts.live, parts.toast);
    this.table = new Table(this, parts.table);
    this.time = new TimeBar(this, parts.time);
    try {
      this.view = new View(parts.canvas, this.source, this.words, {
        openEntity: (e) => this.openEntity(e),
        expand: (e) => this.toggle(e, true),
        openTie: (t) => this.openTie(t),
        openNothing: () => {
          const { panel: now } = this.history.state;
          if (now === "entity" || now === "tie") this.closePanel();
        },
        say: (text) => this.say(text),
      });
    } catch {
      this.view = null;
      parts.canvas.remove();
      parts.tools.remove();
    }
  }

  async start(): Promise<void> {
    this.dress();
    await this.update(this.history.state, null);
  }

  /** What does not change with the state: words, colours, bars. */
  private dress(): void {
    const { words, parts } = this;
    document.documentElement.lang = words.language === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset["theme"] = this.theme;
    document.querySelector('meta[name="theme-color"]')?.setAttribute("content", PALETTE[this.theme].paper);
    parts.filters.setAttribute("aria-label", words.say("filters"));
    parts.side.setAttribute("aria-label", words.say("details"));
    parts.time.setAttribute("aria-label", words.say("time"));
    const tool = (name: string, word: Word, act: () => void, at = name): HTMLButtonElement => h("button", { type: "button", class: "tool", title: words.say(word), "aria-label": words.say(word), "data-at": at, onclick: act }, icon(name));
    fill(parts.tools, tool("plus", "zoomIn", () => this.view?.zoom(0.7)), tool("minus", "zoomOut", () => this.view?.zoom(1.4)), tool("fit", "fit", () => this.view?.fit()));
    const search = combobox(this, words.say("search"), null, (e) => e && this.openEntity(e, true), { keep: false, placeholder: innerWidth < 720 ? words.say("searchShort") : words.say("search"), at: "search" });
    this.undo = tool("undo", "undo", () => this.history.undo());
    this.redo = tool("redo", "redo", () => this.history.redo());
    const tab = (value: State["view"]): HTMLElement => h("button", { type: "button", class: "tab", "data-at": `view ${value}`, disabled: value === "graph" && !this.view, onclick: () => this.history.set({ view: value }) }, words.say(value));
    this.tabs = [tab("graph"), tab("table")];
    fill(
      parts.bar,
      h("h1", { class: "brand" }, h("button", { type: "button", class: "brand-button", "data-at": "home", "aria-label": `guanxi: ${words.say("start")}`, onclick: () => this.home() }, h("span", { class: "brand-mark", "aria-hidden": "true" }, "关系"), h("span", { class: "brand-name" }, "guanxi"))),
      h("button", { type: "button", class: "tool narrow-only", "data-at": "filters", "aria-controls": "filters", "aria-label": words.say("filters"), title: words.say("filters"), onclick: () => this.sheet("filters") }, icon("filter")),
      h("div", { class: "search", role: "search" }, search.element),
      h("div", { class: "tabs", role: "group", "aria-label": words.say("open") }, this.tabs),
      h("div", { class: "tools", role: "group", "aria-label": words.say("actions") }, this.undo, this.redo, tool("link", "copyLink", () => void this.share()), this.exports(), tool("theme", "theme", () => this.setTheme(this.theme === "dark" ? "light" : "dark")), h("button", { type: "button", class: "tool text", "data-at": "language", lang: words.language === "zh" ? "en" : "zh-CN", onclick: () => this.setLanguage(words.language === "zh" ? "en" : "zh") }, words.say("language"))),
    );
  }

  /** What the bar shows of the state. */
  private mark(): void {
    const { state } = this.history;
    if (this.undo) this.undo.disabled = !this.history.canUndo;
    if (this.redo) this.redo.disabled = !this.history.canRedo;
    const table = state.view === "table" || !this.view;
    this.tabs.forEach((tab, i) => tab.setAttribute("aria-pressed", String(table === (i === 1))));
  }

  private exports(): HTMLElement {
    const { words } = this;
    const item = (word: Word, act: () => unknown, needs = true): HTMLElement | null => (needs ? h("li", {}, h("button", { type: "button", class: "row", "data-at": word, onclick: () => { details.open = false; void act(); } }, words.say(word))) : null);
    const details = h(
      "details",
      { class: "menu" },
      h("summary", { class: "tool text", "data-at": "export" }, icon("save"), h("span", { class: "wide-only" }, words.say("export")), h("span", { class: "visually-hidden narrow-text" }, words.say("export"))),
      h(
        "ul",
        { class: "menu-list" },
        item("exportSvg", () => this.savePicture("svg"), this.view !== null),
        item("exportPng", () => this.savePicture("png"), this.view !== null),
        item("exportDot", () => this.save("guanxi.dot", "text/vnd.graphviz", dot(this.now, this.source, words))),
        item("exportJson", async () => this.save("guanxi.json", "application/json", await json(this.now, this.source))),
        item("exportCsv", () => this.table.save()),
      ),
    );
    details.addEventListener("focusout", (e) => {
      if (!details.contains(e.relatedTarget as Node | null)) details.open = false;
    });
    details.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && details.open) {
        e.stopPropagation();
        details.open = false;
        details.querySelector("summary")!.focus();
      }
    });
    return details;
  }

  private async update(state: State, before: State | null): Promise<void> {
    const mine = ++this.turn;
    this.quiet = false;
    const { source } = this;
    await this.told(this.gather(state));
    if (mine !== this.turn) return;
    this.whole = shown(source, state.panel === "tie" && state.path ? { ...state, panel: "path" } : state, this.paths, this.beyond);
    const wholeChanged = !before || encode({ ...before, at: 0 }) !== encode({ ...state, at: 0 });
    if (wholeChanged) this.time.show(this.whole);
    this.now = onDay(this.whole, state, this.time.recent(state.at));
    this.time.mark();
    const table = state.view === "table" || !this.view;
    this.parts.table.hidden = !table;
    this.parts.canvas.hidden = table;
    this.parts.tools.hidden = table;
    this.root.dataset["view"] = table ? "table" : "graph";
    this.table.show(this.now, table);
    if (!table) {
      const emphasis = new Set(this.paths.flatMap((p) => p.ties));
      this.view!.show(this.now, this.whole, state, this.theme, state.panel === "path" ? emphasis : this.changed);
    }
    this.figures();
    if (!before || encode({ ...before, at: 0, tie: "", entity: "" }) !== encode({ ...state, at: 0, tie: "", entity: "" })) filters(this, this.parts.filters);
    if (!before || wholeChanged) {
      await this.told(panel(this, this.parts.side, this.paths));
      if (mine !== this.turn) return;
      if (before && (before.panel !== state.panel || before.entity !== state.entity || before.tie !== state.tie)) {
        this.parts.side.scrollTop = 0;
        this.say(this.parts.side.querySelector(".panel-title")?.textContent ?? "");
        if (state.panel !== "start") this.sheet("side");
      }
    }
    this.mark();
    document.title = this.title();
    this.root.dataset["ready"] = String(mine);
    this.quiet = true;
  }

  /** Waits; where a server does not answer, says so, and what is known stays. */
  private async told(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.say(this.words.say("noAnswer", error instanceof Error ? error.message : String(error)), true);
    }
  }

  /** Sees to it that what the state is about is known. */
  private async gather(state: State): Promise<void> {
    const { source } = this;
    const [a, , b] = state.tie.split("|");
    const others = [state.entity, ...(state.path ?? []), a ?? "", b ?? ""].filter((key) => key !== "" && !state.focus.includes(key));
    const [near] = await Promise.all([source.neighbours(state.focus, state), source.neighbours([...new Set(others)], state)]);
    const overview = state.focus.length === 0 && state.panel !== "path" ? await source.overview(state.top, state.community, state) : null;
    this.beyond = { near, overview };
    this.paths = state.panel === "path" || (state.panel === "tie" && state.path) ? await this.findPaths(state) : [];
    this.changed.clear();
    if (state.panel === "changes") {
      const found = await source.changes(sinceOf(source, state), source.known.find(state.entity) ?? null);
      this.changed = new Set(found.filter((c) => c.kind !== "stronger").map((c) => c.tie.id));
    }
  }

  private async findPaths(state: State): Promise<Path[]> {
    const [a, b] = (state.path ?? []).map((key) => this.source.known.find(key));
    if (!a || !b) return [];
    const filter = test(this.source, state);
    const found = await this.source.path(a, b, { allowed: filter.tie, narrow: state, limit: 4 });
    const length = found[0]?.ties.length ?? Infinity;
    if (length <= 3 || state.relations) return found;
    // far apart: co-mentions may lead there sooner, and are said to be what they are
    const all = this.source.vocabulary.relations.map((r) => r.name);
    const near = await this.source.path(a, b, { allowed: test(this.source, state, all).tie, narrow: { ...state, relations: all }, limit: 3 });
    return [...found, ...near.filter((p) => p.ties.length < length)];
  }

  private figures(): void {
    const { words, now, source } = this;
    const parts = [words.say("entitiesN", words.number(now.entities.length)), words.say("tiesN", words.number(now.ties.length))] as const;
    this.parts.canvas.setAttribute("aria-label", words.say("graphLabel", ...parts));
    const more = now.more > 0 && h("button", { type: "button", class: "link", "data-at": "more", disabled: this.history.state.top === 0, onclick: () => this.history.set({ top: this.history.state.top * 2 > 1000 ? 0 : this.history.state.top * 2 }) }, words.say("more", words.number(now.more)));
    const message = !this.view ? h("p", { class: "notice", role: "alert" }, words.say("noWebgl")) : now.ties.length === 0 && source.known.entities.length > 0 ? h("p", { class: "notice" }, words.say("empty"), " ", h("button", { type: "button", class: "link", onclick: () => this.home() }, words.say("overview"))) : null;
    fill(this.parts.facts, message, h("span", {}, parts.join(" · ")), more);
  }

  private title(): string {
    const { state } = this.history;
    const { known } = this.source;
    const focus = state.path ?? (state.entity ? [state.entity] : state.focus);
    const names = focus.map((key) => known.find(key)?.name).filter(Boolean);
    return [names.join(" – "), this.words.say("title"), "guanxi"].filter(Boolean).join(" · ");
  }

  // ---- what the parts ask for

  /** Shows an entity's profile; `centre` also makes it what the picture is around, unless it is seen already. */
  openEntity(entity: Entity, centre = false): void {
    const seen = this.now.entities.includes(entity);
    const focus = centre || !seen ? [entity.key] : this.history.state.focus;
    this.history.set({ panel: "entity", entity: entity.key, tie: "", path: null, focus });
  }

  openTie(tie: Tie): void {
    const seen = this.now.ties.includes(tie);
    const { state } = this.history;
    const focus = seen || state.path ? state.focus : [this.source.known.entity(tie.source).key, this.source.known.entity(tie.target).key];
    this.history.set({ panel: "tie", tie: tieName(this.source, tie), focus });
  }

  /** Adds an entity's neighbours to what is shown, or takes them away. */
  toggle(entity: Entity, add = false): void {
    const { focus } = this.history.state;
    const has = focus.includes(entity.key);
    if (has && add) return;
    this.history.set({ panel: "entity", entity: entity.key, tie: "", path: null, focus: has ? focus.filter((k) => k !== entity.key) : [...focus, entity.key] });
  }

  closePanel(): void {
    const { state } = this.history;
    if (state.panel === "tie" && state.path) this.history.set({ panel: "path", tie: "" });
    else if (state.panel === "tie" && state.entity) this.history.set({ panel: "entity", tie: "" });
    else this.history.set({ panel: "start", entity: "", tie: "", path: null });
    this.sheet(null);
  }

  home(): void {
    this.history.set({ ...START, color: this.history.state.color });
    this.sheet(null);
  }

  /** On narrow screens: which panel lies over the picture. */
  sheet(name: "filters" | "side" | null): void {
    const now = this.root.dataset["sheet"];
    if (name && now !== name) this.root.dataset["sheet"] = name;
    else if (!(name === "side" && now === "side")) delete this.root.dataset["sheet"];
  }

  /** Tells those who listen, and with `visibly` those who look. */
  say(text: string, visibly = false): void {
    this.parts.live.textContent = text;
    if (!visibly) return;
    const { toast } = this.parts;
    toast.textContent = text;
    toast.hidden = false;
    setTimeout(() => (toast.hidden = true), 2400);
  }

  private setTheme(theme: Theme): void {
    this.theme = theme;
    keep("guanxi-theme", theme);
    this.redraw();
  }

  private setLanguage(language: Language): void {
    this.words.language = language;
    keep("guanxi-language", language);
    this.redraw();
  }

  private redraw(): void {
    this.dress();
    void this.update(this.history.state, null);
  }

  private async share(): Promise<void> {
    const link = `${location.href.split("#")[0]}#${encode(this.history.state)}`;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // without leave for the clipboard: the old way
      const field = h("textarea", { value: link, class: "visually-hidden", "aria-hidden": "true" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    this.say(this.words.say("copied"), true);
  }

  private save(name: string, type: string, content: BlobPart): void {
    download(name, type, content);
    this.say(this.words.say("exported", name), true);
  }

  private async savePicture(kind: "svg" | "png"): Promise<void> {
    if (!this.view) return;
    if (this.history.state.view === "table") {
      this.history.set({ view: "graph" });
      await new Promise((done) => setTimeout(done, 300));
    }
    const text = svgText(this.view, this.source, this.words, this.theme, this.title());
    if (kind === "svg") this.save("guanxi.svg", "image/svg+xml", text);
    else this.save("guanxi.png", "image/png", await png(text));
  }

  private key(e: KeyboardEvent): void {
    const typing = e.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
    if ((e.ctrlKey || e.metaKey) && !typing && e.key.toLowerCase() === "z") {
      e.preventDefault();
      if (e.shiftKey) this.history.redo();
      else this.history.undo();
    } else if ((e.ctrlKey || e.metaKey) && !typing && e.key.toLowerCase() === "y") {
      e.preventDefault();
      this.history.redo();
    } else if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      this.parts.bar.querySelector<HTMLInputElement>(".search input")?.focus();
    } else if (e.key === "Escape" && this.history.state.panel !== "start") this.closePanel();
  }
}

function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // a page opened from disk may not be allowed to keep anything
  }
}

function remember(state: State): void {
  try {
    history.replaceState(null, "", `#${encode(state)}`);
  } catch {
    // the same
  }
}
