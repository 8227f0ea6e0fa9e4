//! The named cases for recognition in `tests/cases/recognition.tsv`, run with the shipped dictionaries; all
//! failures are listed at once.
//!
//! A case is a line of `name`, `text` and `expected`, parted by tabs; a `¶` in the text begins a new paragraph.
//! `expected` lists surfaces parted by `;`: `kind surface` must be a mention of an entity of that kind, `!surface` must not be a mention, and
//! `word=name` must be a word that coreference resolves to the entity of that canonical name.

use super::support::root;
use guanxi::article::{self, Outcome, parse_markdown};
use guanxi::dictionary::{Dictionary, Sources};
use guanxi::mention::{How, Options, Recogniser};

#[test]
fn named_cases() {
    let sources = Sources { paths: vec![root().join("dictionaries")] };
    let (dictionary, _) = Dictionary::load(&sources).unwrap_or_else(|e| panic!("the dictionaries do not load: {e}"));
    let recogniser = Recogniser::new(&dictionary, Options::default());
    let path = root().join("tests/cases/recognition.tsv");
    let table = std::fs::read_to_string(path).expect("the table is there");
    let mut failures = Vec::new();
    for row in table.lines().skip(1) {
        let mut columns = row.split('\t');
        let (Some(name), Some(text), Some(expected)) = (columns.next(), columns.next(), columns.next()) else {
            panic!("not three columns: {row}");
        };
        let text = text.replace('¶', "\n\n");
        let text = text.as_str();
        let Outcome::Article(article, _) = parse_markdown("case.md", text, &article::Options::default()) else {
            panic!("{name} is no article");
        };
        let found = recogniser.recognise(&article);
        let mentions: Vec<(&str, &str)> = found
            .mentions
            .iter()
            .filter(|m| !matches!(m.how, How::Coreference(_)))
            .map(|m| (found.entities[m.entity as usize].kind.as_str(), article.slice(m.span)))
            .collect();
        for want in expected.split(';').map(str::trim).filter(|w| !w.is_empty()) {
            if let Some((word, name)) = want.split_once('=') {
                let resolved = found.mentions.iter().any(|m| {
                    matches!(m.how, How::Coreference(_))
                        && article.slice(m.span) == word
                        && found.entities[m.entity as usize].name == name
                });
                if !resolved {
                    failures.push(format!("{name}: `{want}` in {text}"));
                }
                continue;
            }
            let met = match want.strip_prefix('!') {
                Some(surface) => mentions.iter().all(|m| m.1 != surface),
                None => mentions.iter().any(|m| want.split_once(' ') == Some(*m)),
            };
            if !met {
                failures.push(format!("{name}: `{want}` in {text}\n    found {mentions:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} not met\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn listed_only_takes_no_name_out_of_a_longer_one() {
    let sources = Sources { paths: vec![root().join("dictionaries")] };
    let (dictionary, _) = Dictionary::load(&sources).unwrap_or_else(|e| panic!("the dictionaries do not load: {e}"));
    let recogniser = Recogniser::new(&dictionary, Options { listed_only: true, ..Options::default() });
    let text = "华为与浙江大学滨江智能创新研究院签约。\n";
    let Outcome::Article(article, _) = parse_markdown("case.md", text, &article::Options::default()) else {
        panic!("no article");
    };
    let found = recogniser.recognise(&article);
    let surfaces: Vec<&str> = found.mentions.iter().map(|m| article.slice(m.span)).collect();
    assert_eq!(surfaces, ["华为"], "the institute is not listed, and the university is not mentioned");
}

#[test]
fn an_english_name_and_its_other_names_are_one_entity() {
    let sources = Sources { paths: vec![root().join("dictionaries")] };
    let (dictionary, _) = Dictionary::load(&sources).unwrap_or_else(|e| panic!("the dictionaries do not load: {e}"));
    let recogniser = Recogniser::new(&dictionary, Options::default());
    let one = |text: &str, names: &[&str]| {
        let Outcome::Article(article, _) = parse_markdown("case.md", text, &article::Options::default()) else {
            panic!("no article");
        };
        let found = recogniser.recognise(&article);
        let of = |name: &str| found.mentions.iter().find(|m| article.slice(m.span) == name).map(|m| m.entity);
        names.iter().all(|n| of(n).is_some() && of(n) == of(names[0]))
    };
    let words = "It builds maps for sailors who work at night along the northern coast.";
    let text = format!("Quandor Capital Partners has raised a fund. {words} Anika Rovden of Quandor said so.");
    assert!(one(&text, &["Quandor Capital Partners", "Quandor"]));
    let text = format!("The Quandor Harbor Association (QHA) met. {words} QHA members voted for the new rules.");
    assert!(one(&text, &["Quandor Harbor Association", "QHA"]));
    let text = format!("Norvane Labs, formerly known as Quandor Labs, has launched an app. {words}");
    assert!(one(&text, &["Norvane Labs", "Quandor Labs"]));
    let text = format!("Quandor Bank has raised money. {words} Quandor Capital has raised money, too. Quandor rose.");
    assert!(!one(&text, &["Quandor Bank", "Quandor Capital"]));
}
