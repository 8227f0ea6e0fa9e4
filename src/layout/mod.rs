//! Where entities stand in a picture: a position for each node of a view, computed without a display.
//!
//! Force-directed, from a start that gathers what is tied around places that the entities' keys say. Repulsion is
//! summed over a quadtree (Barnes–Hut). Every choice rests on keys and weights, every sum runs in a fixed order, and no
//! function is used whose last bit differs between machines, so the same graph gives the same positions anywhere and on
//! any number of threads. Nothing in it turns over at a small change of the graph, which moves things a little, not
//! throughout.

mod force;
mod overlap;
mod pack;
mod rings;
mod tree;
mod turn;

pub use overlap::{overlapping, separate};
pub use rings::rings;
pub use turn::Turn;

use crate::graph::{Bond, Tie, View};
use crate::schema::Status;
use rustc_hash::FxHashMap;

/// A weighted link between two nodes, by their indices.
pub type Link = (u32, u32, f32);

/// How to lay out.
#[derive(Clone, Debug)]
pub struct Options {
    /// Mean distance between neighbouring nodes, in the unit of positions.
    pub spacing: f32,
    /// Free space kept between the boxes of two nodes, same unit.
    pub gap: f32,
    /// How much less a tie between two groups pulls than one within a group; 1 for no difference.
    pub between_groups: f32,
    /// Width of the whole over its height, for parts that are not connected.
    pub aspect: f32,
    /// How connected parts are turned.
    pub turn: Turn,
}

impl Default for Options {
    fn default() -> Options {
        Options { spacing: 40.0, gap: 2.0, between_groups: 0.35, aspect: 1.4, turn: Turn::Steady }
    }
}

/// What is laid out: nodes are counted from 0.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// A hash of each node's key: it decides where there is a choice.
    pub seeds: Vec<u64>,
    /// The links; several between the same two add up.
    pub links: Vec<Link>,
    /// Width and height of each node's box (node and label); a square counts as a disc. Empty: points.
    pub sizes: Vec<[f32; 2]>,
    /// Community of each node. Empty: none known.
    pub groups: Vec<u32>,
}

/// Positions of a view's nodes, in their order, around the origin; y points down. `sizes` are the boxes
/// (width, height) that must not overlap, or empty; `groups` the communities, or empty.
///
/// ```
/// # use guanxi::graph::{AssembleOptions, Assembler, View};
/// # use guanxi::schema::Schema;
/// use guanxi::layout::{self, Options};
/// # let graph = Assembler::new(&Schema::default(), AssembleOptions::default()).finish();
/// let positions = layout::of(&View::all(&graph), &[], &[], &Options::default());
/// assert_eq!(positions.len(), graph.graph.node_count());
/// ```
pub fn of(view: &View<'_>, sizes: &[[f32; 2]], groups: &[u32], options: &Options) -> Vec<[f32; 2]> {
    let mut at: FxHashMap<_, u32> = FxHashMap::default();
    at.extend(view.nodes.iter().enumerate().map(|(i, n)| (*n, i as u32)));
    let link = |e| {
        let (a, b, tie) = view.graph.tie(e);
        (at[&a], at[&b], pull(tie))
    };
    let input = Input {
        seeds: view.nodes.iter().map(|n| hash(&view.graph.node(*n).key)).collect(),
        links: view.edges.iter().map(|e| link(*e)).collect(),
        sizes: sizes.to_vec(),
        groups: groups.to_vec(),
    };
    layout(&input, options)
}

/// How strongly a tie pulls: by the root of its evidence; what is denied or over pulls less, a co-mention least.
fn pull(tie: &Tie) -> f32 {
    let evidence = tie.weight.clamp(1.0, 100.0).sqrt() as f32;
    let standing = match tie.claims.as_ref().map(|c| c.status) {
        Some(Status::Asserted | Status::Planned) => 1.0,
        Some(Status::Rumored | Status::Ended) => 0.8,
        Some(Status::Negated) => 0.5,
        None => 0.5,
    };
    let kind = if tie.bond == Bond::CoMention { 0.6 } else { 1.0 };
    evidence * standing * kind
}

/// FNV-1a with a final mix (the last step of MurmurHash3), the same on every machine.
pub fn hash(key: &str) -> u64 {
    let fnv = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    mix(key.bytes().fold(0xcbf2_9ce4_8422_2325, fnv))
}

/// Spreads the bits of `h`.
fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// A point of the square from −1 to 1 that a hash stands for.
fn point(seed: u64) -> [f32; 2] {
    let unit = |bits: u64| (bits & 0xff_ffff) as f32 / 8_388_608.0 - 1.0;
    [unit(seed), unit(seed >> 32)]
}

/// Lays out: connected parts one by one, then beside each other, the greatest in the middle.
pub fn layout(input: &Input, options: &Options) -> Vec<[f32; 2]> {
    let n = input.seeds.len();
    let links = merged(n, &weighted(input, options));
    let parts = parts(n, &links, &input.seeds);
    let mut place = vec![0u32; n];
    let mut own: Vec<Vec<Link>> = vec![Vec::new(); parts.len()];
    let mut part_of = vec![0u32; n];
    for (p, nodes) in parts.iter().enumerate() {
        for (i, &v) in nodes.iter().enumerate() {
            place[v as usize] = i as u32;
            part_of[v as usize] = p as u32;
        }
    }
    for &(a, b, w) in &links {
        own[part_of[a as usize] as usize].push((place[a as usize], place[b as usize], w));
    }
    let size = |v: u32| input.sizes.get(v as usize).copied().unwrap_or([0.0; 2]);
    let mut shapes: Vec<pack::Shape> = Vec::with_capacity(parts.len());
    for (nodes, links) in parts.iter().zip(&own) {
        let seeds: Vec<u64> = nodes.iter().map(|v| input.seeds[*v as usize]).collect();
        let sizes: Vec<[f32; 2]> = nodes.iter().map(|v| size(*v)).collect();
        let mut points = force::connected(&seeds, links, options.turn);
        scale(&mut points, &sizes, options.spacing);
        if !input.sizes.is_empty() {
            separate(&mut points, &sizes, options.gap);
        }
        let seed = seeds.iter().copied().min().unwrap_or(0);
        shapes.push(pack::Shape { seed, points, sizes });
    }
    pack::pack(&mut shapes, options.spacing, options.aspect);
    let mut out = vec![[0.0; 2]; n];
    for (nodes, shape) in parts.iter().zip(&shapes) {
        for (&v, &p) in nodes.iter().zip(&shape.points) {
            out[v as usize] = p;
        }
    }
    out
}

/// The links with those between groups weakened.
fn weighted(input: &Input, options: &Options) -> Vec<Link> {
    let group = |v: u32| input.groups.get(v as usize);
    let one = |&(a, b, w): &Link| (a, b, if group(a) == group(b) { w } else { w * options.between_groups });
    input.links.iter().map(one).collect()
}

/// Links as (smaller, greater, sum of weights), sorted; loops and weights that are no positive number vanish.
fn merged(n: usize, links: &[Link]) -> Vec<Link> {
    let valid = |l: &&Link| l.0 != l.1 && l.2 > 0.0 && l.2.is_finite() && l.0.max(l.1) < n as u32;
    let mut out: Vec<Link> = links.iter().filter(valid).map(|&(a, b, w)| (a.min(b), a.max(b), w)).collect();
    out.sort_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(x.2.total_cmp(&y.2)));
    out.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        if same {
            kept.2 += next.2;
        }
        same
    });
    out
}

/// The representative of `v`.
fn top(root: &mut [u32], mut v: u32) -> u32 {
    while root[v as usize] != v {
        root[v as usize] = root[root[v as usize] as usize];
        v = root[v as usize];
    }
    v
}

/// The connected parts, the greatest first, of equal ones the one with the smallest hash; nodes in their order.
fn parts(n: usize, links: &[Link], seeds: &[u64]) -> Vec<Vec<u32>> {
    let mut root: Vec<u32> = (0..n as u32).collect();
    for &(a, b, _) in links {
        let (a, b) = (top(&mut root, a), top(&mut root, b));
        root[a.max(b) as usize] = a.min(b);
    }
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); n];
    for v in 0..n as u32 {
        let r = top(&mut root, v);
        parts[r as usize].push(v);
    }
    parts.retain(|p| !p.is_empty());
    let least = |p: &[u32]| p.iter().map(|v| seeds[*v as usize]).min();
    parts.sort_by_cached_key(|p| (std::cmp::Reverse(p.len()), least(p), p[0]));
    parts
}

/// Brings a part to the wanted spacing: the area of the disc with its points' mean square distance from their
/// centre, over their number; never so tight that the boxes fill more than half of it. The middle, where the
/// best tied stand close, gets more of the room: a distance r from the centre becomes r^¾.
fn scale(points: &mut [[f32; 2]], sizes: &[[f32; 2]], spacing: f32) {
    let n = points.len() as f64;
    let wider = |p: &[f32; 2]| {
        let (x, y) = (f64::from(p[0]), f64::from(p[1]));
        let by = (x * x + y * y).sqrt().sqrt().sqrt();
        if by > 0.0 { [x / by, y / by] } else { [0.0; 2] }
    };
    let places: Vec<[f64; 2]> = points.iter().map(wider).collect();
    let spread = places.iter().map(|[x, y]| x * x + y * y).sum::<f64>() / n;
    let boxes: f64 = sizes.iter().map(|s| f64::from(s[0]) * f64::from(s[1])).sum();
    let area = (n * f64::from(spacing).powi(2)).max(boxes * 2.0);
    let factor = if spread > 0.0 { (area / (2.0 * std::f64::consts::PI * spread)).sqrt() } else { 1.0 };
    for (point, [x, y]) in points.iter_mut().zip(places) {
        *point = [(x * factor) as f32, (y * factor) as f32];
    }
}
