//! Levels: nodes join those that they are most tied to, as in Borůvka's algorithm.

use super::{Link, mix};

/// A coarser graph.
#[derive(Debug)]
pub(super) struct Coarse {
    /// For each finer node, the coarser one that it is part of.
    pub(super) parent: Vec<u32>,
    /// The coarser nodes' masses.
    pub(super) mass: Vec<f32>,
    /// Their hashes: that of the heaviest member.
    pub(super) seeds: Vec<u64>,
    /// Their links.
    pub(super) links: Vec<Link>,
}

/// No more than this many nodes join at once, so that a hub does not swallow its level.
const MOST: u32 = 12;

/// Links as (smaller, greater, sum of weights), sorted; loops and weights that are no positive number vanish.
pub(super) fn merged(n: usize, links: &[Link]) -> Vec<Link> {
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
pub(super) fn top(root: &mut [u32], mut v: u32) -> u32 {
    while root[v as usize] != v {
        root[v as usize] = root[root[v as usize] as usize];
        v = root[v as usize];
    }
    v
}

/// One level up. Each node asks for the neighbour to which it has the strongest link in relation to both
/// masses; the strongest wishes are granted first. `None` when too few can join.
pub(super) fn coarsen(mass: &[f32], seeds: &[u64], links: &[Link]) -> Option<Coarse> {
    let n = mass.len();
    let mut best: Vec<Option<(f32, u64, u32)>> = vec![None; n];
    for &(a, b, w) in links {
        let score = w / (mass[a as usize] * mass[b as usize]).sqrt();
        let pair = mix(seeds[a as usize] ^ seeds[b as usize]);
        for (from, to) in [(a, b), (b, a)] {
            let wish = &mut best[from as usize];
            if wish.is_none_or(|(s, p, _)| s.total_cmp(&score).then(p.cmp(&pair)).is_lt()) {
                *wish = Some((score, pair, to));
            }
        }
    }
    let mut wishes: Vec<(f32, u64, u32, u32)> =
        best.iter().enumerate().filter_map(|(v, b)| b.map(|(s, p, to)| (s, p, v as u32, to))).collect();
    wishes.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)).then(x.2.cmp(&y.2)));
    let mut root: Vec<u32> = (0..n as u32).collect();
    let mut members = vec![1u32; n];
    for (_, _, a, b) in wishes {
        let (a, b) = (top(&mut root, a), top(&mut root, b));
        if a != b && members[a as usize] + members[b as usize] <= MOST {
            let (low, high) = (a.min(b), a.max(b));
            root[high as usize] = low;
            members[low as usize] += members[high as usize];
        }
    }
    let mut parent = vec![0u32; n];
    let (mut coarse_mass, mut coarse_seeds, mut heaviest) = (Vec::new(), Vec::new(), Vec::<(f32, u64)>::new());
    for v in 0..n as u32 {
        let r = top(&mut root, v);
        let own = (mass[v as usize], seeds[v as usize]);
        if r == v {
            parent[v as usize] = coarse_mass.len() as u32;
            coarse_mass.push(own.0);
            coarse_seeds.push(own.1);
            heaviest.push(own);
            continue;
        }
        // a root comes before its members
        let p = parent[r as usize] as usize;
        parent[v as usize] = p as u32;
        coarse_mass[p] += own.0;
        if own.0.total_cmp(&heaviest[p].0).then(own.1.cmp(&heaviest[p].1)).is_gt() {
            heaviest[p] = own;
            coarse_seeds[p] = own.1;
        }
    }
    if coarse_mass.len() * 10 > n * 9 {
        return None;
    }
    let up: Vec<Link> = links.iter().map(|&(a, b, w)| (parent[a as usize], parent[b as usize], w)).collect();
    let links = merged(coarse_mass.len(), &up);
    Some(Coarse { parent, mass: coarse_mass, seeds: coarse_seeds, links })
}
