// Which entities and ties a state shows. Nothing here draws.

import { statusAt } from "./data/changes";
import type { Known, Overview, Source } from "./data/source";
import type { Entity, Path, Tie } from "./data/types";
import type { State } from "./state";

export interface Shown {
  entities: Entity[];
  ties: Tie[];
  /** How each tie stands on the day looked at: index of a status, -1 for a co-mention. */
  status: Map<number, number>;
  /** Ties that formed, ended or changed shortly before the day looked at. */
  fresh: Set<number>;
  /** Entities that fit but are beyond the number asked for. */
  more: number;
}

export interface Test {
  tie(tie: Tie): boolean;
  entity(entity: Entity): boolean;
}

/** The filters of a state, the time slider apart. */
export function test(source: Source, state: State, relations: string[] | null = state.relations): Test {
  const { vocabulary, known } = source;
  const set = (all: string[], chosen: string[] | null): boolean[] => all.map((n) => !chosen || chosen.includes(n));
  const kinds = set(vocabulary.kinds, state.kinds);
  const statuses = set(vocabulary.statuses, state.statuses);
  const coMention = vocabulary.relations.length - 1;
  const bonds = vocabulary.relations.map((r, i) => (relations ? relations.includes(r.name) : i !== coMention));
  const entity = (e: Entity): boolean =>
    kinds[e.kind]! && (state.community === null || e.community === state.community);
  return {
    entity,
    tie: (t) =>
      bonds[t.relation]! &&
      (t.claims ? statuses[t.claims.status]! : !state.statuses) &&
      t.weight >= state.weight &&
      (!state.from || t.last >= state.from) &&
      (!state.to || (t.first > 0 && t.first <= state.to)) &&
      entity(known.entity(t.source)) &&
      entity(known.entity(t.target)),
  };
}

/** The order of ties by strength: relations before co-mentions, then weight, articles. */
export function stronger(coMention: number): (a: Tie, b: Tie) => number {
  return (a, b) =>
    Number(a.relation === coMention) - Number(b.relation === coMention) ||
    b.weight - a.weight ||
    (b.claims?.belief ?? b.counts?.npmi ?? 0) - (a.claims?.belief ?? a.counts?.npmi ?? 0) ||
    b.articles - a.articles ||
    a.id - b.id;
}

/** How many co-mentions stand in for relations where an entity looked at has few. */
const STAND_INS = 12;

/** What a server tells of what is not here. */
export interface Beyond {
  /** Neighbours that fit and are not known. */
  near: number;
  /** Which entities are the most important; none where all are known. */
  overview: Overview | null;
}

export function shown(source: Source, state: State, paths: Path[], beyond: Beyond): Shown {
  const { known, vocabulary } = source;
  const filter = test(source, state);
  const coMention = vocabulary.relations.length - 1;
  let ties: Tie[];
  let entities: Set<number>;
  let more = 0;
  const focus = state.focus.map((key) => known.find(key)).filter((e) => e !== undefined);
  if (state.panel === "path" && paths.length > 0) {
    entities = new Set(paths.flatMap((p) => p.entities));
    const walked = new Set(paths.flatMap((p) => p.ties));
    const inside = [...entities].flatMap((e) => known.tiesOf(e));
    ties = [...new Set(inside)].filter(
      (t) => walked.has(t.id) || (entities.has(t.source) && entities.has(t.target) && t.relation !== coMention),
    );
  } else if (focus.length > 0) {
    const near = new Map<number, Tie>();
    const order = stronger(coMention);
    for (const centre of focus) {
      const all = known.tiesOf(centre.id);
      let reach = all.filter(filter.tie);
      if (!state.relations && !state.statuses && reach.length < STAND_INS) {
        const co = test(source, state, [vocabulary.relations[coMention]!.name]);
        const reached = new Set(reach.map((t) => known.other(t, centre.id)));
        const stand = all.filter((t) => co.tie(t) && !reached.has(known.other(t, centre.id))).sort(order);
        reach = reach.concat(stand.slice(0, STAND_INS - reach.length));
      }
      for (const tie of reach) near.set(tie.id, tie);
    }
    const order2 = [...near.values()].sort(order);
    entities = new Set(focus.map((e) => e.id));
    const left = new Set<number>();
    for (const tie of order2) {
      for (const end of [tie.source, tie.target]) {
        if (entities.has(end)) continue;
        if (state.top && entities.size >= state.top) left.add(end);
        else entities.add(end);
      }
    }
    more = left.size + beyond.near;
    const inside = new Set<Tie>();
    for (const e of entities) {
      for (const t of known.tiesOf(e)) {
        if (entities.has(t.source) && entities.has(t.target) && (near.has(t.id) || filter.tie(t))) inside.add(t);
      }
    }
    ties = [...inside];
  } else {
    const { overview } = beyond;
    const foremost = overview && new Set(overview.entities.map((e) => e.id));
    ties = known.ties.filter((t) => (!foremost || (foremost.has(t.source) && foremost.has(t.target))) && filter.tie(t));
    const tied = new Set<number>();
    for (const t of ties) tied.add(t.source).add(t.target);
    if (overview) more = overview.fit - (state.top ? Math.min(state.top, overview.fit) : tied.size);
    else if (state.top && tied.size > state.top) {
      const key = (e: number): string => known.entity(e).key;
      const order = [...tied].sort((a, b) => known.entity(b).pagerank - known.entity(a).pagerank || (key(a) < key(b) ? -1 : 1));
      more = order.length - state.top;
      const kept = new Set(order.slice(0, state.top));
      ties = ties.filter((t) => kept.has(t.source) && kept.has(t.target));
      tied.clear();
      for (const t of ties) tied.add(t.source).add(t.target);
    }
    entities = tied;
  }
  ties.sort((a, b) => a.id - b.id);
  const list = [...entities].sort((a, b) => a - b).map((e) => known.entity(e));
  return { entities: list, ties, status: new Map(), fresh: new Set(), more };
}

/** The part of what is shown that was there on the day looked at. */
export function onDay(all: Shown, state: State, recent: number): Shown {
  const status = new Map<number, number>();
  const fresh = new Set<number>();
  if (!state.at) {
    for (const t of all.ties) status.set(t.id, t.claims?.status ?? -1);
    return { ...all, status, fresh };
  }
  const ties: Tie[] = [];
  const tied = new Set<number>();
  for (const t of all.ties) {
    const how = statusAt(t.course, state.at);
    if (how === -2) continue;
    status.set(t.id, how);
    ties.push(t);
    tied.add(t.source).add(t.target);
    if (t.course.some(([day]) => day > recent && day <= state.at)) fresh.add(t.id);
  }
  const focus = new Set(state.focus);
  const entities = all.entities.filter((e) => tied.has(e.id) || focus.has(e.key));
  return { entities, ties, status, fresh, more: all.more };
}

/** The name of a tie in the address. */
export function tieName(source: Source, tie: Tie): string {
  const { known, vocabulary } = source;
  const ends = [known.entity(tie.source).key, known.entity(tie.target).key];
  return [ends[0], vocabulary.relations[tie.relation]!.name, ends[1]].join("|");
}

export function findTie(source: Source, name: string): Tie | undefined {
  const { known, vocabulary } = source;
  const [a, relation, b] = name.split("|");
  const from = known.find(a ?? "");
  if (!from) return undefined;
  return known
    .tiesOf(from.id)
    .find(
      (t) =>
        t.source === from.id &&
        vocabulary.relations[t.relation]!.name === relation &&
        known.entity(t.target).key === b,
    );
}

/** Neighbours of an entity grouped for its profile. */
export function grouped(known: Known, entity: Entity, coMention: number): { relation: number; out: boolean; ties: Tie[] }[] {
  const groups = new Map<string, { relation: number; out: boolean; ties: Tie[] }>();
  for (const tie of known.tiesOf(entity.id)) {
    const out = tie.source === entity.id;
    const name = `${tie.relation}/${out}`;
    const group = groups.get(name) ?? { relation: tie.relation, out, ties: [] };
    group.ties.push(tie);
    groups.set(name, group);
  }
  const order = stronger(coMention);
  const list = [...groups.values()];
  list.forEach((g) => g.ties.sort(order));
  return list;
}
