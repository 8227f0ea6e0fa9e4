//! Entities and ties as boxes and lines.

use super::Look;
use super::edge::{self, Line, Place, Router};
use super::page::{self, Bounds, Page};
use super::style::{self, Palette};
use super::svg::{Anchor, Svg, Type};
use super::text;
use super::words::Lang;
use crate::graph::{Bond, Graph, Node, Tie, View};
use crate::layout::{self, Turn};
use crate::schema::Status;
use petgraph::graph::{EdgeIndex, NodeIndex};

/// A node's box with the words in it.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) lines: Vec<String>,
    pub(super) size: f32,
    pub(super) wide: f32,
    pub(super) high: f32,
    /// Whether it stands out: what was asked about.
    pub(super) focus: bool,
    /// 0 to 1.
    pub(super) importance: f32,
}

/// The words for a node: its name, or its key if the name shows nothing.
pub(super) fn name(node: &Node) -> String {
    let name = text::shown(&node.name);
    if name.is_empty() { text::cut(&text::shown(&node.key), 30.0) } else { name }
}

impl Label {
    pub(super) fn new(node: &Node, importance: f32, focus: bool) -> Label {
        let size = (11.0 + 8.0 * importance + if focus { 2.0 } else { 0.0 }).round();
        let lines = text::lines(&name(node), 9.5, 3);
        let widest = lines.iter().map(|l| text::width(l)).fold(1.0, f32::max) * size * if focus { 1.06 } else { 1.0 };
        let wide = widest + 2.0 * style::padding(node.kind) + size * 0.2;
        Label { high: lines.len() as f32 * size * 1.25 + size * 0.7, lines, size, wide, focus, importance }
    }

    /// Draws shape and words around a point.
    pub(super) fn draw(&self, svg: &mut Svg, node: &Node, [x, y]: [f32; 2], palette: &Palette, tooltip: &str) {
        svg.open(&[], tooltip);
        let (fill, border) = palette.kind(node.kind);
        let pen = if self.focus { 3.0 } else { 1.0 + 1.2 * self.importance };
        let place = [x - self.wide / 2.0, y - self.high / 2.0, self.wide, self.high];
        style::shape(svg, node.kind, place, &fill, &border, pen);
        let mut how = Type::new(self.size, palette.ink).anchor(Anchor::Middle);
        how.bold = self.focus;
        let top = y - (self.lines.len() as f32 - 1.0) * self.size * 0.625;
        for (i, line) in self.lines.iter().enumerate() {
            svg.text(x, top + i as f32 * self.size * 1.25 + self.size * 0.36, how, line);
        }
        svg.close();
    }
}

/// Labels of nodes, the most important of them the greatest.
pub(super) fn node_labels(graph: &Graph, nodes: &[NodeIndex], focus: &[NodeIndex]) -> Vec<Label> {
    let busiest = nodes.iter().map(|n| graph.node(*n).pagerank).fold(f64::MIN_POSITIVE, f64::max);
    let importance = |n: &NodeIndex| (graph.node(*n).pagerank / busiest).sqrt() as f32;
    nodes.iter().map(|n| Label::new(graph.node(*n), importance(n), focus.contains(n))).collect()
}

/// What a node says when pointed at.
pub(super) fn node_tooltip(node: &Node, lang: Lang) -> String {
    let articles = lang.count(node.articles as usize, "篇文章", "article", "articles");
    format!("{} ({}): {articles}", name(node), lang.kind(node.kind))
}

/// What a tie says when pointed at: its words, and its best sentence with article, date and line.
pub(super) fn tie_tooltip(graph: &Graph, e: EdgeIndex, lang: Lang) -> String {
    let (a, b, tie) = graph.tie(e);
    let mut out = format!("{} – {} – {}", name(graph.node(a)), lang.bond(graph, tie.bond), name(graph.node(b)));
    if let Some(claims) = &tie.claims {
        out += &format!(" ({})", lang.status(claims.status));
    }
    if let Some(best) = tie.evidence.first() {
        let (p, article) = (&best.passage, &best.passage.article);
        out += &format!("\n{}\n{} {}:{}", text::shown(&p.text), article.date, article.path, p.line);
    }
    out
}

/// The line of a tie along a curve.
pub(super) fn line(graph: &Graph, e: EdgeIndex, curve: edge::Curve, palette: &Palette, lang: Lang) -> Line {
    let tie: &Tie = &graph.graph[e];
    let status = tie.claims.as_ref().map(|c| c.status);
    let label = if tie.bond == Bond::CoMention { String::new() } else { text::shown(&lang.bond(graph, tie.bond)) };
    Line {
        curve,
        color: palette.bond(graph, tie.bond),
        width: style::width(tie),
        status: status.filter(|s| *s != Status::Asserted),
        directed: !graph.symmetric(tie.bond),
        label,
        tooltip: tie_tooltip(graph, e, lang),
        faint: false,
    }
}

/// Room that is kept between boxes, for lines and their labels: the more the fewer they are.
fn gap(boxes: usize) -> f32 {
    20.0 + 600.0 / (boxes as f32 + 20.0)
}

/// A picture of a view. The entities of `focus` stand out and name the picture.
pub fn network(view: &View<'_>, focus: &[NodeIndex], look: &Look) -> String {
    let (graph, palette, lang) = (view.graph, look.theme.palette(), look.lang);
    let labels = node_labels(graph, &view.nodes, focus);
    let points = positions(view, &labels, focus);
    let places: Vec<Place> = points.iter().zip(&labels).map(|(p, l)| [p[0], p[1], l.wide, l.high]).collect();
    // the strongest ties take the straightest lines
    let mut edges = view.edges.clone();
    edges.sort_by(|x, y| graph.graph[*y].weight.total_cmp(&graph.graph[*x].weight).then(x.cmp(y)));
    let (svg, bounds) = drawn(view, &edges, &labels, &places, look);
    let names: Vec<String> = focus.iter().map(|n| name(graph.node(*n))).collect();
    let title = match (names.is_empty(), lang) {
        (true, _) => lang.pick("最强的关系", "Strongest ties").to_string(),
        (false, Lang::Zh) => format!("{}的关系", names.join("、")),
        (false, Lang::En) => format!("Ties of {}", names.join(", ")),
    };
    Page {
        title,
        subtitle: page::counts(view, lang),
        legend: page::legend(view, &palette, lang),
        svg,
        bounds,
        notes: vec![],
    }
    .finish(graph, look)
}

/// The boxes of a view and its ties between them, with the room that they take. `edges` are the ties in the order in
/// which they choose their ways; the first lie on top.
pub(super) fn drawn(
    view: &View<'_>,
    edges: &[EdgeIndex],
    labels: &[Label],
    places: &[Place],
    look: &Look,
) -> (Svg, Bounds) {
    let (graph, palette, lang) = (view.graph, look.theme.palette(), look.lang);
    let at = |n: NodeIndex| view.nodes.binary_search(&n).expect("a view's ties end in its nodes");
    let mut router = Router::new(places);
    let lines: Vec<Line> = edges
        .iter()
        .map(|&e| {
            let (a, b, _) = graph.tie(e);
            line(graph, e, router.route(at(a), at(b), edge::FREE), &palette, lang)
        })
        .collect();
    let (mut svg, mut bounds) = (Svg::default(), Bounds::default());
    let words = edge::labels(&lines, places);
    for (line, place) in lines.iter().zip(&words).rev() {
        line.curve.samples(12).for_each(|p| bounds.add([p[0], p[1], 8.0, 8.0]));
        edge::draw(&mut svg, line, place.is_some(), &palette);
    }
    for (line, place) in lines.iter().zip(&words) {
        if let Some(place) = place {
            edge::write_label(&mut svg, line, place, &palette, palette.ground);
            bounds.add(*place);
        }
    }
    for ((n, label), place) in view.nodes.iter().zip(labels).zip(places) {
        let node = graph.node(*n);
        label.draw(&mut svg, node, [place[0], place[1]], &palette, &node_tooltip(node, lang));
        bounds.add(*place);
    }
    (svg, bounds)
}

/// So many neighbours and more stand around the one that they have in common.
const MANY: usize = 24;

/// Whom the picture is about, if nearly all others have a tie to it, and these others, the strongest first.
fn hub(view: &View<'_>, focus: &[NodeIndex]) -> Option<(usize, Vec<usize>)> {
    let [hub] = focus else { return None };
    let mut pull = vec![0.0; view.nodes.len()];
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        let other = if a == *hub { b } else { a };
        if (a == *hub || b == *hub) && tie.bond != Bond::CoMention {
            pull[view.nodes.binary_search(&other).ok()?] += tie.weight;
        }
    }
    let centre = view.nodes.binary_search(hub).ok()?;
    let mut others: Vec<usize> = (0..view.nodes.len()).filter(|i| *i != centre).collect();
    let tied = others.iter().filter(|i| pull[**i] > 0.0).count();
    others.sort_by(|&i, &j| pull[j].total_cmp(&pull[i]).then(i.cmp(&j)));
    (tied >= MANY && tied * 10 >= others.len() * 9).then_some((centre, others))
}

/// Where the boxes stand: wider than high, none over another.
fn positions(view: &View<'_>, labels: &[Label], focus: &[NodeIndex]) -> Vec<[f32; 2]> {
    let sizes: Vec<[f32; 2]> = labels.iter().map(|l| [l.wide, l.high]).collect();
    let gap = gap(sizes.len());
    let area = sizes.iter().map(|s| (s[0] + gap) * (s[1] + gap)).sum::<f32>() / sizes.len().max(1) as f32;
    let groups: Vec<u32> = view.nodes.iter().map(|n| view.graph.node(*n).community.unwrap_or(0)).collect();
    let options = layout::Options {
        spacing: area.sqrt() * 1.3,
        turn: Turn::Wide,
        between_groups: 0.6,
        ..layout::Options::default()
    };
    let mut points = layout::of(view, &[], &groups, &options);
    points.iter_mut().for_each(|p| *p = [p[0] * 1.25, p[1] * 0.85]);
    match hub(view, focus) {
        Some((centre, others)) => layout::rings(&mut points, &sizes, centre, &others, gap),
        None => layout::separate(&mut points, &sizes, gap),
    }
    points
}
