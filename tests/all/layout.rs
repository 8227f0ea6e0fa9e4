//! Where entities stand: apart, near those they are tied to, the same on any number of threads, and little
//! moved by a little change.

use guanxi::graph::{Graph, View};
use guanxi::layout::{self, Input, Link, Options, hash, layout, overlapping};
use petgraph::graph::{EdgeIndex, NodeIndex};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// `groups` rings of `size` nodes, each tied to the next by one link.
fn rings(groups: u32, size: u32) -> Input {
    let mut links: Vec<Link> = Vec::new();
    for g in 0..groups {
        let node = |i: u32| g * size + i % size;
        links.extend((0..size).flat_map(|i| [1, 2, 5].map(|step| (node(i), node(i + step), 1.0))));
        links.push((node(0), (g + 1) % groups * size, 1.0));
    }
    let seeds = (0..groups * size).map(|i| hash(&format!("company/{i}"))).collect();
    Input { seeds, links, ..Input::default() }
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[test]
fn one_thread_and_many_give_the_same_positions() {
    let mut input = rings(40, 50);
    input.sizes = (0..2000).map(|i| [8.0 + (i % 9) as f32; 2]).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| layout(&input, &Options::default()))
    };
    let one = on(1);
    assert!(one.iter().flatten().all(|x| x.is_finite()));
    assert_eq!(one, on(3));
    assert_eq!(overlapping(&one, &input.sizes, Options::default().gap), []);
}

#[test]
fn groups_stand_apart() {
    let input = rings(8, 30);
    let points = layout(&input, &Options::default());
    let (mut inside, mut outside) = ((0.0, 0), (0.0, 0));
    for i in 0..points.len() {
        for j in 0..i {
            let sum = if i / 30 == j / 30 { &mut inside } else { &mut outside };
            *sum = (sum.0 + distance(points[i], points[j]), sum.1 + 1);
        }
    }
    let (inside, outside) = (inside.0 / inside.1 as f32, outside.0 / outside.1 as f32);
    assert!(outside > 2.0 * inside, "inside {inside}, outside {outside}");
}

#[test]
fn a_path_unfolds() {
    let n = 64;
    let links = (1..n).map(|i| (i - 1, i, 1.0)).collect();
    let input = Input { seeds: (0..n).map(|i| hash(&i.to_string())).collect(), links, ..Input::default() };
    let points = layout(&input, &Options::default());
    // links that cross were a fold that was not undone
    let side = |a: [f32; 2], b: [f32; 2], c: [f32; 2]| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    let cross = |i: usize, j: usize| {
        let (a, b, c, d) = (points[i], points[i + 1], points[j], points[j + 1]);
        side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
    };
    let crossings = (0..62).flat_map(|i| (i + 2..63).map(move |j| (i, j))).filter(|&(i, j)| cross(i, j)).count();
    assert_eq!(crossings, 0);
}

#[test]
fn parts_that_are_not_connected_do_not_stand_in_each_other() {
    let mut input = rings(1, 40);
    let triangle = |at: u32| [(at, at + 1, 1.0), (at + 1, at + 2, 1.0), (at, at + 2, 1.0)];
    input.links.extend(triangle(40).into_iter().chain(triangle(43)));
    input.seeds.extend((40..60).map(|i| hash(&i.to_string())));
    let points = layout(&input, &Options::default());
    let edge = points[..40].iter().map(|p| p[0].hypot(p[1])).fold(0.0, f32::max);
    for (i, p) in points.iter().enumerate().skip(40) {
        assert!(p[0].hypot(p[1]) > 0.8 * edge, "{i} at {p:?} stands within the ring of {edge}");
    }
    let lonely: Vec<[f32; 2]> = points[46..].to_vec();
    assert_eq!(overlapping(&lonely, &vec![[10.0, 10.0]; lonely.len()], 0.0), []);
}

#[test]
fn what_cannot_be_laid_out_well_is_laid_out_somehow() {
    for n in 0..4u32 {
        // loops, links without weight, the same key twice
        let links = (0..n).flat_map(|i| [(i, i, 1.0), (i, (i + 1) % n, 0.0), (0, i, f32::NAN)]).collect();
        let input = Input { seeds: vec![7; n as usize], links, sizes: vec![[10.0; 2]; n as usize], groups: vec![] };
        let points = layout(&input, &Options::default());
        assert_eq!(overlapping(&points, &input.sizes, 1.0), [], "{points:?}");
    }
    // two nodes that cannot be told apart
    let links = vec![(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)];
    let input = Input { seeds: vec![7; 3], links, sizes: vec![[30.0, 10.0]; 3], groups: vec![] };
    let points = layout(&input, &Options::default());
    assert!(points.iter().flatten().all(|x| x.is_finite()));
    assert_eq!(overlapping(&points, &input.sizes, 1.0), [], "{points:?}");
}

/// Where a node stands in one picture and in another.
type Moved = ([f32; 2], [f32; 2]);

/// How far the nodes of two pictures stand apart, as shares of the first one's width, when the second is turned and
/// moved onto it as well as can be; sorted.
fn moved(before: &[(NodeIndex, [f32; 2])], after: &[(NodeIndex, [f32; 2])]) -> Vec<f32> {
    let places: HashMap<NodeIndex, [f32; 2]> = after.iter().copied().collect();
    let pairs: Vec<Moved> = before.iter().filter_map(|(n, p)| places.get(n).map(|q| (*p, *q))).collect();
    let middle = |of: fn(&Moved) -> [f32; 2]| {
        let sum = pairs.iter().map(of).fold([0.0; 2], |[x, y], p| [x + p[0], y + p[1]]);
        sum.map(|x| x / pairs.len() as f32)
    };
    let (a, b) = (middle(|p| p.0), middle(|p| p.1));
    let (mut cos, mut sin) = (0.0, 0.0);
    for (p, q) in &pairs {
        let ([px, py], [qx, qy]) = ([p[0] - a[0], p[1] - a[1]], [q[0] - b[0], q[1] - b[1]]);
        (cos, sin) = (cos + px * qx + py * qy, sin + py * qx - px * qy);
    }
    let (cos, sin) = (cos / cos.hypot(sin), sin / cos.hypot(sin));
    let xs = || before.iter().map(|(_, p)| p[0]);
    let width = xs().fold(f32::MIN, f32::max) - xs().fold(f32::MAX, f32::min);
    let off = |(p, q): &Moved| {
        let [qx, qy] = [q[0] - b[0], q[1] - b[1]];
        distance([p[0] - a[0], p[1] - a[1]], [qx * cos - qy * sin, qx * sin + qy * cos]) / width
    };
    let mut out: Vec<f32> = pairs.iter().map(off).collect();
    out.sort_by(f32::total_cmp);
    out
}

/// The sample's picture without the ties that `gone` names, and without the entities that only these tied.
fn without(graph: &Graph, gone: impl Fn(EdgeIndex) -> bool) -> Vec<(NodeIndex, [f32; 2])> {
    let edges = graph.graph.edge_indices().filter(|e| !gone(*e)).collect();
    let lonely = graph.graph.node_indices().filter(|n| graph.graph.neighbors_undirected(*n).next().is_none());
    let view = View::of(graph, lonely.collect(), edges);
    let groups: Vec<u32> = view.nodes.iter().map(|n| graph.node(*n).community.unwrap_or(0)).collect();
    let points = layout::of(&view, &vec![[20.0; 2]; view.nodes.len()], &groups, &Options::default());
    view.nodes.iter().copied().zip(points).collect()
}

#[test]
fn a_tie_or_an_article_less_moves_little() {
    let graph = guanxi::graph::node_link::read(Path::new("output/graph.json")).unwrap();
    let whole = without(&graph, |_| false);
    let tie = |e: &EdgeIndex| &graph.graph[*e];
    let median = |list: &[f32]| list[list.len() / 2];
    // what is known from one sentence, from all over the graph
    let weak: Vec<EdgeIndex> = graph.graph.edge_indices().filter(|e| tie(e).weight <= 1.0).collect();
    let mut means: Vec<f32> = Vec::new();
    for cut in weak.iter().step_by(weak.len() / 10) {
        let off = moved(&whole, &without(&graph, |e| e == *cut));
        means.push(off.iter().sum::<f32>() / off.len() as f32);
        assert!(
            median(&off) < 0.05,
            "without {:?} half of all move more than {}",
            graph.tie(*cut).2.bond,
            median(&off)
        );
    }
    means.sort_by(f32::total_cmp);
    assert!(median(&means) < 0.03, "a tie less: {means:?}");
    let articles: BTreeSet<&str> =
        graph.graph.edge_weights().flat_map(|t| &t.evidence).map(|e| e.passage.article.path.as_str()).collect();
    assert!(articles.len() > 10);
    let mut medians: Vec<f32> = Vec::new();
    for article in articles {
        let only =
            |e: EdgeIndex| tie(&e).articles == 1 && tie(&e).evidence.iter().any(|e| e.passage.article.path == article);
        medians.push(median(&moved(&whole, &without(&graph, only))));
    }
    medians.sort_by(f32::total_cmp);
    assert!(median(&medians) < 0.05, "an article less: {medians:?}");
}
