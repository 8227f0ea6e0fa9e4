//! Parts that are not connected, beside each other, on a grid (after Freivalds, Dogrusoz and Kikusts, GD 2001): the
//! greatest in the middle, the others in rings around it. Where in its ring a part would like to stand, its key alone
//! says, and it gets the free place nearest to that, so that one more or one less moves only its neighbours.

use super::{mix, point};
use rustc_hash::FxHashSet;

/// A part that keeps its form.
#[derive(Debug)]
pub(super) struct Shape {
    /// The least hash of its nodes.
    pub(super) seed: u64,
    /// Its nodes.
    pub(super) points: Vec<[f32; 2]>,
    /// Their boxes.
    pub(super) sizes: Vec<[f32; 2]>,
}

/// Share of a ring around the greatest part that what stands there takes.
const FILLED: f32 = 0.8;

/// Moves the shapes, which come greatest first, so that none stands in another.
pub(super) fn pack(shapes: &mut [Shape], spacing: f32, aspect: f32) {
    let cell = spacing / 2.0;
    let Some((first, others)) = shapes.split_first_mut() else { return };
    let mut taken: FxHashSet<(i32, i32)> = cells(first, cell).into_iter().collect();
    let forms: Vec<Vec<(i32, i32)>> = others.iter().map(|s| cells(s, cell)).collect();
    // so far that nine in ten of the greatest part's nodes lie within
    let mut far: Vec<f32> = first.points.iter().map(|p| (p[0] / aspect).hypot(p[1])).collect();
    far.sort_by(f32::total_cmp);
    let mut inner = (far[far.len() * 9 / 10] / cell).powi(2);
    // first a ring of what is tied, around it one of what is not
    for alone in [false, true] {
        let here = |s: &Shape| (s.points.len() == 1) == alone;
        let area: usize = others.iter().zip(&forms).filter(|(s, _)| here(s)).map(|(_, form)| form.len()).sum();
        let room = area as f32 / (FILLED * std::f32::consts::PI * aspect);
        for (shape, form) in others.iter_mut().zip(&forms).filter(|(s, _)| here(s)) {
            let wish = wish(shape.seed, inner, room, aspect);
            let at = nearest(wish, |at| form.iter().all(|c| !taken.contains(&(c.0 + at.0, c.1 + at.1))));
            taken.extend(form.iter().map(|c| (c.0 + at.0, c.1 + at.1)));
            for p in &mut shape.points {
                *p = [p[0] + at.0 as f32 * cell, p[1] + at.1 as f32 * cell];
            }
        }
        inner += room;
    }
}

/// The cell that a shape would stand in if all were free: a place of the ring around the rim, by its hash alone. `inner` is the square of
/// the ring's inner radius, `room` what is to be added for the outer.
fn wish(seed: u64, inner: f32, room: f32, aspect: f32) -> (i32, i32) {
    // a direction: the first of the points that the hash stands for which is no corner
    let mut bits = mix(seed);
    let [dx, dy] = loop {
        let p = point(bits);
        let size = p[0] * p[0] + p[1] * p[1];
        if size <= 1.0 && size > 0.01 {
            break [p[0] / size.sqrt(), p[1] / size.sqrt()];
        }
        bits = mix(bits.wrapping_add(1));
    };
    let share = (point(mix(!seed))[0] + 1.0) / 2.0;
    let r = (inner + share * room).sqrt();
    ((dx * r * aspect).round() as i32, (dy * r).round() as i32)
}

/// The free cell nearest to a wish, in the order of growing squares around it.
fn nearest((x, y): (i32, i32), free: impl Fn((i32, i32)) -> bool) -> (i32, i32) {
    for r in 0i32.. {
        let side = |k: i32| [(x + k, y - r), (x + k, y + r), (x - r, y + k), (x + r, y + k)];
        let mut ring: Vec<(i32, i32)> = (-r..=r).flat_map(side).collect();
        let far = |&(a, b): &(i32, i32)| ((a - x).pow(2) + (b - y).pow(2), a, b);
        ring.sort_unstable_by_key(far);
        if let Some(at) = ring.into_iter().find(|at| free(*at)) {
            return at;
        }
    }
    (x, y)
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
