//! Latin runs inside Chinese text: `Hailuo 02`, `Thrive Capital`, `Roy Lee`. A run is a row of Latin words
//! joined by single blanks; listed names inside it are pieces of their own, which a word behind may extend
//! (`Cloudflare Workers`).

use super::han::{Token, stretch_before, tokens};
use super::shape::{
    is_adjective_tail, is_domain, is_double_given, is_initials, is_name_word, is_pinyin_surname, is_quantity, strength,
};
use super::words::{is_han, is_latin};
use super::{Candidate, Scene, latin_acts, latin_tail};
use crate::article::is_dotted;
use crate::find;
use crate::mention::listed::What;
use crate::schema::EntityKind;
use crate::span::Span;

/// One word of a run, or a listed name in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub span: Span,
    /// The listed name that it is, or that it begins with (`Kimi-Researcher`).
    pub hit: Option<usize>,
    /// A word that goes on behind the listed name.
    pub mixed: bool,
}

pub(super) fn gather(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    runs(scene, block, |run| split(scene, run, out));
}

/// Hands over every run of a block.
pub(super) fn runs(scene: &Scene, block: Span, mut each: impl FnMut(&[Piece])) {
    let bytes = scene.text.as_bytes();
    let end = block.end as usize;
    let mut at = block.start as usize;
    let mut run: Vec<Piece> = Vec::new();
    while at < end {
        if !starts_word(scene.text, at) {
            at += find::char_len(bytes[at]);
            continue;
        }
        run.clear();
        loop {
            let stop = word_end(scene.text, at, end);
            push(scene, Span::new(at, stop), &mut run);
            at = run.last().map_or(stop, |p| (p.span.end as usize).max(stop));
            // one blank, or an ampersand in blanks, goes on with the run
            if at + 1 < end && bytes[at] == b' ' && starts_word(scene.text, at + 1) {
                at += 1;
            } else if bytes[at..end].starts_with(b". ")
                && at + 2 < end
                && starts_word(scene.text, at + 2)
                && is_initial(scene, &run)
            {
                at += 2;
            } else if bytes[at..end].starts_with(b" & ") && at + 3 < end && starts_word(scene.text, at + 3) {
                at += 3;
            } else {
                break;
            }
        }
        each(&run);
        at = at.max(run.last().map_or(at, |p| p.span.end as usize));
    }
}

/// Whether the run ends with a person's initials: Ryan J., A.J.
fn is_initial(scene: &Scene, run: &[Piece]) -> bool {
    run.last().is_some_and(|p| {
        let w = scene.slice(p.span);
        let one = w.len() == 1 && w.bytes().all(|b| b.is_ascii_uppercase());
        // R. Martin Doe
        let first = || {
            let next = scene.after(p.span).strip_prefix(". ").unwrap_or("");
            let next = &next[..next.find(|c: char| !is_latin(c)).unwrap_or(next.len())];
            next.len() >= 3 && scene.lexicon.given_names.contains(&next.to_lowercase())
        };
        p.hit.is_none() && (one && (run.len() >= 2 || first()) || is_dotted(w) || matches!(w, "St" | "Ft" | "Mt"))
    })
}

fn starts_word(text: &str, at: usize) -> bool {
    let b = text.as_bytes()[at];
    b.is_ascii_alphanumeric() || ((0xC3..=0xC9).contains(&b) && text[at..].starts_with(is_latin))
}

/// Whether a sentence begins without a blank: `Inc.The`.
fn glues(after: &str) -> bool {
    let word = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
    matches!(word, "The" | "This" | "Our" | "In" | "It" | "We" | "For" | "With" | "As" | "At" | "On" | "About")
}

/// The end of the Latin word that starts at `at`: letters and digits, and marks between two of them.
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    while i < end {
        let b = bytes[i];
        if b.is_ascii_alphanumeric() {
            i += 1;
        } else if (0xC3..=0xC9).contains(&b) && text[i..].starts_with(is_latin) {
            i += 2;
        } else if b == b'.' && glues(&text[i + 1..end.max(i + 1)]) {
            break;
        } else if matches!(b, b'-' | b'.' | b'&' | b'\'' | b'_' | b'+') && i + 1 < end && starts_word(text, i + 1) {
            i += 1;
        } else if text[i..].starts_with('’') && i + 3 < end && starts_word(text, i + 3) {
            i += 3;
        } else {
            break;
        }
    }
    if bytes.get(i) == Some(&b'+') {
        i += 1;
    }
    // MedBench6月, Scale AI49%: the digits are a date's or a quantity's
    if text[i..].starts_with(['年', '月', '日', '%', '％', '亿', '万']) {
        let letters = text[at..i].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let word = &text[at..at + letters];
        if letters > 2 && word.ends_with(|c: char| c.is_ascii_lowercase()) || word == "AI" && letters < i - at {
            return at + letters;
        }
    }
    i
}

/// Adds a word to the run, as it lies to the listed names.
fn push(scene: &Scene, word: Span, run: &mut Vec<Piece>) {
    let h = scene.hit_from(word.start as usize);
    match scene.hits.get(h) {
        Some(hit) if hit.span.start < word.end => {
            if run.last().is_some_and(|p| p.hit == Some(h)) {
                return;
            }
            let rest = &scene.text[(hit.span.end as usize).min(word.end as usize)..word.end as usize];
            let goes_on = hit.span.start == word.start
                && rest.strip_prefix(['-', '_']).is_some_and(|r| {
                    r.starts_with(|c: char| c.is_ascii_uppercase())
                        && r.len() > 1
                        && !is_adjective_tail(r)
                        && scene.dictionary.index.find(r).is_empty()
                });
            if goes_on {
                run.push(Piece { span: word, hit: Some(h), mixed: true });
            } else {
                run.push(Piece { span: hit.span, hit: Some(h), mixed: false });
            }
        }
        _ => run.push(Piece { span: word, hit: None, mixed: false }),
    }
}

/// Cuts a run at roles and persons, and looks at each part.
fn split(scene: &Scene, run: &[Piece], out: &mut Vec<Candidate>) {
    if is_body(scene, run) {
        return words(scene, run, None, out);
    }
    let mut from = 0;
    for i in 0..=run.len() {
        let cut = run.get(i).is_none_or(|p| {
            p.hit.is_none() && scene.words.latin_roles.has(scene.slice(p.span))
                || p.hit.is_some()
                    && !p.mixed
                    && scene.kind_of(&scene.hits[p.hit.unwrap()]) != Some(EntityKind::Company)
                    && scene.kind_of(&scene.hits[p.hit.unwrap()]) != Some(EntityKind::Product)
        });
        if cut {
            part(scene, &run[from..i], out);
            from = i + 1;
        }
    }
}

/// `Chief Digital and Artificial Intelligence Office`: a body's name that words of other use stand in.
fn is_body(scene: &Scene, run: &[Piece]) -> bool {
    let word = |p: &Piece| scene.slice(p.span);
    (3..=8).contains(&run.len())
        && run.iter().all(|p| p.hit.is_none())
        && run.iter().any(|p| word(p) == "and")
        && run.iter().all(|p| word(p).starts_with(|c: char| c.is_ascii_uppercase()) || scene.words.links.has(word(p)))
        && run.last().is_some_and(|p| scene.words.latin_organization.has(word(p)))
        && run.first().is_some_and(|p| !scene.words.links.has(word(p)))
}

/// A part without roles and persons: words, listed names, or a listed name that words extend.
fn part(scene: &Scene, pieces: &[Piece], out: &mut Vec<Candidate>) {
    if let Some(name) = latin_acts::renamed(scene, pieces) {
        out.push(name);
        return;
    }
    let mut from = 0;
    let mut i = 0;
    while i <= pieces.len() {
        // Project Mariner, where Mariner alone is listed as something else
        if let [_, name, ..] = &pieces[i..]
            && name.hit.is_some()
            && is_project(scene, &pieces[i..])
        {
            words(scene, &pieces[from..i], None, out);
            let span = Span { start: pieces[i].span.start, end: name.span.end };
            let hint = Some((EntityKind::Product, 2));
            out.push(Candidate { span, points: 3, hint, cue: "known name and more", spreads: false });
            i += 2;
            from = i;
            continue;
        }
        let hit = pieces.get(i).and_then(|p| p.hit);
        if i == pieces.len() || hit.is_some() {
            words(scene, &pieces[from..i], None, out);
            from = i;
        }
        if let (Some(h), Some(p)) = (hit, pieces.get(i)) {
            let mut next = i + 1;
            while next < pieces.len() && pieces[next].hit.is_none() {
                next += 1;
            }
            extended(scene, *p, h, &pieces[i + 1..next], out);
            i = next;
            from = next;
            if i == pieces.len() {
                break;
            }
            continue;
        }
        i += 1;
    }
}

/// A listed name with the words behind it.
pub(super) fn extended(scene: &Scene, piece: Piece, h: usize, rest: &[Piece], out: &mut Vec<Candidate>) {
    let first = rest.first().map(|p| scene.slice(p.span));
    let hit = &scene.hits[h];
    let surface = scene.slice(hit.span);
    // “Spark AI”: the marks tell how far the name reaches
    let marked = scene.before(piece.span).ends_with(['“', '「', '《'])
        && rest.last().is_some_and(|p| scene.after(p.span).starts_with(['”', '」', '》']))
        && rest.len() <= 3
        && rest.iter().all(|p| {
            let w = scene.slice(p.span);
            w.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) || w == "for"
        })
        && rest.last().is_some_and(|p| !scene.words.latin_not_last.has(scene.slice(p.span)))
        && surface.is_ascii();
    // Claude for Education
    let meant_for = first == Some("for")
        && surface.is_ascii()
        && rest.get(1).is_some_and(|p| scene.slice(p.span).starts_with(|c: char| c.is_ascii_uppercase()));
    // Qwen Chat, Azure ML
    let tail = surface.is_ascii() && latin_tail::is_line(scene, hit, rest);
    let lone = tail || rest.len() == 1 && first.is_some_and(|w| is_line(scene, w, rest[0].span));
    let kept = if marked || lone || meant_for && rest.len() == 2 { rest } else { trimmed_end(scene, rest) };
    // 微软Azure AI Foundry, Gemini Agent Mode: two words or three in capitals, among Chinese ones
    let row = (2..=3).contains(&kept.len())
        && kept.len() == rest.len()
        && surface.is_ascii()
        && rest[0].span.start == hit.span.end + 1
        && kept.iter().all(|p| {
            let w = scene.slice(p.span);
            w.starts_with(|c: char| c.is_ascii_uppercase()) && !scene.words.latin_roles.has(w) && !is_quantity(w)
        })
        && kept.last().is_some_and(|p| {
            let w = scene.slice(p.span);
            let after = scene.after(p.span);
            !scene.lexicon.is_generic(w)
                && !scene.words.latin_not_last.has(w)
                && after.starts_with(|c: char| is_han(c) || matches!(c, '，' | '。' | '、' | '”' | '）' | '（'))
        })
        && !person_shape(scene, kept);
    // IBM Power Cyber Vault: the maker, and what it makes
    if row && scene.kind_of(hit) == Some(EntityKind::Company) && !piece.mixed {
        let last = kept.last().map_or("", |p| scene.slice(p.span));
        let known = [&scene.words.latin_company, &scene.words.latin_organization, &scene.words.latin_product];
        if !known.iter().any(|list| list.has(last)) {
            let span = Span { start: kept[0].span.start, end: kept[kept.len() - 1].span.end };
            let hint = Some((EntityKind::Product, 2));
            out.push(Candidate { span, points: 2, hint, cue: "behind its maker", spreads: false });
            return;
        }
    }
    let takes = marked
        || row
        || tail
        || meant_for && kept.len() >= 2
        || !kept.is_empty()
            && kept.len() <= 3
            && surface.is_ascii()
            && !person_shape(scene, kept)
            && first.is_some_and(|w| {
                w.starts_with(|c: char| c.is_ascii_uppercase())
                    && (!scene.lexicon.is_generic(w)
                        || scene.words.latin_product.has(w)
                        || kept.last().is_some_and(|l| {
                            let l = scene.slice(l.span);
                            let company = scene.words.latin_company.has(l) && !scene.words.latin_company_weak.has(l);
                            let body =
                                scene.words.latin_organization.has(l) && !scene.words.latin_organization_weak.has(l);
                            company || body
                        }))
            })
            && rest[0].span.start == hit.span.end + 1
            && !kept.last().is_some_and(|p| scene.words.latin_not_last.has(scene.slice(p.span)))
            && !kept.iter().all(|p| is_quantity(scene.slice(p.span)));
    if rest.is_empty()
        && let Some(end) = strangers(scene, h)
    {
        let span = Span { start: hit.span.start, end };
        out.push(Candidate {
            span,
            points: 3,
            hint: Some((EntityKind::Product, 2)),
            cue: "known name and more",
            spreads: true,
        });
        return;
    }
    if takes || piece.mixed {
        let end = if takes { kept.last().map_or(piece.span.end, |p| p.span.end) } else { piece.span.end };
        let span = Span { start: piece.span.start, end };
        let last = kept.last().map_or("", |p| scene.slice(p.span));
        let firm = || {
            scene.kind_of(hit) == Some(EntityKind::Company)
                && (scene.is_place(last)
                    || super::english_frame::kind(scene, span, false).is_some_and(|f| f.0 == EntityKind::Company))
        };
        let field = first == Some("for") && scene.kind_of(hit) == Some(EntityKind::Organization);
        let hint = if field {
            (EntityKind::Organization, 2)
        } else if scene.words.latin_company.has(last)
            // AIP Agent Studio
            && !(scene.kind_of(hit) == Some(EntityKind::Product) && scene.words.latin_product.has(last))
            || firm()
        {
            (EntityKind::Company, 2)
        } else if scene.words.latin_organization.has(last) {
            (EntityKind::Organization, 2)
        } else if last.is_empty()
            || scene.words.latin_product.has(last)
            || !surface.contains(' ')
            || last.bytes().any(|b| b.is_ascii_digit())
        {
            (EntityKind::Product, 2)
        } else {
            (EntityKind::Product, 1)
        };
        let one_generic = !lone && kept.len() == 1 && scene.lexicon.is_generic(last);
        let points = if piece.mixed || marked || meant_for || row || tail { 3 } else { 2 - i32::from(one_generic) };
        out.push(Candidate { span, points, hint: Some(hint), cue: "known name and more", spreads: false });
        return;
    }
    words(scene, rest, Some(h), out);
}

/// Whether a plain word behind a listed name makes another product of it: `Qwen Chat`, `Copilot Agent`; no
/// word that goes on in Chinese (Agent能力).
fn is_line(scene: &Scene, word: &str, span: Span) -> bool {
    let after = scene.after(span);
    let goes_on = after.starts_with(is_han)
        && scene.words.stops.at_start(after).is_none()
        && !after.starts_with(['向', '完', '来']);
    matches!(
        word,
        "Chat" | "Studio" | "Hub" | "Store" | "Cloud" | "Assistant" | "Music" | "Pay" | "Desktop" | "Playground"
    ) || word == "Agent" && !goes_on
}

/// The end of the next listed name, if it is a plain word that names another house's product: Wispr Flow is
/// not Wispr and Google's Flow.
fn strangers(scene: &Scene, h: usize) -> Option<u32> {
    let (hit, next) = (&scene.hits[h], scene.hits.get(h + 1)?);
    let word = scene.slice(next.span);
    if next.span.start != hit.span.end + 1
        || !scene.slice(hit.span).is_ascii()
        || !word.bytes().all(|b| b.is_ascii_alphabetic())
        || !scene.lexicon.is_common(word)
        || scene.kind_of(hit) != Some(EntityKind::Company)
        || scene.kind_of(next) != Some(EntityKind::Product)
        || !scene.after(hit.span).starts_with(' ')
    {
        return None;
    }
    let (What::Listed(house), What::Listed(product)) = (&hit.what, &next.what) else { return None };
    let maker = scene.dictionary.entity(*product).facts.as_deref()?.maker.as_deref()?;
    (!scene.dictionary.is_maker(*house, maker)).then_some(next.span.end)
}

/// Without generic words, lower-case words and quantities at the end.
fn trimmed_end<'p>(scene: &Scene, mut pieces: &'p [Piece]) -> &'p [Piece] {
    while let Some(last) = pieces.last() {
        let w = scene.slice(last.span);
        let number = w.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let keep = if number {
            pieces.len() > 1 && is_version(scene, last.span)
        } else if w == "AI" {
            pieces.len() > 1
                && (!scene.after(last.span).starts_with(is_han)
                    || is_named_ai(scene, pieces)
                    || latin_acts::keeps_ai(scene, pieces))
        } else {
            let capital = w.starts_with(|c: char| c.is_uppercase())
                || w.bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            capital
                && !is_quantity(w)
                && (!scene.lexicon.is_generic(w)
                    || w == "Project" && pieces.len() > 1
                    || scene.words.latin_product.has(w) && pieces.len() > 1
                    || scene.words.latin_company.has(w) && pieces.len() > 1)
        };
        if keep {
            break;
        }
        pieces = &pieces[..pieces.len() - 1];
    }
    pieces
}

/// `Stability AI`: a plain word that AI makes a name of.
fn is_named_ai(scene: &Scene, pieces: &[Piece]) -> bool {
    let [.., word, ai] = pieces else { return false };
    let word = scene.slice(word.span);
    scene.slice(ai.span) == "AI"
        && word.len() >= 3
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        && scene.lexicon.is_common(word)
        && !word.ends_with("ing")
        && !scene.lexicon.is_generic(word)
        && !scene.words.ai_adjectives.has(word)
        && !scene.words.nationalities.has(word)
}

/// `Project Astra`: the word is part of the name.
fn is_project(scene: &Scene, pieces: &[Piece]) -> bool {
    let [project, name, ..] = pieces else { return false };
    let name = scene.slice(name.span);
    scene.slice(project.span) == "Project"
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && !scene.lexicon.is_generic(name)
        && !scene.words.latin_roles.has(name)
}

/// `The Pile`: in Chinese text the article is part of the name; a gloss in brackets may have one of its own.
fn has_article(scene: &Scene, pieces: &[Piece]) -> bool {
    let [article, name, ..] = pieces else { return false };
    scene.slice(article.span) == "The"
        && pieces.len() <= 4
        && scene.slice(name.span).starts_with(|c: char| c.is_ascii_uppercase())
        && scene.before(article.span).ends_with(|c| is_han(c) || matches!(c, '、' | '“' | '《'))
}

pub(super) fn trimmed<'p>(scene: &Scene, pieces: &'p [Piece]) -> &'p [Piece] {
    let mut pieces = trimmed_end(scene, pieces);
    while let Some(first) = pieces.first() {
        let w = scene.slice(first.span);
        let given = pieces.len() > 1
            && scene.lexicon.given_names.contains(&w.to_lowercase())
            && w.starts_with(|c: char| c.is_ascii_uppercase())
            && person_shape(scene, pieces)
            && !scene.lexicon.is_common(scene.slice(pieces[pieces.len() - 1].span));
        if given {
            break;
        }
        // Open Deep Search, The Nuclear Company: a plain word that opens a row of capitalised ones
        let opens = pieces.len() > 2
            && w.bytes().skip(1).any(|b| b.is_ascii_lowercase())
            && scene.lexicon.is_common(w)
            && pieces.iter().all(|p| scene.slice(p.span).starts_with(|c: char| c.is_ascii_uppercase()));
        // Human-Agent Cooragent: plain words in front of a name
        let plain = w.contains('-')
            && w.split('-').all(|p| scene.lexicon.is_common(p) || scene.lexicon.is_generic(p))
            && pieces.get(1).is_some_and(|p| strength(scene, scene.slice(p.span)) >= 3);
        let drop = is_quantity(w)
            || plain
            || !(is_project(scene, pieces) || has_article(scene, pieces)) && scene.lexicon.is_generic(w) && !opens
            || w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !drop {
            break;
        }
        pieces = &pieces[1..];
    }
    pieces
}

/// `3`, `2.5`, `02` behind a word: no year and no count of things.
fn is_version(scene: &Scene, span: Span) -> bool {
    let w = scene.slice(span);
    let whole = w.split('.').next().unwrap_or_default();
    if whole.len() > 3 {
        return false;
    }
    let after = scene.after(span);
    !super::super::version::counts(after)
}

/// Words without a listed name.
pub(super) fn words(scene: &Scene, pieces: &[Piece], _behind: Option<usize>, out: &mut Vec<Candidate>) {
    let (all, whole) = (pieces, pieces.len());
    let is_firm = latin_tail::is_firm(scene, pieces);
    let acts = latin_acts::does(scene, pieces);
    let pieces = match () {
        () if acts => pieces,
        () if is_firm => pieces,
        () if behind_maker(scene, pieces) => trimmed_end(scene, pieces),
        () => trimmed(scene, pieces),
    };
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
    let mut span = Span { start: first.span.start, end: last.span.end };
    if first.span.start == all[0].span.start
        && let Some(end) = latin_acts::with_size(scene, pieces, &all[pieces.len()..])
    {
        span.end = end;
    }
    let name = scene.slice(span);
    if name.len() < 2 || scene.lexicon.is_generic(name) || pieces.len() > 5 || in_title(scene, span) {
        return;
    }
    let lower = pieces.iter().filter(|p| {
        let w = scene.slice(p.span);
        w.bytes().all(|b| b.is_ascii_lowercase()) && !scene.words.links.has(w)
    });
    let unlike = scene.words.latin_not_last.has(scene.slice(last.span));
    // Sapient Intelligence研发的
    let unlike = unlike && !(acts && ["Intelligence", "Dynamics"].contains(&scene.slice(last.span)));
    if pieces.len() > 1 && lower.count() > 0 || unlike {
        return;
    }
    let last_word = scene.slice(last.span);
    if is_firm || pieces.len() == 1 && latin_tail::has_chief(scene, span) {
        let hint = Some((EntityKind::Company, 2));
        let points = 1 + strength(scene, name).min(2);
        out.push(Candidate { span, points, hint, cue: "latin name", spreads: false });
        return;
    }
    if person_shape(scene, pieces) {
        let sure = scene.lexicon.is_common(last_word);
        out.push(Candidate {
            span,
            points: if sure { 1 } else { 3 },
            hint: Some((EntityKind::Person, 3)),
            cue: "given name",
            spreads: false,
        });
        return;
    }
    let mut points = if pieces.len() > 1 { 1 } else { 0 };
    for p in pieces {
        points = points.max(strength(scene, scene.slice(p.span)));
    }
    if acts && points > 0 {
        points = 3;
    }
    // what is left of a technical term (Variational Autoencoder), or the gloss of a Chinese one
    if whole > pieces.len() && pieces.len() == 1 && span.end == last.span.end {
        points -= if scene.lexicon.is_common(name) { 2 } else { 1 };
    }
    if let Some(term) = scene.before(span).strip_suffix(['（', '(']) {
        if points < 3 && pieces.len() > 1 {
            points -= 1;
        }
        let bench = ["bench", "Bench", "Eval"].iter().any(|b| find::ends(name, b));
        if !bench && scene.after(span).starts_with(['）', ')', '，', ',', '；', ' ', '、']) && is_term(scene, term)
        {
            points -= 2;
        }
    }
    // SD Bench
    if pieces.len() > 1 && matches!(last_word, "Bench" | "Arena" | "Eval") {
        points = points.max(2);
    }
    let named_ai = is_named_ai(scene, pieces);
    let project = is_project(scene, pieces);
    if named_ai || project {
        points = 3;
    }
    // Common Crawl: plain words in capitals that explain no Chinese term
    if points == 1
        && pieces.len() > 1
        && !scene.before(span).ends_with(['（', '(', '，', ' '])
        && pieces.iter().all(|p| scene.slice(p.span).starts_with(|c: char| c.is_ascii_uppercase()))
    {
        points = if pieces.len() > 2 && scene.before(span).ends_with(|c| is_han(c) || c == '、') { 3 } else { 2 };
    }
    let firm = pieces.len() == 1 && (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    let hint = if firm && scene.after(span).starts_with("公司") {
        points = points.max(1);
        Some((EntityKind::Company, 1))
    } else if pieces.len() > 1 && scene.words.latin_company.has(last_word) {
        points = points.max(3);
        Some((EntityKind::Company, 3))
    } else if pieces.len() > 1 && (scene.words.latin_organization.has(last_word) || name.starts_with("University of")) {
        points = points.max(3);
        Some((EntityKind::Organization, 3))
    } else if is_domain(last_word) {
        points = points.max(3);
        Some((EntityKind::Product, 1))
    } else if project || name.bytes().any(|b| b.is_ascii_digit()) || scene.words.latin_product.has(last_word) {
        Some((EntityKind::Product, 2))
    } else {
        acts.then_some((EntityKind::Company, 1))
    };
    out.push(Candidate { span, points, hint, cue: "latin name", spreads: false });
}

/// `优必选Alpha Ebot`: behind its maker's name a product's may begin with a general word.
fn behind_maker(scene: &Scene, pieces: &[Piece]) -> bool {
    let [first, .., last] = pieces else { return false };
    let word = |p: &Piece| scene.slice(p.span);
    (2..=4).contains(&pieces.len())
        && scene.made_by(first.span)
        && !scene.before(first.span).ends_with('的')
        && word(first) != "AI"
        && pieces.iter().all(|p| word(p).starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()))
        && pieces.iter().any(|p| !scene.lexicon.is_generic(word(p)) && !is_quantity(word(p)))
        && !scene.words.latin_not_last.has(word(last))
}

/// Whether the words before a bracket are a Chinese term, which a Latin one in the bracket explains: no
/// listed name, and common words only.
pub(super) fn is_term(scene: &Scene, before: &str) -> bool {
    let before = before.trim_end_matches([' ', '”', '」']);
    if !before.ends_with(is_han) || scene.hit_ending(before.len()).is_some() {
        return false;
    }
    let mut parts = Vec::new();
    tokens(scene, stretch_before(before, 4), &mut parts);
    // the cut at four characters may part a word; 超材料, 声码器
    let skip = usize::from(parts.len() > 2);
    before.ends_with(['论', '化', '器', '法', '率', '度', '性', '式', '态', '层', '值'])
        || parts[skip..].iter().all(|t| t.1 != Token::Unknown || "超多元伪微非反类".contains(t.0))
            && parts.last().is_some_and(|t| t.1 == Token::Common)
}

/// Two or three capitalised words of which the first is a given name.
pub(super) fn person_shape(scene: &Scene, pieces: &[Piece]) -> bool {
    if !(2..=4).contains(&pieces.len()) {
        return false;
    }
    let (first, last) = (scene.slice(pieces[0].span), scene.slice(pieces[pieces.len() - 1].span));
    // Hong Kong Science, Santa Ana
    let two = scene.slice(Span { start: pieces[0].span.start, end: pieces[1].span.end });
    if scene.is_place(two) {
        return false;
    }
    if matches!(
        first,
        "San"
            | "Santa"
            | "Los"
            | "Las"
            | "Saint"
            | "St"
            | "El"
            | "Fort"
            | "Mount"
            | "North"
            | "South"
            | "East"
            | "West"
    ) {
        return false;
    }
    // Anderson Medical Supplies
    if pieces.len() >= 3
        && pieces[1..].iter().all(|p| scene.slice(p.span).len() > 2 && scene.lexicon.is_common(scene.slice(p.span)))
    {
        return false;
    }
    let is_given = |w: &str| scene.lexicon.given_names.contains(&w.to_lowercase());
    let given = is_given(first)
        || first.len() == 1 && pieces.len() >= 3 && is_given(scene.slice(pieces[1].span))
        || is_initials(first) && !scene.lexicon.is_common(last)
        || is_double_given(first) && !first.split('-').all(|p| scene.lexicon.is_common(p))
        || is_pinyin_surname(scene, last)
            && pieces.len() == 2
            && first.bytes().skip(1).all(|b| b.is_ascii_lowercase())
            && !scene.lexicon.is_common(first)
            && !scene.lexicon.is_generic(first);
    given
        && pieces.iter().all(|p| is_name_word(scene.slice(p.span)))
        && !scene.words.latin_company.has(last)
        && !scene.words.latin_organization.has(last)
        && !scene.words.latin_product.has(last)
        && !scene.lexicon.is_generic(last)
}

/// Whether the span stands inside `《…》`.
pub(super) fn in_title(scene: &Scene, span: Span) -> bool {
    let before = scene.before(span);
    let near = &before[before.char_indices().rev().nth(30).map_or(0, |(i, _)| i)..];
    match (near.rfind('《'), near.rfind('》')) {
        (Some(open), shut) => shut.is_none_or(|s| s < open),
        _ => false,
    }
}
