//! A row of capitalised words in English text: which of them are the name, and what kind it speaks for.

use super::english_again::{opens_name, stands_again, stands_often};
use super::english_frame as frame;
use super::english_glue as glue;
use super::english_kind::{
    ends_firm, has_sequel, is_address, is_event, is_labelled, is_land, is_numbered, is_plural_code, is_scrap,
    is_sequel, is_version, takes_article,
};
use super::english_lead as lead;
use super::english_place::{beside_place, in_place};
use super::latin::{Piece, person_shape};
use super::shape::{is_name_word, is_quantity, strength};
use super::{Candidate, Scene};
use crate::article::{Block, is_dotted};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// A row of capitalised words.
pub(super) struct Row {
    pieces: Vec<Piece>,
    span: Span,
    /// The kind that the names listed beside it have.
    beside: Option<EntityKind>,
    /// It goes on with a list of places.
    placed: bool,
}

/// Whether a sentence starts at `at`.
fn starts_sentence(scene: &Scene, block: &Block, at: u32) -> bool {
    let before = scene.text[block.span.start as usize..at as usize].trim_end_matches([' ', '“', '"', '‘', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '•', '-', '–', '—', '*', '”'])
}

pub(super) fn push_row(scene: &Scene, block: &Block, pieces: &[Piece], rows: &mut Vec<Row>) {
    let mut pieces = pieces;
    // GPUs, RIAs: the plural of an abbreviation
    if let [only] = pieces
        && only.hit.is_none()
        && is_plural_code(scene.slice(only.span))
    {
        return;
    }
    // Big Tech, Little Tech: a trade
    if let [size, tech] = pieces
        && scene.slice(tech.span) == "Tech"
        && scene.lexicon.is_common(scene.slice(size.span))
        && frame::kind(scene, span_of(pieces), false).is_none_or(|f| f.1 < 3)
    {
        return;
    }
    // launched its Advanced Analytics: plain words, and what they stand behind
    let new = !pieces.is_empty() && lead::launched(scene, span_of(pieces));
    let dull = |w: &str| {
        scene.lexicon.is_generic(w)
            || is_quantity(w)
            || w.len() == 1
            || matches!(
                w,
                "The"
                    | "A"
                    | "An"
                    | "This"
                    | "Its"
                    | "Our"
                    | "In"
                    | "At"
                    | "By"
                    | "And"
                    | "For"
                    | "With"
                    | "As"
                    | "On"
                    | "New"
                    | "About"
            )
    };
    // University of Texas, General Motors keep their first word; a common word that opens a sentence is no name
    while let Some(first) = pieces.first() {
        let w = scene.slice(first.span);
        // The New York company
        let rest = scene.slice(span_of(pieces));
        if scene.is_place(rest) {
            return;
        }
        // New Hampshire 14.8
        if pieces.len() > 2
            && scene.is_place(scene.slice(span_of(&pieces[..2])))
            && is_quantity(scene.slice(pieces[2].span))
        {
            pieces = &pieces[2..];
            continue;
        }
        if is_labelled(scene, pieces) {
            pieces = &pieces[1..];
            continue;
        }
        // customers include Old Harbour
        let listed = pieces.len() > 1
            && !matches!(w, "The" | "A" | "An" | "Our" | "Its" | "Their" | "This")
            && !is_quantity(w)
            && !scene.words.english_openers.has(w)
            && !scene.words.nationalities.has(w)
            && lead::listed_as(scene, span_of(pieces)).is_some();
        if listed {
            break;
        }
        // 212 Ventures, the GreenTech Fund by its full name: The GreenTech Fund
        if new || is_numbered(scene, pieces) || takes_article(scene, pieces) {
            break;
        }
        // New York Jets
        if w == "New" && pieces.len() > 2 && scene.is_place(scene.slice(span_of(&pieces[..2]))) {
            break;
        }
        let opens = starts_sentence(scene, block, first.span.start);
        // Silvan Okoye, CEO of: who has a role
        let named = opens
            && (2..=3).contains(&pieces.len())
            && !scene.words.english_openers.has(w)
            && pieces.iter().all(|p| is_name_word(scene.slice(p.span)))
            && scene
                .after(span_of(pieces))
                .strip_prefix(", ")
                .is_some_and(|a| scene.words.english_roles.at_start_word(a))
            && !scene.lexicon.is_common(scene.slice(pieces[pieces.len() - 1].span));
        if named {
            break;
        }
        let alone = pieces.len() == 1;
        let common = scene.lexicon.is_common(w)
            && (opens && (alone || !scene.words.latin_organization.has(w) && !told(scene, pieces)))
            && !(alone && (frame::heads_firm(scene, first.span) || lead::closes_firms(scene.after(first.span))))
            && !(pieces.len() > 1 && opens_name(scene, pieces));
        let counted = w == "The" && pieces.get(1).is_some_and(|p| is_quantity(scene.slice(p.span)));
        // the startup True Markets
        if pieces.len() > 1
            && scene.lexicon.is_generic(w)
            && !matches!(w, "The" | "A" | "An" | "Our" | "Its" | "Their" | "This")
            && !scene.words.english_openers.has(w)
            && frame::kind(scene, span_of(pieces), false)
                .is_some_and(|f| f.1 >= 3 || f == (EntityKind::Company, 2) && ends_firm(scene, pieces))
        {
            break;
        }
        // Mark Hyman, Max McGuire: a given name, whatever else it means
        if !scene.words.english_openers.has(w) && person_shape(scene, pieces) && !starts_phrase(scene, pieces) {
            break;
        }
        let body = w == "The" && pieces.len() > 2 && {
            let last = scene.slice(pieces[pieces.len() - 1].span);
            scene.words.latin_organization.has(last) || last == "Division"
        };
        // founded by Jane Doe and Can Okoye: within a sentence a capital is the name's
        let given = || {
            let lead = ["and ", "by ", ", "].iter().any(|l| scene.before(first.span).ends_with(l));
            !opens && lead && pieces.len() == 2 && w.len() <= 4 && strength(scene, scene.slice(pieces[1].span)) >= 3
        };
        let opener =
            body || pieces.len() > 1 && (scene.words.english_openers.has(w) && !given() || is_quantity(w) || counted);
        // The Association
        let suffix = |w: &str| scene.words.latin_company.has(w) || scene.words.latin_organization.has(w);
        let article = matches!(w, "A" | "An") && pieces.len() > 1
            || w == "The" && pieces.len() == 2 && suffix(scene.slice(pieces[1].span));
        if common || opener || article || dull(w) && !told(scene, pieces) && !given() {
            pieces = &pieces[1..];
        } else {
            break;
        }
    }
    while let Some(last) = pieces.last() {
        let w = scene.slice(last.span);
        let kept = w == "AI" && pieces.len() > 1
            || pieces.len() > 1 && is_version(w) && strength(scene, scene.slice(pieces[pieces.len() - 2].span)) >= 3
            || scene.words.latin_company.has(w)
            || new
            || is_sequel(scene, pieces)
            || pieces.len() > 1 && w.len() > 3 && lead::listed_as(scene, span_of(pieces)).is_some()
            || scene.words.latin_product.has(w) && pieces.len() > 1;
        let plain = pieces.len() > 1 && w.bytes().any(|b| b.is_ascii_lowercase()) && scene.lexicon.is_generic(w);
        let held = || pieces.len() > 1 && frame::kind(scene, span_of(pieces), false).is_some_and(|f| f.1 >= 3);
        if dull(w) && !kept && !plain && !held() || matches!(w, "of" | "for" | "de" | "van") {
            pieces = &pieces[..pieces.len() - 1];
        } else {
            break;
        }
    }
    // About Acme Acme: a heading run into the sentence behind it
    let half = pieces.len() / 2;
    let twice = half > 0 && pieces.len().is_multiple_of(2) && pieces[half].span.start == pieces[half - 1].span.end + 1;
    if twice && scene.slice(span_of(&pieces[..half])) == scene.slice(span_of(&pieces[half..])) {
        pieces = &pieces[half..];
    }
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
    let span = Span { start: first.span.start, end: last.span.end };
    let name = scene.slice(span);
    if pieces.len() > 7 || name.len() < 2 || scene.lexicon.is_generic(name) || scene.is_place(name) {
        return;
    }
    let framed = || frame::kind(scene, span, false).is_some_and(|f| f.1 >= 3);
    // Insight AI, a technology company: plain words that the article says are a firm
    let sure = || {
        let firm = frame::kind(scene, span, false).filter(|f| f.0 == EntityKind::Company);
        firm.is_some_and(|f| f.1 >= 2) && ends_firm(scene, pieces)
    };
    if is_land(scene, name) {
        return;
    }
    if is_address(scene, span) || is_scrap(scene, pieces) {
        return;
    }
    let of = pieces.len() > 3 && pieces.iter().any(|p| scene.slice(p.span) == "of");
    // said Jane Day, Jane Day, head of
    let named_day = || {
        pieces.len() == 2
            && scene.lexicon.given_names.contains(&scene.slice(first.span).to_lowercase())
            && ([
                "said ",
                "hired ",
                "hires ",
                "appointed ",
                "promoted ",
                "tapped ",
                "Dr. ",
                "Mr. ",
                "Ms. ",
                "Mrs. ",
                "Prof. ",
            ]
            .iter()
            .any(|v| scene.before(span).ends_with(v))
                || scene.words.english_titles.has(frame::last_word(scene.before(span).strip_suffix(' ').unwrap_or("")))
                || scene.after(span).strip_prefix(", ").is_some_and(|a| scene.words.english_roles.at_start_word(a)))
    };
    // acquired by Brindle Learning
    let firm = || {
        pieces.len() > 1
            && !scene.lexicon.is_generic(scene.slice(first.span))
            && frame::kind(scene, span, false)
                .is_some_and(|f| matches!(f.0, EntityKind::Company | EntityKind::Organization))
    };
    let kept = || of || new || named_day() || firm() || pieces.len() > 1 && framed() || stands_again(scene, pieces);
    if scene.words.latin_not_last.has(scene.slice(last.span)) && !kept()
        || matches!(name, "Global" | "General")
        || is_dotted(name)
        || !new
            && !sure()
            && pieces.iter().all(|p| {
                let w = scene.slice(p.span);
                scene.words.nationalities.has(w.trim_end_matches('s')) || scene.lexicon.is_generic(w) || is_quantity(w)
            })
        || scene.words.nationalities.has(scene.slice(last.span).trim_end_matches('s'))
        || scene.after(span).starts_with(": ") && scene.before(span).ends_with('(')
    {
        return;
    }
    rows.push(Row { pieces: pieces.to_vec(), span, beside: None, placed: false });
}

/// Whether common words follow a given name that is one too: `May Day`, `Grant Programs`.
fn starts_phrase(scene: &Scene, pieces: &[Piece]) -> bool {
    pieces[1..].iter().all(|p| scene.lexicon.is_common(scene.slice(p.span)))
}

/// From the first piece to the last.
pub(super) fn span_of(pieces: &[Piece]) -> Span {
    Span { start: pieces[0].span.start, end: pieces[pieces.len() - 1].span.end }
}

/// Whether the last word tells the kind.
pub(super) fn told(scene: &Scene, pieces: &[Piece]) -> bool {
    pieces.len() > 1
        && pieces.last().is_some_and(|l| {
            let w = scene.slice(l.span);
            if takes_article(scene, pieces) {
                return true;
            }
            // Pear VC
            if w == "VC" && pieces.len() == 2 {
                let first = scene.slice(pieces[0].span);
                let place = scene.is_place(first) || scene.words.nationalities.has(first);
                return !place && !scene.lexicon.is_generic(first);
            }
            if scene.words.latin_company_weak.has(w) {
                return pieces.len() <= 4 && strength(scene, scene.slice(pieces[0].span)) >= 3;
            }
            let first = scene.slice(pieces[0].span);
            // Data Exchange
            let traded =
                ["Stock", "Securities", "Derivatives", "Mercantile", "Commodity", "Futures", "Options", "Metal"];
            let wide = scene.words.nationalities.has(first) || matches!(first, "International" | "National");
            if w == "Exchange" && !wide && !traded.contains(&scene.slice(pieces[pieces.len() - 2].span)) {
                return false;
            }
            if scene.words.latin_organization_weak.has(w) {
                let ours = scene.words.nationalities.has(first) || scene.is_place(first) || wide;
                // the Clean Harbour Fuels Alliance
                let body = pieces.len() >= 3 && matches!(w, "Alliance" | "Society" | "League" | "Guild" | "Union");
                let named = body && scene.before(pieces[0].span).ends_with(" the ");
                return named
                    || ours && pieces.len() >= 3
                    || pieces.iter().any(|p| strength(scene, scene.slice(p.span)) >= 3);
            }
            // King's College London
            if pieces.len() >= 3 && scene.is_place(w) {
                return scene.words.latin_organization.has(scene.slice(pieces[pieces.len() - 2].span));
            }
            scene.words.latin_company.has(w) || scene.words.latin_organization.has(w)
        })
}

/// Names in one list are of one kind.
pub(super) fn lists(scene: &Scene, rows: &mut [Row]) {
    let joints = [", ", ", and ", " and ", " & ", "; ", ", or "];
    let mut from = 0;
    while from < rows.len() {
        let mut to = from + 1;
        while to < rows.len() && {
            let between = &scene.text[rows[to - 1].span.end as usize..rows[to].span.start as usize];
            // Jane Doe (CEO) and John Roe
            let over = super::english_lead::beyond_brackets(between);
            joints.contains(&over) || listed_between(scene, rows[to - 1].span.end, rows[to].span.start)
        } {
            to += 1;
        }
        // the listed names that the list goes on with, on either side
        let mut beside = Vec::new();
        let mut lead = scene.before(rows[from].span);
        while let Some(h) = joints.iter().find_map(|j| lead.strip_suffix(j)).and_then(|l| scene.hit_ending(l.len())) {
            lead = scene.before(h.span);
            beside.push(h);
        }
        let mut rest = scene.after(rows[to - 1].span);
        while let Some(h) = joints
            .iter()
            .find_map(|j| rest.strip_prefix(j))
            .and_then(|r| scene.hit_starting(scene.text.len() - r.len()))
        {
            rest = scene.after(h.span);
            beside.push(h);
        }
        let inner = (from + 1..to).filter_map(|i| {
            let h = scene.hits.get(scene.hit_from(rows[i - 1].span.end as usize))?;
            (h.span.end <= rows[i].span.start).then_some(h)
        });
        let companies = inner.chain(beside).filter(|h| scene.kind_of(h) == Some(EntityKind::Company)).count();
        let firm = rows[from..to].iter().filter(|r| told(scene, &r.pieces)).count();
        let people = rows[from..to].iter().filter(|r| person_shape(scene, &r.pieces)).count();
        let fresh = rows[from..to]
            .iter()
            .filter(|r| r.pieces.iter().any(|p| strength(scene, scene.slice(p.span)) >= 3))
            .count();
        let shaped = |r: &Row| {
            (2..=3).contains(&r.pieces.len())
                && !told(scene, &r.pieces)
                && !scene.before(r.span).ends_with("the ")
                && r.pieces
                    .iter()
                    .all(|p| is_name_word(scene.slice(p.span)) && !scene.lexicon.is_generic(scene.slice(p.span)))
        };
        let lead = scene.before(rows[from].span).trim_end_matches(' ');
        let by = ["ounded by", "ounders", "executives", "engineers", "researchers", "partners"]
            .iter()
            .any(|l| find::ends(lead, l));
        // co-founded in 2018 by
        let dated = lead.strip_suffix(" by").and_then(|l| {
            let head = l.trim_end_matches(|c: char| c.is_ascii_digit());
            (l.len() - head.len() == 4).then(|| head.ends_with("ounded in "))
        });
        let by = by || dated == Some(true);
        if rows[from..to].iter().all(shaped) && (by || people > 0 && to - from >= 2) {
            rows[from..to].iter_mut().for_each(|r| r.beside = Some(EntityKind::Person));
            from = to;
            continue;
        }
        // in Kennewick, Pasco and Richland
        let places = [" in", " across", " near", " throughout", " cities of", " counties of"]
            .iter()
            .any(|l| find::ends(lead, l));
        if to - from >= 2 && places && firm == 0 && people == 0 && companies == 0 {
            rows[from..to].iter_mut().for_each(|r| r.placed = true);
            from = to;
            continue;
        }
        // Halden, Kellowick, Pascombe and: what a list of places goes on with
        if firm == 0 && people == 0 && companies == 0 && beside_place(scene, rows[from].span, rows[to - 1].span) {
            rows[from..to].iter_mut().for_each(|r| r.placed = true);
            from = to;
            continue;
        }
        // Its brands include Green Skillet and Oat Alley
        let phrase = |set: &super::words::WordSet| {
            set.at_end(lead).is_some_and(|p| !lead[..lead.len() - p.len()].ends_with(|c: char| c.is_alphanumeric()))
        };
        let named = |r: &Row| r.pieces.iter().any(|p| !scene.lexicon.is_generic(scene.slice(p.span)));
        if to - from >= 2 && firm == 0 && rows[from..to].iter().all(named) {
            let things = phrase(&scene.words.english_product_frames) && companies == 0;
            let firms = phrase(&scene.words.english_company_frames) && people == 0;
            if things || firms {
                let kind = if things { EntityKind::Product } else { EntityKind::Company };
                rows[from..to].iter_mut().for_each(|r| r.beside = Some(kind));
                from = to;
                continue;
            }
        }
        // from Early Light and Cherry Ventures
        let two = to - from == 2 && firm == 1 && people == 0 && {
            let lead = frame::last_word(lead);
            matches!(lead, "from" | "by" | "with" | "include" | "including" | "investors" | "backers" | "like" | "as")
        };
        if two || to - from + companies >= 3 && (companies + firm > 0 || fresh >= 2) && people * 2 < to - from {
            rows[from..to].iter_mut().for_each(|r| r.beside = Some(EntityKind::Company));
        }
        from = to;
    }
}

/// Whether only commas and listed names stand between.
fn listed_between(scene: &Scene, start: u32, end: u32) -> bool {
    let mut at = start;
    let mut seen = false;
    for h in &scene.hits[scene.hit_from(start as usize)..] {
        if h.span.start >= end {
            break;
        }
        if !matches!(&scene.text[at as usize..h.span.start as usize], ", " | ", and " | " and ") {
            return false;
        }
        at = h.span.end;
        seen = true;
    }
    seen && matches!(&scene.text[at as usize..end as usize], ", " | ", and " | " and ")
}

impl Row {
    pub(super) fn judge(mut self, scene: &Scene, out: &mut Vec<Candidate>) {
        // generic words are part of a name only where names are listed; a verb of a headline is none of it
        if self.beside.is_none()
            && frame::kind(scene, span_of(&self.pieces), false).is_none()
            && !stands_again(scene, &self.pieces)
        {
            while self.pieces.len() > 1 && !told(scene, &self.pieces) {
                let last = scene.slice(self.pieces[self.pieces.len() - 1].span);
                if !scene.lexicon.is_generic(last) || matches!(last, "AI" | "VC") || scene.words.latin_product.has(last)
                {
                    break;
                }
                self.pieces.pop();
            }
            if self.pieces.len() >= 3
                && scene.lexicon.is_common(scene.slice(self.pieces[0].span))
                && !person_shape(scene, &self.pieces)
                && person_shape(scene, &self.pieces[1..])
            {
                self.pieces.remove(0);
            }
        }
        let pieces = &self.pieces[..];
        let span = span_of(pieces);
        let (before, after) = (scene.before(span), scene.after(span));
        let words = pieces.iter().map(|p| scene.slice(p.span));
        let last = scene.slice(pieces[pieces.len() - 1].span);
        // Hong Kong Science: the place gives no evidence
        let place = (1..pieces.len()).rev().find(|&n| {
            let head = scene.slice(Span { start: span.start, end: pieces[n - 1].span.end });
            scene.is_place(head)
        });
        let fresh = words.clone().skip(place.unwrap_or(0)).map(|w| strength(scene, w)).max().unwrap_or(0);
        let name_words = (2..=4).contains(&pieces.len()) && words.clone().all(is_name_word);
        let role_after = after.strip_prefix(", ").or_else(|| after.strip_prefix(" (")).is_some_and(|a| {
            scene.words.english_roles.at_start_word(a.trim_start_matches("the ").trim_start_matches("our "))
                || frame::is_human(scene, a)
        });
        const FORMS: [&str; 21] = [
            "said ", "says ", "added ", "Dr. ", "Mr. ", "Ms. ", "Mrs. ", "Rep. ", "Sen. ", "Gov. ", "Adm. ", "Gen. ",
            "Col. ", "Lt. ", "Capt. ", "Sgt. ", "Maj. ", "Rev. ", "Prof. ", "Hon. ", "Judge ",
        ];
        // said Acme Forge is
        let states = [" is ", " was ", " has ", " had ", " will ", " would ", " can ", " plans ", " also "]
            .iter()
            .any(|v| find::starts(after, v));
        let said = FORMS[..3].iter().any(|s| find::ends(before, s)) && !states
            || FORMS[3..].iter().any(|s| find::ends(before, s))
            || [" said", " says", " told", " added", " wrote", " graduated ", " studied ", " grew up ", " was born "]
                .iter()
                .any(|s| find::starts(after, s))
            // Jane Doe, chief executive of Acme Bio, who
            || after.starts_with(", who ") && ![" of ", " at ", " for ", " from "].iter().any(|p| find::ends(before, p))
            || [", M.D.", ", MD,", ", Ph.D", ", PhD", ", J.D.", ", MBA", ", CFA", ", CPA", ", Esq"]
                .iter()
                .any(|d| find::starts(after, d));
        // Copper Software said
        let said = said && !(after.starts_with(" sa") && pieces.len() > 1 && scene.words.latin_company.has(last));
        let lead = before.strip_suffix(' ').unwrap_or("");
        // Advisor Brand Maker: plain words behind a title in capitals
        let role = frame::last_word(lead);
        let capital = role.starts_with(|c: char| c.is_ascii_uppercase()) && !scene.words.latin_roles.has(role);
        let dull = capital
            && words.clone().all(|w| scene.lexicon.is_common(w))
            && !scene.lexicon.given_names.contains(&scene.slice(pieces[0].span).to_lowercase());
        let titled = scene.words.english_titles.has(role) && !dull
            || ["founders like", "founders such as", "leaders like", "leaders such as", "executives like", "CEOs like"]
                .iter()
                .any(|l| find::ends(lead, l));
        // in PLACE
        let placed = [" in ", " near ", " from ", " across "].iter().any(|s| find::ends(before, s))
            || after.starts_with("-based")
            || self.placed
            || after.strip_prefix(", ").is_some_and(|a| in_place(scene, a));
        let caps = pieces.len() == 1 && last.trim_end_matches('s').bytes().all(|b| b.is_ascii_uppercase());
        let mut put = |points, kind, weight| {
            out.push(Candidate { span, points, hint: Some((kind, weight)), cue: "english name", spreads: true });
        };
        // HQ's Public Affairs Department: a part of the house without a name of its own
        let owned = ["’s ", "'s ", "’ ", "its ", "our ", "their "].iter().any(|o| find::ends(before, o));
        if owned && matches!(last, "Department" | "Division" | "Team") && fresh < 3 {
            return put(-1, EntityKind::Company, 0);
        }
        // Drift, where the article has Drift 2 time and again
        if pieces.len() == 1 && (fresh >= 3 || frame::steady(scene, last)) && has_sequel(scene, last) {
            return put(2, EntityKind::Product, 5);
        }
        // the Acme X conference, the Acme® Awards
        let next = frame::beyond(after).strip_prefix(' ').unwrap_or("");
        if scene.words.english_event_nouns.at_start_word(next)
            || pieces.len() == 1 && is_event(last)
            || lead::names_idea(scene, before.trim_end_matches(['“', '"', '‘', ' ']))
            || lead::phrase(&scene.words.english_event_frames, lead.strip_suffix(" the").unwrap_or(lead))
        {
            return put(-1, EntityKind::Company, 0);
        }
        let given = |w: &str| scene.lexicon.given_names.contains(&w.to_lowercase());
        let both = after.strip_prefix(" and ").map(|a| a.split(' ')).is_some_and(|mut w| {
            w.next().is_some_and(given) && w.next().is_some_and(|l| l.starts_with(|c: char| c.is_ascii_uppercase()))
        });
        if pieces.len() == 1 && both && given(last) && fresh >= 3 && self.beside.is_none() {
            return put(1, EntityKind::Person, 3);
        }
        // ChipThe: the head of a title, and the sentence behind it
        if words
            .clone()
            .any(|w| glue::is_glued(scene, w) && ["A", "The", "This", "Our"].iter().any(|t| find::ends(w, t)))
        {
            return put(-1, EntityKind::Company, 0);
        }
        let body_of = |w: &[Piece]| {
            let body = scene.slice(w[0].span);
            matches!(scene.slice(w[1].span), "of" | "for")
                && scene.words.latin_organization.has(body)
                && body != "Schools"
        };
        if pieces.len() >= 3 && pieces[..pieces.len() - 1].windows(2).any(body_of) {
            return put(2, EntityKind::Organization, 4);
        }
        if pieces.len() <= 4 && fresh >= 3 && scene.slice(span).contains(" & ") {
            return put(2, EntityKind::Company, 3);
        }
        // its Acme Studio platform, the sales assistant Acme AI: what it is said to be, whatever its name ends with
        let own = ["its", "our", "their", "’s", "'s"].contains(&lead.rsplit(' ').next().unwrap_or_default())
            || ["’s ", "'s "].iter().any(|m| find::ends(before, m));
        const LEGAL: [&str; 10] = ["Inc", "Inc.", "LLC", "Corp", "Corp.", "Ltd", "Ltd.", "LLP", "Capital", "Ventures"];
        let product = told(scene, pieces)
            && !LEGAL.contains(&last)
            && frame::kind(scene, span, false)
                .is_some_and(|f| f.0 == EntityKind::Product && (f.1 >= 3 || own || matches!(last, "AI" | "Studio")));
        if product {
            return put(2, EntityKind::Product, 4);
        }
        if told(scene, pieces) {
            // Halden Credit Union
            let union = last == "Union" && scene.slice(span).ends_with(" Credit Union");
            let firm = scene.words.latin_company.has(last) || union;
            let kind = if firm { EntityKind::Company } else { EntityKind::Organization };
            return put(if fresh > 0 || pieces.len() > 1 { 2 } else { 0 }, kind, 3);
        }
        // Lumen 3.0
        if pieces.len() >= 2 && (is_version(last) && fresh >= 3 || is_sequel(scene, pieces)) {
            return put(2, EntityKind::Product, 3);
        }
        // Acme Live, beside Acme: the maker's name, and that of the product
        let first = scene.slice(pieces[0].span);
        let line = pieces.len() >= 2
            && pieces.len() <= 3
            && strength(scene, first) >= 3
            && stands_often(scene, first, scene.slice(span))
            && pieces[1..].iter().all(|p| {
                let w = scene.slice(p.span);
                scene.lexicon.is_common(w) && !scene.words.latin_company.has(w) && !scene.words.english_roles.has(w)
            })
            && !scene.lexicon.given_names.contains(&first.to_lowercase());
        if line {
            let firm = frame::kind(scene, span, false).filter(|f| f.0 != EntityKind::Product && f.1 >= 2);
            if firm.is_none() {
                return put(2, EntityKind::Product, 3);
            }
        }
        // Copper Lantern, a maker of boats: plain words that no person is called
        let plain_words = words.clone().all(|w| scene.lexicon.is_common(w))
            && !scene.lexicon.given_names.contains(&first.to_lowercase());
        let framed = frame::kind(scene, span, name_words && !plain_words && !scene.words.latin_company.has(last));
        // Trident Point, which owns
        let backs = scene.words.english_person_nouns.has(frame::last_word(lead));
        let founder = self.beside == Some(EntityKind::Person);
        let thing = after.starts_with(", which ") && !founder && !said && !role_after && (!titled || backs);
        if thing && name_words && framed.is_none_or(|f| f.0 == EntityKind::Person || f.1 < 3) {
            return put(2, framed.map_or(EntityKind::Company, |f| f.0), 3);
        }
        let firm = framed.filter(|f| f.1 >= 4 || f.0 == EntityKind::Company && f.1 >= 3 && !role_after && !said);
        if let Some((kind, weight)) = firm {
            return put(2, kind, weight);
        }
        if name_words && (frame::made_up(scene, scene.slice(span)) || scene.words.stock_people.has(scene.slice(span))) {
            return;
        }
        if name_words && self.beside == Some(EntityKind::Person) {
            return put(1, EntityKind::Person, 3);
        }
        if name_words && (role_after || said || titled) && !scene.lexicon.is_generic(last) {
            return put(1, EntityKind::Person, 4);
        }
        // Taylor Ahn and the Denver Comets
        let the = ["the ", "The "].iter().any(|t| find::ends(before, t));
        if person_shape(scene, pieces) && !the {
            let sure = !scene.lexicon.is_common(last) || !scene.lexicon.is_common(scene.slice(pieces[0].span));
            let given = !scene.lexicon.is_common(scene.slice(pieces[0].span));
            // Sunny Ridge: plain words, which only what stands around makes a person
            return put(if sure { 2 } else { -1 }, EntityKind::Person, if given { 3 } else { 2 });
        }
        if let Some((kind, weight)) = framed.filter(|_| !caps || fresh > 0) {
            return put(2, kind, weight);
        }
        if pieces.len() == 1 && (said || titled) && fresh >= 3 {
            return put(1, EntityKind::Person, 3);
        }
        // Columbia, Md., a cybersecurity firm
        let joined = self.beside == Some(EntityKind::Company) && before.ends_with(" from ");
        if placed && fresh < 4 && !joined {
            return put(-1, EntityKind::Company, 0);
        }
        // Centreville, VA
        let state = last.len() == 2 && before.ends_with(", ") && last.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(kind) = self.beside.filter(|_| !state) {
            return put(1, kind, 2);
        }
        // Ringfencing, Composable; one word glued to the next sentence (CurveWhile)
        let plain = pieces.len() == 1
            && ["ing", "able", "ization"].iter().any(|e| find::ends(last, e))
            && last.bytes().skip(1).all(|b| b.is_ascii_lowercase());
        if plain || words.clone().any(|w| glue::is_glued(scene, w)) {
            return put(-1, EntityKind::Company, 0);
        }
        if fresh >= 3 && !caps {
            // a capital at the head of a sentence is the sentence's
            let head = before.trim_end_matches([' ', '“', '"', '‘', '(']);
            if pieces.len() == 1
                && (head.is_empty() || head.ends_with(['\n', '.', '!', '?', ':', '•', '*']))
                && last.bytes().skip(1).all(|b| b.is_ascii_lowercase())
            {
                return put(1, EntityKind::Company, 1);
            }
            let product = scene.words.latin_product.has(last) && pieces.len() > 1;
            return if product { put(2, EntityKind::Product, 2) } else { put(2, EntityKind::Company, 1) };
        }
        if pieces.len() == 1 && !caps && last.len() >= 4 && frame::steady(scene, last) {
            return put(2, EntityKind::Company, 1);
        }
        if stands_again(scene, pieces) {
            return put(2, EntityKind::Company, 1);
        }
        put(if pieces.len() > 1 { 0 } else { -1 }, EntityKind::Company, 0);
    }
}
