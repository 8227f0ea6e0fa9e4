// What lies over the picture: rings around marks, a tie that is pointed at, and what is pointed at in words.

import { fontOf, width } from "./labels";
import { arrow } from "./programs";
import { DASHES, outline, type Palette, type Shape } from "./style";

export interface Spot {
  x: number;
  y: number;
  r: number;
}

export function ring(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, radius: number, color: string, thick: number, dash: number[]): void {
  context.beginPath();
  const points = outline(shape, radius);
  if (points.length === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  points.forEach(([px, py], i) => (i ? context.lineTo(x + px, y + py) : context.moveTo(x + px, y + py)));
  context.closePath();
  context.setLineDash(dash);
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.stroke();
  context.setLineDash([]);
}

/** A tie from mark to mark, `shift` pixels beside the straight line. */
export function stroke(context: CanvasRenderingContext2D, a: Spot, b: Spot, shift: number, color: string, pattern: number, head: boolean): void {
  const d = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / d, (b.y - a.y) / d];
  const [x1, y1] = [a.x + ux * a.r + uy * shift, a.y + uy * a.r - ux * shift];
  const [x2, y2] = [b.x - ux * (b.r + 2) + uy * shift, b.y - uy * (b.r + 2) - ux * shift];
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = 2.6;
  context.setLineDash(DASHES[pattern]!);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.setLineDash([]);
  if (!head) return;
  const [length, half] = arrow(2.6);
  context.beginPath();
  context.moveTo(x2, y2);
  context.lineTo(x2 - ux * length - uy * half, y2 - uy * length + ux * half);
  context.lineTo(x2 - ux * length + uy * half, y2 - uy * length - ux * half);
  context.fill();
}

/** A few words above a point, kept inside the window. */
export function tip(context: CanvasRenderingContext2D, x: number, y: number, text: string, window: number, { ink, paper }: Palette): void {
  const wide = width(text, 12.5, false) + 16;
  const left = Math.max(4, Math.min(window - wide - 4, x - wide / 2));
  const top = Math.max(4, y - 24);
  context.fillStyle = ink;
  context.beginPath();
  context.roundRect(left, top, wide, 24, 5);
  context.fill();
  context.fillStyle = paper;
  context.font = fontOf(12.5, false);
  context.fillText(text, left + 8, top + 16.5);
}
