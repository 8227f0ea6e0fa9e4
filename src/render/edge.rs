//! Lines between boxes: around other boxes, with an arrow, marks of their status, and a label where there is room.

use super::style::{Palette, dashes};
use super::svg::{Anchor, Svg, Type, number};
use super::text;
use crate::schema::Status;
use rustc_hash::FxHashMap;

/// A box: centre, width, height.
pub(super) type Place = [f32; 4];

/// A quadratic Bézier curve.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    a: [f32; 2],
    c: [f32; 2],
    b: [f32; 2],
}

fn between(p: [f32; 2], q: [f32; 2], t: f32) -> [f32; 2] {
    [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t]
}

fn distance(p: [f32; 2], q: [f32; 2]) -> f32 {
    let (x, y) = (q[0] - p[0], q[1] - p[1]);
    (x * x + y * y).sqrt()
}

impl Curve {
    /// From `a` to `b`, its middle aside by `bend` times their distance.
    fn bent(a: [f32; 2], b: [f32; 2], bend: f32) -> Curve {
        let m = between(a, b, 0.5);
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        Curve { a, c: [m[0] - dy * bend * 2.0, m[1] + dx * bend * 2.0], b }
    }

    pub(super) fn at(&self, t: f32) -> [f32; 2] {
        between(between(self.a, self.c, t), between(self.c, self.b, t), t)
    }

    /// The part from `t` to `u`.
    fn part(&self, t: f32, u: f32) -> Curve {
        let c = between(between(self.a, self.c, t), between(self.c, self.b, t), u);
        Curve { a: self.at(t), c, b: self.at(u) }
    }

    fn data(&self) -> String {
        let n = number;
        format!(
            "M{} {}Q{} {} {} {}",
            n(self.a[0]),
            n(self.a[1]),
            n(self.c[0]),
            n(self.c[1]),
            n(self.b[0]),
            n(self.b[1])
        )
    }

    /// Points along it.
    pub(super) fn samples(&self, n: usize) -> impl Iterator<Item = [f32; 2]> + '_ {
        (0..=n).map(move |i| self.at(i as f32 / n as f32))
    }
}

/// Whether a point stands in a box with so much room around it.
pub(super) fn inside(p: [f32; 2], place: &Place, room: f32) -> bool {
    (p[0] - place[0]).abs() < place[2] / 2.0 + room && (p[1] - place[1]).abs() < place[3] / 2.0 + room
}

/// Whether two boxes are less than `room` apart.
pub(super) fn touch(a: &Place, b: &Place, room: f32) -> bool {
    (a[0] - b[0]).abs() < (a[2] + b[2]) / 2.0 + room && (a[1] - b[1]).abs() < (a[3] + b[3]) / 2.0 + room
}

/// How lines are found: boxes to go around, and the bends already taken between two of them.
#[derive(Debug)]
pub(super) struct Router<'a> {
    places: &'a [Place],
    taken: FxHashMap<(usize, usize), Vec<f32>>,
}

/// The greatest bend of a line.
pub(super) const FREE: f32 = 0.6;

/// Bends to try, the slightest first.
const BENDS: [f32; 13] = [0.0, 0.07, -0.07, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32, 0.44, -0.44, 0.6, -0.6];

impl<'a> Router<'a> {
    pub(super) fn new(places: &'a [Place]) -> Router<'a> {
        Router { places, taken: FxHashMap::default() }
    }

    /// The line from box `a` to box `b`: of all bends up to `most` the one that runs least through boxes, keeps clear
    /// of the lines between the same two, and bends least.
    pub(super) fn route(&mut self, a: usize, b: usize, most: f32) -> Curve {
        let (pa, pb) = (&self.places[a], &self.places[b]);
        let (from, to) = ([pa[0], pa[1]], [pb[0], pb[1]]);
        let sign = if a < b { 1.0 } else { -1.0 };
        let taken = self.taken.entry((a.min(b), a.max(b))).or_default();
        let length = distance(from, to);
        let reach = length * 0.7;
        let middle = between(from, to, 0.5);
        let near: Vec<&Place> = (0..self.places.len())
            .filter(|i| *i != a && *i != b)
            .map(|i| &self.places[i])
            .filter(|p| distance([p[0], p[1]], middle) < reach + (p[2] + p[3]) / 2.0)
            .collect();
        let cost = |bend: f32| {
            let curve = Curve::bent(from, to, bend);
            let steps = ((length / 8.0) as usize).clamp(12, 80);
            let hits = curve.samples(steps).filter(|p| near.iter().any(|place| inside(*p, place, 4.0))).count();
            let crowd = taken.iter().filter(|t| (**t - bend * sign).abs() < 0.12).count();
            hits as f32 * length / steps as f32 * 3.0 + crowd as f32 * 40.0 + bend.abs() * (12.0 + length * 0.2)
        };
        let bends = BENDS.into_iter().filter(|b| b.abs() <= most);
        let best = bends.map(|b| (cost(b), b)).min_by(|x, y| x.0.total_cmp(&y.0)).map_or(0.0, |x| x.1);
        taken.push(best * sign);
        let whole = Curve::bent(from, to, best);
        clipped(&whole, pa, pb)
    }
}

/// The part of a curve outside the boxes that it joins.
fn clipped(whole: &Curve, a: &Place, b: &Place) -> Curve {
    let leaves = |place: &Place, room: f32, at: &dyn Fn(f32) -> f32| {
        let (mut low, mut high) = (0.0f32, 1.0f32);
        for i in 1..=64 {
            if !inside(whole.at(at(i as f32 / 64.0)), place, room) {
                high = i as f32 / 64.0;
                break;
            }
            low = i as f32 / 64.0;
        }
        for _ in 0..12 {
            let middle = (low + high) / 2.0;
            if inside(whole.at(at(middle)), place, room) { low = middle } else { high = middle }
        }
        high
    };
    let start = leaves(a, 1.0, &|t| t);
    let end = 1.0 - leaves(b, 2.0, &|t| 1.0 - t);
    if start < end { whole.part(start, end) } else { whole.part(0.45, 0.55) }
}

/// What a line shows.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) curve: Curve,
    pub(super) color: String,
    pub(super) width: f32,
    pub(super) status: Option<Status>,
    /// Whether it has an arrow.
    pub(super) directed: bool,
    /// Words on it.
    pub(super) label: String,
    /// Words when pointed at.
    pub(super) tooltip: String,
    /// Behind the others, half transparent.
    pub(super) faint: bool,
}

/// Font size of labels on lines.
const SMALL: f32 = 10.5;

/// Where the labels of lines stand: along their line, where they touch no box and no other label, and as few other
/// lines as can be; `None` where there is no such place.
pub(super) fn labels(lines: &[Line], places: &[Place]) -> Vec<Option<Place>> {
    let samples: Vec<Vec<[f32; 2]>> = lines.iter().map(|l| l.curve.samples(40).collect()).collect();
    let mut taken: Vec<Place> = Vec::new();
    let mut out = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let wide = text::width(&line.label) * SMALL + 6.0;
        let length = distance(line.curve.a, line.curve.b);
        if line.label.is_empty() || length < 34.0 {
            out.push(None);
            continue;
        }
        let mut best: Option<(usize, Place)> = None;
        for t in [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74] {
            let [x, y] = line.curve.at(t);
            let place = [x, y, wide, SMALL + 4.0];
            if places.iter().any(|p| touch(p, &place, 2.0)) || taken.iter().any(|p| touch(p, &place, 2.0)) {
                continue;
            }
            // the line must be seen on both sides of its label
            let seen = samples[i].iter().filter(|p| !inside(**p, &place, 0.0)).count();
            if seen < 12 {
                continue;
            }
            let others = samples.iter().enumerate().filter(|(j, _)| *j != i);
            let crossed = others.filter(|(_, s)| s.iter().any(|p| inside(*p, &place, 0.0))).count();
            if best.is_none_or(|(least, _)| crossed < least) {
                best = Some((crossed, place));
            }
        }
        taken.extend(best.map(|b| b.1));
        out.push(best.map(|b| b.1));
    }
    out
}

/// Draws the line; the mark of its status stands in the middle, or aside of its label.
pub(super) fn draw(svg: &mut Svg, line: &Line, labelled: bool, palette: &Palette) {
    let faint = if line.faint { "0.5" } else { "" };
    let pen = number(line.width);
    let solid = [("fill", "none"), ("stroke", line.color.as_str()), ("stroke-width", pen.as_str())];
    let ended = line.status == Some(Status::Ended);
    svg.open(&[("opacity", if ended { "0.7" } else { faint })], &line.tooltip);
    let size = 5.0 + line.width * 1.3;
    let [end, back] =
        [line.curve.b, line.curve.at(1.0 - (size / distance(line.curve.a, line.curve.b).max(1.0)).min(0.5))];
    let shaft = if line.directed { line.curve.part(0.0, 0.995) } else { line.curve };
    let mut look = solid.to_vec();
    look.push(("stroke-dasharray", dashes(line.status)));
    if line.status == Some(Status::Rumored) {
        look.push(("stroke-linecap", "round"));
    }
    svg.path(&shaft.data(), &look);
    if line.directed {
        let length = distance(back, end).max(0.1);
        let (ux, uy) = ((end[0] - back[0]) / length, (end[1] - back[1]) / length);
        let base = [end[0] - ux * size, end[1] - uy * size];
        let half = size * 0.42;
        let corners = [end, [base[0] - uy * half, base[1] + ux * half], [base[0] + uy * half, base[1] - ux * half]];
        svg.polygon(&corners, &[("fill", line.color.as_str())]);
    }
    if let Some(status) = line.status {
        let at = if labelled { 0.2 } else { 0.45 };
        mark(svg, line.curve.at(at), line.curve.at(at - 0.02), status, palette);
    }
    svg.close();
}

/// The mark of a denied (a cross) or ended (a double bar) tie at a point of its line.
pub(super) fn mark(svg: &mut Svg, [x, y]: [f32; 2], before: [f32; 2], status: Status, palette: &Palette) {
    let length = distance(before, [x, y]).max(0.01);
    let (ux, uy) = ((x - before[0]) / length, (y - before[1]) / length);
    let at = |along: f32, across: f32| [x + ux * along - uy * across, y + uy * along + ux * across];
    let pen = [("stroke", palette.ink), ("stroke-width", "1.8"), ("fill", "none")];
    match status {
        Status::Negated => {
            svg.line(at(-4.0, -4.0), at(4.0, 4.0), &pen);
            svg.line(at(-4.0, 4.0), at(4.0, -4.0), &pen);
        }
        Status::Ended => {
            svg.line(at(-2.0, -5.0), at(-2.0, 5.0), &pen);
            svg.line(at(2.0, -5.0), at(2.0, 5.0), &pen);
        }
        _ => {}
    }
}

/// Writes a label over its line.
pub(super) fn write_label(svg: &mut Svg, line: &Line, place: &Place, palette: &Palette, ground: &str) {
    let [x, y, w, h] = *place;
    svg.rect([x - w / 2.0, y - h / 2.0, w, h], 3.0, &[("fill", ground), ("fill-opacity", "0.88")]);
    let ink = super::style::mixed(&line.color, 60, palette.ink);
    svg.text(x, y + SMALL * 0.36, Type::new(SMALL, &ink).anchor(Anchor::Middle), &line.label);
}
