//! Parts that are not connected, beside each other: the greatest in the middle, the others around it, each at the
//! free place nearest to the centre, on a grid (after Freivalds, Dogrusoz and Kikusts, GD 2001).

use rustc_hash::FxHashSet;

/// A part that keeps its form.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its nodes.
    pub(super) points: Vec<[f32; 2]>,
    /// Their boxes.
    pub(super) sizes: Vec<[f32; 2]>,
}

/// Moves the shapes, which come greatest first, so that none stands in another.
pub(super) fn pack(shapes: &mut [Shape], spacing: f32, aspect: f32) {
    let cell = spacing / 2.0;
    let mut taken: FxHashSet<(i32, i32)> = FxHashSet::default();
    let places = places(shapes, cell, aspect);
    let mut last: (Vec<(i32, i32)>, usize) = (Vec::new(), 0);
    for shape in shapes {
        let cells = cells(shape, cell);
        // a form that found no place up to here finds none there later
        let from = if cells == last.0 { last.1 } else { 0 };
        let free = |at: &(i32, i32)| cells.iter().all(|c| !taken.contains(&(c.0 + at.0, c.1 + at.1)));
        let index = places[from..].iter().position(free).map_or(places.len() - 1, |k| k + from);
        let (x, y) = places[index];
        taken.extend(cells.iter().map(|c| (c.0 + x, c.1 + y)));
        for p in &mut shape.points {
            *p = [p[0] + x as f32 * cell, p[1] + y as f32 * cell];
        }
        last = (cells, index);
    }
}

/// The cells that a shape covers: each row filled from its first to its last, and a rim.
fn cells(shape: &Shape, cell: f32) -> Vec<(i32, i32)> {
    let mut rows: std::collections::BTreeMap<i32, (i32, i32)> = std::collections::BTreeMap::new();
    for (p, s) in shape.points.iter().zip(&shape.sizes) {
        let at = |x: f32| (x / cell).round() as i32;
        let (left, right) = (at(p[0] - s[0] / 2.0), at(p[0] + s[0] / 2.0));
        for y in at(p[1] - s[1] / 2.0) - 1..=at(p[1] + s[1] / 2.0) + 1 {
            let row = rows.entry(y).or_insert((left - 1, right + 1));
            *row = (row.0.min(left - 1), row.1.max(right + 1));
        }
    }
    rows.into_iter().flat_map(|(y, (left, right))| (left..=right).map(move |x| (x, y))).collect()
}

/// Places to try, from the centre outwards, in an ellipse; there is one for every shape.
fn places(shapes: &[Shape], cell: f32, aspect: f32) -> Vec<(i32, i32)> {
    if shapes.len() <= 1 {
        return vec![(0, 0)];
    }
    let (mut wide, mut area) = (2i64, 0i64);
    for shape in shapes {
        let reach = |k: usize| shape.points.iter().zip(&shape.sizes).fold(0.0f32, |m, (p, s)| m.max(p[k].abs() + s[k]));
        let side = (reach(0).max(reach(1)) * 2.0 / cell) as i64 + 4;
        wide = wide.max(side);
        area += side * side;
    }
    let radius = ((wide as f64 + (area as f64).sqrt()) * 0.75).min(1500.0) as i32;
    let far = |&(x, y): &(i32, i32)| {
        let (x, y) = (f64::from(x) / f64::from(aspect), f64::from(y));
        x * x + y * y
    };
    let mut out: Vec<(i32, i32)> = (-radius..=radius).flat_map(|y| (-radius..=radius).map(move |x| (x, y))).collect();
    out.sort_by(|a, b| far(a).total_cmp(&far(b)).then(a.cmp(b)));
    out
}
