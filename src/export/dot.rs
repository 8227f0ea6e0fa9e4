//! Graphviz: a picture's source, printed by graphviz-rust, which escapes nothing by itself, so that every text
//! goes through [`quoted`]. The look (shapes, colours, lines) is `style.rs`'s.

mod legend;
mod style;

use super::{Format, Part};
use crate::graph::{Bond, Graph, Tie, View};
use crate::schema::Status;
use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph as DotGraph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use petgraph::graph::NodeIndex;
use std::io::{self, Write};

/// See the module.
pub(super) struct Dot;

impl Format for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn about(&self) -> &'static str {
        "Graphviz source of a picture; `dot -Tsvg graph.dot` draws it (the layout is set in the file)"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.dot", media_type: "text/vnd.graphviz" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let text = graph(view).print(&mut PrinterContext::default());
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n")
    }
}

/// A text as a quoted DOT string that shows exactly that text as a label: Graphviz reads `\`-escapes and HTML
/// entities in labels, ends strings at `"`, and stops at NUL. Control characters become blanks, a line break a
/// line break.
fn quoted(text: &str) -> Id {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    Id::Escaped(out)
}

/// A word of DOT's own syntax or a number.
fn plain(word: impl ToString) -> Id {
    Id::Plain(word.to_string())
}

fn attribute(name: &str, value: Id) -> Attribute {
    Attribute(plain(name), value)
}

fn graph(view: &View<'_>) -> DotGraph {
    let graph = view.graph;
    let mut stmts = style::defaults(view.nodes.len());
    let busiest = view.nodes.iter().map(|n| graph.node(*n).pagerank).fold(f64::MIN_POSITIVE, f64::max);
    for &n in &view.nodes {
        stmts.push(Stmt::Node(node(graph, n, busiest)));
    }
    for &e in &view.edges {
        let (a, b, tie) = graph.tie(e);
        stmts.push(Stmt::Edge(edge(graph, a, b, tie)));
    }
    if !view.nodes.is_empty() {
        stmts.push(legend::cluster(view));
    }
    DotGraph::DiGraph { id: plain("guanxi"), strict: false, stmts }
}

fn node(graph: &Graph, n: NodeIndex, busiest: f64) -> DotNode {
    let node = graph.node(n);
    let mut attributes = style::node(node, (node.pagerank / busiest).sqrt());
    let label = if node.name.trim().is_empty() { &node.key } else { &node.name };
    attributes.push(attribute("label", quoted(&style::wrapped(label))));
    let names: Vec<&str> = node.names.iter().map(String::as_str).take(6).collect();
    attributes.push(attribute(
        "tooltip",
        quoted(&format!("{} ({}): {} articles; {}", node.name, node.kind, node.articles, names.join(", "))),
    ));
    DotNode { id: NodeId(quoted(&node.key), None), attributes }
}

fn edge(graph: &Graph, a: NodeIndex, b: NodeIndex, tie: &Tie) -> Edge {
    let mut attributes = style::tie(graph, tie);
    let status = tie.claims.as_ref().map(|c| c.status);
    let mut tooltip = format!("{} {} {}", graph.node(a).name, graph.bond_label(tie.bond), graph.node(b).name);
    if let Some(status) = status.filter(|s| *s != Status::Asserted) {
        tooltip += &format!(" ({status})");
    }
    if let Some(best) = tie.evidence.first() {
        let passage = &best.passage;
        tooltip += &format!("\n{}\n{}:{}", passage.text, passage.article.path, passage.line);
    }
    let tooltip = quoted(&tooltip);
    if tie.bond != Bond::CoMention {
        attributes.push(attribute("labeltooltip", tooltip.clone()));
    }
    attributes.push(attribute("edgetooltip", tooltip));
    let end = |n: NodeIndex| Vertex::N(NodeId(quoted(&graph.node(n).key), None));
    Edge { ty: EdgeTy::Pair(end(a), end(b)), attributes }
}

/// Attributes of the whole graph, of all nodes and of all edges.
fn every(kind: &str, attributes: &[(&str, Id)]) -> Stmt {
    let attributes = attributes.iter().map(|(k, v)| attribute(k, v.clone())).collect();
    Stmt::GAttribute(GraphAttributes::new(kind, attributes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_one_quoted_string() {
        for (text, expected) in [
            ("华为 \"麒麟\"", r#""华为 \"麒麟\"""#),
            ("C:\\N\\", r#""C:\\N\\""#),
            ("<b>粗</b>", r#""<b>粗</b>""#),
            ("AT&T &lt;", r#""AT&amp;T &amp;lt;""#),
            ("两\n行\0尾", "\"两\\n行 尾\""),
            ("→🚀𠮷", "\"→🚀𠮷\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(text), Id::Escaped(expected.to_string()));
        }
    }
}
