//! A map of the industry: communities as regions, each with the name of its most central entities.

use super::Look;
use super::edge::{self, Line, Place, Router};
use super::network::{self, Label};
use super::page::{self, Bounds, Page};
use super::svg::{Anchor, Svg, Type, number};
use super::words::Lang;
use super::{style, text};
use crate::graph::{Bond, Graph, View, binding, community_name};
use crate::layout::{self, Input, Link, Turn};
use crate::query::Filter;
use petgraph::graph::{EdgeIndex, NodeIndex};
use rustc_hash::FxHashMap;

/// A community's part of the map.
struct Region {
    title: Vec<String>,
    members: Vec<usize>,
    /// Its members around its own centre.
    points: Vec<[f32; 2]>,
    size: [f32; 2],
}

/// Height of a line of a region's title.
const TITLE: f32 = 20.0;

/// Space between two regions.
const REGION_GAP: f32 = 36.0;

/// Space between a region's border and its boxes.
const RIM: f32 = 16.0;

/// Draws the `regions` communities that weigh most (by the sum of PageRank), with about `top` entities; `None` if
/// there is no community of three or more that fits.
pub fn map(graph: &Graph, filter: &Filter, top: usize, regions: usize, look: &Look) -> Option<String> {
    let (palette, lang) = (look.theme.palette(), look.lang);
    let (view, numbers) = pick(graph, filter, top, regions);
    if numbers.is_empty() {
        return None;
    }
    let labels = network::node_labels(graph, &view.nodes, &[]);
    let community = |i: usize| graph.node(view.nodes[i]).community.unwrap_or(0);
    let at = |n: NodeIndex| view.nodes.binary_search(&n).expect("a view's ties end in its nodes");
    let mut links: Vec<Vec<Link>> = vec![Vec::new(); numbers.len()];
    let mut across: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    let region_of = |i: usize| numbers.iter().position(|n| *n == community(i)).unwrap_or(0);
    for &e in &view.edges {
        let (a, b, tie) = graph.tie(e);
        let (a, b) = (at(a), at(b));
        let (x, y) = (region_of(a), region_of(b));
        let weight = binding(tie).max(0.1) as f32;
        match x == y {
            true => links[x].push((a as u32, b as u32, weight)),
            false => *across.entry((x.min(y) as u32, x.max(y) as u32)).or_default() += weight,
        }
    }
    let parts: Vec<Region> = (0..numbers.len())
        .map(|r| {
            let members: Vec<usize> = (0..view.nodes.len()).filter(|i| region_of(*i) == r).collect();
            region(graph, &view, &labels, members, &links[r])
        })
        .collect();
    let centres = arrange(graph, &parts, &numbers, across);
    let mut points = vec![[0.0f32; 2]; view.nodes.len()];
    let mut titles = Vec::new();
    for (part, c) in parts.iter().zip(&centres) {
        for (&i, p) in part.members.iter().zip(&part.points) {
            points[i] = [c[0] + p[0], c[1] + p[1]];
        }
        let high = part.title.len() as f32 * TITLE;
        titles.push([c[0], c[1] - part.size[1] / 2.0 + high / 2.0, part.size[0] - 2.0 * RIM, high]);
    }
    let mut places: Vec<Place> = points.iter().zip(&labels).map(|(p, l)| [p[0], p[1], l.wide, l.high]).collect();
    let nodes = places.len();
    places.extend(&titles);
    let mut router = Router::new(&places);
    let mut edges: Vec<(bool, EdgeIndex)> = view.edges.iter().map(|&e| (is_across(graph, e), e)).collect();
    edges.sort_unstable();
    let lines: Vec<Line> = edges
        .iter()
        .map(|&(far, e)| {
            let (a, b, _) = graph.tie(e);
            let mut line =
                network::line(graph, e, router.route(at(a), at(b), if far { 0.22 } else { 0.32 }), &palette, lang);
            if far {
                (line.faint, line.label) = (true, String::new());
                line.width = line.width.min(2.0);
            }
            line
        })
        .collect();
    let (mut svg, mut bounds) = (Svg::default(), Bounds::default());
    for (r, (part, c)) in parts.iter().zip(&centres).enumerate() {
        let (ground, border) = palette.region(r);
        let own: Vec<Place> = part.members.iter().map(|i| places[*i]).chain([titles[r]]).collect();
        svg.path(&outline(&own), &[("fill", &ground), ("stroke", &border), ("stroke-width", "1.5")]);
        bounds.add([c[0], c[1], part.size[0], part.size[1]]);
    }
    let words = edge::labels(&lines, &places);
    for faint in [true, false] {
        for (line, place) in lines.iter().zip(&words).filter(|(l, _)| l.faint == faint) {
            line.curve.samples(12).for_each(|p| bounds.add([p[0], p[1], 8.0, 8.0]));
            edge::draw(&mut svg, line, place.is_some(), &palette);
        }
    }
    for ((line, place), (_, e)) in lines.iter().zip(&words).zip(&edges) {
        let Some(place) = place else { continue };
        let (ground, _) = palette.region(region_of(at(graph.tie(*e).0)));
        edge::write_label(&mut svg, line, place, &palette, &ground);
    }
    for ((n, label), place) in view.nodes.iter().zip(&labels).zip(&places[..nodes]) {
        let node = graph.node(*n);
        label.draw(&mut svg, node, [place[0], place[1]], &palette, &network::node_tooltip(node, lang));
    }
    for (r, (part, place)) in parts.iter().zip(&titles).enumerate() {
        let ink = style::mixed(&palette.region(r).1, 45, palette.ink);
        let how = Type::new(15.0, &ink).bold().anchor(Anchor::Middle);
        for (i, line) in part.title.iter().enumerate() {
            svg.text(place[0], place[1] - place[3] / 2.0 + 15.0 + i as f32 * TITLE, how, line);
        }
    }
    let title = lang.pick("行业地图", "Map of the industry").to_string();
    let groups = lang.count(numbers.len(), "个社群", "community", "communities");
    let subtitle = format!("{groups}{}{}", lang.pick("，", ", "), page::counts(&view, lang));
    let mut legend = page::legend(&view, &palette, lang);
    legend.push(page::Item::Note(region_note(lang)));
    Some(Page { title, subtitle, svg, bounds, legend, notes: vec![] }.finish(graph, look))
}

fn region_note(lang: Lang) -> String {
    lang.pick("底色：联系紧密的社群；浅线：社群之间", "ground: community; pale lines: between communities").to_string()
}

fn is_across(graph: &Graph, e: EdgeIndex) -> bool {
    let (a, b, _) = graph.tie(e);
    graph.node(a).community != graph.node(b).community
}

/// What is on the map: entities by PageRank, of the communities that weigh most, no community with more than its
/// share; relations within communities, the strongest between them. Communities are given in the order of weight.
fn pick<'g>(graph: &'g Graph, filter: &Filter, top: usize, regions: usize) -> (View<'g>, Vec<u32>) {
    let tied = |e: &EdgeIndex| {
        let tie = &graph.graph[*e];
        tie.bond != Bond::CoMention && filter.tie(tie)
    };
    let mut has_tie = vec![false; graph.graph.node_count()];
    for e in graph.graph.edge_indices().filter(tied) {
        let (a, b, _) = graph.tie(e);
        if !is_across(graph, e) {
            (has_tie[a.index()], has_tie[b.index()]) = (true, true);
        }
    }
    let fits = |n: &NodeIndex| has_tie[n.index()] && filter.node(graph.node(*n));
    let mut all: Vec<(u32, Vec<NodeIndex>)> = graph.communities().into_iter().map(|c| (c.number, c.members)).collect();
    all.iter_mut().for_each(|(_, members)| members.retain(fits));
    all.retain(|(_, members)| members.len() > 2);
    let weight = |members: &[NodeIndex]| members.iter().map(|n| graph.node(*n).pagerank).sum::<f64>();
    all.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)).then(a.0.cmp(&b.0)));
    all.truncate(regions.max(1));
    let whole: f64 = all.iter().map(|(_, m)| weight(m).sqrt()).sum();
    let mut nodes: Vec<NodeIndex> = Vec::new();
    for (_, members) in &all {
        let share = (top as f64 * weight(members).sqrt() / whole).round() as usize;
        nodes.extend(members.iter().take(share.max(3)));
    }
    let mut inside = vec![false; graph.graph.node_count()];
    nodes.iter().for_each(|n| inside[n.index()] = true);
    let both = |e: &EdgeIndex| {
        let (a, b, _) = graph.tie(*e);
        inside[a.index()] && inside[b.index()]
    };
    let (mut far, mut near): (Vec<EdgeIndex>, Vec<EdgeIndex>) =
        graph.graph.edge_indices().filter(|e| tied(e) && both(e)).partition(|e| is_across(graph, *e));
    let stronger =
        |x: &EdgeIndex, y: &EdgeIndex| graph.graph[*y].weight.total_cmp(&graph.graph[*x].weight).then(x.cmp(y));
    far.sort_by(stronger);
    far.truncate(all.len() * 3);
    near.sort_by(stronger);
    // the strongest two relations of a pair
    let mut seen: FxHashMap<(NodeIndex, NodeIndex), u32> = FxHashMap::default();
    near.retain(|e| {
        let (a, b, _) = graph.tie(*e);
        let count = seen.entry((a.min(b), a.max(b))).or_default();
        *count += 1;
        *count <= 2
    });
    near.extend(far);
    let view = View::of(graph, Vec::new(), near);
    let used = |number: &u32| view.nodes.iter().any(|n| graph.node(*n).community == Some(*number));
    let numbers = all.iter().map(|(number, _)| *number).filter(used).collect();
    (view, numbers)
}

/// Lays out a community by itself.
fn region(graph: &Graph, view: &View<'_>, labels: &[Label], members: Vec<usize>, links: &[Link]) -> Region {
    let place = |v: u32| members.binary_search(&(v as usize)).expect("links of the region") as u32;
    let sizes: Vec<[f32; 2]> = members.iter().map(|i| [labels[*i].wide, labels[*i].high]).collect();
    let input = Input {
        seeds: members.iter().map(|i| layout::hash(&graph.node(view.nodes[*i]).key)).collect(),
        links: links.iter().map(|&(a, b, w)| (place(a), place(b), w)).collect(),
        ..Input::default()
    };
    let area = sizes.iter().map(|s| (s[0] + 18.0) * (s[1] + 18.0)).sum::<f32>() / sizes.len().max(1) as f32;
    let options = layout::Options { spacing: area.sqrt(), turn: Turn::Wide, ..layout::Options::default() };
    let mut points = layout::layout(&input, &options);
    points.iter_mut().for_each(|p| *p = [p[0] * 1.2, p[1] * 0.85]);
    layout::separate(&mut points, &sizes, 18.0);
    let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
    for (p, s) in points.iter().zip(&sizes) {
        for k in 0..2 {
            low[k] = low[k].min(p[k] - s[k] / 2.0);
            high[k] = high[k].max(p[k] + s[k] / 2.0);
        }
    }
    let mut central: Vec<usize> = members.clone();
    central.sort_by(|a, b| {
        let rank = |i: &usize| graph.node(view.nodes[*i]).pagerank;
        rank(b).total_cmp(&rank(a)).then(a.cmp(b))
    });
    let names: Vec<String> = central.iter().map(|i| network::name(graph.node(view.nodes[*i]))).collect();
    let wide = (high[0] - low[0]).max(190.0);
    let title = text::lines(&community_name(names.iter().map(String::as_str)), wide / 15.8, 2);
    let head = title.len() as f32 * TITLE + 6.0;
    let middle = [(low[0] + high[0]) / 2.0, (low[1] + high[1] - head) / 2.0];
    points.iter_mut().for_each(|p| *p = [p[0] - middle[0], p[1] - middle[1]]);
    let size = [wide + 2.0 * RIM, high[1] - low[1] + head + 2.0 * RIM];
    // the title's box reaches to the rim, which the outline adds
    Region { title, members, points, size: [size[0], size[1] - 2.0 * RIM] }
}

/// Where the regions stand: near those with which they share most ties, none over another.
fn arrange(graph: &Graph, parts: &[Region], numbers: &[u32], across: FxHashMap<(u32, u32), f32>) -> Vec<[f32; 2]> {
    let communities = graph.communities();
    let first = |number: &u32| communities.iter().find(|c| c.number == *number).and_then(|c| c.members.first());
    let seeds = numbers.iter().map(|n| first(n).map_or(0, |m| layout::hash(&graph.node(*m).key))).collect();
    let mut links: Vec<Link> = across.into_iter().map(|((a, b), w)| (a, b, w.sqrt())).collect();
    links.sort_by_key(|l| (l.0, l.1));
    // a region without a tie to others stays near, too
    let mean = links.iter().map(|l| l.2).sum::<f32>() / links.len().max(1) as f32;
    links.extend((1..parts.len() as u32).map(|r| (0, r, mean.max(0.1) * 0.4)));
    let sizes: Vec<[f32; 2]> = parts.iter().map(|p| [p.size[0], p.size[1] + 2.0 * RIM]).collect();
    let area = sizes.iter().map(|s| s[0] * s[1]).sum::<f32>() / sizes.len().max(1) as f32;
    let options = layout::Options { spacing: area.sqrt() * 0.8, turn: Turn::Wide, ..layout::Options::default() };
    let mut points = layout::layout(&Input { seeds, links, ..Input::default() }, &options);
    // as if regions were square on average: they part sideways as readily as up and down, and the map lies
    let mean = |k: usize| sizes.iter().map(|s| s[k] + REGION_GAP).sum::<f32>() / sizes.len().max(1) as f32;
    let flat = (mean(1) / mean(0)).clamp(0.3, 1.0);
    let squeezed: Vec<[f32; 2]> = sizes.iter().map(|s| [(s[0] + REGION_GAP) * flat, s[1] + REGION_GAP]).collect();
    layout::separate(&mut points, &squeezed, 0.0);
    for _ in 0..12 {
        points.iter_mut().for_each(|p| *p = p.map(|x| x * 0.95));
        layout::separate(&mut points, &squeezed, 0.0);
    }
    points.iter().map(|p| [p[0] / flat, p[1]]).collect()
}

/// The convex hull of boxes with a rim, its corners round.
fn outline(places: &[Place]) -> String {
    let mut corners: Vec<[f32; 2]> = Vec::new();
    for [x, y, w, h] in places {
        let (w, h) = (w / 2.0 + RIM, h / 2.0 + RIM);
        corners.extend([[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h]]);
    }
    corners.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let turn = |o: [f32; 2], a: [f32; 2], b: [f32; 2]| (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
    // Andrew's monotone chain
    let half = |points: &mut dyn Iterator<Item = [f32; 2]>| {
        let mut chain: Vec<[f32; 2]> = Vec::new();
        for p in points {
            while chain.len() > 1 && turn(chain[chain.len() - 2], chain[chain.len() - 1], p) <= 0.0 {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut corners.iter().copied());
    hull.extend(half(&mut corners.iter().rev().copied()));
    let mut d = String::new();
    for i in 0..hull.len() {
        let (before, here, after) = (hull[(i + hull.len() - 1) % hull.len()], hull[i], hull[(i + 1) % hull.len()]);
        let near = |to: [f32; 2]| {
            let (x, y) = (to[0] - here[0], to[1] - here[1]);
            let length = (x * x + y * y).sqrt().max(0.1);
            let by = (22.0f32).min(length / 2.0) / length;
            [here[0] + x * by, here[1] + y * by]
        };
        let (from, to) = (near(before), near(after));
        let n = number;
        d += &format!(
            "{}{} {}Q{} {} {} {}",
            if i == 0 { "M" } else { "L" },
            n(from[0]),
            n(from[1]),
            n(here[0]),
            n(here[1]),
            n(to[0]),
            n(to[1])
        );
    }
    d + "Z"
}
