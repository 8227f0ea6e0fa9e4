//! The legend: one node in a cluster of its own, a table of the kinds, relations and statuses in use. As one
//! node it stays together under every layout engine.

use super::style;
use super::{attribute, plain, quoted};
use crate::graph::{Bond, View};
use crate::schema::{EntityKind, Status};
use graphviz_rust::dot_structures::{Id, Node, NodeId, Stmt, Subgraph};

/// The legend of a view.
pub(super) fn cluster(view: &View<'_>) -> Stmt {
    let node = Node {
        id: NodeId(plain("legend"), None),
        attributes: vec![
            attribute("shape", plain("plain")),
            attribute("style", quoted("")),
            attribute("fontsize", plain(11)),
            attribute("tooltip", quoted("图例 legend")),
            attribute("label", Id::Html(format!("<{}>", table(view)))),
        ],
    };
    let label = attribute("label", quoted("图例 legend"));
    let stmts = vec![Stmt::Attribute(label), Stmt::Node(node)];
    Stmt::Subgraph(Subgraph { id: plain("cluster_legend"), stmts })
}

fn table(view: &View<'_>) -> String {
    let graph = view.graph;
    let mut rows = String::new();
    for kind in EntityKind::ALL.into_iter().filter(|k| view.nodes.iter().any(|n| graph.node(*n).kind == *k)) {
        let (_, fill, border) = style::kind(kind);
        let mark = match kind {
            EntityKind::Company => "□",
            EntityKind::Person => "○",
            EntityKind::Product => "◇",
            EntityKind::Organization => "◎",
        };
        rows += &format!(
            "<TR><TD BGCOLOR=\"{fill}\" COLOR=\"{border}\" BORDER=\"1\"><FONT COLOR=\"{border}\">{mark}</FONT></TD>\
             <TD ALIGN=\"LEFT\">{}</TD></TR>",
            style::kind_label(kind)
        );
    }
    let mut bonds: Vec<Bond> = view.edges.iter().map(|e| graph.tie(*e).2.bond).collect();
    bonds.sort_unstable();
    bonds.dedup();
    for bond in bonds {
        let arrow = if graph.symmetric(bond) { "━━━" } else { "━━▶" };
        rows +=
            &line(arrow, style::color(graph, bond), &format!("{} {}", graph.bond_label(bond), graph.bond_name(bond)));
    }
    let used = |s: &Status| view.edges.iter().any(|e| graph.tie(*e).2.claims.as_ref().is_some_and(|c| c.status == *s));
    for status in Status::ALL.into_iter().filter(|s| *s != Status::Asserted).filter(used) {
        let (_, color) = style::line(status, "#374151");
        let (sample, word) = match status {
            Status::Asserted => ("━━▶", "确认"),
            Status::Planned => ("╍╍▶", "计划"),
            Status::Rumored => ("┈┈▶", "传闻"),
            Status::Negated => ("━━┫", "✗ 否认"),
            Status::Ended => ("━━▶", "曾 已结束"),
        };
        rows += &line(sample, &color, &format!("{word} {status}"));
    }
    rows += "<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\">线宽：证据句数 width: sentences</TD></TR>";
    format!("<TABLE BORDER=\"1\" COLOR=\"#9aa0a6\" BGCOLOR=\"white\" CELLBORDER=\"0\" CELLSPACING=\"3\">{rows}</TABLE>")
}

fn line(sample: &str, color: &str, words: &str) -> String {
    format!("<TR><TD><FONT COLOR=\"{color}\">{sample}</FONT></TD><TD ALIGN=\"LEFT\">{}</TD></TR>", escaped(words))
}

/// Text for an HTML-like label.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
