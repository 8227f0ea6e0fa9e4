//! English words that speak of a house, a person or a product, for coreference: `the Boston-based startup`, `its`,
//! `our`; and which names a sentence speaks of.

use super::Mention;
use super::coreference::Wants;
use crate::find;
use crate::span::Span;

pub(super) const LATIN: &[(&str, Wants)] = &[
    ("the Company", Wants::Main),
    ("it", Wants::House),
    ("its", Wants::House),
    ("he", Wants::Person),
    ("she", Wants::Person),
    ("his", Wants::Person),
    ("her", Wants::Person),
    ("the model", Wants::Product),
    ("the chatbot", Wants::Product),
    ("the browser", Wants::Product),
    ("the robot", Wants::Product),
    ("the assistant", Wants::Product),
    ("the app", Wants::Product),
    ("the tool", Wants::Product),
    ("the device", Wants::Product),
    ("the phone", Wants::Product),
    ("the headset", Wants::Product),
    ("the chip", Wants::Product),
    ("the game", Wants::Product),
    ("the software", Wants::Product),
    ("the platform", Wants::Product),
    ("the service", Wants::Product),
    ("the system", Wants::Product),
    ("the technology", Wants::Product),
    ("our", Wants::Speaker),
    ("we", Wants::Speaker),
];

/// What an English noun phrase ends in that speaks of a firm (`the Boston-based startup`), and of a firm or body.
const FIRMS: &[&str] = &[
    "company",
    "startup",
    "start-up",
    "firm",
    "giant",
    "unicorn",
    "bank",
    "lender",
    "insurer",
    "retailer",
    "chipmaker",
    "automaker",
    "carmaker",
    "drugmaker",
    "airline",
    "brokerage",
    "studio",
    "publisher",
    "consultancy",
    "manufacturer",
    "fintech",
    "biotech",
    "upstart",
    "conglomerate",
    "brewery",
    "bakery",
    "brand",
    "business",
];
const HOUSES: &[&str] =
    &["nonprofit", "agency", "organization", "organisation", "university", "institute", "foundation", "team", "group"];

/// Words that may stand between *the* and such a noun.
const LONGEST_DESCRIPTION: usize = 3;

/// The end of a phrase that speaks of a house, for the words behind *the* or *this*: `AI startup`.
pub(super) fn spoken_of(words: &str) -> Option<(usize, Wants)> {
    let mut at = 0;
    for step in 0..=LONGEST_DESCRIPTION {
        let word = &words[at..];
        let end = at + word.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(word.len());
        let noun = &words[at..end];
        let wants = match noun {
            n if FIRMS.contains(&n) => Some(Wants::Firm),
            n if HOUSES.contains(&n) && step <= 1 => Some(Wants::House),
            _ => None,
        };
        let rest = &words[end..];
        if let Some(wants) = wants {
            // the company behind Lumen, the startup that, the bank Halden, the team of, the brand name
            let next = rest.strip_prefix(' ').unwrap_or("");
            let next = &next[..next.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(next.len())];
            let named = next.starts_with(|c: char| c.is_ascii_uppercase());
            let told = matches!(
                next,
                "behind"
                    | "that"
                    | "which"
                    | "who"
                    | "of"
                    | "name"
                    | "names"
                    | "called"
                    | "founded"
                    | "led"
                    | "where"
                    | "model"
                    | "card"
                    | "account"
                    | "accounts"
                    | "community"
                    | "world"
                    | "leader"
                    | "leaders"
                    | "school"
                    | "member"
                    | "members"
                    | "whose"
                    // the fintech division of Acme
                    | "division"
                    | "arm"
                    | "unit"
                    | "subsidiary"
                    | "platform"
                    | "sector"
                    | "industry"
                    | "space"
                    | "market"
                    | "ecosystem"
                    | "landscape"
                    | "scene"
                    | "investor"
                    | "founder"
            );
            let plain = matches!(noun, "company" | "startup" | "firm");
            let told = told || !plain && matches!(next, "at" | "in" | "for" | "and" | "or");
            return (!named && !told).then_some((end, wants));
        }
        let described = noun.len() >= 2
            && !matches!(
                noun,
                "of" | "in" | "for" | "and" | "other" | "to" | "by" | "is" | "the" | "an" | "its" | "this" | "that"
            );
        let next = rest.strip_prefix(' ').filter(|_| described)?;
        at = words.len() - next.len();
    }
    None
}

/// The house of whoever says what `word` stands in: `“Our platform …,” said Jane Doe, CEO of Acme`.
pub(super) fn speaker(
    content: &str,
    block: Span,
    word: Span,
    mentions: &[Mention],
    house: impl Fn(u32) -> bool,
) -> Option<u32> {
    let rest = &content[word.end as usize..block.end as usize];
    // “We …,” Acme chief Jane Doe said
    let told = |words: &str| {
        let words = &words[..words.find(['.', '“', '\n']).unwrap_or(words.len())];
        words.len() <= 120 && [" said", " says", " added", " stated"].iter().any(|s| find::ends(words.trim_end(), s))
    };
    if let Some(close) = rest.find('”').filter(|&at| rest[..at].ends_with(',') && told(&rest[at + '”'.len_utf8()..]))
    {
        let from = word.end + close as u32;
        let first = mentions.partition_point(|m| m.span.start < from);
        let ends = block.end.min(from + 120);
        return mentions[first..]
            .iter()
            .take_while(|m| m.span.start < ends)
            .find(|m| house(m.entity))
            .map(|m| m.entity);
    }
    let said = ["said", "says", "added", "stated", "commented", "noted", "explained", "remarked", "continued"];
    let at = said
        .iter()
        .filter_map(|s| {
            rest.match_indices(s).map(|(at, _)| at).find(|&at| {
                rest[..at].trim_end().ends_with(['"', '”', ',']) && rest[at + s.len()..].starts_with([' ', ','])
            })
        })
        .min()?;
    let from = word.end + at as u32;
    let first = mentions.partition_point(|m| m.span.start < from);
    mentions[first..]
        .iter()
        .take_while(|m| m.span.start < block.end)
        .take_while(|m| !content[from as usize..m.span.start as usize].contains(['"', '“', '\n']))
        .find(|m| house(m.entity))
        .map(|m| m.entity)
}

/// Whether a name is one of several that are told of together: `Acme, Orbis and Quandor maintained their stake in`.
pub(super) fn listed(content: &str, here: &[Mention], m: &Mention) -> bool {
    let Some(at) = here.iter().position(|o| o.span == m.span) else { return false };
    let joins = |a: &Mention, b: &Mention| {
        let between = content.get(a.span.end as usize..b.span.start as usize).unwrap_or_default();
        matches!(between, ", " | " and " | ", and " | " & ")
    };
    at > 0 && joins(&here[at - 1], m) || here.get(at + 1).is_some_and(|next| joins(m, next))
}

/// Whether a word that speaks of a house means another than the name before: `Orbis is its largest customer`, `Orbis and the company`.
pub(super) fn another(between: &str, word: &str) -> bool {
    let gap = between.trim();
    match word {
        "its" => ["is", "was", "is now", "became", "remains", "is also", "has become"].contains(&gap),
        _ => gap == "and",
    }
}

/// Whether an English name stands behind a preposition, so that it is not what the sentence speaks of.
pub(super) fn oblique(content: &str, sentence: Span, m: &Mention) -> bool {
    let lead = content[sentence.start as usize..m.span.start as usize].trim_end_matches([' ', '“', '"']);
    // former Acme engineers
    if [" former", " ex", " ex-", "Former"].iter().any(|f| find::ends(lead, f)) {
        return true;
    }
    let lead = lead.strip_suffix(" the").or_else(|| lead.strip_suffix(" its")).unwrap_or(lead);
    let word = &lead[lead.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
    const PREPOSITIONS: [&str; 24] = [
        "with",
        "by",
        "from",
        "to",
        "of",
        "at",
        "for",
        "in",
        "on",
        "unlike",
        "like",
        "than",
        "against",
        "into",
        "via",
        "through",
        "alongside",
        "over",
        "as",
        "under",
        "including",
        "using",
        "after",
        "versus",
    ];
    PREPOSITIONS.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether what follows a word for a product tells what it is made with or measured against: `The browser competes with`.
pub(super) fn tells_thing(after: &str) -> bool {
    const DEEDS: [&str; 29] = [
        "is used by",
        "is being used by",
        "is in use at",
        "is deployed at",
        "integrates with",
        "connects to",
        "is hosted on",
        "is trained on",
        "relies heavily on",
        "competes with",
        "will compete with",
        "is powered by",
        "is built on",
        "is based on",
        "runs on",
        "uses",
        "relies on",
        "was developed by",
        "was built by",
        "was made by",
        "was created by",
        "was trained on",
        "outperforms",
        "outperformed",
        "beats",
        "beat",
        "rivals",
        "is made by",
        "is built by",
    ];
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let rest = ["also ", "now ", "reportedly "].iter().find_map(|a| rest.strip_prefix(a)).unwrap_or(rest);
    DEEDS.iter().any(|d| rest.strip_prefix(d).is_some_and(|r| r.starts_with(' ')))
}

/// Whether a firm's deed follows `it`; `opens`: a sentence begins with it.
pub(super) fn acts(after: &str, opens: bool) -> bool {
    let Some(mut rest) = after.strip_prefix(' ') else { return false };
    // "It is a wholly owned subsidiary of": what only a house is or has
    const STATES: [&str; 34] = [
        "is a subsidiary of ",
        "is a wholly owned subsidiary of ",
        "is a wholly-owned subsidiary of ",
        "is a division of ",
        "is a unit of ",
        "is a portfolio company of ",
        "is part of ",
        "is now part of ",
        "is owned by ",
        "is majority owned by ",
        "is backed by ",
        "is led by ",
        "is headed by ",
        "is run by ",
        "was founded ",
        "was co-founded ",
        "was started ",
        "was established ",
        "was acquired by ",
        "was bought by ",
        "was spun out of ",
        "was spun off from ",
        "was sued by ",
        "is being sued by ",
        "is suing ",
        "is competing with ",
        "is partnering with ",
        "is working with ",
        "faces competition from ",
        "owns ",
        "employs ",
        "is in talks to ",
        "plans to acquire ",
        "compete with ",
    ];
    if opens && STATES.iter().any(|s| find::starts(rest, s)) {
        return true;
    }
    while let Some(more) = ["has ", "had ", "will ", "also ", "plans to ", "agreed to ", "would ", "recently "]
        .iter()
        .find_map(|w| rest.strip_prefix(w))
    {
        rest = more;
    }
    const DEEDS: [&str; 36] = [
        "acquired",
        "acquire",
        "agreed",
        "appointed",
        "bought",
        "buy",
        "chose",
        "closed",
        "competes",
        "counts",
        "entered",
        "filed",
        "hired",
        "invested",
        "invest",
        "launched",
        "launch",
        "led",
        "merged",
        "named",
        "opened",
        "partnered",
        "raised",
        "released",
        "selected",
        "settled",
        "signed",
        "sold",
        "sued",
        "unveiled",
        "introduced",
        "acquires",
        "invests",
        "partners",
        "works",
        "teamed",
    ];
    DEEDS.contains(&&rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())])
}
