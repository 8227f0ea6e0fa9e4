//! The page around a drawing: title, legend, source. Everything on it stands within its margins.

use super::Look;
use super::edge::mark;
use super::style::{self, Palette, dashes};
use super::svg::{Anchor, FONT, Svg, Type, number};
use super::text;
use super::words::Lang;
use crate::export::xml::escaped;
use crate::graph::{Bond, Graph, View};
use crate::schema::{EntityKind, Status};
use std::fmt::Write;

/// The box around all that was drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    low: [f32; 2],
    high: [f32; 2],
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { low: [f32::MAX; 2], high: [f32::MIN; 2] }
    }
}

impl Bounds {
    /// Takes in a box (centre, width, height).
    pub(super) fn add(&mut self, [x, y, w, h]: [f32; 4]) {
        for (k, (c, s)) in [(x, w), (y, h)].into_iter().enumerate() {
            self.low[k] = self.low[k].min(c - s / 2.0);
            self.high[k] = self.high[k].max(c + s / 2.0);
        }
    }

    fn size(&self) -> [f32; 2] {
        [0, 1].map(|k| (self.high[k] - self.low[k]).max(0.0))
    }
}

/// An entry of the legend.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A heading.
    Head(String),
    /// A kind.
    Kind(EntityKind, String),
    /// A line: colour, status, with an arrow or not.
    Line(String, Option<Status>, bool, String),
    /// Words.
    Note(String),
}

/// A page in the making.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) svg: Svg,
    pub(super) bounds: Bounds,
    pub(super) legend: Vec<Item>,
    /// Paragraphs under the drawing: a lead in bold, and the rest.
    pub(super) notes: Vec<(String, String)>,
}

const MARGIN: f32 = 30.0;

/// No page is narrower.
const LEAST: f32 = 760.0;

/// What a view holds, in words.
pub(super) fn counts(view: &View<'_>, lang: Lang) -> String {
    let entities = lang.count(view.nodes.len(), "个实体", "entity", "entities");
    let ties = lang.count(view.edges.len(), "条关系", "tie", "ties");
    format!("{entities}{}{ties}", lang.pick("，", ", "))
}

/// The kinds, relations and statuses of a view.
pub(super) fn legend(view: &View<'_>, palette: &Palette, lang: Lang) -> Vec<Item> {
    let graph = view.graph;
    let mut out = vec![Item::Head(lang.pick("实体", "Entities").to_string())];
    let used = |k: &EntityKind| view.nodes.iter().any(|n| graph.node(*n).kind == *k);
    out.extend(EntityKind::ALL.into_iter().filter(used).map(|k| Item::Kind(k, lang.kind(k).to_string())));
    let mut bonds: Vec<Bond> = view.edges.iter().map(|e| graph.tie(*e).2.bond).collect();
    bonds.sort_unstable();
    bonds.dedup();
    if !bonds.is_empty() {
        out.push(Item::Head(lang.pick("关系", "Ties").to_string()));
    }
    for bond in bonds {
        let label = text::cut(&text::shown(&lang.bond(graph, bond)), 20.0);
        out.push(Item::Line(palette.bond(graph, bond), None, !graph.symmetric(bond), label));
    }
    let stands =
        |s: &Status| view.edges.iter().any(|e| graph.tie(*e).2.claims.as_ref().is_some_and(|c| c.status == *s));
    let statuses: Vec<Status> = Status::ALL.into_iter().filter(stands).collect();
    if !statuses.is_empty() {
        out.push(Item::Head(lang.pick("状态", "Standing").to_string()));
        let ink = palette.quiet.to_string();
        out.extend(statuses.into_iter().map(|s| Item::Line(ink.clone(), Some(s), false, lang.status(s).to_string())));
        out.push(Item::Note(lang.pick("线宽表示句数", "line width: sentences").to_string()));
    }
    out
}

impl Page {
    /// The whole picture.
    pub(super) fn finish(self, graph: &Graph, look: &Look) -> String {
        let (palette, lang) = (look.theme.palette(), look.lang);
        let [wide, high] = self.bounds.size();
        let page = (wide + 2.0 * MARGIN).max(LEAST).ceil();
        let inner = page - 2.0 * MARGIN;
        let mut head = Svg::default();
        let mut y = MARGIN;
        let title = look.title.as_deref().map_or(self.title.clone(), text::shown);
        for line in text::lines(&title, inner / 26.0, 2) {
            y += 26.0;
            head.text(MARGIN, y, Type::new(24.0, palette.ink).bold(), &line);
        }
        let subtitle = format!("{}{}", self.subtitle, period(graph, lang));
        for line in text::lines(&subtitle, inner / 13.5, 3) {
            y += 20.0;
            head.text(MARGIN, y, Type::new(13.0, palette.quiet), &line);
        }
        y += 22.0;
        let shift = [
            MARGIN + (inner - wide) / 2.0 - self.bounds.low[0].min(f32::MAX / 2.0),
            y - self.bounds.low[1].min(f32::MAX / 2.0),
        ];
        let empty = wide == 0.0 && high == 0.0;
        y += if empty { 0.0 } else { high + 24.0 };
        let mut foot = Svg::default();
        for (lead, rest) in &self.notes {
            y = note(&mut foot, lead, rest, y, inner, &palette);
        }
        y += if self.notes.is_empty() { 0.0 } else { 10.0 };
        if !self.legend.is_empty() {
            foot.line([MARGIN, y], [page - MARGIN, y], &[("stroke", palette.rule)]);
            y = entries(&mut foot, &self.legend, y + 8.0, page, &palette) + 8.0;
        }
        let source = match &look.source {
            Some(source) => text::shown(source),
            None => articles(graph, lang),
        };
        let source = format!("{}{source}", lang.pick("资料来源：", "Source: "));
        for line in text::lines(&source, (inner - 60.0) / 11.5, 3) {
            y += 16.0;
            foot.text(MARGIN, y, Type::new(11.0, palette.quiet), &line);
        }
        foot.text(page - MARGIN, y, Type::new(11.0, palette.quiet).anchor(Anchor::End), "guanxi");
        let height = (y + MARGIN).ceil();
        let shown = look.width.map_or(page, |w| w as f32);
        let mut out = String::with_capacity(self.svg.out.len() + 4096);
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" \
             lang=\"{}\" font-family=\"{}\">",
            number(shown),
            number(height * shown / page),
            number(page),
            number(height),
            lang.code(),
            escaped(FONT)
        );
        let _ = writeln!(out, "<title>{}</title>\n<desc>{}</desc>", escaped(&title), escaped(&subtitle));
        let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>", palette.ground);
        out += &head.out;
        if !empty {
            let _ = writeln!(out, "<g transform=\"translate({} {})\">", number(shift[0]), number(shift[1]));
            out += &self.svg.out;
            out += "</g>\n";
        }
        out += &foot.out;
        out += "</svg>\n";
        out
    }
}

/// The dates of the articles.
fn period(graph: &Graph, lang: Lang) -> String {
    match (graph.totals.first_seen, graph.totals.last_seen) {
        (first, _) if first.is_none() => String::new(),
        (first, last) => format!("{}{first} – {last}", lang.pick("；", " · ")),
    }
}

/// The number of articles.
fn articles(graph: &Graph, lang: Lang) -> String {
    lang.count(graph.totals.articles as usize, "篇文章", "article", "articles")
}

/// Writes a paragraph and gives the height after it.
fn note(foot: &mut Svg, lead: &str, rest: &str, mut y: f32, inner: f32, palette: &Palette) -> f32 {
    for (words, size, bold, ink) in [(lead, 13.0, true, palette.ink), (rest, 12.0, false, palette.quiet)] {
        for line in text::lines(&text::shown(words), inner / (size * 1.08), 4) {
            y += size * 1.45;
            let how = Type::new(size, ink);
            foot.text(MARGIN, y, if bold { how.bold() } else { how }, &line);
        }
    }
    y + 10.0
}

/// Writes the legend in rows, each heading on a new one, and gives the height after it.
fn entries(foot: &mut Svg, legend: &[Item], mut y: f32, page: f32, palette: &Palette) -> f32 {
    const SIZE: f32 = 12.0;
    const INDENT: f32 = MARGIN + 76.0;
    let mut x = INDENT;
    for item in legend {
        let (sample, label) = match item {
            Item::Head(label) => {
                (x, y) = (INDENT, y + 22.0);
                foot.text(MARGIN, y, Type::new(SIZE, palette.ink).bold(), label);
                continue;
            }
            Item::Kind(_, label) => (26.0, label),
            Item::Line(_, _, _, label) => (36.0, label),
            Item::Note(label) => (0.0, label),
        };
        let wide = sample + 6.0 + text::width(label) * SIZE + 18.0;
        if x > INDENT && x + wide - 18.0 > page - MARGIN {
            (x, y) = (INDENT, y + 20.0);
        }
        let middle = y - SIZE * 0.35;
        match item {
            Item::Kind(kind, _) => {
                let (fill, border) = palette.kind(*kind);
                style::shape(foot, *kind, [x, middle - 7.0, 26.0, 14.0], &fill, &border, 1.3);
            }
            Item::Line(color, status, directed, _) => {
                let cap = if *status == Some(Status::Rumored) { "round" } else { "" };
                let look = [
                    ("stroke", color.as_str()),
                    ("stroke-width", "2"),
                    ("stroke-dasharray", dashes(*status)),
                    ("stroke-linecap", cap),
                ];
                foot.line([x, middle], [x + if *directed { 29.0 } else { 36.0 }, middle], &look);
                if *directed {
                    let tip = [[x + 36.0, middle], [x + 28.0, middle - 3.6], [x + 28.0, middle + 3.6]];
                    foot.polygon(&tip, &[("fill", color)]);
                }
                if let Some(status) = status {
                    mark(foot, [x + 18.0, middle], [x + 17.0, middle], *status, palette);
                }
            }
            _ => {}
        }
        foot.text(x + sample + 6.0, y, Type::new(SIZE, palette.quiet), label);
        x += wide;
    }
    y + 10.0
}
