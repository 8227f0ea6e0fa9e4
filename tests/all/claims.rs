//! The named cases for claims in `tests/cases/claims.tsv`, each an assertion of its own; all failures are
//! listed at once. `claims-open.tsv` holds cases that the engine does not meet yet: one that passes must move
//! to `claims.tsv`, which `GUANXI_CASES=move cargo test --test all claims` does.
//!
//! A case is a line of `name`, `text` and `expected`, parted by tabs; a `¶` in the text begins a new paragraph. `expected` lists claims parted by `;`:
//! `subject relation object status` must be claimed, `!subject relation object` must not. Without `!` or `*`
//! (anything else is allowed) the list is exact; an empty one means no claim at all. Ends are canonical names of
//! `tests/cases/dictionary.yaml`; a symmetric relation matches either way round.

use super::support::root;
use guanxi::article::{self, Outcome, parse_markdown};
use guanxi::claim::Extractor;
use guanxi::dictionary::{Dictionary, Sources};
use guanxi::mention::{Options, Recogniser};
use guanxi::schema::Status;
use std::collections::BTreeSet;

/// One line of a table.
struct Case {
    /// The line as it stands.
    row: String,
    name: String,
    text: String,
    expected: Vec<Expected>,
}

enum Expected {
    Claimed(Triple, Status),
    NotClaimed(Triple),
    /// Other claims are allowed.
    Others,
}

/// Canonical names of the ends around the relation.
type Triple = (String, String, String);

fn dictionary() -> Dictionary {
    let paths = ["dictionaries/lexicon", "dictionaries/relations", "tests/cases/dictionary.yaml"]
        .map(|p| root().join(p))
        .to_vec();
    match Dictionary::load(&Sources { paths }) {
        Ok((dictionary, _)) => dictionary,
        Err(error) => panic!("the cases' dictionary does not load: {error}"),
    }
}

/// Reads `subject relation object`, the names being known ones, so that they may hold blanks.
fn triple(words: &str, dictionary: &Dictionary) -> Result<Triple, String> {
    let relations = &dictionary.schema.relations;
    let (subject, relation, object) = relations
        .iter()
        .find_map(|r| {
            let (s, o) = words.split_once(&format!(" {} ", r.name))?;
            Some((s.trim().to_string(), r.name.to_string(), o.trim().to_string()))
        })
        .ok_or_else(|| format!("no relation in `{words}`"))?;
    for end in [&subject, &object] {
        if !dictionary.entities.iter().any(|e| *e.name == **end) {
            return Err(format!("`{end}` is no canonical name of tests/cases/dictionary.yaml"));
        }
    }
    Ok(ordered((subject, relation, object), dictionary))
}

/// The ends of a symmetric relation in one order.
fn ordered((s, r, o): Triple, dictionary: &Dictionary) -> Triple {
    let symmetric = dictionary.schema.find(&r).is_some_and(|id| dictionary.schema.get(id).symmetric);
    if symmetric && o < s { (o, r, s) } else { (s, r, o) }
}

fn expectation(words: &str, dictionary: &Dictionary) -> Result<Expected, String> {
    if words == "*" {
        return Ok(Expected::Others);
    }
    if let Some(words) = words.strip_prefix('!') {
        return Ok(Expected::NotClaimed(triple(words.trim(), dictionary)?));
    }
    let (words, status) = words.rsplit_once(' ').ok_or_else(|| format!("no status in `{words}`"))?;
    let status = Status::parse(status).ok_or_else(|| format!("`{status}` is no status"))?;
    Ok(Expected::Claimed(triple(words, dictionary)?, status))
}

fn table(file: &str, dictionary: &Dictionary) -> Vec<Case> {
    let source = std::fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    let mut faults = Vec::new();
    let mut cases = Vec::new();
    for (line, row) in source.lines().enumerate().skip(1).filter(|(_, row)| !row.is_empty()) {
        let mut fields = row.split('\t');
        let (Some(name), Some(text), Some(expected), None) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            faults.push(format!("{file}:{}: not three fields", line + 1));
            continue;
        };
        let expected: Result<Vec<_>, _> =
            expected.split(';').map(str::trim).filter(|w| !w.is_empty()).map(|w| expectation(w, dictionary)).collect();
        match expected {
            Ok(expected) => cases.push(Case { row: row.into(), name: name.into(), text: text.into(), expected }),
            Err(fault) => faults.push(format!("{file}:{}: {name}: {fault}", line + 1)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    cases
}

/// What is wrong with the claims of a case, if anything.
fn fault(case: &Case, dictionary: &Dictionary, recogniser: &Recogniser, extractor: &Extractor) -> Option<String> {
    let text = case.text.replace('¶', "\n\n");
    let Outcome::Article(article, _) = parse_markdown("case.md", text.as_bytes(), &article::Options::default()) else {
        return Some("the text is not read".into());
    };
    let found = recogniser.recognise(&article);
    let claims: Vec<(Triple, Status)> = extractor
        .extract(&article, &found)
        .into_iter()
        .map(|c| {
            let name = |e: u32| found.entities[e as usize].name.clone();
            let relation = dictionary.schema.get(c.relation).name.to_string();
            (ordered((name(c.subject), relation, name(c.object)), dictionary), c.status)
        })
        .collect();
    let mut faults = Vec::new();
    let show = |t: &Triple| format!("{} {} {}", t.0, t.1, t.2);
    let mut others = false;
    let mut wanted: BTreeSet<&Triple> = BTreeSet::new();
    for expected in &case.expected {
        match expected {
            Expected::Others => others = true,
            Expected::NotClaimed(t) => {
                others = true;
                if let Some((_, status)) = claims.iter().find(|(c, _)| c == t) {
                    faults.push(format!("false {} {status}", show(t)));
                }
            }
            Expected::Claimed(t, status) => {
                wanted.insert(t);
                match claims.iter().find(|(c, _)| c == t) {
                    None => faults.push(format!("missing {} {status}", show(t))),
                    Some((_, s)) if s != status => faults.push(format!("{} is {s}, not {status}", show(t))),
                    Some(_) => {}
                }
            }
        }
    }
    if !others {
        let extra = claims.iter().filter(|(c, _)| !wanted.contains(c));
        faults.extend(extra.map(|(t, status)| format!("false {} {status}", show(t))));
    }
    if faults.is_empty() {
        return None;
    }
    let mut misses: Vec<String> = extractor
        .explain(&article, &found)
        .misses
        .iter()
        .map(|m| format!("{} at `{}`: {}", m.rule, article.slice(m.span), m.reason))
        .collect();
    misses.dedup();
    let near = if misses.is_empty() { String::new() } else { format!("\n    near misses: {}", misses.join("; ")) };
    Some(format!("{}\n    {}{near}", faults.join(" | "), case.text))
}

#[test]
fn named_cases_for_claims() {
    let dictionary = dictionary();
    let closed = table("tests/cases/claims.tsv", &dictionary);
    let open = table("tests/cases/claims-open.tsv", &dictionary);
    let mut names = BTreeSet::new();
    for case in closed.iter().chain(&open) {
        assert!(names.insert(&case.name), "two cases are called {}", case.name);
    }
    let recogniser = Recogniser::new(&dictionary, Options { listed_only: true, ..Options::default() });
    let extractor = Extractor::new(&dictionary);
    let check = |case: &Case| fault(case, &dictionary, &recogniser, &extractor);
    let mut failures = Vec::new();
    for case in &closed {
        if let Some(fault) = check(case) {
            failures.push(format!("{}: {fault}", case.name));
        }
    }
    let (met, missed): (Vec<&Case>, Vec<&Case>) = open.iter().partition(|case| match check(case) {
        Some(fault) => {
            eprintln!("open {}: {fault}", case.name);
            false
        }
        None => true,
    });
    let (of, open_of) = (closed.len(), open.len());
    eprintln!("{} of {of} cases met, {} of {open_of} open ones pass", of - failures.len(), met.len());
    if std::env::var("GUANXI_CASES").is_ok_and(|wish| wish == "move") {
        move_met(&closed, &met, &missed);
    } else {
        failures
            .extend(met.iter().map(|c| format!("{}: passes now; move it from claims-open.tsv to claims.tsv", c.name)));
    }
    assert!(failures.is_empty(), "{} cases for claims:\n{}", failures.len(), failures.join("\n"));
}

/// Writes both tables anew, the open cases that are met standing with the closed ones of their construction.
fn move_met(closed: &[Case], met: &[&Case], missed: &[&Case]) {
    let construction = |case: &Case| case.name.rsplit_once('/').map_or(String::new(), |(c, _)| c.to_string());
    let mut rows: Vec<&Case> = closed.iter().collect();
    for &case in met {
        let last = rows.iter().rposition(|c| construction(c) == construction(case));
        rows.insert(last.map_or(rows.len(), |at| at + 1), case);
    }
    for (file, cases) in [("tests/cases/claims.tsv", rows.as_slice()), ("tests/cases/claims-open.tsv", missed)] {
        let lines: String = cases.iter().map(|case| case.row.clone() + "\n").collect();
        std::fs::write(root().join(file), format!("name\ttext\texpected\n{lines}")).expect("the table can be written");
    }
}

#[test]
fn of_equally_sure_claims_the_one_with_date_and_amount_stays() {
    let dictionary = dictionary();
    let text = "OpenAI收购Windsurf告吹。\n\n7月11日，OpenAI以约30亿美元收购Windsurf的计划告吹。";
    let source = format!("---\ntitle: 一周\ndate: 2025-07-15\n---\n{text}\n");
    let Outcome::Article(article, _) = parse_markdown("a.md", source, &article::Options::default()) else {
        panic!("an article")
    };
    let found = Recogniser::new(&dictionary, Options::default()).recognise(&article);
    let claims = Extractor::new(&dictionary).extract(&article, &found);
    let [claim] = claims.as_slice() else { panic!("{claims:?}") };
    assert_eq!(claim.status, Status::Negated);
    assert_eq!(claim.when.as_ref().map(|w| w.0.as_str()), Some("2025-07-11"));
    assert_eq!(claim.attributes.amount.as_deref(), Some("约30亿美元"));
}
