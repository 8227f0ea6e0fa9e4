// Names on the picture: as many as fit without covering one another, the important ones first.

import { FONT } from "./style";

export interface Candidate {
  text: string;
  x: number;
  y: number;
  radius: number;
  /** Size of the letters in pixels. */
  font: number;
  bold: boolean;
  /** Written even where it covers another. */
  must: boolean;
  color: string;
}

export interface Placed extends Candidate {
  /** Left end of the base line. */
  left: number;
  base: number;
  width: number;
}

interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

const CELL = 56;

/** What is taken of a surface. */
export class Taken {
  private cells = new Map<number, Box[]>();

  private *keys(b: Box): Generator<number> {
    for (let x = Math.floor(b.x1 / CELL); x <= Math.floor(b.x2 / CELL); x++) {
      for (let y = Math.floor(b.y1 / CELL); y <= Math.floor(b.y2 / CELL); y++) yield x * 4096 + y;
    }
  }

  free(b: Box): boolean {
    for (const key of this.keys(b)) {
      for (const o of this.cells.get(key) ?? []) {
        if (b.x1 < o.x2 && b.x2 > o.x1 && b.y1 < o.y2 && b.y2 > o.y1) return false;
      }
    }
    return true;
  }

  take(b: Box): void {
    for (const key of this.keys(b)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(b);
      else this.cells.set(key, [b]);
    }
  }
}

const widths = new Map<string, number>();
let measuring: CanvasRenderingContext2D | null = null;

export const fontOf = (size: number, bold: boolean): string => `${bold ? 600 : 400} ${size}px ${FONT}`;

/** Width of a text in pixels; measured once at one size and scaled. */
export function width(text: string, size: number, bold: boolean): number {
  const key = (bold ? "b" : "n") + text;
  let known = widths.get(key);
  if (known === undefined) {
    measuring ??= document.createElement("canvas").getContext("2d");
    if (!measuring) return text.length * size;
    measuring.font = fontOf(20, bold);
    known = measuring.measureText(text).width / 20;
    widths.set(key, known);
  }
  return known * size;
}

/** Names longer than this are cut in the picture. */
const LONGEST = 26;

export function short(text: string): string {
  const flat = text.replace(/\s+/gu, " ").trim();
  const letters = [...flat];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : flat;
}

/** Places the candidates, the first one first: beside its mark, or where there is room around it, in the window. */
export function place(candidates: Iterable<Candidate>, taken: Taken, most: number, window: number): Placed[] {
  const out: Placed[] = [];
  for (const c of candidates) {
    if (out.length >= most) break;
    const w = width(c.text, c.font, c.bold);
    const gap = c.radius + 4;
    const high = c.font * 0.86;
    const low = c.font * 0.26;
    const spots: [number, number][] = [
      [c.x + gap, c.y + c.font * 0.34],
      [c.x - w / 2, c.y + gap + high],
      [c.x - gap - w, c.y + c.font * 0.34],
      [c.x - w / 2, c.y - gap - low],
    ];
    const boxes = spots.map(([left, base]) => ({ left, base, x1: left - 2, y1: base - high - 1, x2: left + w + 2, y2: base + low + 1 }));
    const inside = boxes.filter((b) => b.x1 >= 0 && b.x2 <= window);
    // a mark at the edge keeps its name there; the window may be moved
    const spot = (inside.length > 0 ? inside : boxes).find((b) => taken.free(b)) ?? (c.must ? (inside[0] ?? boxes[0]) : undefined);
    if (!spot) continue;
    taken.take(spot);
    out.push({ ...c, left: spot.left, base: spot.base, width: w });
  }
  return out;
}
