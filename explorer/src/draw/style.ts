// What things look like: shapes by kind, dashes by status, colours by relation, kind or community, in light and dark.

export type Theme = "light" | "dark";

export const SHAPES = ["square", "circle", "diamond", "hexagon"] as const;
export type Shape = (typeof SHAPES)[number];

/** Company, person, product, organization. Paul Tol's "bright" and "muted" schemes, told apart by colour-blind eyes. */
const KIND: Record<Theme, string[]> = {
  light: ["#33669e", "#b3593c", "#5b7f2f", "#7a5a9e"],
  dark: ["#7fb0e6", "#f0a184", "#a9cf74", "#c3a2ea"],
};

const COMMUNITY: Record<Theme, string[]> = {
  light: ["#33669e", "#b3593c", "#5b7f2f", "#7a5a9e", "#1c7d80", "#a6486f", "#8c6d1f", "#4d5aa8", "#3b7d55", "#8a5443"],
  dark: ["#7fb0e6", "#f0a184", "#a9cf74", "#c3a2ea", "#6fcfcf", "#ee9fbe", "#dcc06e", "#a5b0f2", "#86d0a4", "#d5a695"],
};

export interface Palette {
  paper: string;
  ink: string;
  soft: string;
  line: string;
  accent: string;
  fresh: string;
  faint: string;
}

export const PALETTE: Record<Theme, Palette> = {
  light: {
    paper: "#fbfbfa",
    ink: "#1c2126",
    soft: "#59636e",
    line: "#c9ced4",
    accent: "#b3261e",
    fresh: "#d9480f",
    faint: "#e3e5e8",
  },
  dark: {
    paper: "#14171b",
    ink: "#e9ecef",
    soft: "#a3adb8",
    line: "#49525c",
    accent: "#ff8a80",
    fresh: "#ffa94d",
    faint: "#23282e",
  },
};

/** Dashes by status, in pixels on and off at a thickness of one and a half; a tie that was denied is crossed as well. */
export const DASHES: number[][] = [[], [9, 5], [2, 4], [4, 4], [10, 3, 2, 3]];

/** Status (or -1) to the pattern of the edge program and of SVG. */
export const pattern = (status: number): number => Math.max(status, 0);

export function kindColor(kind: number, theme: Theme): string {
  return KIND[theme][kind % 4]!;
}

export function communityColor(community: number, theme: Theme): string {
  const all = COMMUNITY[theme];
  return all[community % all.length]!;
}

function rgb(color: string): [number, number, number] {
  const n = Number.parseInt(color.slice(1, 7), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

const hex = (parts: number[]): string =>
  `#${parts.map((p) => Math.round(Math.min(255, Math.max(0, p))).toString(16).padStart(2, "0")).join("")}`;

export function mix(a: string, b: string, share: number): string {
  const [x, y] = [rgb(a), rgb(b)];
  return hex(x.map((v, i) => v * (1 - share) + y[i]! * share));
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [r, g, b] = rgb(color).map((v) => {
    const c = v / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const fitted = new Map<string, string>();

/** A relation's colour, moved towards the ink until it stands out from the paper by 3 to 1. */
export function relationColor(color: string, theme: Theme): string {
  const name = color + theme;
  let found = fitted.get(name);
  if (!found) {
    const { paper, ink } = PALETTE[theme];
    found = /^#[0-9a-f]{6}$/i.test(color) ? color : "#888888";
    for (let share = 0.1; contrast(found, paper) < 3 && share < 1; share += 0.1) found = mix(found, ink, share);
    fitted.set(name, found);
  }
  return found;
}

/** The outline of a shape of this radius around the origin, as points; of a circle, none. */
export function outline(shape: Shape, r: number): [number, number][] {
  switch (shape) {
    case "circle":
      return [];
    case "square":
      return [[-0.88 * r, -0.88 * r], [0.88 * r, -0.88 * r], [0.88 * r, 0.88 * r], [-0.88 * r, 0.88 * r]];
    case "diamond":
      return [[0, -1.24 * r], [1.24 * r, 0], [0, 1.24 * r], [-1.24 * r, 0]];
    case "hexagon":
      return [0, 1, 2, 3, 4, 5].map((i) => {
        const angle = (i * Math.PI) / 3;
        return [1.1 * r * Math.cos(angle), 1.1 * r * Math.sin(angle)];
      });
  }
}

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';
