//! Repulsion by Barnes and Hut's quadtree (Nature 324, 1986): far nodes push as one.

/// How far a cell must be, in units of its width, to push as one.
const FAR: f32 = 1.0;

/// Points in a cell that is not divided further.
const FEW: usize = 6;

/// Bits of a coordinate in the order of cells.
const BITS: u32 = 16;

#[derive(Clone, Copy, Debug)]
struct Cell {
    x: f32,
    y: f32,
    mass: f32,
    /// Square of the wider side of the box around its points.
    width2: f32,
    /// The points, as places in the order of cells.
    first: u32,
    last: u32,
    /// The next cell that is not inside this one.
    next: u32,
    leaf: bool,
}

/// Points sorted along a Z-shaped curve, and the cells over them in the order of a walk from the root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// For each place, the node.
    pub(super) order: Vec<u32>,
    points: Vec<[f32; 3]>,
    codes: Vec<u64>,
    cells: Vec<Cell>,
}

impl Tree {
    /// Builds anew over these points.
    pub(super) fn build(&mut self, points: &[[f32; 2]], mass: &[f32]) {
        let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
        for p in points {
            for k in 0..2 {
                low[k] = low[k].min(p[k]);
                high[k] = high[k].max(p[k]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]).max(f32::MIN_POSITIVE);
        let steps = ((1u32 << BITS) - 1) as f32;
        let code = |p: &[f32; 2]| {
            let step = |k: usize| ((p[k] - low[k]) / side * steps) as u32;
            u64::from(spread(step(0)) | spread(step(1)) << 1)
        };
        self.codes.clear();
        self.codes.extend(points.iter().enumerate().map(|(i, p)| code(p) << 32 | i as u64));
        self.codes.sort_unstable();
        self.order.clear();
        self.order.extend(self.codes.iter().map(|c| *c as u32));
        self.points.clear();
        self.points.extend(self.order.iter().map(|&i| {
            let p = points[i as usize];
            [p[0], p[1], mass[i as usize]]
        }));
        self.cells.clear();
        if !points.is_empty() {
            self.cell(0, points.len(), BITS);
        }
    }

    /// Adds the cell over the places from `first` to `last`, which agree above `bits`, and gives the box around them.
    fn cell(&mut self, first: usize, last: usize, bits: u32) -> [f32; 4] {
        let own = self.cells.len();
        let leaf = last - first <= FEW || bits == 0;
        let (first32, last32) = (first as u32, last as u32);
        let empty = Cell { x: 0.0, y: 0.0, mass: 0.0, width2: 0.0, first: first32, last: last32, next: 0, leaf };
        self.cells.push(empty);
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let (mut x, mut y, mut mass) = (0.0f32, 0.0f32, 0.0f32);
        if leaf {
            for p in &self.points[first..last] {
                (x, y, mass) = (x + p[0] * p[2], y + p[1] * p[2], mass + p[2]);
                bounds = around(bounds, [p[0], p[1], p[0], p[1]]);
            }
        } else {
            let shift = 32 + 2 * (bits - 1);
            let mut from = first;
            for quarter in 0..4u64 {
                let to = match quarter {
                    3 => last,
                    _ => from + self.codes[from..last].partition_point(|c| (c >> shift) & 3 <= quarter),
                };
                if to > from {
                    let child = self.cells.len();
                    bounds = around(bounds, self.cell(from, to, bits - 1));
                    let c = self.cells[child];
                    (x, y, mass) = (x + c.x * c.mass, y + c.y * c.mass, mass + c.mass);
                }
                from = to;
            }
        }
        let width = (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
        let next = self.cells.len() as u32;
        let cell = &mut self.cells[own];
        (cell.x, cell.y, cell.mass) = (x / mass, y / mass, mass);
        (cell.width2, cell.next) = (width * width, next);
        bounds
    }

    /// The push on the point at `place`, its own mass left out: the sum of mass over distance, away from each.
    pub(super) fn push(&self, place: usize) -> [f32; 2] {
        let [px, py, _] = self.points[place];
        let (mut fx, mut fy) = (0.0f32, 0.0f32);
        let mut i = 0;
        while let Some(c) = self.cells.get(i) {
            let (dx, dy) = (px - c.x, py - c.y);
            let d2 = dx * dx + dy * dy;
            let outside = place < c.first as usize || place >= c.last as usize;
            if outside && c.width2 < FAR * FAR * d2 {
                let f = c.mass / d2;
                (fx, fy) = (fx + dx * f, fy + dy * f);
                i = c.next as usize;
            } else if c.leaf {
                for p in &self.points[c.first as usize..c.last as usize] {
                    let (dx, dy) = (px - p[0], py - p[1]);
                    let f = p[2] / (dx * dx + dy * dy + 1e-9);
                    (fx, fy) = (fx + dx * f, fy + dy * f);
                }
                i = c.next as usize;
            } else {
                i += 1;
            }
        }
        [fx, fy]
    }
}

/// The box around two.
fn around(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The low 16 bits, a zero before each.
fn spread(x: u32) -> u32 {
    let x = (x | x << 8) & 0x00ff_00ff;
    let x = (x | x << 4) & 0x0f0f_0f0f;
    let x = (x | x << 2) & 0x3333_3333;
    (x | x << 1) & 0x5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{mix, point};

    #[test]
    fn the_tree_pushes_like_the_sum_over_all() {
        let points: Vec<[f32; 2]> = (0..500).map(|i| point(mix(i))).collect();
        let mass: Vec<f32> = (0..500).map(|i| 1.0 + (i % 7) as f32).collect();
        let mut tree = Tree::default();
        tree.build(&points, &mass);
        let (mut off, mut size) = (0.0, 0.0);
        for place in 0..500 {
            let own = tree.order[place] as usize;
            let (mut x, mut y) = (0.0, 0.0);
            for (p, m) in points.iter().zip(&mass) {
                let (dx, dy) = (points[own][0] - p[0], points[own][1] - p[1]);
                let f = m / (dx * dx + dy * dy + 1e-9);
                (x, y) = (x + dx * f, y + dy * f);
            }
            let [tx, ty] = tree.push(place);
            (off, size) = (off + (x - tx).hypot(y - ty), size + x.hypot(y));
        }
        assert!(off < 0.03 * size, "{off} of {size}");
    }
}
