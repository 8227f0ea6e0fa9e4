// Paths between two entities: the cheapest first, then others that go another way.

import type { Known, PathWish } from "./source";
import type { Path, Tie } from "./types";

/** What walking a tie costs: few ties count most, then what the text says over mere co-mention, then strength. */
function cost(tie: Tie, coMention: number): number {
  const doubt = tie.claims && tie.claims.status !== 0 ? 0.25 : 0;
  const base = tie.relation === coMention ? 1.9 : 1 + doubt;
  return base + 0.2 / (1 + Math.log2(1 + tie.weight));
}

/** A heap of [cost, entity]. */
class Heap {
  private items: [number, number][] = [];

  push(item: [number, number]): void {
    const items = this.items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (items[up]![0] <= items[at]![0]) break;
      [items[up], items[at]] = [items[at]!, items[up]!];
      at = up;
    }
  }

  pop(): [number, number] | undefined {
    const items = this.items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || items.length === 0) return first;
    items[0] = last;
    for (let at = 0; ; ) {
      let low = at;
      for (const down of [2 * at + 1, 2 * at + 2]) {
        if (down < items.length && items[down]![0] < items[low]![0]) low = down;
      }
      if (low === at) return first;
      [items[low], items[at]] = [items[at]!, items[low]!];
      at = low;
    }
  }
}

function cheapest(
  known: Known,
  from: number,
  to: number,
  allowed: (tie: Tie) => boolean,
  extra: (tie: Tie) => number,
  coMention: number,
): Path | null {
  const best = new Map<number, number>([[from, 0]]);
  const came = new Map<number, Tie>();
  const done = new Set<number>();
  const heap = new Heap();
  heap.push([0, from]);
  for (let item = heap.pop(); item; item = heap.pop()) {
    const [sum, at] = item;
    if (at === to) break;
    if (done.has(at)) continue;
    done.add(at);
    for (const tie of known.tiesOf(at)) {
      if (!allowed(tie)) continue;
      const next = known.other(tie, at);
      const total = sum + cost(tie, coMention) + extra(tie);
      if (total < (best.get(next) ?? Infinity)) {
        best.set(next, total);
        came.set(next, tie);
        heap.push([total, next]);
      }
    }
  }
  if (!came.has(to)) return null;
  const entities = [to];
  const ties: number[] = [];
  for (let at = to; at !== from; ) {
    const tie = came.get(at)!;
    at = known.other(tie, at);
    entities.unshift(at);
    ties.unshift(tie.id);
  }
  return { entities, ties };
}

/** Up to `wish.limit` paths, the best first; each later one is made to leave the ways of the earlier ones. */
export function paths(known: Known, from: number, to: number, wish: PathWish, coMention: number): Path[] {
  if (from === to) return [];
  const out: Path[] = [];
  const used = new Map<number, number>();
  const extra = (tie: Tie): number => 0.9 * ((used.get(tie.source) ?? 0) + (used.get(tie.target) ?? 0));
  for (let tries = 0; tries < wish.limit * 2 && out.length < wish.limit; tries++) {
    const path = cheapest(known, from, to, wish.allowed, extra, coMention);
    if (!path) break;
    path.entities.slice(1, -1).forEach((e) => used.set(e, (used.get(e) ?? 0) + 1));
    const same = out.some((p) => p.entities.join() === path.entities.join());
    if (!same && path.ties.length <= (out[0]?.ties.length ?? Infinity) + 2) out.push(path);
    if (path.entities.length === 2) break;
  }
  return out;
}
