//! A report as Markdown (CommonMark with tables, as GitHub and Hugo read it).

use super::Report;
use crate::graph::Evidence;
use crate::render::{Lang, shown};
use std::fmt::Write;

/// Text of articles and dictionaries as Markdown that shows exactly that text on one line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in shown(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // no address becomes a link by itself
    let mut out = out.replace("://", "\\://").replace("www.", "www\\.");
    // a number and a dot, or a dash, would open a list
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    match out[digits..].chars().next() {
        Some('.') if digits > 0 => out.insert(digits, '\\'),
        Some('-' | '+' | '=') if digits == 0 => out.insert(0, '\\'),
        _ => {}
    }
    out
}

/// The report as Markdown.
pub fn markdown(report: &Report, lang: Lang) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(&report.title(lang)), escaped(&report.summary(lang)));
    if !report.activity.is_empty() {
        let most = report.activity.iter().map(|a| a.1).max().unwrap_or(1).max(1);
        let _ = write!(out, "\n## {}\n\n", lang.pick("句子数（按时间）", "Sentences over time"));
        let _ = write!(out, "| {} | {} | |\n|---|--:|:--|\n", lang.pick("时间", "when"), lang.pick("句", "sentences"));
        let from = report.activity.len().saturating_sub(31);
        for (when, count, inside) in &report.activity[from..] {
            let bar = (if *inside { "█" } else { "░" }).repeat((count * 24).div_ceil(most));
            let _ = writeln!(out, "| {when} | {count} | {bar} |");
        }
    }
    if !report.relations.is_empty() {
        let _ = write!(out, "\n## {}\n\n", lang.pick("变化的关系（按种类）", "Changed ties by relation"));
        let _ = write!(out, "| {} | {} |\n|---|--:|\n", lang.pick("关系", "relation"), lang.pick("条", "ties"));
        for value in report.relation_values(lang) {
            let _ = writeln!(out, "| {} | {} |", escaped(&value.label), value.count);
        }
    }
    for (part, statements, all) in &report.parts {
        let _ = write!(out, "\n## {} ({all})\n\n{}\n", part.heading(lang), part.about(lang));
        for s in statements {
            let [subject, arrow, object, relation] = s.words(lang).map(|w| escaped(&w));
            let standing = escaped(&s.standing(lang));
            let _ = write!(out, "\n### {subject} {arrow} {object} · {relation}\n\n{standing}\n");
            s.tie.tie.evidence.iter().for_each(|e| out += &quote(e, lang));
        }
        rest(&mut out, statements.len(), *all, lang);
    }
    let (conflicts, all) = &report.conflicts;
    if !conflicts.is_empty() {
        let _ = write!(out, "\n## {} ({all})\n\n{}\n", super::contradictory(lang), super::about_contradictory(lang));
        for conflict in conflicts {
            let (what, how) = report.conflict(conflict, lang);
            let _ = write!(out, "\n### {}\n\n{}\n", escaped(&what), escaped(&how));
            conflict.sides.iter().for_each(|side| out += &quote(&side.evidence, lang));
        }
        rest(&mut out, conflicts.len(), *all, lang);
    }
    out
}

fn rest(out: &mut String, shown: usize, all: usize, lang: Lang) {
    if shown < all {
        let _ = write!(out, "\n{}\n", more(shown, all, lang));
    }
}

pub(super) fn more(shown: usize, all: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("以上 {shown} 条，共 {all} 条；--limit 0 列出全部。"),
        Lang::En => format!("{shown} of {all} shown; --limit 0 shows all."),
    }
}

/// What a sentence says beyond its status: event date, amount, role.
pub(super) fn details(e: &Evidence, lang: Lang) -> String {
    let Some(claim) = &e.claim else { return String::new() };
    let mut out = lang.status(claim.status).to_string();
    if !claim.when.is_empty() {
        let _ = write!(out, "{}{}", lang.pick("；发生于 ", ", happened "), claim.when);
    }
    for (name, value) in &claim.attributes {
        let _ = write!(out, "{}{} {value}", lang.pick("；", ", "), lang.attribute(name));
    }
    out
}

fn quote(e: &Evidence, lang: Lang) -> String {
    let (p, article) = (&e.passage, &e.passage.article);
    let place = format!("{}:{}", article.path, p.line);
    format!(
        "\n> {}\n>\n> — {}, {}, {} ({})\n",
        escaped(&p.text),
        escaped(&article.title),
        article.date,
        escaped(&place),
        escaped(&details(e, lang))
    )
}
