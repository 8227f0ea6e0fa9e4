//! English text: rows of capitalised words. Capitals are evidence only where the writer had a choice, so a
//! common word at the start of a sentence and whole headlines in title case give none; what the body
//! settles is then found in the headline.

use super::latin::{Piece, extended, person_shape, runs};
use super::shape::{is_adjective, is_name_word, is_quantity, strength};
use super::{Candidate, Scene};
use crate::article::{Block, BlockKind};
use crate::schema::EntityKind;
use crate::span::Span;

/// Whether a block is English: hardly a Han character, and words.
pub(super) fn is_english(words: &str) -> bool {
    let letters = words.bytes().filter(u8::is_ascii_lowercase).count();
    let other = words.bytes().filter(|b| *b >= 0xE3).count();
    letters > 40 && other * 10 < letters
}

pub(super) fn gather(scene: &Scene, block: &Block, out: &mut Vec<Candidate>) {
    let words = scene.slice(block.span);
    if matches!(block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::Tag) || is_title_case(words) {
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    runs(scene, block.span, |run| cut(scene, block, run, &mut rows, out));
    lists(scene, &mut rows);
    for row in rows {
        row.judge(scene, out);
    }
}

/// Whether most longer words have a capital.
fn is_title_case(words: &str) -> bool {
    let (mut capital, mut all) = (0, 0);
    for w in words.split(' ').filter(|w| w.len() >= 4) {
        all += 1;
        capital += usize::from(w.starts_with(|c: char| c.is_ascii_uppercase()));
    }
    all >= 3 && capital * 10 >= all * 7
}

/// A row of capitalised words.
struct Row {
    pieces: Vec<Piece>,
    span: Span,
    /// The kind that the names listed beside it have.
    beside: Option<EntityKind>,
}

/// Cuts a run at lower-case words, roles, possessives and sentence starts.
fn cut(scene: &Scene, block: &Block, run: &[Piece], rows: &mut Vec<Row>, out: &mut Vec<Candidate>) {
    let mut open: Vec<Piece> = Vec::new();
    let close = |open: &mut Vec<Piece>, rows: &mut Vec<Row>, out: &mut Vec<Candidate>| {
        finish(scene, block, std::mem::take(open), rows, out);
    };
    for (i, p) in run.iter().enumerate() {
        let mut piece = *p;
        let mut word = scene.slice(piece.span);
        let mut ends = false;
        if piece.hit.is_none() {
            for mark in ["'s", "’s"] {
                if let Some(w) = word.strip_suffix(mark) {
                    piece.span.end = piece.span.start + w.len() as u32;
                    word = w;
                    ends = true;
                }
            }
        }
        let capital = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || word.bytes().skip(1).any(|b| b.is_ascii_uppercase());
        let linked = matches!(word, "of" | "de" | "van" | "von" | "der" | "for")
            && !open.is_empty()
            && (!matches!(word, "of" | "for")
                || scene.words.latin_organization.has(scene.slice(open[open.len() - 1].span))
                || scene.slice(open[open.len() - 1].span) == "Bank")
            && run.get(i + 1).is_some_and(|n| scene.slice(n.span).starts_with(|c: char| c.is_ascii_uppercase()));
        let capital = capital && !(piece.hit.is_none() && (is_adjective(word) || is_contraction(word)));
        let role = piece.hit.is_none()
            && ((scene.words.latin_roles.has(word) || scene.words.headline_verbs.has(word))
                || scene.words.english_roles.has(word)
                    && !scene.words.latin_company.has(word)
                    && word != "General"
                    && word != "Global"
                || word == "Partners"
                    && run.get(i + 1).is_some_and(|n| matches!(scene.slice(n.span), "With" | "with")));
        if piece.hit.is_some() || (capital && !role) || linked {
            open.push(piece);
            if ends {
                close(&mut open, rows, out);
            }
        } else {
            close(&mut open, rows, out);
        }
    }
    close(&mut open, rows, out);
}

/// `They're`, `I’ve`, `What's`.
fn is_contraction(w: &str) -> bool {
    let tail = w.rsplit_once(['\'', '’']).map_or("", |x| x.1);
    matches!(tail, "re" | "ve" | "ll" | "d" | "t" | "m" | "s")
}

/// Whether a word runs into the word that opens the next sentence: `CurveWhile`, `PlantThe`.
fn is_glued(scene: &Scene, w: &str) -> bool {
    w.char_indices().skip(2).filter(|(_, c)| c.is_ascii_uppercase()).last().is_some_and(|(at, _)| {
        let (head, tail) = w.split_at(at);
        head.ends_with(|c: char| c.is_ascii_lowercase())
            && (matches!(tail, "The" | "Our" | "This" | "In" | "On" | "At" | "For" | "With" | "As" | "And")
                || scene.words.english_openers.has(tail))
            && scene.lexicon.is_common(head)
    })
}

/// Whether a sentence starts at `at`.
fn starts_sentence(scene: &Scene, block: &Block, at: u32) -> bool {
    let before = scene.text[block.span.start as usize..at as usize].trim_end_matches([' ', '“', '"', '‘', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '•', '-', '–', '—', '*', '”'])
}

fn finish(scene: &Scene, block: &Block, pieces: Vec<Piece>, rows: &mut Vec<Row>, out: &mut Vec<Candidate>) {
    let mut from = 0;
    for i in 0..=pieces.len() {
        if i < pieces.len() && pieces[i].hit.is_none() {
            continue;
        }
        push_row(scene, block, &pieces[from..i], rows);
        from = i + 1;
        let Some(hit) = pieces.get(i) else { break };
        let next = pieces[i + 1..].iter().position(|p| p.hit.is_some()).map_or(pieces.len(), |n| i + 1 + n);
        let rest = &pieces[i + 1..next];
        let h = hit.hit.expect("a hit");
        let listed = scene.kind_of(&scene.hits[h]);
        // Google Beam, Toyota Ventures: the words behind are part of the name
        let joins = rest.last().is_some_and(|l| {
            let w = scene.slice(l.span);
            scene.words.latin_company.has(w) && !scene.words.latin_company_weak.has(w)
                || scene.words.latin_product.has(w)
                || strength(scene, w) >= 3
        });
        if matches!(listed, Some(EntityKind::Company | EntityKind::Product | EntityKind::Organization))
            && joins
            && rest.len() <= 2
        {
            extended(scene, *hit, h, rest, out);
            from = next;
        } else if hit.mixed {
            extended(scene, *hit, h, &[], out);
        }
    }
}

fn push_row(scene: &Scene, block: &Block, pieces: &[Piece], rows: &mut Vec<Row>) {
    let mut pieces = pieces;
    if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
        let whole = scene.slice(Span { start: first.span.start, end: last.span.end });
        if scene.lexicon.places.contains(&whole.to_lowercase()) {
            return;
        }
    }
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
        let opens = starts_sentence(scene, block, first.span.start);
        let alone = pieces.len() == 1;
        let common = scene.lexicon.is_common(w)
            && (opens && (alone || !scene.words.latin_organization.has(w) && !told(scene, pieces)));
        let opener = pieces.len() > 1 && scene.words.english_openers.has(w);
        if common || opener || dull(w) && !told(scene, pieces) {
            pieces = &pieces[1..];
        } else {
            break;
        }
    }
    while let Some(last) = pieces.last() {
        let w = scene.slice(last.span);
        let kept = w == "AI" && pieces.len() > 1
            || scene.words.latin_company.has(w)
            || scene.words.latin_product.has(w) && pieces.len() > 1;
        let plain = pieces.len() > 1 && w.bytes().any(|b| b.is_ascii_lowercase()) && scene.lexicon.is_generic(w);
        if dull(w) && !kept && !plain || matches!(w, "of" | "for" | "de" | "van") {
            pieces = &pieces[..pieces.len() - 1];
        } else {
            break;
        }
    }
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
    let span = Span { start: first.span.start, end: last.span.end };
    let name = scene.slice(span);
    if pieces.len() > 7
        || name.len() < 2
        || scene.lexicon.is_generic(name)
        || scene.lexicon.places.contains(&name.to_lowercase())
    {
        return;
    }
    if scene.words.latin_not_last.has(scene.slice(last.span))
        || pieces.iter().all(|p| {
            scene.words.nationalities.has(scene.slice(p.span).trim_end_matches('s'))
                || scene.lexicon.is_generic(scene.slice(p.span))
        })
        || scene.words.nationalities.has(scene.slice(last.span).trim_end_matches('s'))
        || scene.after(span).starts_with(": ") && scene.before(span).ends_with('(')
    {
        return;
    }
    rows.push(Row { pieces: pieces.to_vec(), span, beside: None });
}

/// Whether the last word tells the kind.
fn told(scene: &Scene, pieces: &[Piece]) -> bool {
    pieces.len() > 1
        && pieces.last().is_some_and(|l| {
            let w = scene.slice(l.span);
            if scene.words.latin_company_weak.has(w) {
                return pieces.len() <= 4 && strength(scene, scene.slice(pieces[0].span)) >= 3;
            }
            if scene.words.latin_organization_weak.has(w) {
                return pieces.iter().any(|p| strength(scene, scene.slice(p.span)) >= 3);
            }
            scene.words.latin_company.has(w) || scene.words.latin_organization.has(w)
        })
}

/// Names in one list are of one kind.
fn lists(scene: &Scene, rows: &mut [Row]) {
    let joints = [", ", ", and ", " and ", " & ", "; ", ", or "];
    let mut from = 0;
    while from < rows.len() {
        let mut to = from + 1;
        while to < rows.len() && {
            let between = &scene.text[rows[to - 1].span.end as usize..rows[to].span.start as usize];
            joints.contains(&between) || listed_between(scene, rows[to - 1].span.end, rows[to].span.start)
        } {
            to += 1;
        }
        let before = scene.hit_ending(rows[from].span.start.saturating_sub(2) as usize);
        let after = scene.hit_starting(rows[to - 1].span.end as usize + 2);
        let inner = (from + 1..to).filter_map(|i| {
            let h = scene.hits.get(scene.hit_from(rows[i - 1].span.end as usize))?;
            (h.span.end <= rows[i].span.start).then_some(h)
        });
        let companies =
            inner.chain(before).chain(after).filter(|h| scene.kind_of(h) == Some(EntityKind::Company)).count();
        let firm = rows[from..to].iter().filter(|r| told(scene, &r.pieces)).count();
        let people = rows[from..to].iter().filter(|r| person_shape(scene, &r.pieces)).count();
        let fresh = rows[from..to]
            .iter()
            .filter(|r| r.pieces.iter().any(|p| strength(scene, scene.slice(p.span)) >= 3))
            .count();
        if to - from + companies >= 3 && (companies + firm > 0 || fresh >= 2) && people * 2 < to - from {
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

/// `Texas`, `FL`: what follows a town.
fn in_place(scene: &Scene, after: &str) -> bool {
    let word: &str = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase()) && word != "AI"
        || word.len() > 2 && scene.lexicon.places.contains(&word.to_lowercase())
}

impl Row {
    fn judge(mut self, scene: &Scene, out: &mut Vec<Candidate>) {
        // generic words are part of a name only where names are listed; a verb of a headline is none of it
        if self.beside.is_none() {
            while self.pieces.len() > 1 && !told(scene, &self.pieces) {
                let last = scene.slice(self.pieces[self.pieces.len() - 1].span);
                if !scene.lexicon.is_generic(last) || last == "AI" || scene.words.latin_product.has(last) {
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
        let span = Span { start: pieces[0].span.start, end: pieces[pieces.len() - 1].span.end };
        let (before, after) = (scene.before(span), scene.after(span));
        let words = pieces.iter().map(|p| scene.slice(p.span));
        let last = scene.slice(pieces[pieces.len() - 1].span);
        let fresh = words.clone().map(|w| strength(scene, w)).max().unwrap_or(0);
        let name_words = (2..=4).contains(&pieces.len()) && words.clone().all(is_name_word);
        let role_after = after.strip_prefix(", ").or_else(|| after.strip_prefix(" (")).is_some_and(|a| {
            scene.words.english_roles.at_start_word(a.trim_start_matches("the ").trim_start_matches("our "))
        });
        let said = ["said ", "says ", "added ", "Dr. ", "Mr. ", "Ms. ", "Mrs. "].iter().any(|s| before.ends_with(s))
            || [" said", " says", " told", " added", " wrote", ", who "].iter().any(|s| after.starts_with(s));
        let titled = [
            "CEO ",
            "founder ",
            "Founder ",
            "CTO ",
            "CFO ",
            "President ",
            "director ",
            "Director ",
            "researcher ",
            "professor ",
            "Professor ",
            "partner ",
            "Partner ",
            "Judge ",
        ]
        .iter()
        .any(|s| before.ends_with(s));
        // in PLACE
        let placed = [" in ", " near ", " from ", " across "].iter().any(|s| before.ends_with(s))
            || after.starts_with("-based")
            || after.strip_prefix(", ").is_some_and(|a| in_place(scene, a));
        let mut put = |points, kind, weight| {
            out.push(Candidate { span, points, hint: Some((kind, weight)), cue: "english name", spreads: true });
        };
        if pieces.len() >= 3
            && scene.slice(pieces[1].span) == "of"
            && scene.words.latin_organization.has(scene.slice(pieces[0].span))
        {
            return put(2, EntityKind::Organization, 4);
        }
        if told(scene, pieces) {
            let kind = if scene.words.latin_company.has(last) { EntityKind::Company } else { EntityKind::Organization };
            return put(if fresh > 0 || pieces.len() > 1 { 2 } else { 0 }, kind, 3);
        }
        if name_words && (role_after || said || titled) && !scene.lexicon.is_generic(last) {
            return put(1, EntityKind::Person, 4);
        }
        if person_shape(scene, pieces) {
            let sure = !scene.lexicon.is_common(last) || !scene.lexicon.is_common(scene.slice(pieces[0].span));
            return put(if sure { 2 } else { 0 }, EntityKind::Person, 2);
        }
        if pieces[0].span.start as usize >= 3
            && [
                " CEO of ",
                " founder of ",
                " Founder of ",
                " President of ",
                "acquire ",
                "acquired ",
                "acquisition of ",
            ]
            .iter()
            .any(|s| before.ends_with(s))
        {
            return put(2, EntityKind::Company, 3);
        }
        if pieces.len() == 1 && (said || titled) && fresh >= 3 {
            return put(1, EntityKind::Person, 3);
        }
        if placed && fresh < 4 {
            return put(-1, EntityKind::Company, 0);
        }
        // Centreville, VA
        let state = last.len() == 2 && before.ends_with(", ") && last.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(kind) = self.beside.filter(|_| !state) {
            return put(1, kind, 2);
        }
        // Ringfencing, Composable; one word glued to the next sentence (CurveWhile)
        let plain = pieces.len() == 1
            && ["ing", "able", "ization"].iter().any(|e| last.ends_with(e))
            && last.bytes().skip(1).all(|b| b.is_ascii_lowercase());
        if plain || words.clone().any(|w| is_glued(scene, w)) {
            return put(-1, EntityKind::Company, 0);
        }
        let caps = pieces.len() == 1 && last.trim_end_matches('s').bytes().all(|b| b.is_ascii_uppercase());
        if fresh >= 3 && !caps {
            let product = scene.words.latin_product.has(last) && pieces.len() > 1;
            return if product { put(2, EntityKind::Product, 2) } else { put(2, EntityKind::Company, 1) };
        }
        put(if pieces.len() > 1 { 0 } else { -1 }, EntityKind::Company, 0);
    }
}
