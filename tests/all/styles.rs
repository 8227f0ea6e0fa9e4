//! Articles of other styles (digests, hard-wrapped lines, page furniture, wires, interviews) in `tests/cases/styles`,
//! read whole with the shipped dictionaries; all failures are listed at once.
//!
//! `styles.tsv` gives for each what it must yield, parted by `;`: `kind surface` is a mention, `!surface` is none,
//! `A relation B` is a claim between the entities with those surfaces (asserted, if no status follows), and
//! `!A relation B` is no claim.

use super::support::root;
use guanxi::article::{self, Outcome, parse_markdown};
use guanxi::claim::Extractor;
use guanxi::dictionary::{Dictionary, Sources};
use guanxi::mention::{Options, Recogniser};
use guanxi::schema::EntityKind;

#[test]
fn articles_of_other_styles() {
    let sources = Sources { paths: vec![root().join("dictionaries")] };
    let (dictionary, _) = Dictionary::load(&sources).unwrap_or_else(|e| panic!("the dictionaries do not load: {e}"));
    let recogniser = Recogniser::new(&dictionary, Options::default());
    let extractor = Extractor::new(&dictionary);
    let folder = root().join("tests/cases");
    let table = std::fs::read_to_string(folder.join("styles.tsv")).expect("the table is there");
    let mut failures = Vec::new();
    for row in table.lines().skip(1) {
        let (name, expected) = row.split_once('\t').unwrap_or_else(|| panic!("not two columns: {row}"));
        let text = std::fs::read_to_string(folder.join("styles").join(name)).expect("the article is there");
        let Outcome::Article(article, _) = parse_markdown(name, text, &article::Options::default()) else {
            panic!("{name} is no article");
        };
        let found = recogniser.recognise(&article);
        let surfaces: Vec<(EntityKind, &str, u32)> = (found.mentions.iter())
            .map(|m| (found.entities[m.entity as usize].kind, article.slice(m.span), m.entity))
            .collect();
        let claims: Vec<String> = (extractor.extract(&article, &found).iter())
            .flat_map(|c| {
                let of = |e: u32| surfaces.iter().filter(move |s| s.2 == e).map(|s| s.1);
                let relation = &dictionary.schema.get(c.relation).name;
                let pairs = of(c.subject).flat_map(move |s| of(c.object).map(move |o| (s, o)));
                let symmetric = dictionary.schema.get(c.relation).symmetric;
                pairs
                    .flat_map(|(s, o)| [(s, o), (o, s)].into_iter().take(1 + usize::from(symmetric)))
                    .map(|(s, o)| format!("{s} {relation} {o} {}", c.status))
                    .collect::<Vec<_>>()
            })
            .collect();
        for want in expected.split(';').map(str::trim) {
            let (denied, want) = want.strip_prefix('!').map_or((false, want), |w| (true, w));
            let relation = dictionary.schema.relations.iter().any(|r| want.contains(&format!(" {} ", r.name)));
            let status = ["ended", "planned", "rumored", "negated"].iter().any(|s| want.ends_with(s));
            let met = match relation {
                true if denied => !claims.iter().any(|c| c.starts_with(want)),
                true if status => claims.iter().any(|c| c == want),
                true => claims.contains(&format!("{want} asserted")),
                false if denied => surfaces.iter().all(|s| s.1 != want),
                false => surfaces.iter().any(|s| want.split_once(' ') == Some((s.0.as_str(), s.1))),
            };
            if !met {
                let mut seen: Vec<String> = surfaces.iter().map(|s| format!("{} {}", s.0, s.1)).collect();
                seen.sort();
                seen.dedup();
                failures.push(format!(
                    "{name}: {}{want}\n    found {seen:?}\n    {claims:?}",
                    if denied { "!" } else { "" }
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} not met\n{}", failures.len(), failures.join("\n"));
}
