//! Colours, shapes and lines of pictures.

use super::svg::{Svg, number};
use crate::graph::{Bond, Graph, Tie};
use crate::schema::{EntityKind, Status};

/// Light or dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// White ground, for print.
    Light,
    /// Dark ground, for screens.
    Dark,
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) ground: &'static str,
    pub(super) ink: &'static str,
    pub(super) quiet: &'static str,
    pub(super) rule: &'static str,
    pub(super) faint: &'static str,
    dark: bool,
}

impl Theme {
    pub(super) fn palette(self) -> Palette {
        match self {
            Theme::Light => Palette {
                ground: "#ffffff",
                ink: "#111827",
                quiet: "#4b5563",
                rule: "#d1d5db",
                faint: "#f3f4f6",
                dark: false,
            },
            Theme::Dark => Palette {
                ground: "#0f172a",
                ink: "#f1f5f9",
                quiet: "#a8b3c4",
                rule: "#475569",
                faint: "#1e293b",
                dark: true,
            },
        }
    }
}

/// Red, green and blue of `#rrggbb`; grey for anything else, as a dictionary may say anything.
fn channels(color: &str) -> [u32; 3] {
    let hex = color.strip_prefix('#').filter(|h| h.len() >= 6 && h.bytes().all(|b| b.is_ascii_hexdigit()));
    hex.map_or([107, 114, 128], |h| [0, 2, 4].map(|i| u32::from_str_radix(&h[i..i + 2], 16).unwrap_or(0)))
}

/// `share` percent of one colour and the rest of the other.
pub(super) fn mixed(color: &str, share: u32, other: &str) -> String {
    let (a, b) = (channels(color), channels(other));
    let mix = |i: usize| (a[i] * share + b[i] * (100 - share) + 50) / 100;
    format!("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2))
}

impl Palette {
    /// Fill and border of a kind.
    pub(super) fn kind(&self, kind: EntityKind) -> (String, String) {
        let strong = match kind {
            EntityKind::Company => "#2563eb",
            EntityKind::Person => "#d97706",
            EntityKind::Product => "#16a34a",
            EntityKind::Organization => "#9333ea",
        };
        match self.dark {
            false => (mixed(strong, 14, self.ground), strong.to_string()),
            true => (mixed(strong, 34, self.ground), mixed(strong, 72, "#ffffff")),
        }
    }

    /// The colour of a bond.
    pub(super) fn bond(&self, graph: &Graph, bond: Bond) -> String {
        let own = graph.relation(bond).map_or("#9ca3af", |r| r.color.as_str());
        match self.dark {
            false => mixed(own, 100, self.ground),
            true => mixed(own, 62, "#ffffff"),
        }
    }

    /// A community's ground and border.
    pub(super) fn region(&self, number: usize) -> (String, String) {
        const HUES: [&str; 10] = [
            "#3b82f6", "#f59e0b", "#10b981", "#a855f7", "#ef4444", "#06b6d4", "#84cc16", "#ec4899", "#6366f1",
            "#b45309",
        ];
        let hue = HUES[number % HUES.len()];
        match self.dark {
            false => (mixed(hue, 8, self.ground), mixed(hue, 45, self.ground)),
            true => (mixed(hue, 16, self.ground), mixed(hue, 55, self.ground)),
        }
    }
}

/// Dashes of a status; solid for those that a mark on the line tells.
pub(super) fn dashes(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Planned) => "8 5",
        Some(Status::Rumored) => "2 4",
        _ => "",
    }
}

/// Width of a tie's line: 1.3 for one sentence, growing with the root of their number, at most 5.
pub(super) fn width(tie: &Tie) -> f32 {
    let w = 1.3 + 0.6 * (tie.weight.clamp(1.0, 100.0).sqrt() as f32 - 1.0);
    if tie.bond == Bond::CoMention { (w * 0.7).min(3.0) } else { w.min(5.0) }
}

/// Draws a kind's shape in a box: companies have corners a little round, persons half-round ends, products pointed
/// ends, organizations cut corners.
pub(super) fn shape(svg: &mut Svg, kind: EntityKind, [x, y, w, h]: [f32; 4], fill: &str, border: &str, pen: f32) {
    let pen = number(pen);
    let look = [("fill", fill), ("stroke", border), ("stroke-width", pen.as_str())];
    match kind {
        EntityKind::Company => svg.rect([x, y, w, h], 4.0, &look),
        EntityKind::Person => svg.rect([x, y, w, h], h / 2.0, &look),
        EntityKind::Product => {
            let (e, m) = ((h / 3.0).min(10.0), y + h / 2.0);
            svg.polygon(&[[x, m], [x + e, y], [x + w - e, y], [x + w, m], [x + w - e, y + h], [x + e, y + h]], &look);
        }
        EntityKind::Organization => {
            let c = (h / 3.5).min(9.0);
            let (r, b) = (x + w, y + h);
            let corners =
                [[x + c, y], [r - c, y], [r, y + c], [r, b - c], [r - c, b], [x + c, b], [x, b - c], [x, y + c]];
            svg.polygon(&corners, &look);
        }
    }
}

/// Room that a kind's shape needs beside its text, on each side.
pub(super) fn padding(kind: EntityKind) -> f32 {
    match kind {
        EntityKind::Company => 8.0,
        EntityKind::Person | EntityKind::Organization => 10.0,
        EntityKind::Product => 12.0,
    }
}
