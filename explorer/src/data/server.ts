// The data of a server (src/serve/): the strongest part of the graph first, then what one looks at. What came once is
// known from then on.

import { dayText } from "../i18n";
import { best, inOrder, told } from "./changes";
import { Piece, type Raw } from "./piece";
import { type About, Known, type Narrow, type Overview, type PathWish, type Source } from "./source";
import type { Census, Change, Community, Day, Entity, Evidence, Hit, Path, Tie, Vocabulary } from "./types";

type Asked = Record<string, string | number | string[]>;
interface Match {
  id: string;
  matched: string;
}
interface Step {
  from: { id: string };
  to: { id: string };
  tie: { source: string; target: string; key: string };
}

/** Entities that the page begins with. */
const FIRST = 400;
/** The most that the server gives at once. */
const MOST = 2000;
/** Neighbours of an entity, the strongest. */
const NEAR = 400;
/** Those mentioned together with it, of which there may be very many. */
const BESIDE = 60;
/** Sentences of a change. */
const SENTENCES = 1000;
/** Keys that fit an address. */
const KEYS = 80;

export class ServerSource implements Source {
  vocabulary!: Vocabulary;
  communities: Community[] = [];
  census!: Census;
  readonly known = new Known();
  /** What was asked for, so that nothing is twice. */
  private readonly asked = new Map<string, Promise<Piece>>();
  private readonly sentences = new Map<number, Evidence[]>();

  private constructor(private readonly base: string) {}

  /** Opens the server under an address that ends with a slash. */
  static async open(base: string): Promise<ServerSource> {
    const source = new ServerSource(base);
    const [start, communities] = await Promise.all([
      source.get<Raw>("explorer", { top: FIRST, start: "true" }),
      source.get<Community[]>("communities", { limit: 1000 }),
    ]);
    const piece = new Piece(start, source.known, true);
    source.vocabulary = piece.vocabulary;
    source.census = piece.whole;
    source.communities = communities;
    return source;
  }

  get whole(): Census {
    return this.census;
  }

  private async get<T>(name: string, asked: Asked): Promise<T> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(asked)) {
      for (const one of Array.isArray(value) ? value : [String(value)]) query.append(key, one);
    }
    const reply = await fetch(`${this.base}${name}?${query}`, { headers: { accept: "application/json" } });
    const body = (await reply.json()) as { detail?: string };
    if (!reply.ok) throw new Error(body.detail ?? reply.statusText);
    return body as T;
  }

  /** A piece that was asked for once; a failure is no answer for the next time. */
  private piece(asked: Asked): Promise<Piece> {
    const name = JSON.stringify(asked);
    const old = this.asked.get(name);
    if (old) return old;
    const made = this.get<Raw>("explorer", asked).then((raw) => this.read(raw));
    made.catch(() => this.asked.delete(name));
    this.asked.set(name, made);
    return made;
  }

  /** Reads a piece; who is new stands near somebody it is tied to. */
  private read(raw: Raw): Piece {
    const { known } = this;
    const before = known.entities.length;
    const piece = new Piece(raw, known, false);
    for (let id = before; id < known.entities.length; id++) {
      const entity = known.entity(id);
      const host = known.tiesOf(id).map((t) => known.entity(known.other(t, id))).find((e) => e.id < id);
      const [angle, far] = [id * 2.399963229728653, 240 + 40 * Math.sqrt(id - before)];
      entity.x = (host?.x ?? 0) + far * Math.cos(angle);
      entity.y = (host?.y ?? 0) + far * Math.sin(angle);
    }
    return piece;
  }

  /** These entities and the ties between them. */
  private async these(keys: string[]): Promise<void> {
    const unknown = [...new Set(keys)].filter((key) => !this.known.find(key));
    if (unknown.length) await this.piece({ around: unknown.slice(0, KEYS), depth: 0, top: KEYS, relation: this.relations });
  }

  async search(text: string, limit: number): Promise<Hit[]> {
    if (!text.trim()) return [];
    const found = await this.get<Match[]>("search", { text: text.slice(0, 200), limit });
    await this.these(found.map((m) => m.id));
    return found.flatMap((m) => {
      const entity = this.known.find(m.id);
      return entity ? [{ entity, name: m.matched }] : [];
    });
  }

  async neighbours(keys: string[], narrow: Narrow): Promise<number> {
    const only = this.narrow(narrow);
    const coMention = this.vocabulary.relations.at(-1)!.name;
    const asked = keys.flatMap((key) => [
      this.piece({ around: [key], depth: 1, top: NEAR, ...only }),
      this.piece({ around: [key], depth: 1, top: NEAR, relation: this.relations }),
      this.piece({ around: [key], depth: 1, top: BESIDE, relation: coMention }),
    ]);
    // a link may name who is not there
    const pieces = await Promise.allSettled(asked);
    // of every three, the first tells how many fit
    const beyond = pieces.map((p, i) => (i % 3 === 0 && p.status === "fulfilled" ? Math.max(0, p.value.fit - NEAR) : 0));
    return beyond.reduce((sum, n) => sum + n, 0);
  }

  async overview(top: number, community: number | null, narrow: Narrow): Promise<Overview | null> {
    const most = top === 0 ? MOST : Math.min(MOST, top);
    return this.piece({ top: most, ...(community === null ? {} : { community }), ...this.narrow(narrow) });
  }

  /** The names of the relations, co-mention apart. */
  private get relations(): string {
    return this.vocabulary.relations.slice(0, -1).map((r) => r.name).join(",");
  }

  /** What of the filters the server applies, in its words. */
  private narrow(narrow: Narrow): Asked {
    const out: Asked = { relation: narrow.relations?.length ? narrow.relations.join(",") : this.relations };
    if (narrow.kinds?.length) out["kind"] = narrow.kinds.join(",");
    if (narrow.statuses?.length) out["status"] = narrow.statuses.join(",");
    if (narrow.from) out["since"] = dayText(narrow.from);
    if (narrow.to) out["until"] = dayText(narrow.to);
    if (narrow.weight) out["min_weight"] = narrow.weight;
    return out;
  }

  async about(entity: Entity): Promise<About> {
    const found = await this.get<{ rank: number; versions: string[] }>("show", { entity: entity.key, limit: 1, evidence: 1 });
    const keys = found.versions.slice(0, 12);
    await this.these(entity.family ? [...keys, entity.family] : keys);
    return { rank: found.rank, versions: keys.flatMap((key) => this.known.find(key) ?? []) };
  }

  async evidence(tie: Tie): Promise<Evidence[]> {
    const old = this.sentences.get(tie.id);
    if (old) return old;
    const ends = [tie.source, tie.target].map((id) => this.known.entity(id).key);
    const relation = this.vocabulary.relations[tie.relation]!.name;
    const found = (await this.piece({ around: ends, depth: 0, top: 2, relation, evidence: 1000 })).evidence(tie);
    this.sentences.set(tie.id, found);
    return found;
  }

  async path(from: Entity, to: Entity, wish: PathWish): Promise<Path[]> {
    const asked = { from: from.key, to: to.key, paths: wish.limit, max_hops: 8, ...this.narrow(wish.narrow) };
    const { paths } = await this.get<{ paths: { steps: Step[] }[] }>("path", asked);
    const keys = paths.flatMap((p) => p.steps.flatMap((s) => [s.from.id, s.to.id]));
    if (keys.length) await this.piece({ around: [...new Set(keys)].slice(0, KEYS), depth: 0, top: KEYS });
    return paths.flatMap(({ steps }) => {
      const ties = steps.map((s) => this.tie(s.tie.source, s.tie.key, s.tie.target));
      const entities = [steps[0]!.from, ...steps.map((s) => s.to)].map((e) => this.known.find(e.id));
      if (ties.some((t) => !t || !wish.allowed(t)) || entities.some((e) => !e)) return [];
      return [{ entities: entities.map((e) => e!.id), ties: ties.map((t) => t!.id) }];
    });
  }

  private tie(source: string, relation: string, target: string): Tie | undefined {
    const [a, b] = [this.known.find(source), this.known.find(target)];
    const which = this.vocabulary.relations.findIndex((r) => r.name === relation);
    return a && b && this.known.between(a.id, b.id, which);
  }

  async changes(since: Day, entity: Entity | null): Promise<Change[]> {
    if (since > this.vocabulary.totals.lastSeen) return [];
    const { statuses } = this.vocabulary;
    const day = dayText(since);
    const piece = await this.piece({ changed: day, evidence: SENTENCES, ...(entity ? { around: [entity.key] } : {}) });
    const out = piece.changes.flatMap(([source, relation, target, change, stood, stands]): Change[] => {
      const tie = this.tie(source, relation, target);
      if (!tie) return [];
      const after = statuses.indexOf(stands);
      return [{ kind: told(change, after), tie, before: stood ? statuses.indexOf(stood) : -1, after, evidence: best(piece.evidence(tie), since, after) }];
    });
    return inOrder(out);
  }
}
