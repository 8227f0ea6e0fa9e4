// Finding entities by what a person types: a name, an alias, a ticker, full pinyin or its initials.

import type { Known } from "./source";
import type { Entity, Hit } from "./types";

/** A name without what typing varies, as the command line folds it. */
export function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[\s\-_.·・•‧]/gu, "");
}

interface Entry {
  entity: Entity;
  name: string;
  folded: string;
  /** For each character the ways to read it, or itself. */
  readings: string[][] | null;
}

/** How well a query fits; smaller is better, Infinity is not at all. */
function fit(entry: Entry, query: string, latin: boolean): number {
  const at = entry.folded.indexOf(query);
  if (at === 0) return entry.folded.length === query.length ? 0 : 1;
  if (latin && entry.readings) {
    for (let start = 0; start < entry.readings.length; start++) {
      const end = reads(entry.readings, start, query, 0);
      if (end >= 0) return start > 0 ? 5 : end === entry.readings.length ? 2 : 3;
    }
  }
  return at > 0 ? 4 : Infinity;
}

/** Reads `query` as syllables or initials from character `at` on; gives the character after the last, or -1. */
function reads(readings: string[][], at: number, query: string, from: number): number {
  if (from === query.length) return at;
  const ways = readings[at];
  if (!ways) return -1;
  for (const way of ways) {
    const rest = query.length - from;
    // a whole syllable, the start of the last one, or its initial letters
    for (let take = Math.min(way.length, rest); take >= 1; take--) {
      if (take < way.length && take < rest && take > 2) continue;
      if (take === 2 && take < way.length && take < rest && !/^[zcs]h/.test(way)) continue;
      if (query.startsWith(way.slice(0, take), from)) {
        const end = reads(readings, at + 1, query, from + take);
        if (end >= 0) return end;
      }
    }
  }
  return -1;
}

export class Searcher {
  private readonly entries: Entry[] = [];

  constructor(known: Known, pinyin: Record<string, string>) {
    const read = new Map<string, string[]>();
    for (const [syllable, characters] of Object.entries(pinyin)) {
      for (const c of characters) {
        const ways = read.get(c) ?? [];
        ways.push(syllable);
        if (syllable.includes("v")) ways.push(syllable.replace("v", "u"));
        read.set(c, ways);
      }
    }
    for (const entity of known.entities) {
      const names = new Set([entity.name, ...entity.names, ...entity.aliases, ...entity.tickers, entity.wikidata]);
      names.delete("");
      for (const name of names) {
        const folded = fold(name);
        const han = [...folded].some((c) => read.has(c));
        this.entries.push({
          entity,
          name,
          folded,
          readings: han ? [...folded].map((c) => read.get(c) ?? [c]) : null,
        });
      }
    }
  }

  search(text: string, limit: number): Hit[] {
    const query = fold(text);
    if (!query) return [];
    const latin = /^[a-z0-9]+$/.test(query);
    const best = new Map<number, { score: number; entry: Entry }>();
    for (const entry of this.entries) {
      const own = entry.name === entry.entity.name ? 0 : 0.5;
      const score = fit(entry, query, latin) + own;
      if (score === Infinity) continue;
      const old = best.get(entry.entity.id);
      if (!old || score < old.score) best.set(entry.entity.id, { score, entry });
    }
    const found = [...best.values()];
    // among names that begin so, importance counts more than what exactly fits
    found.sort(
      (a, b) =>
        Math.floor(a.score) - Math.floor(b.score) ||
        b.entry.entity.pagerank - a.entry.entity.pagerank ||
        a.score - b.score ||
        a.entry.entity.id - b.entry.entity.id,
    );
    return found.slice(0, limit).map(({ entry }) => ({ entity: entry.entity, name: entry.name }));
  }
}
