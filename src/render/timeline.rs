//! One entity's ties over time: a row for each tie, from its first sighting to its last, a mark for each sentence.

use super::Look;
use super::edge::mark;
use super::network::{self, Label};
use super::page::{self, Bounds, Page};
use super::style::{self, dashes};
use super::svg::{Anchor, Svg, Type, number};
use super::text;
use super::words::Lang;
use crate::graph::{Bond, Day, Graph, View};
use crate::query::{Filter, neighbors};
use crate::schema::Status;
use petgraph::graph::{EdgeIndex, NodeIndex};

/// A row of a timeline.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The tie.
    pub edge: EdgeIndex,
    /// The other entity.
    pub other: NodeIndex,
    /// Dates on which a sentence states it, with its status there; sorted.
    pub marks: Vec<(Day, Option<Status>)>,
}

/// The rows of an entity: its dated ties that fit, the `limit` strongest, in the order of their first sighting.
pub(super) fn entries(graph: &Graph, node: NodeIndex, filter: &Filter, limit: usize) -> Vec<Entry> {
    let mut found = neighbors(graph, node, 1, filter);
    let relations = found.iter().any(|n| graph.graph[n.edge].bond != Bond::CoMention);
    found.retain(|n| {
        let tie = &graph.graph[n.edge];
        !tie.first_seen.is_none() && (!relations || tie.bond != Bond::CoMention)
    });
    found.truncate(limit);
    let mut out: Vec<Entry> = found
        .into_iter()
        .map(|n| {
            let tie = &graph.graph[n.edge];
            let stated = tie.evidence.iter().map(|e| (e.passage.article.date, e.claim.as_ref().map(|c| c.status)));
            let mut marks: Vec<(Day, Option<Status>)> = stated.filter(|m| !m.0.is_none()).collect();
            marks.sort_unstable();
            marks.dedup();
            Entry { edge: n.edge, other: n.node, marks }
        })
        .collect();
    let span = |e: &Entry| (graph.graph[e.edge].first_seen, graph.graph[e.edge].last_seen, e.edge);
    out.sort_by_key(span);
    out
}

/// Days since 0000-03-01 in the Gregorian calendar (Howard Hinnant, `days_from_civil`).
fn ordinal(day: Day) -> i64 {
    let text = day.to_string();
    let part = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse::<i64>().ok()).unwrap_or(0);
    civil(part(0, 4), part(5, 7), part(8, 10))
}

fn civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let (era, in_year) = (y.div_euclid(400), (153 * ((month + 9) % 12) + 2) / 5 + day - 1);
    let of_era = y.rem_euclid(400) * 365 + y.rem_euclid(400) / 4 - y.rem_euclid(400) / 100 + in_year;
    era * 146_097 + of_era
}

/// The ticks of an axis from one day to another: not more than about `most`, at months, quarters or years, each
/// with its label.
fn ticks(first: i64, last: i64, start: (i64, i64), most: i64) -> Vec<(i64, String)> {
    if last - first <= 120 {
        let days: &[i64] = if last - first <= 62 { &[1, 8, 15, 22] } else { &[1, 15] };
        let month = |k: i64| (start.0 + (start.1 - 2 + k).div_euclid(12), (start.1 - 2 + k).rem_euclid(12) + 1);
        let all = (0..7).map(month).flat_map(|(y, m)| days.iter().map(move |d| (y, m, *d)));
        let labelled = all.map(|(y, m, d)| (civil(y, m, d), format!("{y}-{m:02}-{d:02}")));
        return labelled.filter(|t| (first..=last).contains(&t.0)).collect();
    }
    let months = ((last - first) as f64 / 30.4).ceil() as i64 + 1;
    let step = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].into_iter().find(|s| months / s <= most).unwrap_or(2400);
    let (year, month) = start;
    let mut count = year * 12 + (month - 1);
    count -= count.rem_euclid(step);
    let mut out = Vec::new();
    loop {
        let (y, m) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        let at = civil(y, m, 1);
        if at > last {
            return out;
        }
        if at >= first {
            out.push((at, if step >= 12 { y.to_string() } else { format!("{y}-{m:02}") }));
        }
        count += step;
    }
}

const ROW: f32 = 28.0;

/// Width of the axis.
const AXIS: f32 = 680.0;

/// Draws the ties of an entity over time; `None` if none has a date.
pub fn timeline(graph: &Graph, node: NodeIndex, filter: &Filter, limit: usize, look: &Look) -> Option<String> {
    let (palette, lang) = (look.theme.palette(), look.lang);
    let rows = entries(graph, node, filter, limit);
    let first = rows.iter().map(|r| graph.graph[r.edge].first_seen).min()?;
    let last = rows.iter().map(|r| graph.graph[r.edge].last_seen).max()?;
    let (from, to) = (ordinal(first), ordinal(last));
    // a little air at both ends, and never a single instant
    let air = ((to - from) / 30).max(3);
    let (low, high) = (from - air, to + air);
    let at = |day: i64| (day - low) as f32 / (high - low) as f32 * AXIS;
    let labels: Vec<Label> = rows.iter().map(|r| Label::new(graph.node(r.other), 0.0, false)).collect();
    let wide = labels.iter().map(|l| l.wide).fold(0.0, f32::max);
    let (mut svg, mut bounds) = (Svg::default(), Bounds::default());
    let height: f32 = labels.iter().map(|l| ROW.max(l.high + 6.0)).sum();
    let text_day = first.to_string();
    let number_of = |a: usize, b: usize| text_day.get(a..b).and_then(|t| t.parse().ok()).unwrap_or(1);
    for (day, label) in ticks(low, high, (number_of(0, 4), number_of(5, 7)), 9) {
        let x = at(day);
        svg.line([x, 0.0], [x, height], &[("stroke", palette.rule), ("stroke-dasharray", "2 3")]);
        svg.text(x, -8.0, Type::new(11.0, palette.quiet).anchor(Anchor::Middle), &label);
    }
    bounds.add([AXIS / 2.0, -14.0, AXIS + 40.0, 16.0]);
    let mut y = 0.0;
    for (i, (row, label)) in rows.iter().zip(&labels).enumerate() {
        let high = ROW.max(label.high + 6.0);
        let middle = y + high / 2.0;
        if i % 2 == 0 {
            let all = [-wide - 20.0, y, wide + 20.0 + AXIS + 190.0, high];
            svg.rect(all, 3.0, &[("fill", palette.faint), ("fill-opacity", "0.6")]);
        }
        let other = graph.node(row.other);
        label.draw(
            &mut svg,
            other,
            [-10.0 - label.wide / 2.0, middle],
            &palette,
            &network::tie_tooltip(graph, row.edge, lang),
        );
        let (a, _, tie) = graph.tie(row.edge);
        let color = palette.bond(graph, tie.bond);
        let status = tie.claims.as_ref().map(|c| c.status);
        let (start, end) = (at(ordinal(tie.first_seen)), at(ordinal(tie.last_seen)));
        let pen = number(style::width(tie) + 1.0);
        let cap = if status == Some(Status::Rumored) { "round" } else { "" };
        let bar = [
            ("stroke", color.as_str()),
            ("stroke-width", pen.as_str()),
            ("stroke-dasharray", dashes(status)),
            ("stroke-linecap", cap),
        ];
        if end > start {
            svg.line([start, middle], [end, middle], &bar);
        }
        let dots = row.marks.iter().map(|m| (at(ordinal(m.0)), m.1)).chain([(start, None), (end, status)]);
        for (x, stated) in dots {
            let hollow = matches!(stated, Some(Status::Planned | Status::Rumored));
            let fill = if hollow { palette.ground } else { color.as_str() };
            let (x, y) = (number(x), number(middle));
            let look = [
                ("cx", x.as_str()),
                ("cy", &y),
                ("r", "4"),
                ("fill", fill),
                ("stroke", &color),
                ("stroke-width", "1.5"),
            ];
            svg.element("circle", &look);
        }
        if let Some(s @ (Status::Negated | Status::Ended)) = status {
            mark(&mut svg, [end + 13.0, middle], [end + 12.0, middle], s, &palette);
        }
        let arrow = match (graph.symmetric(tie.bond), a == node) {
            (true, _) => "–",
            (false, true) => "→",
            (false, false) => "←",
        };
        let mut words = format!("{arrow} {}", text::shown(&lang.bond(graph, tie.bond)));
        if let Some(s) = status.filter(|s| *s != Status::Asserted) {
            words += &format!(", {}", lang.status(s));
        }
        svg.text(AXIS + 26.0, middle + 4.0, Type::new(11.5, palette.quiet), &text::cut(&words, 13.5));
        bounds.add([(AXIS + 190.0 - wide - 20.0) / 2.0, middle, wide + AXIS + 210.0, high]);
        y += high;
    }
    let name = network::name(graph.node(node));
    let title = match lang {
        Lang::Zh => format!("{name}的关系：时间线"),
        Lang::En => format!("Ties of {name} over time"),
    };
    let view = View::of(graph, vec![node], rows.iter().map(|r| r.edge).collect());
    let mut legend = page::legend(&view, &palette, lang);
    let note =
        lang.pick("点：有句子的日期；空心：计划或传闻", "dot: a day with a sentence; hollow: planned or rumored");
    legend.push(page::Item::Note(note.to_string()));
    Some(Page { title, subtitle: page::counts(&view, lang), svg, bounds, legend, notes: vec![] }.finish(graph, look))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_ticks() {
        assert_eq!(ordinal(Day::parse("2024-03-01")) - ordinal(Day::parse("2024-02-28")), 2);
        assert_eq!(ordinal(Day::parse("2025-01-01")) - ordinal(Day::parse("2024-12-31")), 1);
        let (a, b) = (ordinal(Day::parse("2025-01-20")), ordinal(Day::parse("2025-04-02")));
        let labels: Vec<String> = ticks(a, b, (2025, 1), 9).into_iter().map(|t| t.1).collect();
        assert_eq!(labels, ["2025-02-01", "2025-02-15", "2025-03-01", "2025-03-15", "2025-04-01"]);
        let b = ordinal(Day::parse("2025-08-02"));
        let labels: Vec<String> = ticks(a, b, (2025, 1), 9).into_iter().map(|t| t.1).collect();
        assert_eq!(labels, ["2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08"]);
        let (a, b) = (ordinal(Day::parse("1999-05-20")), ordinal(Day::parse("2025-04-02")));
        assert!((3..=12).contains(&ticks(a, b, (1999, 5), 9).len()));
    }
}
