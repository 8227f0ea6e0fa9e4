//! How things look: shape and fill by kind, size by importance, colour by relation, line by status, thickness by
//! evidence. The legend draws from the same functions.

use super::{attribute, every, plain, quoted};
use crate::graph::{Bond, Graph, Node, Tie};
use crate::schema::{EntityKind, Status};
use graphviz_rust::dot_structures::{Attribute, Stmt};

/// Families with Chinese letters on Linux, Windows and macOS, then whatever there is.
pub(super) const FONT: &str =
    "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,WenQuanYi Micro Hei,Arial Unicode MS,sans-serif";

const CO_MENTION_COLOR: &str = "#c9ced6";
const NEGATED_COLOR: &str = "#d62728";
const ENDED_COLOR: &str = "#9aa0a6";

/// Up to this many entities the picture is laid out by fdp, which draws the legend's frame and keeps lines off
/// the nodes; beyond, by sfdp with straight lines, which takes thousands.
const FEW: usize = 200;

/// The layout of a picture with so many entities, and what all nodes and edges share.
pub(super) fn defaults(entities: usize) -> Vec<Stmt> {
    let few = entities <= FEW;
    vec![
        every(
            "graph",
            &[
                ("layout", plain(if few { "fdp" } else { "sfdp" })),
                ("K", plain("2.2")),
                ("maxiter", plain(if few { 2000 } else { 500 })),
                ("overlap", plain("prism")),
                ("overlap_scaling", plain("-5")),
                ("sep", quoted("+12")),
                ("esep", quoted("+3")),
                ("splines", plain(if few { "true" } else { "line" })),
                ("outputorder", plain("edgesfirst")),
                ("bgcolor", quoted("white")),
                ("pad", plain("0.3")),
                ("charset", quoted("UTF-8")),
                ("fontname", quoted(FONT)),
            ],
        ),
        every(
            "node",
            &[
                ("fontname", quoted(FONT)),
                ("fontsize", plain(12)),
                ("fontcolor", quoted("#1b1f24")),
                ("style", quoted("filled,rounded")),
                ("margin", quoted("0.10,0.05")),
                ("height", plain("0.3")),
                ("width", plain("0.3")),
            ],
        ),
        every(
            "edge",
            &[("fontname", quoted(FONT)), ("fontsize", plain(9)), ("arrowsize", plain("0.6")), ("len", plain("2"))],
        ),
    ]
}

/// Shape, fill and border of a kind.
pub(super) fn kind(kind: EntityKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        EntityKind::Company => ("box", "#dbeafe", "#2563eb"),
        EntityKind::Person => ("ellipse", "#fef3c7", "#d97706"),
        EntityKind::Product => ("hexagon", "#dcfce7", "#16a34a"),
        EntityKind::Organization => ("octagon", "#f3e8ff", "#9333ea"),
    }
}

/// What Chinese and English readers call a kind.
pub(super) fn kind_label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "公司 company",
        EntityKind::Person => "人物 person",
        EntityKind::Product => "产品 product",
        EntityKind::Organization => "机构 organization",
    }
}

/// A node's look; `importance` runs from 0 to 1.
pub(super) fn node(node: &Node, importance: f64) -> Vec<Attribute> {
    let (shape, fill, border) = kind(node.kind);
    let mut out = vec![
        attribute("shape", plain(shape)),
        attribute("fillcolor", quoted(fill)),
        attribute("color", quoted(border)),
        attribute("fontsize", plain((10.0 + 14.0 * importance).round())),
        attribute("penwidth", plain(if importance > 0.5 { 2 } else { 1 })),
    ];
    if shape != "box" {
        out.push(attribute("style", quoted("filled")));
        out.push(attribute("margin", quoted("0.03,0.03")));
    }
    out
}

/// Line style and colour of a status; `color` is the relation's.
pub(super) fn line(status: Status, color: &str) -> (&'static str, String) {
    match status {
        Status::Asserted => ("solid", color.to_string()),
        Status::Planned => ("dashed", color.to_string()),
        Status::Rumored => ("dotted", color.to_string()),
        Status::Negated => ("solid", NEGATED_COLOR.to_string()),
        Status::Ended => ("solid", ENDED_COLOR.to_string()),
    }
}

/// The colour of a bond in pictures. A colour that a dictionary writes wrongly is grey.
pub(super) fn color(graph: &Graph, bond: Bond) -> &str {
    let valid = |c: &&str| {
        let hex = c.strip_prefix('#').unwrap_or("");
        matches!(hex.len(), 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit())
    };
    match bond {
        Bond::CoMention => CO_MENTION_COLOR,
        bond => graph.relation(bond).map(|r| r.color.as_str()).filter(valid).unwrap_or("#6b7280"),
    }
}

/// The colour at two thirds of its light, for small letters on white.
fn darker(color: &str) -> String {
    let channel = |at: usize| color.get(at..at + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(0);
    let dim = |c: u8| u32::from(c) * 2 / 3;
    format!("#{:02x}{:02x}{:02x}", dim(channel(1)), dim(channel(3)), dim(channel(5)))
}

/// A tie's look.
pub(super) fn tie(graph: &Graph, tie: &Tie) -> Vec<Attribute> {
    let Some(claims) = &tie.claims else {
        return vec![
            attribute("color", quoted(CO_MENTION_COLOR)),
            attribute("dir", plain("none")),
            attribute("penwidth", plain(width(tie.weight) * 0.7)),
            attribute("weight", plain(1)),
        ];
    };
    let (style, color) = line(claims.status, color(graph, tie.bond));
    let label = graph.bond_label(tie.bond);
    let mut out = vec![
        attribute("color", quoted(&color)),
        attribute("fontcolor", quoted(&darker(&color))),
        attribute("penwidth", plain(width(tie.weight))),
    ];
    if style != "solid" {
        out.push(attribute("style", plain(style)));
    }
    match claims.status {
        Status::Negated => {
            out.push(attribute("arrowhead", plain("tee")));
            out.push(attribute("label", quoted(&format!("✗{label}"))));
        }
        Status::Ended => out.push(attribute("label", quoted(&format!("曾{label}")))),
        _ => out.push(attribute("label", quoted(label))),
    }
    if graph.symmetric(tie.bond) && claims.status != Status::Negated {
        out.push(attribute("dir", plain("none")));
    }
    out
}

/// Pen width: 1 for one sentence, growing with the logarithm of evidence, at most 4.
fn width(weight: f64) -> f64 {
    ((1.0 + weight.max(1.0).log2() * 0.6).min(4.0) * 10.0).round() / 10.0
}

/// A label in lines of about 14 columns (a Chinese character takes two), cut after 48.
pub(super) fn wrapped(label: &str) -> String {
    let mut out = String::new();
    let (mut line, mut total) = (0, 0);
    for c in label.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        let wide = 1 + (c as u32 >= 0x2e80) as usize;
        if total + wide > 48 {
            out.push('…');
            break;
        }
        let breakable = c == ' ' || wide == 2;
        if (line >= 14 && breakable) || line + wide > 22 {
            out.push('\n');
            line = 0;
        }
        if line > 0 || c != ' ' {
            out.push(c);
            line += wide;
        }
        total += wide;
    }
    out
}
