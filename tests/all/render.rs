//! Pictures and reports: whole, within the page, the same every time, whatever the names. `UPDATE_GOLDEN=1` writes
//! the kept ones anew.

use crate::support::{Folder, graph, record, root, store};
use guanxi::graph::record::Record;
use guanxi::graph::{AssembleOptions, Day, Graph, View};
use guanxi::query::{self, Filter, Lookup};
use guanxi::render::{self, Lang, Look, Theme};
use guanxi::report::{self, Part, Report, Subject};
use guanxi::schema::EntityKind::{Company, Organization, Person, Product};
use guanxi::schema::{EntityKind, Status};
use proptest::prelude::*;

/// A few articles over half a year, with every kind and status.
fn articles() -> Vec<Record> {
    let names: [&[(EntityKind, &str)]; 6] = [
        &[(Company, "商汤科技"), (Person, "徐冰"), (Product, "日日新V6"), (Organization, "香港中文大学")],
        &[(Company, "阿里巴巴"), (Company, "月之暗面"), (Company, "智谱")],
        &[(Company, "OpenAI"), (Company, "Windsurf")],
        &[(Company, "OpenAI"), (Company, "Windsurf"), (Product, "ChatGPT")],
        &[(Company, "AMD"), (Company, "英伟达"), (Company, "月之暗面")],
        &[(Company, "商汤科技"), (Person, "徐冰"), (Company, "阿里巴巴")],
    ];
    let facts = [
        ("2025-01-10", Status::Asserted, 0),
        ("2025-02-01", Status::Planned, 0),
        ("2025-03-05", Status::Asserted, 0),
        ("2025-06-15", Status::Negated, 0),
        ("2025-06-20", Status::Rumored, 1),
        ("2025-06-24", Status::Ended, 0),
    ];
    names
        .iter()
        .zip(facts)
        .enumerate()
        .map(|(i, (n, (date, status, relation)))| record(&format!("{i}.md"), date, n, status, relation))
        .collect()
}

fn sample() -> Graph {
    graph(&articles(), AssembleOptions { evidence_limit: 20, min_support: 1 })
}

fn kept(name: &str, made: &str) {
    let path = root().join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "{name} differs from what is drawn now; look at both, then UPDATE_GOLDEN=1 cargo test");
}

/// Every picture of a graph.
fn pictures(graph: &Graph, look: &Look) -> Vec<(&'static str, String)> {
    let nodes: Vec<_> = graph.graph.node_indices().collect();
    let filter = Filter::default();
    let mut out = vec![
        ("network", render::network(&View::all(graph), &[], look)),
        ("ego", render::network(&View::all(graph), &nodes[..1], look)),
    ];
    out.extend(render::map(graph, &filter, 50, 6, look).map(|svg| ("map", svg)));
    out.extend(render::timeline(graph, nodes[0], &filter, 30, look).map(|svg| ("timeline", svg)));
    let (a, b) = graph.graph.edge_endpoints(graph.graph.edge_indices().next().unwrap()).unwrap();
    out.push(("path", render::path(graph, a, b, &filter, look).expect("they have a tie")));
    out
}

/// A text of a picture: left, right, top, bottom.
#[derive(Debug)]
struct Words {
    text: String,
    area: [f32; 4],
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

fn value(tag: &str, name: &str) -> f32 {
    attribute(tag, name).and_then(|v| v.parse().ok()).unwrap_or(0.0)
}

/// The texts of a picture at their places on the page, and the page; fails on what is no XML.
fn read(svg: &str) -> (Vec<Words>, [f32; 2]) {
    let view: Vec<f32> = attribute(svg, "viewBox").unwrap().split(' ').map(|v| v.parse().unwrap()).collect();
    let (mut open, mut shift, mut words) = (Vec::new(), vec![[0.0f32; 2]], Vec::new());
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        for entity in text.split('&').skip(1) {
            let name = entity.split(';').next().unwrap();
            assert!(matches!(name, "amp" | "lt" | "gt" | "quot") || name.starts_with('#'), "&{entity}");
        }
        if let Some((tag, _)) =
            open.last().map(|t: &(String, String)| (t.1.clone(), ())).filter(|t| t.0.starts_with("<text"))
        {
            let wide: f32 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum();
            let (size, [dx, dy]) = (value(&tag, "font-size"), *shift.last().unwrap());
            let (x, y, wide) = (value(&tag, "x") + dx, value(&tag, "y") + dy, wide * size);
            let left = match attribute(&tag, "text-anchor") {
                Some("middle") => x - wide / 2.0,
                Some("end") => x - wide,
                _ => x,
            };
            words.push(Words { text: text.into(), area: [left, left + wide, y - size * 0.85, y + size * 0.15] });
        }
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at..=end];
        let quotes = tag.matches('"').count();
        assert!(quotes & 1 == 0 && !tag[1..].contains('<'), "{tag}");
        let name = tag[1..].trim_start_matches('/').split([' ', '>', '/']).next().unwrap().to_string();
        if tag.starts_with("</") {
            let (last, opened) = open.pop().expect("something is open");
            assert_eq!(last, name);
            if opened.contains("translate(") {
                shift.pop();
            }
        } else if !tag.ends_with("/>") {
            if let Some(by) = attribute(tag, "transform") {
                let by: Vec<f32> = by
                    .trim_start_matches("translate(")
                    .trim_end_matches(')')
                    .split(' ')
                    .map(|v| v.parse().unwrap())
                    .collect();
                shift.push([by[0], by[1]]);
            }
            open.push((name, tag.to_string()));
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    (words, [view[2], view[3]])
}

/// No text leaves the page, and none stands on another.
fn check(name: &str, svg: &str) {
    let (words, [wide, high]) = read(svg);
    for (i, w) in words.iter().enumerate() {
        let [left, right, top, bottom] = w.area;
        assert!(left >= 0.0 && right <= wide && top >= 0.0 && bottom <= high, "{name}: {w:?} leaves {wide}×{high}");
        for v in &words[..i] {
            let apart = right <= v.area[0] || left >= v.area[1] || bottom <= v.area[2] || top >= v.area[3];
            assert!(apart || w.text.is_empty() || v.text.is_empty(), "{name}: {w:?} on {v:?}");
        }
    }
    assert!(words.len() > 3, "{name} has hardly a word");
}

#[test]
fn a_small_graph_gives_the_kept_picture() {
    let graph = sample();
    let svg = render::network(&View::all(&graph), &[], &Look { lang: Lang::Zh, ..Look::default() });
    kept("picture.svg", &svg);
}

#[test]
fn labels_stand_on_the_page_and_not_on_each_other() {
    let graph = sample();
    for lang in [Lang::Zh, Lang::En] {
        for theme in [Theme::Light, Theme::Dark] {
            let look = Look { lang, theme, width: Some(900), ..Look::default() };
            for (name, svg) in pictures(&graph, &look) {
                check(name, &svg);
                assert!(svg.contains("width=\"900\""), "{name}");
            }
        }
    }
}

#[test]
fn a_large_crowded_picture_keeps_its_labels_apart() {
    let names: Vec<String> = (0..160).map(|i| format!("{} 第{i}号人工智能公司 Holding", "名".repeat(i % 9))).collect();
    let records: Vec<Record> = (0..80)
        .map(|i| {
            let of = |k: usize| (EntityKind::ALL[(i + k) % 4], names[(i * k * 7 + k * 31) % 160].as_str());
            record(&format!("{i}.md"), "2025-06-24", &[of(1), of(2), of(3), of(5)], Status::Asserted, (i % 2) as u16)
        })
        .collect();
    let graph = graph(&records, AssembleOptions { evidence_limit: 3, min_support: 1 });
    let look = Look::default();
    let first = pictures(&graph, &look);
    first.iter().for_each(|(name, svg)| check(name, svg));
    assert!(first == pictures(&graph, &look), "the same graph, another picture");
}

#[test]
fn around_an_entity_stand_those_tied_to_it() {
    let names: Vec<String> = (10..40).map(|i| format!("公司{i}")).collect();
    let company = |i: usize| (Company, names[i].as_str());
    let tied: Vec<_> = (0..26).map(company).collect();
    let mut beside = record("b.md", "2025-06-24", &[company(0), company(27), company(28)], Status::Asserted, 0);
    beside.claims.clear();
    let records = [record("a.md", "2025-06-24", &tied, Status::Asserted, 0), beside];
    let graph = graph(&records, AssembleOptions { evidence_limit: 3, min_support: 1 });
    let around = |i: usize| {
        let node = Lookup::new(&graph).one(&names[i]).unwrap().0;
        let view = query::select(&graph, &query::Selection { around: vec![node], ..Default::default() });
        let shown: Vec<String> = view.nodes.iter().map(|n| graph.node(*n).name.clone()).collect();
        (shown, render::network(&view, &[node], &Look::default()))
    };
    let (shown, svg) = around(0);
    assert_eq!(shown, names[..26], "whom relations tie to it, not who is merely mentioned with it");
    check("rings", &svg);
    // where there is no relation, co-mentions stand in
    assert_eq!(around(27).0, [names[0].as_str(), &names[27]]);
}

#[test]
fn statuses_and_kinds_are_told_apart_without_colour() {
    let graph = sample();
    let svg = render::network(&View::all(&graph), &[], &Look::default());
    for dashes in ["stroke-dasharray=\"8 5\"", "stroke-dasharray=\"2 4\""] {
        assert!(svg.matches(dashes).count() >= 2, "planned and rumored: line and legend");
    }
    // a cross for what is denied, a double bar for what has ended: two strokes each, on the line and in the legend
    assert!(svg.matches("stroke-width=\"1.8\"").count() >= 8);
}

#[test]
fn the_way_between_two_cites_its_sentences() {
    let graph = sample();
    let lookup = Lookup::new(&graph);
    let (from, to) = (lookup.one("英伟达").unwrap().0, lookup.one("智谱").unwrap().0);
    let svg = render::path(&graph, from, to, &Filter::default(), &Look::default()).unwrap();
    for part in ["AMD", "月之暗面", "4.md:1", "1.md:1", "2025-06-20"] {
        assert!(svg.contains(part), "{part}");
    }
    let alone = lookup.one("Windsurf").unwrap().0;
    assert!(render::path(&graph, from, alone, &Filter::default(), &Look::default()).is_none());
}

/// What changed since June.
fn report(records: &[Record], names: &[&str]) -> Report {
    let folder = Folder::new();
    let base = store(folder.path(), records);
    let subject = Subject {
        entities: names.iter().map(|n| query::resolve(&base, n).unwrap().id).collect(),
        filter: Filter { since: Day::parse("2025-06-01"), ..Filter::default() },
        limit: 20,
        sentences: 2,
    };
    report::report(&base, &subject).unwrap()
}

#[test]
fn a_report_says_what_changed_and_why() {
    let found = report(&articles(), &[]);
    kept("report.md", &report::markdown(&found, Lang::En));
    kept("report.html", &report::html(&found, Lang::Zh));
    let counts: Vec<(Part, usize)> = found.parts.iter().map(|(part, _, n)| (*part, *n)).collect();
    assert!(counts.iter().any(|(p, n)| *p == Part::Ended && *n >= 2), "{counts:?}");
    assert!(counts.iter().any(|(p, _)| *p == Part::New), "{counts:?}");
    assert_eq!(found.conflicts.1, 1, "OpenAI and Windsurf: stated in March, denied in June");
    let all = found.parts.iter().flat_map(|p| &p.1);
    let dates: Vec<Day> = all.flat_map(|s| &s.tie.tie.evidence).map(|e| e.passage.article.date).collect();
    assert!(!dates.is_empty() && dates.iter().all(|d| *d >= found.since), "sentences of the period: {dates:?}");
    assert!(report(&articles(), &["智谱"]).is_empty(), "nothing since June");
    // of two, what concerns both is told once
    let [both, one] = [&["OpenAI", "Windsurf"][..], &["OpenAI"]].map(|names| report(&articles(), names));
    assert_eq!((both.conflicts.1, one.conflicts.1), (1, 1));
    assert_eq!(both.entities.len(), 2);
}

const HOSTILE: [&str; 10] = [
    "</title></svg><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "&lt;b&gt; AT&T",
    "a\0b\u{202e}txt.exe",
    "[x](javascript:alert(1)) `code` *b* | c",
    "\u{200b}\u{feff}",
    " ",
    "]]>&#0;",
    "很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字",
    "🚀𠮷野家",
];

fn hostile(names: &[&str]) -> Vec<Record> {
    let names: Vec<(EntityKind, &str)> = names.iter().enumerate().map(|(i, n)| (EntityKind::ALL[i % 4], *n)).collect();
    let path = format!("a \"b\" <i>{}.md", names[0].1.replace('\0', ""));
    vec![record(&path, "2025-06-24", &names, Status::Negated, 0)]
}

fn harmless(names: &[&str]) {
    let records = hostile(names);
    let graph = graph(&records, AssembleOptions { evidence_limit: 3, min_support: 1 });
    let look = Look { title: Some(names[0].into()), source: Some(names[1].into()), ..Look::default() };
    for (name, svg) in pictures(&graph, &look) {
        read(&svg);
        let lower = svg.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("<img") && !svg.contains('\0'), "{name}");
    }
    let report = report(&records, &[]);
    let html = report::html(&report, Lang::En);
    let lower = html.to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("<img") && !html.contains('\0'));
    let markdown = report::markdown(&report, Lang::En);
    assert!(!markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains("[x]("));
}

#[test]
fn hostile_names_stay_text() {
    harmless(&HOSTILE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_name_keeps_pictures_whole(names in prop::collection::vec(any::<String>(), 2..5)) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        // two names that are one entity make no tie
        let options = AssembleOptions { evidence_limit: 1, min_support: 1 };
        prop_assume!(graph(&hostile(&names), options).graph.edge_count() > 0);
        harmless(&names);
    }
}

#[cfg(feature = "png")]
mod png {
    use super::*;
    use guanxi::render::png::{Fonts, png};
    use resvg::tiny_skia::Pixmap;

    /// The darkest pixels within the box of a text, by its place on the page.
    fn ink(pixels: &Pixmap, scale: f32, [left, right, top, bottom]: [f32; 4]) -> usize {
        let dark = |x: u32, y: u32| pixels.pixel(x, y).is_some_and(|p| u32::from(p.red()) + u32::from(p.green()) < 200);
        let range = |a: f32, b: f32| (a * scale) as u32..(b * scale) as u32;
        range(top, bottom).map(|y| range(left, right).filter(|x| dark(*x, y)).count()).sum()
    }

    #[test]
    fn a_png_shows_its_chinese_text() {
        let fonts = Fonts::system();
        if fonts.family.is_none() {
            return; // .ci/run has a Chinese font; elsewhere the test below stands in
        }
        assert!(fonts.warning().is_none());
        let graph = sample();
        let svg = render::network(&View::all(&graph), &[], &Look { lang: Lang::Zh, ..Look::default() });
        let bytes = png(&svg, 2.0, &fonts).unwrap();
        assert_eq!(bytes, png(&svg, 2.0, &fonts).unwrap());
        let pixels = Pixmap::decode_png(&bytes).unwrap();
        let (words, [wide, high]) = read(&svg);
        assert_eq!([pixels.width(), pixels.height()], [wide as u32 * 2, high as u32 * 2]);
        for name in ["商汤科技", "徐冰", "日日新V6", "香港中文大学"] {
            let found = words.iter().filter(|w| w.text == name).collect::<Vec<_>>();
            assert!(!found.is_empty() && found.iter().all(|w| ink(&pixels, 2.0, w.area) > 60), "{name}");
        }
    }

    #[test]
    fn without_fonts_there_is_a_warning_and_a_picture() {
        let fonts = Fonts::none();
        assert!(fonts.warning().is_some_and(|w| w.message.contains("no font")));
        let graph = sample();
        let svg = render::network(&View::all(&graph), &[], &Look::default());
        assert!(Pixmap::decode_png(&png(&svg, 1.0, &fonts).unwrap()).is_ok());
        assert_eq!(png(&svg, 10_000.0, &fonts).unwrap_err().exit_code, 2);
    }
}

#[test]
fn commands_write_files_or_say_why_not() {
    let folder = crate::support::Folder::new();
    folder.write("content/a.md", "---\ntitle: 商汤\ndate: 2025-06-24\n---\n商汤科技联合创始人徐冰出席。\n");
    let dictionaries = crate::support::dictionaries();
    let mut build = vec!["build"];
    build.extend(dictionaries.iter().map(String::as_str));
    assert_eq!(folder.run(&build).code, 0);
    let ran = folder.run(&["render", "--around", "徐冰", "--to", "out/a.svg"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "wrote out/a.svg\n"), "{}", ran.err);
    assert_eq!(folder.read("out/a.svg"), folder.run(&["render", "--around", "徐冰"]).out);
    for (arguments, code, told) in [
        (&["render", "--to", "a.jpg"][..], 2, "a picture is .svg or .png, not .jpg"),
        (&["render", "--map", "--engine", "graphviz"], 2, "Graphviz draws no map"),
        (&["render", "--map"], 1, "no community of three or more fits"),
        (&["render", "--scale", "0"], 2, "0.1 to 10"),
        (&["render", "--around", "徐兵"], 1, "no entity is called `徐兵`"),
        (&["render", "--status", "rumored"], 1, "no tie fits"),
        (&["render", "--timeline", "徐冰", "--since", "2026"], 1, "no dated tie of 徐冰 fits"),
        (&["report", "--to", "a.doc"], 2, "a report is .md or .html, not .doc"),
        (&["report", "--since", "2026-01"], 1, "nothing changed from 2026-01-01"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(told) && ran.err.contains("error"), "{arguments:?}: {}", ran.err);
    }
    // without --since: the thirty days up to the newest article
    let ran = folder.run(&["report", "徐冰", "--lang", "zh"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("2025-05-25 至 2025-06-24") && ran.out.contains("徐冰 → 商汤科技 · 创立"), "{}", ran.out);
}
