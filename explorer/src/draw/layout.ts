// Where entities stand when few are shown: the same picture for the same entities and ties, on every machine.
// Each connected part is laid out by forces (Fruchterman and Reingold, 1991, from the places computed for the whole
// graph), spread until nothing overlaps, and the parts are packed around the largest.

import type { Entity, Tie } from "../data/types";

/** Beyond this many entities the places of the whole graph are used as they are. */
export const MOST = 420;

export type Places = Map<number, [number, number]>;

interface Part {
  entities: Entity[];
  links: [number, number, number][];
  x: Float64Array;
  y: Float64Array;
  width: number;
  height: number;
}

/** Places for a window of this size; the y axis points up. */
export function layout(entities: Entity[], ties: Tie[], size: (e: Entity) => number, wide: number, high: number): Places {
  const aspect = Math.min(2.2, Math.max(0.6, wide / Math.max(high, 1)));
  const parts = split(entities, ties);
  for (const part of parts) {
    settle(part, part.entities.length > 6 ? aspect : 1.6);
    // what does not fit the window will be drawn smaller, the marks not: they need more room, and then all do
    for (let round = 0; round < 3; round++) {
      const shrunk = Math.max(1, (1.1 * extent(part.x)) / Math.max(wide - 140, 200), (1.1 * extent(part.y)) / Math.max(high - 120, 160));
      spread(part, (e) => size(e) * Math.min(shrunk, 3));
    }
    centre(part, size);
  }
  parts.sort((a, b) => b.entities.length - a.entities.length || a.entities[0]!.id - b.entities[0]!.id);
  return pack(parts, aspect);
}

function split(entities: Entity[], ties: Tie[]): Part[] {
  const place = new Map(entities.map((e, i) => [e.id, i]));
  const root = entities.map((_, i) => i);
  const find = (i: number): number => {
    while (root[i] !== i) i = root[i] = root[root[i]!]!;
    return i;
  };
  const links = new Map<string, [number, number, number]>();
  for (const tie of ties) {
    const a = place.get(tie.source);
    const b = place.get(tie.target);
    if (a === undefined || b === undefined || a === b) continue;
    root[find(a)] = find(b);
    const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
    const link = links.get(pair) ?? [a, b, 0];
    link[2] += tie.claims ? 1 : 0.3;
    links.set(pair, link);
  }
  const parts = new Map<number, { members: number[]; links: [number, number, number][] }>();
  entities.forEach((_, i) => {
    const at = find(i);
    const part = parts.get(at) ?? { members: [], links: [] };
    part.members.push(i);
    parts.set(at, part);
  });
  for (const link of links.values()) parts.get(find(link[0]))!.links.push(link);
  return [...parts.values()].map(({ members, links: own }) => {
    const inside = new Map(members.map((m, i) => [m, i]));
    return {
      entities: members.map((m) => entities[m]!),
      links: own.map(([a, b, w]) => [inside.get(a)!, inside.get(b)!, w]),
      x: new Float64Array(members.length),
      y: new Float64Array(members.length),
      width: 0,
      height: 0,
    };
  });
}

function extent(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** FNV-1a over a key's UTF-16 units. */
function hash(key: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Distance that a tie strives for. */
const REST = 60;

function settle(part: Part, aspect: number): void {
  const { entities, links, x, y } = part;
  const n = entities.length;
  const span = Math.max(1, ...entities.map((e) => Math.abs(e.x)), ...entities.map((e) => Math.abs(e.y)));
  const room = REST * Math.sqrt(n);
  entities.forEach((e, i) => {
    // those that stand on one spot part as their keys say, whoever else is there
    const aside = hash(e.key);
    const angle = ((aside & 0xffff) / 0xffff) * 2 * Math.PI;
    const step = REST * Math.sqrt((aside >>> 16) / 0xffff);
    x[i] = (e.x / span) * room + step * Math.cos(angle);
    y[i] = (e.y / span) * room + step * Math.sin(angle);
  });
  if (n === 1) return;
  if (n === 2) {
    x.set([-55, 55]);
    y.set([0, 0]);
    return;
  }
  const degree = new Float64Array(n);
  for (const [a, b] of links) {
    degree[a]! += 1;
    degree[b]! += 1;
  }
  const rounds = Math.max(90, Math.min(500, Math.round(12e6 / (n * n))));
  const dx = new Float64Array(n);
  const dy = new Float64Array(n);
  for (let round = 0; round < rounds; round++) {
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const vx = x[i]! - x[j]!;
        const vy = y[i]! - y[j]!;
        const d2 = Math.max(vx * vx + vy * vy, 0.01);
        // hubs push harder, so that their leaves find room
        const push = (REST * REST * (0.7 + 0.35 * Math.min(10, Math.sqrt(degree[i]! * degree[j]!)))) / d2;
        dx[i]! += vx * push;
        dy[i]! += vy * push;
        dx[j]! -= vx * push;
        dy[j]! -= vy * push;
      }
    }
    for (const [a, b, w] of links) {
      const vx = x[a]! - x[b]!;
      const vy = y[a]! - y[b]!;
      const d = Math.sqrt(vx * vx + vy * vy);
      const hub = Math.max(1, Math.min(degree[a]!, degree[b]!)) ** 0.7;
      const leaf = hub === 1 ? 0.4 : 1;
      const pull = ((d / REST) * leaf * (0.7 + 0.2 * Math.min(3, w))) / hub;
      dx[a]! -= vx * pull;
      dy[a]! -= vy * pull;
      dx[b]! += vx * pull;
      dy[b]! += vy * pull;
    }
    const heat = room * 0.12 * (1 - round / rounds) ** 1.4 + 0.5;
    for (let i = 0; i < n; i++) {
      dx[i]! -= (x[i]! * 0.035 * Math.sqrt(n)) / aspect;
      dy[i]! -= y[i]! * 0.035 * Math.sqrt(n) * aspect;
      const d = Math.hypot(dx[i]!, dy[i]!) || 1;
      const step = Math.min(d * 0.1, heat) / d;
      x[i]! += dx[i]! * step;
      y[i]! += dy[i]! * step;
    }
  }
}

/** Pushes marks (with room for a name below each) apart until none overlap. */
function spread(part: Part, size: (e: Entity) => number): void {
  const { entities, x, y } = part;
  const n = entities.length;
  const r = entities.map((e) => size(e) + 11);
  for (let round = 0; round < 60; round++) {
    let moved = false;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const vx = x[j]! - x[i]!;
        const vy = (y[j]! - y[i]!) * 1.0;
        const want = r[i]! + r[j]!;
        const d2 = vx * vx + vy * vy;
        if (d2 >= want * want) continue;
        const d = Math.sqrt(d2) || 0.01;
        const shift = ((want - d) / 2) * 1.02;
        const [ux, uy] = d2 > 0 ? [vx / d, vy / d] : [1, 0];
        x[i]! -= ux * shift;
        y[i]! -= uy * shift;
        x[j]! += ux * shift;
        y[j]! += uy * shift;
        moved = true;
      }
    }
    if (!moved) break;
  }
}

/** Room for a name to the right of a mark. */
const NAME = 46;

function centre(part: Part, size: (e: Entity) => number): void {
  const { entities, x, y } = part;
  let [x1, x2, y1, y2] = [Infinity, -Infinity, Infinity, -Infinity];
  entities.forEach((e, i) => {
    const r = size(e) + 10;
    x1 = Math.min(x1, x[i]! - r);
    x2 = Math.max(x2, x[i]! + r + NAME);
    y1 = Math.min(y1, y[i]! - r);
    y2 = Math.max(y2, y[i]! + r);
  });
  entities.forEach((_, i) => {
    x[i]! -= (x1 + x2) / 2;
    y[i]! -= (y1 + y2) / 2;
  });
  part.width = x2 - x1;
  part.height = y2 - y1;
}

/** Puts the parts in rows below the first, as wide as the window's shape asks; the y axis of places points up. */
function pack(parts: Part[], aspect: number): Places {
  const out: Places = new Map();
  const gap = 14;
  const area = parts.reduce((sum, p) => sum + (p.width + gap) * (p.height + gap), 0);
  const room = Math.max(parts[0]?.width ?? 0, Math.sqrt(area * aspect));
  let [x, y, high] = [0, 0, 0];
  let row: Part[] = [];
  const flush = (): void => {
    // a row stands in the middle
    let left = -(x - gap) / 2;
    for (const part of row) {
      const [cx, cy] = [left + part.width / 2, y + high / 2];
      part.entities.forEach((e, i) => out.set(e.id, [cx + part.x[i]!, -cy - part.y[i]!]));
      left += part.width + gap;
    }
    y += high + gap;
    [x, high, row] = [0, 0, []];
  };
  for (const part of parts) {
    if (row.length > 0 && x + part.width > room) flush();
    row.push(part);
    x += part.width + gap;
    high = Math.max(high, part.height);
  }
  flush();
  return out;
}
