// The picture: sigma draws marks and ties, this keeps places, names on top, what is pointed at, and the keyboard.

import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import type { Source } from "../data/source";
import type { Entity, Tie } from "../data/types";
import type { Words } from "../i18n";
import type { Shown } from "../shown";
import type { State } from "../state";
import { type Candidate, fontOf, place, type Placed, short, Taken, width } from "./labels";
import { layout, MOST, type Places } from "./layout";
import { ring, stroke, tip } from "./pointer";
import { type Line, type Mark, ShapeProgram, ThinProgram, TieProgram } from "./programs";
import { communityColor, kindColor, mix, PALETTE, pattern, relationColor, SHAPES, type Theme } from "./style";

export interface Handlers {
  openEntity(entity: Entity): void;
  expand(entity: Entity): void;
  openTie(tie: Tie): void;
  openNothing(): void;
  say(text: string): void;
}

/** A tie as it is drawn, in pixels. */
export interface Drawn {
  tie: Tie;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  thickness: number;
  pattern: number;
  arrow: boolean;
  color: string;
  text: string;
}

export interface DrawnMark {
  entity: Entity;
  x: number;
  y: number;
  radius: number;
  color: string;
}

type Look = { size: number; color: string; shape: number; faded: boolean };

/** So many entities are always named, if they do not cover one another's names. */
const FOREMOST = 16;

/** So many that are out of the question keep their names, faint, so that one knows where one is. */
const LANDMARKS = 24;

/** More ties than this and arrow heads are left out, and dashes too until one looks closer than NEAR. */
const HEADS = 6000;
const NEAR = 0.35;

export class View {
  private renderer: Sigma;
  private graph = new MultiDirectedGraph();
  private shown: Shown = { entities: [], ties: [], status: new Map(), fresh: new Set(), more: 0 };
  private places: Places = new Map();
  private box: { x: [number, number]; y: [number, number] } = { x: [-1, 1], y: [-1, 1] };
  private offsets = new Map<number, number>();
  private sizes = new Map<number, number>();
  private order: Entity[] = [];
  private hovered: Entity | null = null;
  private hoveredTie: Tie | null = null;
  private cursor: Entity | null = null;
  private chosen = new Set<number>();
  private near = new Set<number>();
  private chosenTie = -1;
  private emphasis = new Set<number>();
  private over: CanvasRenderingContext2D;
  private theme: Theme = "light";
  /** None before the first `show`. */
  private state!: State;
  private dragged: Entity | null = null;
  private moved = false;
  private thin = false;

  constructor(
    private readonly container: HTMLElement,
    private readonly source: Source,
    private readonly words: Words,
    private readonly handlers: Handlers,
  ) {
    this.renderer = new Sigma(this.graph, container, {
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: false,
      allowInvalidContainer: true,
      autoCenter: true,
      stagePadding: 48,
      minCameraRatio: 0.01,
      maxCameraRatio: 4,
      zoomToSizeRatioFunction: (ratio) => Math.pow(ratio, 0.55),
      zIndex: false,
      defaultNodeType: "shape",
      defaultEdgeType: "tie",
      nodeProgramClasses: { shape: ShapeProgram },
      nodeHoverProgramClasses: { shape: ShapeProgram },
      edgeProgramClasses: { tie: TieProgram, thin: ThinProgram },
      defaultDrawNodeHover: () => {},
      nodeReducer: (id, data) => ({ ...data, ...this.mark(Number(id)) }),
      edgeReducer: (id) => this.line(Number(id)),
    });
    const options = { beforeLayer: "mouse" } as Parameters<Sigma["createCanvasContext"]>[1];
    this.renderer.createCanvasContext("over", options);
    this.renderer.resize(true);
    this.over = this.renderer.getCanvases()["over"]!.getContext("2d")!;
    for (const canvas of Object.values(this.renderer.getCanvases())) canvas.setAttribute("aria-hidden", "true");
    this.renderer.on("afterRender", () => {
      if (!this.state) return;
      this.names();
      this.overlay();
    });
    this.renderer.getCamera().on("updated", () => {
      if (!this.state || this.thin === this.many()) return;
      this.thin = this.many();
      this.renderer.scheduleRefresh();
    });
    this.listen();
  }

  private listen(): void {
    const { renderer } = this;
    const entity = (node: string): Entity => this.source.known.entity(Number(node));
    renderer.on("enterNode", ({ node }) => this.hover(entity(node), null));
    renderer.on("leaveNode", () => this.hover(null, null));
    renderer.on("clickNode", ({ node }) => {
      if (!this.moved) this.handlers.openEntity(entity(node));
    });
    renderer.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      this.handlers.expand(entity(node));
    });
    renderer.on("clickStage", ({ event }) => {
      const tie = this.tieAt(event.x, event.y);
      if (tie) this.handlers.openTie(tie);
      else this.handlers.openNothing();
    });
    renderer.on("doubleClickStage", ({ event, preventSigmaDefault }) => {
      if (this.tieAt(event.x, event.y)) preventSigmaDefault();
    });
    renderer.on("downNode", ({ node }) => {
      this.dragged = entity(node);
      this.moved = false;
    });
    renderer.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (this.dragged) {
        preventSigmaDefault();
        event.original.preventDefault();
        this.drag(event.x, event.y);
      } else if (!this.hovered && !renderer.getCamera().isAnimated()) {
        this.hover(null, this.tieAt(event.x, event.y));
      }
    });
    const end = (): void => {
      this.dragged = null;
    };
    renderer.on("upNode", end);
    renderer.on("upStage", end);
    this.container.addEventListener("keydown", (e) => this.key(e));
    this.container.addEventListener("focus", () => this.overlay());
    this.container.addEventListener("blur", () => this.overlay());
  }

  private drag(x: number, y: number): void {
    const at = this.renderer.viewportToGraph({ x, y });
    const old = this.renderer.graphToViewport({ x: this.at(this.dragged!)[0], y: this.at(this.dragged!)[1] });
    if (!this.moved && Math.hypot(old.x - x, old.y - y) < 4) return;
    this.moved = true;
    this.places.set(this.dragged!.id, [at.x, at.y]);
    this.graph.mergeNodeAttributes(String(this.dragged!.id), { x: at.x, y: at.y });
  }

  private at(entity: Entity): [number, number] {
    return this.places.get(entity.id) ?? [entity.x, entity.y];
  }

  /** Shows something else. `whole` is what the picture is laid out for: all of it, whatever the day looked at. */
  show(shown: Shown, whole: Shown, state: State, theme: Theme, emphasis: Set<number>): void {
    const fresh = this.arrange(whole);
    const same =
      shown.entities.length === this.shown.entities.length &&
      shown.ties.length === this.shown.ties.length &&
      shown.entities.every((e, i) => e.id === this.shown.entities[i]!.id) &&
      shown.ties.every((t, i) => t.id === this.shown.ties[i]!.id);
    this.shown = shown;
    this.state = state;
    this.emphasis = emphasis;
    this.theme = theme;
    const paper = Number.parseInt(PALETTE[theme].paper.slice(1), 16);
    ShapeProgram.paper = [((paper >> 16) & 255) / 255, ((paper >> 8) & 255) / 255, (paper & 255) / 255];
    TieProgram.heads = shown.ties.length <= HEADS;
    this.thin = this.many();
    this.choose();
    this.hovered = null;
    this.hoveredTie = null;
    if (same && !fresh && this.graph.order === shown.entities.length) {
      this.renderer.refresh({ skipIndexation: true });
      return;
    }
    const graph = new MultiDirectedGraph();
    for (const e of shown.entities) {
      const [x, y] = this.at(e);
      graph.addNode(String(e.id), { x, y });
    }
    for (const t of shown.ties) graph.addDirectedEdgeWithKey(String(t.id), String(t.source), String(t.target));
    // a setting or a box alone would have sigma draw the old graph once more
    const hide = shown.ties.length > 25_000;
    if (this.renderer.getSetting("hideEdgesOnMove") !== hide) this.renderer.setSetting("hideEdgesOnMove", hide);
    this.graph = graph;
    this.renderer.setCustomBBox(this.box);
    if (fresh) this.renderer.getCamera().setState({ x: 0.5, y: 0.5, angle: 0, ratio: 1 });
    this.renderer.setGraph(graph);
  }

  /** Finds places where they are needed; says whether the picture is a new one. */
  private arrange(whole: Shown): boolean {
    const known = whole.entities.filter((e) => this.sizes.has(e.id)).length;
    const fits = known === whole.entities.length && known > 0.6 * this.sizes.size;
    this.order = [...whole.entities].sort((a, b) => b.pagerank - a.pagerank || a.id - b.id);
    this.beside(whole.ties);
    if (fits) return false;
    const { width: w, height: h } = this.renderer.getDimensions();
    const most = this.order[0]?.pagerank || 1;
    const n = whole.entities.length;
    const [least, span] = n > 4000 ? [1.3, 7] : n > 1200 ? [1.8, 10] : n > 300 ? [2.6, 13] : n > 60 ? [4, 14] : [6, 14];
    // where all are about as important, or the window is small, marks are smaller: an eighth of it at most
    const radius = (e: Entity): number => least + span * Math.sqrt(e.pagerank / most);
    const area = whole.entities.reduce((sum, e) => sum + Math.PI * radius(e) ** 2, 0);
    const small = Math.max(0.35, Math.min(1, Math.sqrt((w * h) / 8 / Math.max(area, 1)), Math.sqrt(w * h) / 720));
    this.sizes = new Map(whole.entities.map((e) => [e.id, small * radius(e)]));
    this.places = n <= MOST ? layout(whole.entities, whole.ties, (e) => this.sizes.get(e.id)!, w, h) : new Map();
    let [x1, x2, y1, y2] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const e of whole.entities) {
      const [x, y] = this.at(e);
      x1 = Math.min(x1, x);
      x2 = Math.max(x2, x);
      y1 = Math.min(y1, y);
      y2 = Math.max(y2, y);
    }
    if (n === 0) [x1, x2, y1, y2] = [-1, 1, -1, 1];
    // few entities must not fill the whole window
    const rest = n <= MOST ? Math.max(0, Math.min(w, 900) * 0.8 - (x2 - x1)) / 2 : (x2 - x1) * 0.01;
    const high = n <= MOST ? Math.max(0, Math.min(h, 700) * 0.8 - (y2 - y1)) / 2 : (y2 - y1) * 0.01;
    this.box = { x: [x1 - rest, x2 + rest], y: [y1 - high, y2 + high] };
    return true;
  }

  /** Ties of the same two entities run side by side. */
  private beside(ties: Tie[]): void {
    const pairs = new Map<string, Tie[]>();
    for (const t of ties) {
      const name = t.source < t.target ? `${t.source} ${t.target}` : `${t.target} ${t.source}`;
      const list = pairs.get(name);
      if (list) list.push(t);
      else pairs.set(name, [t]);
    }
    this.offsets.clear();
    for (const list of pairs.values()) {
      if (list.length === 1) continue;
      list.forEach((t, i) => {
        const offset = (i - (list.length - 1) / 2) * 6;
        this.offsets.set(t.id, t.source < t.target ? offset : -offset);
      });
    }
  }

  private choose(): void {
    this.chosen.clear();
    this.near.clear();
    this.chosenTie = -1;
    const { known } = this.source;
    const { state } = this;
    if (state.panel === "entity" || state.panel === "changes") {
      const e = known.find(state.entity);
      if (e && this.shown.entities.includes(e)) this.chosen.add(e.id);
    }
    if (state.panel === "tie" && state.tie) {
      const [a, relation, b] = state.tie.split("|");
      const tie = this.shown.ties.find(
        (t) =>
          known.entity(t.source).key === a &&
          known.entity(t.target).key === b &&
          this.source.vocabulary.relations[t.relation]!.name === relation,
      );
      if (tie) {
        this.chosenTie = tie.id;
        this.chosen.add(tie.source).add(tie.target);
      }
    }
    for (const t of this.shown.ties) {
      if (this.chosenTie >= 0) continue;
      if (this.emphasis.size > 0) {
        if (this.emphasis.has(t.id)) this.near.add(t.source).add(t.target);
        continue;
      }
      if (this.chosen.has(t.source)) this.near.add(t.target);
      if (this.chosen.has(t.target)) this.near.add(t.source);
    }
  }

  /** Whether ties are drawn as mere lines: there are very many, and they are seen from afar. */
  private many(): boolean {
    return this.shown.ties.length > HEADS && this.renderer.getCamera().ratio > NEAR;
  }

  private faded(entity: Entity): boolean {
    return (this.chosen.size > 0 || this.emphasis.size > 0) && !this.chosen.has(entity.id) && !this.near.has(entity.id);
  }

  private entityLook(entity: Entity): Look {
    const { theme } = this;
    const color = this.state.color === "community" ? communityColor(entity.community, theme) : kindColor(entity.kind, theme);
    const faded = this.faded(entity);
    return {
      size: this.sizes.get(entity.id) ?? 5,
      color: faded ? mix(color, PALETTE[theme].paper, 0.72) : color,
      shape: entity.kind % SHAPES.length,
      faded,
    };
  }

  private tieLook(tie: Tie): { size: number; color: string; pattern: number; faded: boolean; strong: boolean } {
    const { theme } = this;
    const { relations } = this.source.vocabulary;
    const co = tie.relation === relations.length - 1;
    const status = this.shown.status.get(tie.id) ?? -1;
    const strong =
      this.chosenTie === tie.id ||
      this.emphasis.has(tie.id) ||
      (this.chosenTie < 0 && this.emphasis.size === 0 && (this.chosen.has(tie.source) || this.chosen.has(tie.target)));
    const faded = (this.chosen.size > 0 || this.emphasis.size > 0) && !strong;
    const many = this.shown.ties.length > 1500;
    const base = relationColor(relations[tie.relation]!.color, theme);
    const calm = faded ? 0.82 : strong ? 0 : co ? 0.55 : many ? 0.5 : 0.28;
    let color = mix(base, PALETTE[theme].paper, calm);
    if (this.shown.fresh.has(tie.id) && !faded) color = PALETTE[theme].fresh;
    const size = Math.min(1.2 + 0.45 * Math.log2(Math.max(1, tie.weight)), 3.6) * (many ? 0.6 : 1) + (strong ? 0.4 : 0);
    return { size: co ? Math.min(size, 1.6) : size, color, pattern: pattern(status), faded, strong };
  }

  private mark(id: number): Partial<Mark> {
    const look = this.entityLook(this.source.known.entity(id));
    return { size: look.size, color: look.color, shape: look.shape, type: "shape" };
  }

  private line(id: number): Partial<Line> {
    const tie = this.source.known.ties[id]!;
    const look = this.tieLook(tie);
    return {
      type: this.thin && !look.strong ? "thin" : "tie",
      size: look.size,
      color: look.color,
      pattern: look.pattern,
      arrow: !this.source.vocabulary.relations[tie.relation]!.symmetric,
      offset: this.offsets.get(id) ?? 0,
    };
  }

  // ---- where things are on the screen

  private screen(entity: Entity): { x: number; y: number; r: number } | null {
    const data = this.renderer.getNodeDisplayData(String(entity.id));
    if (!data) return null;
    const { x, y } = this.renderer.framedGraphToViewport(data);
    return { x, y, r: this.renderer.scaleSize(data.size) };
  }

  /** The ties and marks in the window, in pixels, as drawn. */
  drawn(): { ties: Drawn[]; marks: DrawnMark[]; names: Placed[]; texts: Placed[]; width: number; height: number } {
    const { width: w, height: h } = this.renderer.getDimensions();
    const spots = new Map<number, { x: number; y: number; r: number }>();
    for (const e of this.shown.entities) {
      const s = this.screen(e);
      if (s) spots.set(e.id, s);
    }
    const marks: DrawnMark[] = [];
    for (const e of this.shown.entities) {
      const s = spots.get(e.id);
      if (s && s.x > -s.r && s.y > -s.r && s.x < w + s.r && s.y < h + s.r) {
        marks.push({ entity: e, x: s.x, y: s.y, radius: s.r, color: this.entityLook(e).color });
      }
    }
    const ties: Drawn[] = [];
    for (const tie of this.shown.ties) {
      const [a, b] = [spots.get(tie.source), spots.get(tie.target)];
      if (!a || !b || tie.source === tie.target) continue;
      if (Math.max(a.x, b.x) < 0 || Math.min(a.x, b.x) > w || Math.max(a.y, b.y) < 0 || Math.min(a.y, b.y) > h) continue;
      const look = this.tieLook(tie);
      const d = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      const [ux, uy] = [(b.x - a.x) / d, (b.y - a.y) / d];
      // the y axis of the screen points down, that of the program up
      const shift = (this.offsets.get(tie.id) ?? 0) / Math.max(this.renderer.scaleSize(1) ** -1, 0.4);
      const [ox, oy] = [uy * shift, -ux * shift];
      ties.push({
        tie,
        x1: a.x + ux * a.r + ox,
        y1: a.y + uy * a.r + oy,
        x2: b.x - ux * (b.r + 1.5) + ox,
        y2: b.y - uy * (b.r + 1.5) + oy,
        thickness: Math.max(this.renderer.scaleSize(look.size), 0.8),
        pattern: look.pattern,
        arrow: !this.source.vocabulary.relations[tie.relation]!.symmetric && TieProgram.heads,
        color: look.color,
        text: this.words.relation(this.source.vocabulary.relations[tie.relation]!),
      });
    }
    const { names, texts } = this.placed();
    return { ties, marks, names, texts, width: w, height: h };
  }

  private tieAt(x: number, y: number): Tie | null {
    let best: Tie | null = null;
    let least = 6;
    const cache = new Map<number, { x: number; y: number; r: number } | null>();
    const spot = (id: number): { x: number; y: number; r: number } | null => {
      let s = cache.get(id);
      if (s === undefined) cache.set(id, (s = this.screen(this.source.known.entity(id))));
      return s;
    };
    const zoom = Math.max(this.renderer.scaleSize(1) ** -1, 0.4);
    for (const tie of this.shown.ties) {
      const [a, b] = [spot(tie.source), spot(tie.target)];
      if (!a || !b) continue;
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const d2 = dx * dx + dy * dy;
      if (d2 === 0) continue;
      const share = ((x - a.x) * dx + (y - a.y) * dy) / d2;
      if (share < 0 || share > 1) continue;
      const side = ((x - a.x) * dy - (y - a.y) * dx) / Math.sqrt(d2);
      const off = Math.abs(side - (this.offsets.get(tie.id) ?? 0) / zoom);
      if (off < least) {
        least = off;
        best = tie;
      }
    }
    return best;
  }

  // ---- names

  /** Who is to be named, the first one first, and how many of them whatever they cover. */
  private candidates(): { all: Candidate[]; foremost: number } {
    const { width: w, height: h } = this.renderer.getDimensions();
    const { ink, soft } = PALETTE[this.theme];
    const out: Candidate[] = [];
    const faint: Candidate[] = [];
    const focus = new Set(this.state.focus);
    for (const entity of this.order) {
      const s = this.screen(entity);
      if (!s || s.x < -20 || s.y < -20 || s.x > w + 20 || s.y > h + 20) continue;
      const chosen = this.chosen.has(entity.id) || focus.has(entity.key);
      const near = this.near.has(entity.id);
      const faded = this.faded(entity);
      if ((faded && this.shown.entities.length > 60 && faint.length >= LANDMARKS) || (s.r < 2.2 && !chosen)) continue;
      const font = Math.round(Math.min(17, Math.max(11, 9.5 + s.r * 0.42)) * 2) / 2;
      (faded ? faint : out).push({
        text: short(entity.name),
        x: s.x,
        y: s.y,
        radius: s.r,
        font: chosen ? Math.max(font, 14) : font,
        bold: chosen || (s.r > 13 && !faded),
        must: chosen,
        color: faded ? mix(soft, PALETTE[this.theme].paper, 0.35) : chosen || near || s.r > 7 ? ink : soft,
      });
    }
    // those chosen first, then by importance, which is the order of the list
    return { all: [...out.filter((c) => c.must), ...out.filter((c) => !c.must), ...faint], foremost: Math.min(FOREMOST, out.length) };
  }

  private placed(): { names: Placed[]; texts: Placed[] } {
    const taken = new Taken();
    const { all: candidates, foremost } = this.candidates();
    // the most important are named whatever they cover but each other; the rest must leave the marks free
    const { width: w } = this.renderer.getDimensions();
    const names = place(candidates.slice(0, foremost), taken, foremost, w);
    for (const c of candidates.slice(0, 600)) {
      const r = c.radius * 0.8;
      taken.take({ x1: c.x - r, y1: c.y - r, x2: c.x + r, y2: c.y + r });
    }
    names.push(...place(candidates.slice(foremost), taken, 400, w));
    const texts: Placed[] = [];
    for (const c of this.tieTexts()) {
      const w = width(c.text, c.font, false);
      const box = { x1: c.x - w / 2 - 1, y1: c.y - 7, x2: c.x + w / 2 + 1, y2: c.y + 7 };
      if (!taken.free(box)) continue;
      taken.take(box);
      texts.push({ ...c, left: c.x - w / 2, base: c.y + 4, width: w });
    }
    return { names, texts };
  }

  /** What the ties say, of those looked at, or of all where they are few. */
  private tieTexts(): Candidate[] {
    const all = this.shown.ties.length <= 90;
    const { relations } = this.source.vocabulary;
    const ties = this.shown.ties.filter((t) => {
      const look = this.chosen.size > 0 || this.emphasis.size > 0;
      if (look) return this.tieLook(t).strong && (this.near.size < 90 || this.chosenTie === t.id);
      return all;
    });
    const out: Candidate[] = [];
    const zoom = Math.max(this.renderer.scaleSize(1) ** -1, 0.4);
    for (const tie of ties.slice(0, 240)) {
      const a = this.screen(this.source.known.entity(tie.source));
      const b = this.screen(this.source.known.entity(tie.target));
      if (!a || !b) continue;
      const d = Math.hypot(b.x - a.x, b.y - a.y);
      const text = this.words.relation(relations[tie.relation]!);
      if (d - a.r - b.r < width(text, 10.5, false) + 12) continue;
      const shift = (this.offsets.get(tie.id) ?? 0) / zoom;
      const [ux, uy] = [(b.x - a.x) / d, (b.y - a.y) / d];
      const mid = this.shown.status.get(tie.id) === 3 ? 0.38 : 0.5;
      out.push({
        text,
        x: a.x + (b.x - a.x) * mid + uy * shift,
        y: a.y + (b.y - a.y) * mid - ux * shift,
        radius: 0,
        font: 10.5,
        bold: false,
        must: false,
        color: mix(relationColor(relations[tie.relation]!.color, this.theme), PALETTE[this.theme].ink, 0.35),
      });
    }
    return out;
  }

  private names(): void {
    const context = this.renderer.getCanvases()["labels"]!.getContext("2d")!;
    const { names, texts } = this.placed();
    const { paper } = PALETTE[this.theme];
    context.lineJoin = "round";
    context.strokeStyle = paper;
    for (const p of [...texts, ...names]) {
      context.font = fontOf(p.font, p.bold);
      context.lineWidth = p.font > 11 ? 3.5 : 4;
      context.globalAlpha = 0.88;
      context.strokeText(p.text, p.left, p.base);
      context.globalAlpha = 1;
      context.fillStyle = p.color;
      context.fillText(p.text, p.left, p.base);
    }
  }

  // ---- what is pointed at

  private hover(entity: Entity | null, tie: Tie | null): void {
    if (entity === this.hovered && tie === this.hoveredTie) return;
    this.hovered = entity;
    this.hoveredTie = tie;
    this.container.style.cursor = entity || tie ? "pointer" : "";
    this.overlay();
  }

  private overlay(): void {
    const context = this.over;
    const { width: w, height: h } = this.renderer.getDimensions();
    context.clearRect(0, 0, w, h);
    const { accent, ink } = PALETTE[this.theme];
    for (const id of this.chosen) this.ring(id, this.chosenTie >= 0 ? ink : accent, 2.2);
    const focused = document.activeElement === this.container;
    if (this.cursor && focused) this.ring(this.cursor.id, ink, 2.2, [4, 3]);
    if (this.hovered) {
      for (const tie of this.source.known.tiesOf(this.hovered.id)) {
        if (this.graph.hasEdge(String(tie.id))) this.stroke(tie);
      }
      this.ring(this.hovered.id, ink, 1.8);
      const s = this.screen(this.hovered);
      const kind = this.words.of(this.source.vocabulary.kinds[this.hovered.kind]!);
      if (s) this.tip(s.x, s.y - s.r - 10, `${short(this.hovered.name)} · ${kind} · ${this.words.say("neighbours", this.hovered.degree)}`);
    } else if (this.hoveredTie) {
      this.stroke(this.hoveredTie);
      const { known, vocabulary } = this.source;
      const t = this.hoveredTie;
      const [a, b] = [this.screen(known.entity(t.source)), this.screen(known.entity(t.target))];
      const how = t.claims ? ` · ${this.words.status(vocabulary.statuses[this.shown.status.get(t.id) ?? t.claims.status])}` : "";
      const text = `${short(known.entity(t.source).name)} — ${this.words.relation(vocabulary.relations[t.relation]!)} — ${short(known.entity(t.target).name)}${how}`;
      if (a && b) this.tip((a.x + b.x) / 2, (a.y + b.y) / 2 - 12, text);
    }
  }

  private ring(id: number, color: string, thick: number, dash: number[] = []): void {
    const entity = this.source.known.entity(id);
    const s = this.screen(entity);
    if (s) ring(this.over, SHAPES[entity.kind % SHAPES.length]!, s.x, s.y, s.r + 4, color, thick, dash);
  }

  private stroke(tie: Tie): void {
    const { known, vocabulary } = this.source;
    const [a, b] = [this.screen(known.entity(tie.source)), this.screen(known.entity(tie.target))];
    if (!a || !b) return;
    const shift = (this.offsets.get(tie.id) ?? 0) / Math.max(this.renderer.scaleSize(1) ** -1, 0.4);
    const relation = vocabulary.relations[tie.relation]!;
    stroke(this.over, a, b, shift, relationColor(relation.color, this.theme), pattern(this.shown.status.get(tie.id) ?? -1), !relation.symmetric);
  }

  private tip(x: number, y: number, text: string): void {
    tip(this.over, x, y, text, this.renderer.getDimensions().width, PALETTE[this.theme]);
  }

  // ---- camera and keyboard

  zoom(factor: number): void {
    const camera = this.renderer.getCamera();
    const ratio = Math.min(4, Math.max(0.01, camera.ratio * factor));
    void camera.animate({ ratio }, { duration: still() ? 0 : 160 });
  }

  fit(): void {
    void this.renderer.getCamera().animate({ x: 0.5, y: 0.5, angle: 0, ratio: 1 }, { duration: still() ? 0 : 250 });
  }

  resize(): void {
    const { width, height } = this.renderer.getDimensions();
    if (this.container.offsetWidth === width && this.container.offsetHeight === height) return;
    this.renderer.resize();
    this.renderer.scheduleRender();
  }

  private key(e: KeyboardEvent): void {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const ways: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[e.key];
    if (way) this.step(way);
    else if (e.key === "Enter" && this.cursor) this.handlers.openEntity(this.cursor);
    else if ((e.key === "e" || e.key === "E") && this.cursor) this.handlers.expand(this.cursor);
    else if (e.key === "+" || e.key === "=") this.zoom(0.75);
    else if (e.key === "-") this.zoom(1.33);
    else if (e.key === "0") this.fit();
    else return;
    e.preventDefault();
  }

  /** Moves the keyboard's mark to the nearest entity in a direction. */
  private step([dx, dy]: [number, number]): void {
    const from = this.cursor && this.shown.entities.includes(this.cursor) ? this.screen(this.cursor) : null;
    if (!from) this.cursor = this.order.find((e) => this.chosen.has(e.id)) ?? this.order.find((e) => this.screen(e)) ?? null;
    else {
      let least = Infinity;
      let best: Entity | null = null;
      for (const e of this.shown.entities) {
        const s = this.screen(e);
        if (!s || e === this.cursor) continue;
        const [vx, vy] = [s.x - from.x, s.y - from.y];
        const along = vx * dx + vy * dy;
        const off = Math.abs(vx * dy - vy * dx);
        if (along <= 2 || off > along * 1.6) continue;
        const far = along + off * 2;
        if (far < least) [least, best] = [far, e];
      }
      if (best) this.cursor = best;
    }
    if (!this.cursor) return;
    const data = this.renderer.getNodeDisplayData(String(this.cursor.id));
    const { width: w, height: h } = this.renderer.getDimensions();
    const s = this.screen(this.cursor);
    if (data && s && (s.x < 30 || s.y < 30 || s.x > w - 30 || s.y > h - 30)) {
      void this.renderer.getCamera().animate({ x: data.x, y: data.y }, { duration: still() ? 0 : 150 });
    }
    this.overlay();
    const { vocabulary } = this.source;
    const kind = this.words.of(vocabulary.kinds[this.cursor.kind]!);
    this.handlers.say(`${this.cursor.name}, ${kind}, ${this.words.say("neighbours", this.cursor.degree)}`);
  }

  /** For tests: where an entity stands, in pixels of the page. */
  where(key: string): { x: number; y: number } | null {
    const entity = this.source.known.find(key);
    const s = entity && this.screen(entity);
    if (!s) return null;
    const box = this.container.getBoundingClientRect();
    return { x: box.left + s.x, y: box.top + s.y };
  }

  kill(): void {
    this.renderer.kill();
  }
}

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
