//! Chinese names of people: surname and given name beside a role or a verb of saying, and foreign names in
//! transliteration, with a middle dot or beside such a word.

use super::han::at_boundary;
use super::latin::in_title;
use super::words::{Place, class, is_han};
use super::{Candidate, Scene};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

pub(super) const DOTS: &[char] = &['·', '・', '•', '‧'];

pub(super) fn gather(scene: &Scene, block: Span, places: &[Place], out: &mut Vec<Candidate>) {
    let base = block.start as usize;
    let mut last_person: Option<usize> = None;
    let mut skip = 0;
    for &Place { at: i, c, .. } in places.iter().filter(|p| p.is(class::PERSON | class::DOT)) {
        let at = base + i;
        if at < skip {
            continue;
        }
        let found = if DOTS.contains(&c) {
            dotted(scene, block, at, c)
        } else {
            native(scene, block, at, c, last_person).or_else(|| foreign(scene, block, at, c))
        };
        if let Some(candidate) = found {
            last_person = Some(candidate.span.end as usize);
            skip = candidate.span.end as usize;
            out.push(candidate);
        }
    }
}

fn person(span: Span, points: i32, cue: &'static str) -> Candidate {
    Candidate { span, points, hint: Some((EntityKind::Person, 2)), cue, spreads: true }
}

/// How well a person's name may end before `after`.
fn ends_before(scene: &Scene, after: &str) -> i32 {
    let Some(c) = after.chars().next() else { return 3 };
    if !is_han(c) {
        return if c.is_alphanumeric() { 1 } else { 3 };
    }
    if let Some(verb) = scene.words.person_verbs.at_start(after) {
        return if verb.len() > 3 { 4 } else { 2 };
    }
    if scene.words.stops.at_start(after).is_some() {
        return 2;
    }
    let common = after.char_indices().nth(2).map_or(after, |(i, _)| &after[..i]);
    i32::from(scene.lexicon.common_zh.contains(common))
}

/// How much the words before speak of a person who follows; `CEO的X` is something of the CEO's.
fn role_before(scene: &Scene, before: &str) -> i32 {
    if before.ends_with('的') { 0 } else { scene.cues.before(before)[EntityKind::Person as usize] }
}

/// Whether the clause behind a name goes on about a person.
fn told_of(after: &str) -> bool {
    const OPENS: [&str; 8] = ["他", "她", "曾任", "现任", "毕业于", "本科毕业", "出生于", "生于"];
    after.strip_prefix('，').is_some_and(|rest| {
        // "2005年加入微软"
        let year = rest.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
        let since = || rest.char_indices().nth(14).map_or(rest, |(i, _)| &rest[..i]);
        let joined = ["加入", "毕业", "出生", "入职", "加盟"];
        year && rest[4..].starts_with('年') && joined.iter().any(|j| since().contains(j))
            || OPENS.iter().any(|o| find::starts(rest, o))
                && !["他们", "她们", "他人"].iter().any(|o| find::starts(rest, o))
    })
}

/// Surname and one or two characters.
fn native(scene: &Scene, block: Span, at: usize, c: char, last: Option<usize>) -> Option<Candidate> {
    if !scene.words.begins_surname(c) {
        return None;
    }
    let text = scene.text;
    let end = block.end as usize;
    let rest = &text[at..end];
    let compound = rest.char_indices().nth(2).map(|(i, _)| &rest[..i]).filter(|&w| scene.lexicon.surnames.contains(w));
    let single = &rest[..c.len_utf8()];
    let surname = match compound {
        Some(w) => w,
        None if scene.words.is_surname(c) => single,
        None => return None,
    };
    if !scene.is_free(Span::new(at, at + surname.len())) {
        return None;
    }
    let given = &rest[surname.len()..];
    let mut chars = given.char_indices();
    let (_, g1) = chars.next()?;
    // 创始人周先明指出: such a character inside a name whose both ends are told
    let inner = !scene.words.in_given_name(g1) && "同先有为才以".contains(g1);
    if !inner && !scene.words.in_given_name(g1) {
        return None;
    }
    let two = at + surname.len() + g1.len_utf8();
    let third = chars.next();
    let three =
        third.filter(|(_, g)| scene.words.in_given_name(*g)).map(|(i, g)| at + surname.len() + i + g.len_utf8());
    let before = &text[block.start as usize..at];
    let role = role_before(scene, before);
    let listed = ['、', '和', '与', '及', '，'].iter().any(|j| {
        before.strip_suffix(*j).is_some_and(|b| {
            let joint = block.start as usize + b.len();
            last == Some(joint)
                || scene.hit_ending(joint).is_some_and(|h| {
                    scene.kind_of(h) == Some(EntityKind::Person) && scene.slice(h.span).chars().count() <= 4
                })
        })
    });
    let boundary = at_boundary(before);
    let ahead = || rest.char_indices().nth(3).is_some_and(|(i, _)| told_of(&rest[i..]));
    if role == 0 && !listed && !boundary && !ahead() {
        return None;
    }
    let score = |stop: usize| -> i32 {
        if !scene.is_free(Span::new(at, stop)) || scene.lexicon.is_common(&text[at..stop]) {
            return 0;
        }
        ends_before(scene, &text[stop..end])
    };
    let (s2, s3) = (score(two), three.map_or(0, score));
    // a common word in the name's place: 高度评价, 方法论
    let word = scene.lexicon.is_common(&text[at..two]);
    let shy = !scene.words.in_given_name(c) || inner;
    if inner && (s3 < 4 || role < 2 || compound.is_some()) {
        return None;
    }
    let (stop, s) = match three {
        Some(three) if s3 >= s2 && s3 > 0 => (three, s3),
        _ if compound.is_none() || s2 > 0 => (two, s2),
        _ => return None,
    };
    if s == 0 || (word && (stop == two || s < 3 || role < 2)) || (shy && (stop == two || s < 3 || role < 2)) {
        return None;
    }
    let span = Span::new(at, stop);
    let after = &text[stop..end];
    // 叶秋实，他2005年加入…; 创始人叶秋实、
    let leads =
        ["比如", "例如", "还有", "以及", "名叫", "一位是", "这位", "作者是", "包括", "提", "提到", "说到", "谈到"];
    let goes_on = stop != two && told_of(after) && (boundary || leads.iter().any(|l| find::ends(before, l)));
    let titled = role >= 2 && s >= 3 && !word && !"高成全强常单时方平".contains(c);
    if stop != two && scene.lexicon.is_common(&text[at + surname.len()..stop]) && (shy || s < 4 && !titled) && !goes_on
    {
        return None;
    }
    if goes_on && !word && !shy {
        return Some(person(span, 1, "told of"));
    }
    let says = scene.words.person_verbs.at_start(after).is_some();
    let strong = scene.cues.after(after)[EntityKind::Person as usize];
    if role >= 2 && (s >= 2 || stop != two) {
        return Some(person(span, 3, "role before"));
    }
    // 从业者高翔所言: a weaker word before, a verb behind
    if role == 1 && s == 4 && !word && !shy {
        return Some(person(span, 2, "role before"));
    }
    if listed && s >= 2 && (compound.is_some() || stop != two || s >= 3) {
        return Some(person(span, if before.ends_with('，') { -3 } else { 1 }, "list of people"));
    }
    if boundary && says && strong >= 2 && !shy && !before.ends_with(['“', '《', '（']) {
        return Some(person(span, 1, "verb of saying"));
    }
    // 余家辉（Jiahui Yu）
    if boundary && after.starts_with(['（', '(']) && stop != two {
        let inner = after.trim_start_matches(['（', '(']);
        if inner.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Some(person(span, 0, "name in brackets"));
        }
    }
    None
}

/// `萨姆·奥特曼`, from its first dot.
fn dotted(scene: &Scene, block: Span, dot: usize, c: char) -> Option<Candidate> {
    let text = scene.text;
    let base = block.start as usize;
    let left = &text[base..dot];
    let first = left.char_indices().rev().take(6).take_while(|(_, c)| scene.words.transliterates(*c)).last()?.0;
    let mut start = base + first;
    // 人士|库尔特: the first character ends a word
    let joint = text[base..start].char_indices().next_back().map_or(start, |(i, _)| base + i);
    let second = text[start..].char_indices().nth(1).map_or(start, |(i, _)| start + i);
    if joint < start && second < dot && scene.lexicon.common_zh.contains(&text[joint..second]) {
        start = second;
    }
    let end = block.end as usize;
    let mut stop = dot;
    let mut next = Some(c);
    while let Some(d) = next.filter(|d| DOTS.contains(d) || *d == '-' && stop > dot) {
        let rest = &text[stop + d.len_utf8()..end];
        let run: usize = rest.chars().take(7).take_while(|c| scene.words.transliterates(*c)).map(char::len_utf8).sum();
        if run == 0 {
            break;
        }
        stop += d.len_utf8() + run;
        next = text[stop..end].chars().next();
    }
    if stop == dot {
        return None;
    }
    // 马克·布彻（Mark Butcher）: the bracket shows the end
    let near = &text[stop..end];
    let han: usize = near.chars().take(3).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let inner = near[han..].trim_start_matches(' ').strip_prefix(['（', '(']);
    if han > 0 && inner.is_some_and(|i| i.starts_with(|c: char| c.is_ascii_uppercase())) {
        stop += han;
    } else if han > 0 {
        // 布迪厄|提出: the last character begins a word
        let last = text[..stop].char_indices().next_back().map_or(stop, |(i, _)| i);
        let over = text[stop..].chars().next().map_or(0, char::len_utf8);
        let word = &text[last..stop + over];
        if scene.lexicon.common_zh.contains(word) && !text[..last].ends_with(DOTS) {
            stop = last;
        }
    }
    let span = Span::new(start, stop);
    if scene.slice(span).chars().count() < 4 - usize::from(dot - start > 3) {
        return None;
    }
    // a listed name keeps its place; 《哈利·波特与魔法石》 is a book
    if !scene.is_free(span) || in_title(scene, span) {
        return None;
    }
    Some(person(span, 4, "middle dot"))
}

/// Three to six characters of transliteration beside a role or a verb of saying.
fn foreign(scene: &Scene, block: Span, at: usize, c: char) -> Option<Candidate> {
    if !scene.words.transliterates(c) {
        return None;
    }
    let text = scene.text;
    let before = &text[block.start as usize..at];
    if before.chars().next_back().is_some_and(|p| scene.words.transliterates(p) || DOTS.contains(&p)) {
        return None;
    }
    let rest = &text[at..block.end as usize];
    let run: usize = rest.chars().take(7).take_while(|c| scene.words.transliterates(*c)).map(char::len_utf8).sum();
    let count = run / 3;
    if !(3..=6).contains(&count) || rest[run..].starts_with(DOTS) {
        return None;
    }
    let span = Span::new(at, at + run);
    let name = scene.slice(span);
    if !scene.is_free(span) || scene.lexicon.is_common(name) {
        return None;
    }
    let role = role_before(scene, before);
    let after = &rest[run..];
    if role >= 2 {
        return (ends_before(scene, after) > 0).then(|| person(span, 3, "role before"));
    }
    let strong = scene.cues.after(after)[EntityKind::Person as usize];
    (at_boundary(before) && strong >= 2).then(|| person(span, 1, "verb of saying"))
}
