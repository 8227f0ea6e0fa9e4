//! A report as one HTML file that needs nothing else: no script, no network, prints well.

use super::Report;
use super::markdown::{details, more};
use crate::export::xml::escaped;
use crate::graph::{End, Evidence};
use crate::render::{self, Lang, Look, chart, shown};
use std::fmt::Write;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#111827;--quiet:#4b5563;--rule:#d1d5db;--ground:#fff;--mark:#fde68a}
@media(prefers-color-scheme:dark){:root{--ink:#f1f5f9;--quiet:#a8b3c4;--rule:#475569;--ground:#0f172a;--mark:#854d0e}}
body{font:16px/1.6 'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif;color:var(--ink);
background:var(--ground);max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.7rem;line-height:1.25}h2{border-bottom:1px solid var(--rule);padding-bottom:.2rem;margin-top:2.5rem}
h3{margin:1.6rem 0 .2rem;font-size:1.05rem}.quiet{color:var(--quiet);font-size:.9rem;margin:.1rem 0}
blockquote{margin:.6rem 0 .6rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--rule)}
blockquote p{margin:.2rem 0}cite{font-style:normal;color:var(--quiet);font-size:.85rem;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit}.status{border:1px solid var(--rule);border-radius:.3rem;padding:0 .35rem;font-size:.8rem}
figure{margin:1rem 0;background:#fff;color:#111827;overflow-x:auto}figure svg{max-width:100%;height:auto}
@media print{body{margin:0;max-width:none}h3,blockquote{break-inside:avoid}h2,h3{break-after:avoid}}";

/// The report as HTML.
pub fn html(report: &Report, lang: Lang) -> String {
    let title = shown(&report.title(lang));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n<p>{}</p>\n",
        lang.code(),
        escaped(&title),
        escaped(&title),
        escaped(&shown(&report.summary(lang)))
    );
    let (view, about) = report.view();
    if !view.edges.is_empty() {
        let heading = lang.pick("变化的关系", "Ties that changed").to_string();
        let look = Look { lang, title: Some(heading), ..Look::default() };
        let _ = writeln!(out, "<figure>{}</figure>", render::network(&view, &about, &look));
    }
    if !report.activity.is_empty() {
        let heading = lang.pick("句子数（按时间）", "Sentences over time");
        let chart = chart::columns(&report.activity_values(), heading);
        let _ = writeln!(out, "<h2>{heading}</h2>\n<figure>{chart}</figure>");
    }
    if !report.relations.is_empty() {
        let heading = lang.pick("变化的关系（按种类）", "Changed ties by relation");
        let chart = chart::bars(&report.relation_values(lang), heading);
        let _ = writeln!(out, "<h2>{heading}</h2>\n<figure>{chart}</figure>");
    }
    for (part, statements, all) in &report.parts {
        section(&mut out, part.heading(lang), part.about(lang), (statements.len(), *all), lang, |out| {
            for s in statements {
                let [subject, arrow, object, relation] = s.words(lang).map(|w| escaped(&shown(&w)).into_owned());
                let standing = escaped(&s.standing(lang)).into_owned();
                let _ = writeln!(
                    out,
                    "<h3>{subject} {arrow} {object} · {relation}</h3>\n<p class=\"quiet\">{standing}</p>"
                );
                s.tie.tie.evidence.iter().for_each(|e| *out += &quote(e, lang));
            }
        });
    }
    let (conflicts, all) = &report.conflicts;
    if !conflicts.is_empty() {
        let shown_of = (conflicts.len(), *all);
        section(&mut out, super::contradictory(lang), super::about_contradictory(lang), shown_of, lang, |out| {
            for conflict in conflicts {
                let (what, how) = report.conflict(conflict, lang);
                let _ = writeln!(out, "<h3>{}</h3>\n<p class=\"quiet\">{}</p>", escaped(&shown(&what)), escaped(&how));
                conflict.sides.iter().for_each(|side| *out += &quote(&side.evidence, lang));
            }
        });
    }
    out += "</main>\n</body>\n</html>\n";
    out
}

/// A part with its heading; tells how much of it is shown.
fn section(
    out: &mut String,
    heading: &str,
    about: &str,
    (part, all): (usize, usize),
    lang: Lang,
    fill: impl FnOnce(&mut String),
) {
    let _ = writeln!(out, "<section>\n<h2>{heading} ({all})</h2>\n<p class=\"quiet\">{about}</p>");
    fill(out);
    if part < all {
        let _ = writeln!(out, "<p class=\"quiet\">{}</p>", more(part, all, lang));
    }
    *out += "</section>\n";
}

fn quote(e: &Evidence, lang: Lang) -> String {
    let (p, article) = (&e.passage, &e.passage.article);
    let place = format!("{}:{}", article.path, p.line);
    format!(
        "<blockquote>\n<p>{}</p>\n<cite>{}, {}, {} <span class=\"status\">{}</span></cite>\n</blockquote>\n",
        marked(e),
        escaped(&shown(&article.title)),
        article.date,
        escaped(&shown(&place)),
        escaped(&shown(&details(e, lang)))
    )
}

/// The sentence with the words for subject and object marked.
fn marked(e: &Evidence) -> String {
    let text = &e.passage.text;
    let mut spans: Vec<(usize, usize)> = e
        .ends
        .iter()
        .filter_map(|end| match end {
            End::Here(a, b) => Some((*a as usize, *b as usize)),
            End::Elsewhere(_) => None,
        })
        .collect();
    spans.sort_unstable();
    let (mut out, mut at) = (String::new(), 0);
    for (a, b) in spans {
        let (Some(before), Some(word)) = (text.get(at..a.max(at)), text.get(a..b)) else { continue };
        if a < at {
            continue;
        }
        // a blank at the seam stays: each piece is cleaned by itself
        let _ = write!(out, "{}<mark>{}</mark>", escaped(&clean(before)), escaped(&shown(word)));
        at = b;
    }
    out + &escaped(&clean(text.get(at..).unwrap_or("")))
}

/// A piece of a sentence, its outer blanks kept.
fn clean(piece: &str) -> String {
    let blank = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    let words = shown(piece);
    match words.is_empty() {
        true => blank(piece.chars().next()).to_string(),
        false => format!("{}{words}{}", blank(piece.chars().next()), blank(piece.chars().last())),
    }
}
