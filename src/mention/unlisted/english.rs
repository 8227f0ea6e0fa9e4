//! English text: rows of capitalised words. Capitals are evidence only where the writer had a choice, so a
//! common word at the start of a sentence and whole headlines in title case give none; what the body
//! settles is then found in the headline.

use super::english_frame as frame;
use super::english_glue as glue;
use super::english_glue::stands_alone;
use super::english_kind::ends_firm;
use super::english_lead;
use super::english_lines as lines;
use super::english_people as people;
use super::english_row::{Row, lists, push_row, told};
use super::latin::{Piece, extended, runs};
use super::shape::{is_adjective, is_domain, strength};
use super::{Candidate, Scene};
use crate::article::{Block, BlockKind};
use crate::find::{self, count};
use crate::schema::EntityKind;
use crate::span::Span;

/// Small words with a title's capitals, at which no name goes on.
const SMALL: [&str; 18] = [
    "And", "With", "Amid", "Across", "Between", "To", "From", "By", "Into", "Over", "As", "Via", "Without", "Using",
    "That", "Its", "Their", "Or",
];

/// What ends the title in a feed's last line.
const FIRST: &str = " appeared first on ";

/// Whether a block is English: hardly a Han character, and words.
pub(super) fn is_english(words: &str) -> bool {
    let letters = count(words.as_bytes(), |b| b.is_ascii_lowercase());
    let other = count(words.as_bytes(), |b| b >= 0xE3);
    letters > 40 && other * 10 < letters
}

pub(super) fn gather(scene: &Scene, block: &Block, out: &mut Vec<Candidate>) {
    let words = scene.slice(block.span);
    people::bylines(scene, block, words, out);
    if block.kind != BlockKind::Tag {
        lines::appointed(scene, block, words, out);
    }
    if matches!(block.kind, BlockKind::Title | BlockKind::Heading) {
        lines::headline(scene, block, words, out);
    }
    // Jane Okoye, chief executive of Acme, said:
    let sentence = words.trim_end().ends_with(['.', '!', '”', ':']) && words.contains([',', '.']);
    // Contact Details Jane Doe; an item of a list of people: Jane Doe, M.D., Halden Hospital
    let contact =
        people::is_contact(words) || block.kind == BlockKind::ListItem && words.contains(", ") && !words.contains(": ");
    if matches!(block.kind, BlockKind::Title | BlockKind::Heading | BlockKind::Tag) {
        return;
    }
    lines::contacts(scene, block, words, out);
    if !sentence && !contact && is_title_case(words) {
        lines::speakers(scene, block, words, out);
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    // The post Acme Appoints Jane Doe appeared first on: the title again, with a title's capitals
    let title = words.find(FIRST).and_then(|end| words[..end].rfind("The post ").map(|start| (start, end)));
    let (title, rest) = title.unwrap_or((words.len(), words.len()));
    let part = |from: usize, to: usize| Span::new(block.span.start as usize + from, block.span.start as usize + to);
    for span in [part(0, title), part(rest, words.len())] {
        runs(scene, span, |run| {
            let mut run = run;
            // Jane Okoye Pinecrest Communications
            while let Some(end) = people::head(scene, run).filter(|_| contact) {
                cut(scene, block, &run[..end], &mut rows, out);
                run = &run[end..];
            }
            cut(scene, block, run, &mut rows, out);
        });
    }
    lists(scene, &mut rows);
    for row in rows {
        row.judge(scene, out);
    }
    called(scene, block, words, out);
    people::nicknames(scene, block, words, out);
    // The post … appeared first on Acme Daily.
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
        let start = at + open.len();
        let shut: &[char] = match open {
            "“" => &['”', '\n'],
            "‘" => &['’', '\n'],
            _ => &['"', '\n'],
        };
        let Some(len) = words[start..].find(shut) else { continue };
        let name = words[start..start + len].trim_end_matches([',', '.']);
        // “Ask Me Twice” podcast
        let noun = frame::beyond(words[start + len..].trim_start_matches(shut));
        let noun = noun.strip_prefix(' ').unwrap_or("");
        let noun = &noun[..noun.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(noun.len())];
        let works =
            matches!(noun, "podcast" | "newsletter" | "suite" | "app" | "platform" | "show" | "series" | "game");
        // a category called “Unified Risk Posture”, a post, titled “Why Quandor”
        let role = scene.words.latin_roles.has(frame::last_word(name));
        if english_lead::names_idea(scene, lead) || role {
            continue;
        }
        let naming =
            ["called", "named", "dubbed", "titled", "known as", "entitled"].iter().any(|n| find::ends(lead, n));
        if !(naming || works && name.contains(' ')) {
            continue;
        }
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

/// Cuts a run at lower-case words, roles, possessives and sentence starts.
fn cut(scene: &Scene, block: &Block, run: &[Piece], rows: &mut Vec<Row>, out: &mut Vec<Candidate>) {
    let mut open: Vec<Piece> = Vec::new();
    let close = |open: &mut Vec<Piece>, rows: &mut Vec<Row>, out: &mut Vec<Candidate>| {
        finish(scene, block, std::mem::take(open), rows, out);
    };
    for (i, p) in run.iter().enumerate() {
        let mut piece = *p;
        let mut word = scene.slice(piece.span);
        let (mut ends, mut inner) = (false, false);
        // ex-BioWare
        if let Some(w) = word.strip_prefix("ex-").filter(|w| piece.hit.is_none() && w.starts_with(char::is_uppercase)) {
            piece.span.start += 3;
            word = w;
        }
        // PureFacts’ Reporting, Tesla's Autopilot: what somebody has is no part of the name
        if piece.hit.is_some() && !piece.mixed {
            ends = ["'s ", "’s ", "' ", "’ "].iter().any(|m| scene.after(piece.span).starts_with(m));
        }
        if piece.hit.is_none() {
            for mark in ["'s", "’s"] {
                // a contract with Kestrell's, where nothing follows that it could have
                let whole = scene.after(piece.span).starts_with([',', '.', ';', ')'])
                    && word.strip_suffix(mark).is_some_and(|w| {
                        strength(scene, w) >= 3 && !scene.lexicon.given_names.contains(&w.to_lowercase())
                    })
                    && open.is_empty();
                // Halden Women's Hospital
                let body = run.get(i + 1).map_or("", |n| scene.slice(n.span));
                if whole || word.ends_with(mark) && is_body(scene, body) {
                    inner = true;
                } else if let Some(w) = word.strip_suffix(mark) {
                    piece.span.end = piece.span.start + w.len() as u32;
                    word = w;
                    ends = true;
                }
            }
        }
        // AcmeTM: the mark of a brand in plain letters
        if let Some(w) = word.strip_suffix("TM").filter(|w| {
            let small = w.len() >= 4 && w.ends_with(|c: char| c.is_ascii_lowercase());
            piece.hit.is_none() && w.len() >= 2 && (small || stands_alone(scene, w))
        }) {
            piece.span.end -= 2;
            word = w;
            ends = true;
        }
        let capital = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || word.bytes().skip(1).any(|b| b.is_ascii_uppercase())
            || is_site(scene, *p);
        let linked = matches!(word, "of" | "de" | "van" | "von" | "der" | "for")
            && !open.is_empty()
            && (!matches!(word, "of" | "for")
                || scene.words.latin_organization.has(frame::last_word(scene.slice(open[open.len() - 1].span)))
                || scene.slice(open[open.len() - 1].span) == "Bank"
                // Community Bankers of America
                || open.len() >= 2
                    && word == "of"
                    && run.get(i + 1).is_some_and(|n| matches!(scene.slice(n.span), "America" | "Commerce")))
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
        if piece.hit.is_none() && glue::glued_once(scene, word) {
            open.clear();
            continue;
        }
        if let Some(seam) =
            Some(word).filter(|_| piece.hit.is_none()).and_then(|w| glue::seam(scene, w, run.get(i + 1)))
        {
            close(&mut open, rows, out);
            match seam {
                glue::Seam::Behind(at) => piece.span.start += at as u32,
                glue::Seam::Before(at) => {
                    piece.span.end = piece.span.start + at as u32;
                    ends = true;
                }
            }
            word = scene.slice(piece.span);
        }
        // its expansion, Embers of Ruin
        let work = matches!(word, "of" | "for")
            && (1..=2).contains(&open.len())
            && open.iter().all(|p| p.hit.is_none())
            && run.get(i + 1).is_some_and(|n| {
                let whole = Span { start: open[0].span.start, end: n.span.end };
                scene.slice(n.span).starts_with(|c: char| c.is_ascii_uppercase())
                    && frame::kind(scene, whole, false)
                        .is_some_and(|f| f == (EntityKind::Product, 3) || f == (EntityKind::Organization, 2))
            });
        let linked = linked || work;
        // Academies of Science and Medicine, Halden and Women's Hospital
        let next = run.get(i + 1).map_or("", |n| scene.slice(n.span));
        let of = open.len().checked_sub(2).map_or("", |at| scene.slice(open[at].span));
        let linked = linked
            || word == "and"
                && !open.is_empty()
                && (matches!(of, "of" | "for")
                    && open.iter().any(|p| scene.words.latin_organization.has(scene.slice(p.span)))
                    && scene.lexicon.is_common(next)
                    && next.starts_with(|c: char| c.is_ascii_uppercase())
                    || (next.ends_with("'s") || next.ends_with("’s"))
                        && run.get(i + 2).is_some_and(|n| is_body(scene, scene.slice(n.span))));
        // Institute for Research on Aging
        let on = matches!(word, "on" | "of")
            && open.len() >= 3
            && matches!(of, "for" | "of")
            && scene.lexicon.is_common(next)
            && next.starts_with(|c: char| c.is_ascii_uppercase());
        // Securities and Exchange Commission
        let linked = linked
            || on
            || word == "and"
                && !open.is_empty()
                && open.iter().all(|p| p.hit.is_none())
                && scene.lexicon.is_common(scene.slice(open[open.len() - 1].span))
                && !told(scene, &open)
                // Acme Systems and Orbis Bank are two
                && !(open.len() > 1 && ends_firm(scene, &open) && scene.slice(open[open.len() - 1].span) != "Securities")
                && body_follows(scene, &run[i + 1..]);
        let capital = capital && !(piece.hit.is_none() && !inner && (is_adjective(word) || is_contraction(word)));
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
        // Orbis Advisor Solutions: a role within a firm's name
        let within = !open.is_empty()
            && scene.words.english_roles.has(word)
            && (scene.words.latin_company.has(next)
                // former chief marketing officer at Orbis Advisor and
                || word == "Advisor"
                    && !next.starts_with(|c: char| c.is_ascii_uppercase())
                    && scene.before(open[0].span).ends_with(" at "));
        // Trading Acme And Orbis: a title's small words, with its capitals
        let small = !open.is_empty() && SMALL.contains(&word);
        // Acme Maritime Headquartered in: a heading that runs into the sentence behind it
        let heading = !open.is_empty()
            && matches!(word, "Headquartered" | "Founded" | "Established" | "Published" | "Updated" | "Posted");
        let role = piece.hit.is_none()
            && (small
                || heading
                || scene.words.latin_roles.has(tail)
                || (scene.words.latin_roles.has(word) || scene.words.headline_verbs.has(word))
                || scene.words.english_roles.has(word)
                    && !scene.words.latin_company.has(word)
                    && !within
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

/// `quill.new`: a house or a product that goes by its address, which nobody is asked to visit.
fn is_site(scene: &Scene, piece: Piece) -> bool {
    let word = scene.slice(piece.span);
    is_domain(word)
        && !word.starts_with("www.")
        && !scene.before(piece.span).ends_with(['@', '/', '.'])
        && !scene.after(piece.span).starts_with(['/', '@'])
}

/// Whether a word is for a body, whatever stands before it.
fn is_body(scene: &Scene, w: &str) -> bool {
    scene.words.latin_organization.has(w) && (!scene.words.latin_organization_weak.has(w) || w == "School")
}

/// Whether capitalised words up to one for a body follow: `Technology Parks Corporation`.
fn body_follows(scene: &Scene, rest: &[Piece]) -> bool {
    let is_body = |w: &str| is_body(scene, w) && w != "School" || matches!(w, "Corporation" | "Company" | "Bank");
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

/// `Norvane Institute for Marine Biology`, where the institute alone is listed.
fn of_field(scene: &Scene, hit: Piece, rest: &[Piece]) -> bool {
    (2..=5).contains(&rest.len())
        && scene.slice(rest[0].span) == "for"
        && is_body(scene, frame::last_word(scene.slice(hit.span)))
        && rest[1..].iter().all(|p| scene.slice(p.span).starts_with(|c: char| c.is_ascii_uppercase()))
}

/// `Medical School of Public Health`: a body named within the words.
fn in_body(scene: &Scene, rest: &[Piece]) -> bool {
    rest.windows(2).any(|w| is_body(scene, scene.slice(w[0].span)) && scene.slice(w[1].span) == "of")
}

/// Whether a listed name and the plain words behind it are one name: they stand so time and again, or as a firm does.
fn keeps(scene: &Scene, hit: Piece, rest: &[Piece]) -> bool {
    let span = Span { start: hit.span.start, end: rest[rest.len() - 1].span.end };
    let words = scene.slice(span);
    let plain = |p: &Piece| {
        let w = scene.slice(p.span);
        w.len() >= 3 && w.starts_with(|c: char| c.is_ascii_uppercase()) && !scene.lexicon.is_generic(w)
    };
    let again = || {
        memchr::memmem::find_iter(scene.text.as_bytes(), words)
            .filter(|&at| scene.is_whole(Span::new(at, at + words.len())))
            .take(2)
            .count()
            == 2
    };
    // through its Acme Online subsidiary
    let closed = english_lead::closes_firms(scene.after(span))
        && rest.iter().all(|p| scene.slice(p.span).starts_with(|c: char| c.is_ascii_uppercase()));
    !scene.slice(hit.span).contains(' ')
        && (closed || rest.iter().all(plain))
        && !scene.words.latin_not_last.has(scene.slice(rest[rest.len() - 1].span))
        && rest[0].span.start == hit.span.end + 1
        && frame::kind(scene, span, false).is_some_and(|f| f.0 == EntityKind::Company && (f.1 >= 3 || again()))
}

/// Whether the article has the word behind a maker's name without it too: `Acme Lumigene`, `Lumigene may be used`.
fn stands_apart(scene: &Scene, maker: Piece, product: &Piece) -> bool {
    let both = scene.slice(Span { start: maker.span.start, end: product.span.end });
    let count = |w: &str| memchr::memmem::find_iter(scene.text.as_bytes(), w).count();
    let word = scene.slice(product.span);
    word.len() >= 5 && count(word) > count(both)
}

fn finish(scene: &Scene, block: &Block, pieces: Vec<Piece>, rows: &mut Vec<Row>, out: &mut Vec<Candidate>) {
    let mut from = 0;
    for i in 0..=pieces.len() {
        if i < pieces.len() && pieces[i].hit.is_none() {
            continue;
        }
        // Quandor Copilot: a maker's name before what is listed as another's product
        let line = pieces.get(i).filter(|p| scene.words.latin_product.has(scene.slice(p.span))).filter(|p| {
            i > from
                && i - from <= 2
                && pieces[i - 1].span.end + 1 == p.span.start
                && strength(scene, scene.slice(pieces[from].span)) >= 3
                && stands_alone(scene, scene.slice(pieces[from].span))
        });
        if let Some(p) = line {
            let span = Span { start: pieces[from].span.start, end: p.span.end };
            let hint = Some((EntityKind::Product, 3));
            out.push(Candidate { span, points: 2, hint, cue: "english name", spreads: true });
            from = i + 1;
            continue;
        }
        push_row(scene, block, &pieces[from..i], rows);
        from = i + 1;
        let Some(hit) = pieces.get(i) else { break };
        let next = pieces[i + 1..].iter().position(|p| p.hit.is_some()).map_or(pieces.len(), |n| i + 1 + n);
        let rest = &pieces[i + 1..next];
        let h = hit.hit.expect("a hit");
        let listed = scene.kind_of(&scene.hits[h]);
        // Acme Payments, Acme Plus: a line of a listed house
        let own_line = rest.len() == 1
            && listed == Some(EntityKind::Company)
            && !hit.mixed
            && hit.span.end + 1 == rest[0].span.start
            && scene.words.english_line_words.has(scene.slice(rest[0].span));
        if own_line {
            let span = Span { start: hit.span.start, end: rest[0].span.end };
            let hint = Some((EntityKind::Product, 3));
            out.push(Candidate { span, points: 3, hint, cue: "known name and more", spreads: true });
            from = next;
            continue;
        }
        // Operator Partners: a listed name, and a word that only firms have
        let house = rest.len() == 1
            && !hit.mixed
            && hit.span.end + 1 == rest[0].span.start
            && listed == Some(EntityKind::Product)
            && scene.words.latin_company.has(scene.slice(rest[0].span))
            && !scene.words.latin_company_weak.has(scene.slice(rest[0].span))
            // TikTok Shop Partners are no house
            && !scene.slice(hit.span).contains(' ');
        // Orbis Red Bear Angel Group: a firm's name that begins with a listed one
        let firm = (3..=5).contains(&rest.len())
            && !hit.mixed
            && hit.span.end + 1 == rest[0].span.start
            && rest.windows(2).all(|w| w[0].span.end + 1 == w[1].span.start)
            && rest.iter().all(|p| scene.slice(p.span).starts_with(|c: char| c.is_ascii_uppercase()))
            && scene.words.latin_company.has(scene.slice(rest[rest.len() - 1].span))
            && matches!(listed, Some(EntityKind::Company | EntityKind::Organization));
        if firm || house {
            let span = Span { start: hit.span.start, end: rest[rest.len() - 1].span.end };
            let hint = Some((EntityKind::Company, 3));
            out.push(Candidate { span, points: 3, hint, cue: "known name and more", spreads: true });
            from = next;
            continue;
        }
        // Google Beam, Toyota Ventures: the words behind are part of the name
        let joins = rest.last().is_some_and(|l| {
            let w = scene.slice(l.span);
            let added = rest.len() == 1
                && scene.text[hit.span.end as usize..l.span.start as usize].contains('&')
                && !stands_alone(scene, w);
            scene.words.latin_company.has(w) && (added || !scene.words.latin_company_weak.has(w))
                || scene.words.latin_product.has(w)
                || is_body(scene, w)
                || strength(scene, w) >= 3
                    && !(rest.len() == 1 && listed == Some(EntityKind::Company) && stands_apart(scene, *hit, l))
                || keeps(scene, *hit, rest)
                || of_field(scene, *hit, rest)
        });
        let body = listed == Some(EntityKind::Organization)
            && rest.len() <= 6
            && (rest
                .last()
                .is_some_and(|l| is_body(scene, scene.slice(l.span)) || rest.len() > 2 && in_body(scene, rest))
                || of_field(scene, *hit, rest));
        if matches!(listed, Some(EntityKind::Company | EntityKind::Product | EntityKind::Organization))
            && joins
            && (rest.len() <= 2 || body)
        {
            extended(scene, *hit, h, rest, out);
            from = next;
        } else if hit.mixed {
            extended(scene, *hit, h, &[], out);
        }
    }
}
