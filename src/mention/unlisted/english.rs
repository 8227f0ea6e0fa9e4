//! English text: rows of capitalised words. Capitals are evidence only where the writer had a choice, so a
//! common word at the start of a sentence and whole headlines in title case give none; what the body
//! settles is then found in the headline.

use super::english_frame as frame;
use super::latin::{Piece, extended, person_shape, runs};
use super::shape::{is_adjective, is_name_word, is_quantity, strength};
use super::{Candidate, Scene};
use crate::article::{Block, BlockKind, is_dotted};
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
    let sentence = words.trim_end().ends_with(['.', '!', '”']) && words.contains([',', '.']);
    if matches!(block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::Tag) || !sentence && is_title_case(words)
    {
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    runs(scene, block.span, |run| cut(scene, block, run, &mut rows, out));
    lists(scene, &mut rows);
    for row in rows {
        row.judge(scene, out);
    }
    called(scene, block, words, out);
    // The post … appeared first on Acme Daily.
    const FIRST: &str = " appeared first on ";
    for at in memchr::memmem::find_iter(words.as_bytes(), FIRST) {
        let start = at + FIRST.len();
        let end = words[start..].find(['.', ',', ' ', '!', '?']).map_or(words.len(), |i| start + i);
        let span = Span::new(block.span.start as usize + start, block.span.start as usize + end);
        if end - start >= 3 && scene.is_free(span) && words[start..end].bytes().all(|b| b.is_ascii_lowercase()) {
            out.push(Candidate {
                span,
                points: 2,
                hint: Some((EntityKind::Company, 2)),
                cue: "outlet",
                spreads: false,
            });
        }
    }
}

/// A name in quotes behind a word of naming: `a line of shoes called "Find My Way"`.
fn called(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    for (at, open) in words.match_indices(['“', '"', '‘']) {
        let lead = words[..at].trim_end_matches([' ', ',']);
        if !["called", "named", "dubbed", "titled", "known as", "entitled"].iter().any(|n| lead.ends_with(n)) {
            continue;
        }
        let start = at + open.len();
        let Some(len) = words[start..].find(['”', '"', '’', '\n']) else { continue };
        let name = words[start..start + len].trim_end_matches([',', '.']);
        let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if name.len() >= 3
            && name.split(' ').count() <= 5
            && name.split(' ').all(capital)
            && !scene.lexicon.is_generic(name)
        {
            let span = Span::new(block.span.start as usize + start, block.span.start as usize + start + name.len());
            let (kind, weight) = frame::kind(scene, span, false).unwrap_or((EntityKind::Product, 3));
            out.push(Candidate { span, points: 2, hint: Some((kind, weight)), cue: "called", spreads: true });
        }
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
        // PureFacts’ Reporting, Tesla's Autopilot: what somebody has is no part of the name
        if piece.hit.is_some() && !piece.mixed {
            ends = ["'s ", "’s ", "' ", "’ "].iter().any(|m| scene.after(piece.span).starts_with(m));
        }
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
        // New York-based, Los Angeles-area
        if piece.hit.is_none() && is_adjective(word) {
            let head = piece.span.start + word.rfind('-').unwrap_or(0) as u32;
            let place =
                |p: &Piece| p.hit.is_none() && scene.is_place(scene.slice(Span { start: p.span.start, end: head }));
            if let Some(from) = open.iter().position(place) {
                open.truncate(from);
            }
        }
        // DetailsAcme: a heading glued to the words behind it
        if piece.hit.is_none() && glued_once(scene, word) {
            open.clear();
            continue;
        }
        // Securities and Exchange Commission
        let linked = linked
            || word == "and"
                && !open.is_empty()
                && open.iter().all(|p| p.hit.is_none())
                && scene.lexicon.is_common(scene.slice(open[open.len() - 1].span))
                && !told(scene, &open)
                && body_follows(scene, &run[i + 1..]);
        let capital = capital && !(piece.hit.is_none() && (is_adjective(word) || is_contraction(word)));
        // Acme & Orbis, where both stand alone as well
        if !open.is_empty()
            && scene.text[open[open.len() - 1].span.end as usize..piece.span.start as usize].contains('&')
            && stands_alone(scene, word)
            && stands_alone(scene, scene.slice(Span { start: open[0].span.start, end: open[open.len() - 1].span.end }))
        {
            close(&mut open, rows, out);
        }
        // post-MSP, non-AI
        let prefixed = word
            .split_once('-')
            .is_some_and(|(p, _)| p.starts_with(|c: char| c.is_ascii_lowercase()) && scene.lexicon.is_common(p));
        let capital = capital && !(piece.hit.is_none() && prefixed);
        let tail = word.rsplit_once('-').map_or("", |(_, tail)| tail);
        let role = piece.hit.is_none()
            && (scene.words.latin_roles.has(tail)
                || (scene.words.latin_roles.has(word) || scene.words.headline_verbs.has(word))
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

/// Whether capitalised words up to one for a body follow: `Technology Parks Corporation`.
fn body_follows(scene: &Scene, rest: &[Piece]) -> bool {
    let is_body = |w: &str| {
        scene.words.latin_organization.has(w) && !scene.words.latin_organization_weak.has(w)
            || matches!(w, "Corporation" | "Company" | "Bank")
    };
    let mut words = rest.iter().take(4).map(|p| (p.hit, scene.slice(p.span)));
    words.next().is_some_and(|(hit, w)| {
        hit.is_none() && scene.lexicon.is_common(w) && w.starts_with(|c: char| c.is_ascii_uppercase()) && !is_body(w)
    }) && words
        .take_while(|(hit, w)| hit.is_none() && w.starts_with(|c: char| c.is_ascii_uppercase()))
        .any(|(_, w)| is_body(w))
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
            && (scene.lexicon.is_common(head) || stands_alone(scene, head))
    })
}

/// The same for a word that the article has once, where its tail, or its head too, is a name that stands
/// elsewhere: `DetailsAcme`, `AcmeAcme`.
fn glued_once(scene: &Scene, w: &str) -> bool {
    let splits =
        || w.char_indices().skip(3).filter(|(i, c)| c.is_ascii_uppercase() && w.as_bytes()[i - 1].is_ascii_lowercase());
    splits().next().is_some()
        && memchr::memmem::find_iter(scene.text.as_bytes(), w).take(2).count() == 1
        && splits().any(|(at, _)| {
            let (head, tail) = w.split_at(at);
            tail.len() >= 4
                && (head == tail || !scene.lexicon.is_common(tail))
                && stands_alone(scene, tail)
                && (head == tail || scene.lexicon.is_common(head) || stands_alone(scene, head))
        })
}

/// Whether the article has these words between blanks or marks, and no ampersand before or behind.
fn stands_alone(scene: &Scene, words: &str) -> bool {
    memchr::memmem::find_iter(scene.text.as_bytes(), words).any(|at| {
        let span = Span::new(at, at + words.len());
        scene.is_whole(span) && !scene.before(span).ends_with("& ") && !scene.after(span).starts_with(" &")
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
            let added = rest.len() == 1
                && scene.text[hit.span.end as usize..l.span.start as usize].contains('&')
                && !stands_alone(scene, w);
            scene.words.latin_company.has(w) && (added || !scene.words.latin_company_weak.has(w))
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
        let opens = starts_sentence(scene, block, first.span.start);
        let alone = pieces.len() == 1;
        let common = scene.lexicon.is_common(w)
            && (opens && (alone || !scene.words.latin_organization.has(w) && !told(scene, pieces)));
        let counted = w == "The" && pieces.get(1).is_some_and(|p| is_quantity(scene.slice(p.span)));
        // the startup True Markets
        if pieces.len() > 1
            && scene.lexicon.is_generic(w)
            && frame::kind(scene, span_of(pieces), false).is_some_and(|f| f.1 >= 3)
        {
            break;
        }
        let body = w == "The" && pieces.len() > 2 && {
            let last = scene.slice(pieces[pieces.len() - 1].span);
            scene.words.latin_organization.has(last) || last == "Division"
        };
        let opener = body || pieces.len() > 1 && (scene.words.english_openers.has(w) || is_quantity(w) || counted);
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
        let held = || pieces.len() > 1 && frame::kind(scene, span_of(pieces), false).is_some_and(|f| f.1 >= 3);
        if dull(w) && !kept && !plain && !held() || matches!(w, "of" | "for" | "de" | "van") {
            pieces = &pieces[..pieces.len() - 1];
        } else {
            break;
        }
    }
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
    let span = Span { start: first.span.start, end: last.span.end };
    let name = scene.slice(span);
    if pieces.len() > 7 || name.len() < 2 || scene.lexicon.is_generic(name) || scene.is_place(name) {
        return;
    }
    let framed = || frame::kind(scene, span, false).is_some_and(|f| f.1 >= 3);
    if scene.words.latin_not_last.has(scene.slice(last.span)) && !(pieces.len() > 1 && framed())
        || matches!(name, "Global" | "General")
        || is_dotted(name)
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

/// From the first piece to the last.
fn span_of(pieces: &[Piece]) -> Span {
    Span { start: pieces[0].span.start, end: pieces[pieces.len() - 1].span.end }
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
        let (lead, rest) = (scene.before(rows[from].span), scene.after(rows[to - 1].span));
        let before = joints.iter().find_map(|j| lead.strip_suffix(j)).and_then(|l| scene.hit_ending(l.len()));
        let after = joints.iter().find_map(|j| rest.strip_prefix(j));
        let after = after.and_then(|r| scene.hit_starting(scene.text.len() - r.len()));
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
        let shaped = |r: &Row| {
            (2..=3).contains(&r.pieces.len())
                && !told(scene, &r.pieces)
                && r.pieces
                    .iter()
                    .all(|p| is_name_word(scene.slice(p.span)) && !scene.lexicon.is_generic(scene.slice(p.span)))
        };
        let lead = scene.before(rows[from].span).trim_end_matches(' ');
        let by = ["ounded by", "ounders", "executives", "engineers", "researchers", "partners"]
            .iter()
            .any(|l| lead.ends_with(l));
        if rows[from..to].iter().all(shaped) && (by || people > 0 && to - from >= 2) {
            rows[from..to].iter_mut().for_each(|r| r.beside = Some(EntityKind::Person));
            from = to;
            continue;
        }
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
        || word.len() > 2 && scene.is_place(word)
}

impl Row {
    fn judge(mut self, scene: &Scene, out: &mut Vec<Candidate>) {
        // generic words are part of a name only where names are listed; a verb of a headline is none of it
        if self.beside.is_none() && frame::kind(scene, span_of(&self.pieces), false).is_none() {
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
        let caps = pieces.len() == 1 && last.trim_end_matches('s').bytes().all(|b| b.is_ascii_uppercase());
        let mut put = |points, kind, weight| {
            out.push(Candidate { span, points, hint: Some((kind, weight)), cue: "english name", spreads: true });
        };
        let body_of =
            |w: &[Piece]| scene.slice(w[1].span) == "of" && scene.words.latin_organization.has(scene.slice(w[0].span));
        if pieces.len() >= 3 && pieces[..pieces.len() - 1].windows(2).any(body_of) {
            return put(2, EntityKind::Organization, 4);
        }
        if pieces.len() <= 4 && fresh >= 3 && scene.slice(span).contains(" & ") {
            return put(2, EntityKind::Company, 3);
        }
        if told(scene, pieces) {
            let kind = if scene.words.latin_company.has(last) { EntityKind::Company } else { EntityKind::Organization };
            return put(if fresh > 0 || pieces.len() > 1 { 2 } else { 0 }, kind, 3);
        }
        let framed = frame::kind(scene, span, name_words && !told(scene, pieces));
        let firm = framed.filter(|f| f.1 >= 4 || f.0 == EntityKind::Company && f.1 >= 3 && !role_after && !said);
        if let Some((kind, weight)) = firm {
            return put(2, kind, weight);
        }
        if name_words && frame::made_up(scene, scene.slice(span)) {
            return;
        }
        if name_words && self.beside == Some(EntityKind::Person) {
            return put(1, EntityKind::Person, 3);
        }
        if name_words && (role_after || said || titled) && !scene.lexicon.is_generic(last) {
            return put(1, EntityKind::Person, 4);
        }
        if person_shape(scene, pieces) {
            let sure = !scene.lexicon.is_common(last) || !scene.lexicon.is_common(scene.slice(pieces[0].span));
            return put(if sure { 2 } else { 0 }, EntityKind::Person, 2);
        }
        if let Some((kind, weight)) = framed.filter(|_| !caps || fresh > 0) {
            return put(2, kind, weight);
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
        put(if pieces.len() > 1 { 0 } else { -1 }, EntityKind::Company, 0);
    }
}
