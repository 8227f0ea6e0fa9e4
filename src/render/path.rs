//! How two entities are connected: all shortest ways from left to right, and the sentences behind the strongest.

use super::Look;
use super::edge::Place;
use super::network;
use super::page::{self, Page};
use super::text;
use super::words::Lang;
use crate::graph::{Bond, Graph, View, binding};
use crate::query::Filter;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::VecDeque;

/// No column shows more entities.
const HIGH: usize = 7;

/// Number of ties from `start` to each node, along ties that count.
fn steps(graph: &Graph, start: NodeIndex, counts: &dyn Fn(EdgeIndex) -> bool) -> Vec<Option<u32>> {
    let mut out = vec![None; graph.graph.node_count()];
    out[start.index()] = Some(0);
    let mut queue = VecDeque::from([start]);
    while let Some(n) = queue.pop_front() {
        for other in around(graph, n).filter(|(e, _)| counts(*e)).map(|x| x.1) {
            if out[other.index()].is_none() {
                out[other.index()] = out[n.index()].map(|d| d + 1);
                queue.push_back(other);
            }
        }
    }
    out
}

fn around(graph: &Graph, n: NodeIndex) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> + '_ {
    use petgraph::Direction::{Incoming, Outgoing};
    let out = graph.graph.edges_directed(n, Outgoing).map(|e| (e.id(), e.target()));
    out.chain(graph.graph.edges_directed(n, Incoming).map(|e| (e.id(), e.source())))
}

/// The ways: entities by column, and the ties between neighbouring columns.
struct Ways {
    columns: Vec<Vec<NodeIndex>>,
    edges: Vec<EdgeIndex>,
}

/// The shortest ways between two entities: over relations; over co-mentions only if relations do not connect them.
/// Of many ways the strongest stay: a way is as strong as the product of its ties' bindings.
fn ways(graph: &Graph, from: NodeIndex, to: NodeIndex, filter: &Filter) -> Option<Ways> {
    let fits = |e: EdgeIndex| {
        let (a, b, tie) = graph.tie(e);
        let node = |n: NodeIndex| n == from || n == to || filter.node(graph.node(n));
        filter.tie(tie) && node(a) && node(b)
    };
    let relation = |e: EdgeIndex| fits(e) && graph.graph[e].bond != Bond::CoMention;
    let counts: &dyn Fn(EdgeIndex) -> bool =
        if steps(graph, from, &relation)[to.index()].is_some() { &relation } else { &fits };
    let (ahead, back) = (steps(graph, from, counts), steps(graph, to, counts));
    let length = ahead[to.index()]?;
    let on_way = |n: NodeIndex| ahead[n.index()].zip(back[n.index()]).is_some_and(|(a, b)| a + b == length);
    let mut columns: Vec<Vec<NodeIndex>> = vec![Vec::new(); length as usize + 1];
    for n in graph.graph.node_indices().filter(|n| on_way(*n)) {
        columns[ahead[n.index()].unwrap_or(0) as usize].push(n);
    }
    let bind = |e: EdgeIndex| if counts(e) { binding(&graph.graph[e]).clamp(0.001, 1.0) } else { 0.0 };
    let best = |n: NodeIndex, column: &[(NodeIndex, f64)]| {
        let via =
            |(e, other): (EdgeIndex, NodeIndex)| column.iter().find(|c| c.0 == other).map_or(0.0, |c| c.1) * bind(e);
        around(graph, n).map(via).fold(0.0, f64::max)
    };
    // the strongest way through each node, from both ends
    let sweep = |columns: &[Vec<NodeIndex>]| {
        let mut out: Vec<Vec<(NodeIndex, f64)>> = vec![columns[0].iter().map(|n| (*n, 1.0)).collect()];
        for (i, column) in columns.iter().enumerate().skip(1) {
            let next = column.iter().map(|n| (*n, best(*n, &out[i - 1]))).collect();
            out.push(next);
        }
        out
    };
    let forth = sweep(&columns);
    let mut mirrored = columns.clone();
    mirrored.reverse();
    let mut home = sweep(&mirrored);
    home.reverse();
    for (i, column) in columns.iter_mut().enumerate() {
        let mut scored: Vec<(f64, NodeIndex)> = forth[i].iter().zip(&home[i]).map(|(a, b)| (a.1 * b.1, a.0)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(HIGH);
        *column = scored.into_iter().map(|s| s.1).collect();
    }
    let mut edges: Vec<EdgeIndex> = Vec::new();
    for pair in columns.windows(2) {
        for &n in &pair[0] {
            let mut own: Vec<(EdgeIndex, NodeIndex)> =
                around(graph, n).filter(|(e, other)| counts(*e) && pair[1].contains(other)).collect();
            own.sort_by(|x, y| bind(y.0).total_cmp(&bind(x.0)).then(x.0.cmp(&y.0)));
            let mut seen: Vec<NodeIndex> = Vec::new();
            for (e, other) in own {
                if seen.iter().filter(|s| **s == other).count() < 2 {
                    seen.push(other);
                    edges.push(e);
                }
            }
        }
    }
    Some(Ways { columns, edges })
}

/// Draws how two entities are connected; `None` if they are not.
pub fn path(graph: &Graph, from: NodeIndex, to: NodeIndex, filter: &Filter, look: &Look) -> Option<String> {
    let (palette, lang) = (look.theme.palette(), look.lang);
    let ways = ways(graph, from, to, filter)?;
    let view = View::of(graph, vec![from, to], ways.edges.clone());
    let labels = network::node_labels(graph, &view.nodes, &[from, to]);
    let at = |n: NodeIndex| view.nodes.binary_search(&n).expect("a view's ties end in its nodes");
    let mut places: Vec<Place> = vec![[0.0; 4]; view.nodes.len()];
    let mut x = 0.0;
    for (i, column) in ways.columns.iter().enumerate() {
        let column: Vec<usize> =
            column.iter().filter(|n| view.nodes.binary_search(n).is_ok()).map(|n| at(*n)).collect();
        let widest = column.iter().map(|i| labels[*i].wide).fold(0.0, f32::max);
        x += if i == 0 { widest / 2.0 } else { 190.0 + widest / 2.0 };
        let high: f32 = column.iter().map(|i| labels[*i].high + 46.0).sum::<f32>() - 46.0;
        let mut y = -high / 2.0;
        for i in column {
            let label = &labels[i];
            places[i] = [x, y + label.high / 2.0, label.wide, label.high];
            y += label.high + 46.0;
        }
        x += widest / 2.0;
    }
    let (svg, bounds) = network::drawn(&view, &ways.edges, &labels, &places, look);
    let (a, b) = (network::name(graph.node(from)), network::name(graph.node(to)));
    let title = match lang {
        Lang::Zh => format!("{a}与{b}如何相连"),
        Lang::En => format!("How {a} and {b} are connected"),
    };
    let far = lang.count(ways.columns.len() - 1, "步", "step", "steps");
    let subtitle = format!("{far}{}{}", lang.pick("，", ", "), page::counts(&view, lang));
    let notes = sentences(graph, &ways, lang);
    Some(Page { title, subtitle, legend: page::legend(&view, &palette, lang), svg, bounds, notes }.finish(graph, look))
}

/// The sentences behind the ties of the strongest way.
fn sentences(graph: &Graph, ways: &Ways, lang: Lang) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for pair in ways.columns.windows(2) {
        let (Some(&a), Some(_)) = (pair[0].first(), pair[1].first()) else { continue };
        let joins = |e: &&EdgeIndex| {
            let (x, y, _) = graph.tie(**e);
            (x == a && pair[1].first() == Some(&y)) || (y == a && pair[1].first() == Some(&x))
        };
        let Some(&e) = ways.edges.iter().find(joins) else { continue };
        let (x, y, tie) = graph.tie(e);
        let Some(best) = tie.evidence.first() else { continue };
        let arrow = if graph.symmetric(tie.bond) { "–" } else { "→" };
        let status = tie.claims.as_ref().map(|c| format!(" ({})", lang.status(c.status))).unwrap_or_default();
        let (x, y) = (network::name(graph.node(x)), network::name(graph.node(y)));
        let article = &best.passage.article;
        out.push((
            format!("{x} {arrow} {y}: {}{status}", lang.bond(graph, tie.bond)),
            format!(
                "{} — {}, {}, {}:{}",
                text::cut(&best.passage.text, 150.0),
                text::cut(&article.title, 40.0),
                article.date,
                text::cut(&article.path, 60.0),
                best.passage.line
            ),
        ));
    }
    out
}
