//! Forces: linked nodes pull each other, all nodes push each other away, and a little gravity holds the rim.
//!
//! The model lies between ForceAtlas2 (Jacomy and others, PLoS ONE 9(6), 2014) and Noack's LinLog (J. Graph Algorithms
//! Appl. 11(2), 2007): pull grows with the root of the distance, so that dense groups stand apart without their
//! members falling onto each other; push is by degree, over the distance. Steps shrink geometrically.

use super::tree::Tree;
use super::turn::{Turn, turn};
use super::{Link, point};
use rayon::prelude::*;

/// Rounds of gathering before the forces set in.
const ROUNDS: usize = 200;

/// The first step of the forces, in spacings, for the root of the number of nodes.
const HEAT: f32 = 0.025;

/// Below this number of nodes threads cost more than they give.
const SERIAL: usize = 600;

/// Weight of the pull to the centre.
const GRAVITY: f32 = 0.08;

/// Positions of a connected part, in no particular unit.
pub(super) fn connected(seeds: &[u64], links: &[Link], how: Turn) -> Vec<[f32; 2]> {
    let n = seeds.len();
    if n <= 1 {
        return vec![[0.0; 2]; n];
    }
    let mean = links.iter().map(|l| f64::from(l.2)).sum::<f64>() / links.len() as f64;
    let links: Vec<Link> = links.iter().map(|&(a, b, w)| (a, b, (f64::from(w) / mean).min(6.0) as f32)).collect();
    let mut mass = vec![1.0f32; n];
    for &(a, b, _) in &links {
        mass[a as usize] += 1.0;
        mass[b as usize] += 1.0;
    }
    let mut points = start(seeds, &links, &mass);
    // far enough to cross the whole, in few steps where each is dear
    let heat = (HEAT * (n as f32).sqrt()).max(0.5);
    settle(&mut points, &mass, &links, if n > 8000 { 150 } else { 250 }, heat);
    turn(&mut points, &mass, how);
    points
}

/// Where to start from: each node where its key says, then again and again between its own place and the middle of
/// its neighbours, so that what is tied comes together while the whole is kept spread over a disc. It is a power
/// iteration towards the slowest two modes of a walk over the graph that is stopped early, and so no single tie and no
/// node turns it over. (Levels of merged nodes, or the two modes themselves, may come out wholly otherwise after the
/// smallest change.)
fn start(seeds: &[u64], links: &[Link], mass: &[f32]) -> Vec<[f32; 2]> {
    let n = seeds.len();
    let neighbours = Neighbours::new(n, links);
    let all: Vec<f32> = (0..n).map(|v| neighbours.of(v).iter().map(|l| l.1).sum()).collect();
    let mut points: Vec<[f32; 2]> = seeds.iter().map(|s| point(*s)).collect();
    let mut next = points.clone();
    for _ in 0..ROUNDS {
        let middle = |v: usize| {
            let (mut x, mut y) = (points[v][0] * all[v], points[v][1] * all[v]);
            for &(other, w) in neighbours.of(v) {
                let [ox, oy] = points[other as usize];
                (x, y) = (x + ox * w, y + oy * w);
            }
            [x / (2.0 * all[v]), y / (2.0 * all[v])]
        };
        next.iter_mut().enumerate().for_each(|(v, p)| *p = middle(v));
        std::mem::swap(&mut points, &mut next);
        let centre = centre(&points, &all);
        points.iter_mut().for_each(|p| *p = [p[0] - centre[0], p[1] - centre[1]]);
        let square = points.iter().map(|[x, y]| f64::from(x * x + y * y)).sum::<f64>() / n as f64;
        if square == 0.0 {
            break;
        }
        // far ones, loosely tied, must not press all others together
        for p in &mut points {
            let by = 1.0 / (square as f32 + p[0] * p[0] + p[1] * p[1]).sqrt();
            *p = [p[0] * by, p[1] * by];
        }
    }
    let radius = (n as f32).sqrt() * mass.iter().sum::<f32>().sqrt();
    points.iter().map(|p| p.map(|x| x * radius)).collect()
}

/// The distance between neighbours if the points were spread evenly over a disc.
fn spacing(points: &[[f32; 2]]) -> f32 {
    let n = points.len() as f64;
    let (mut x, mut y, mut square) = (0.0, 0.0, 0.0);
    for p in points {
        let (px, py) = (f64::from(p[0]), f64::from(p[1]));
        (x, y, square) = (x + px, y + py, square + px * px + py * py);
    }
    let spread = (square / n - (x / n).powi(2) - (y / n).powi(2)).max(0.0);
    (2.0 * std::f64::consts::PI * spread / n).sqrt() as f32
}

/// The links of each node, in the order of the other ends.
struct Neighbours {
    start: Vec<u32>,
    links: Vec<(u32, f32)>,
}

impl Neighbours {
    fn new(n: usize, links: &[Link]) -> Neighbours {
        let mut start = vec![0u32; n + 1];
        for &(a, b, _) in links {
            start[a as usize + 1] += 1;
            start[b as usize + 1] += 1;
        }
        for v in 0..n {
            start[v + 1] += start[v];
        }
        let (mut at, mut out) = (start.clone(), vec![(0, 0.0); links.len() * 2]);
        for &(a, b, w) in links {
            for (from, to) in [(a, b), (b, a)] {
                out[at[from as usize] as usize] = (to, w);
                at[from as usize] += 1;
            }
        }
        Neighbours { start, links: out }
    }

    fn of(&self, v: usize) -> &[(u32, f32)] {
        &self.links[self.start[v] as usize..self.start[v + 1] as usize]
    }
}

/// Moves the points `steps` times, by at first `heat` times their spacing, in the end by a hundredth of that.
fn settle(points: &mut [[f32; 2]], mass: &[f32], links: &[Link], steps: u32, heat: f32) {
    let n = points.len();
    let neighbours = Neighbours::new(n, links);
    let mut tree = Tree::default();
    let mut forces = vec![[0.0f32; 2]; n];
    // 0.01^(1/steps) by halving, for the last bit of `powf` is not the same everywhere
    let cooling = root_of_hundredth(steps);
    let mut step = spacing(points) * heat;
    let mut typical = 0.0f32;
    for _ in 0..steps {
        tree.build(points, mass);
        let centre = centre(points, mass);
        let force = |place: usize| {
            let v = tree.order[place] as usize;
            let ([x, y], m) = (points[v], mass[v]);
            let push = tree.push(place);
            let (mut fx, mut fy) = (push[0] * m, push[1] * m);
            for &(other, w) in neighbours.of(v) {
                let [ox, oy] = points[other as usize];
                let (dx, dy) = (ox - x, oy - y);
                let d = (dx * dx + dy * dy).sqrt();
                // a force of w·√d along the unit vector
                let f = w / d.sqrt().max(1e-6);
                (fx, fy) = (fx + dx * f, fy + dy * f);
            }
            let (dx, dy) = (centre[0] - x, centre[1] - y);
            let f = GRAVITY * m / (dx * dx + dy * dy).sqrt().sqrt().max(1e-6);
            [fx + dx * f, fy + dy * f]
        };
        match n < SERIAL {
            true => forces.iter_mut().enumerate().for_each(|(place, f)| *f = force(place)),
            false => forces.par_iter_mut().with_min_len(128).enumerate().for_each(|(place, f)| *f = force(place)),
        }
        let length = |f: &[f32; 2]| (f[0] * f[0] + f[1] * f[1]).sqrt();
        let per_mass = |(place, f): (usize, &[f32; 2])| f64::from(length(f) / mass[tree.order[place] as usize]);
        let now = (forces.iter().enumerate().map(per_mass).sum::<f64>() / n as f64) as f32;
        typical = if typical == 0.0 { now } else { typical.min(now) };
        for (place, f) in forces.iter().enumerate() {
            let v = tree.order[place] as usize;
            let size = length(f);
            let by = step / (size + typical * mass[v]);
            if by.is_finite() {
                points[v][0] += f[0] * by;
                points[v][1] += f[1] * by;
            }
        }
        step *= cooling;
    }
}

/// The centre of mass.
pub(super) fn centre(points: &[[f32; 2]], mass: &[f32]) -> [f32; 2] {
    let (mut x, mut y, mut all) = (0.0f64, 0.0f64, 0.0f64);
    for (p, m) in points.iter().zip(mass) {
        let m = f64::from(*m);
        (x, y, all) = (x + f64::from(p[0]) * m, y + f64::from(p[1]) * m, all + m);
    }
    [(x / all) as f32, (y / all) as f32]
}

/// The number whose `steps`-th power is a hundredth.
fn root_of_hundredth(steps: u32) -> f32 {
    let (mut low, mut high) = (0.0f64, 1.0f64);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        let power = (0..steps).fold(1.0, |p, _| p * middle);
        if power > 0.01 { high = middle } else { low = middle }
    }
    low as f32
}
