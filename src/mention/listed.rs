//! Listed names: one scan for candidates, then one decision per name and article which of its senses is
//! meant, if any.

use super::cues::{Cues, Votes};
use super::version;
use super::{Options, Refusal};
use crate::dictionary::{Condition, Dictionary, EntityId, Folded, NameId, NameIndex};
use crate::find;
use crate::schema::EntityKind;
use crate::span::{Span, is_part_of};
use rustc_hash::{FxHashMap, FxHashSet};

/// A span that has been decided for.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub span: Span,
    pub what: What,
}

/// What a hit refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A listed entity.
    Listed(EntityId),
    /// A version of a family, with its canonical name.
    Version(EntityId, String),
    /// Index into the article's own entities.
    Own(usize),
    /// A phrase that no name may be found inside.
    Blocked,
}

struct Candidate {
    span: Span,
    /// Range in the pool of senses.
    senses: (u32, u32),
    /// The family, the version's canonical name, and the length of the family's name.
    version: Option<(EntityId, String, usize)>,
}

pub(super) fn find(
    dictionary: &Dictionary,
    cues: &Cues,
    text: &str,
    own: Option<&(NameIndex, Vec<usize>)>,
    folded: &mut Folded,
    options: &Options,
    refusals: &mut Vec<Refusal>,
) -> Vec<Hit> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut pool: Vec<NameId> = Vec::new();
    let mut hits: Vec<Hit> = Vec::new();
    folded.fold(text);
    if let Some((index, owners)) = own {
        index.scan(text, folded.all(), |range, names| {
            hits.push(Hit { span: Span::new(range.start, range.end), what: What::Own(owners[names[0] as usize]) });
            Some(range.end)
        });
    }
    let own_hits = hits.len();
    dictionary.index.scan(text, folded.all(), |range, names| {
        let span = Span::new(range.start, range.end);
        if own_hits > 0 && hits[..own_hits].iter().any(|h| h.span.overlaps(span)) {
            return None;
        }
        // 腾讯投资了: the fund's name is the firm's and a verb
        let verb = text[range.clone()].ends_with("投资")
            && ["了", "过", "的公司", "的企业", "的项目"].iter().any(|w| find::starts(&text[range.end..], w));
        if verb || in_word(dictionary, text, &range) || in_phrase(dictionary, text, &range) {
            return None;
        }
        let bytes = text.as_bytes();
        let start = pool.len() as u32;
        let mut longest: Option<(usize, EntityId)> = None;
        let mut blocked = false;
        for &id in names {
            let name = dictionary.index.name(id);
            let Some(entity) = name.entity else {
                blocked = true;
                continue;
            };
            if let Some(c) = dictionary.condition(name)
                && let Some(phrase) =
                    c.not_in.iter().find(|p| is_part_of(text, range.start, dictionary.index.text(id), p))
            {
                if options.explain {
                    refusals.push(Refusal {
                        span,
                        name: dictionary.entity(entity).name.to_string(),
                        reason: format!("inside “{phrase}”, which is something else"),
                    });
                }
                continue;
            }
            if name.family {
                let facts = dictionary.entity(entity).facts.as_deref().expect("a family has facts");
                let len = version::tail(&text[range.end..], facts);
                if len > 0 && longest.is_none_or(|(l, _)| len > l) {
                    longest = Some((len, entity));
                }
            }
            let further = if !name.family && dictionary.entity(entity).kind == EntityKind::Product {
                version::further(&text[range.clone()], &text[range.end..])
            } else {
                0
            };
            if further > 0
                && longest.is_none_or(|(l, _)| further > l)
                && dictionary.condition(name).is_none_or(|c| holds(c, text, false).is_some())
            {
                longest = Some((further, entity));
            }
            if !name.not_bare {
                pool.push(id);
            }
        }
        if let Some((len, entity)) = longest {
            let end = range.end + len;
            pool.truncate(start as usize);
            let canonical = version::canonical(&dictionary.entity(entity).name, &text[range.end..end]);
            candidates.push(Candidate {
                span: Span::new(range.start, end),
                senses: (start, start),
                version: Some((entity, canonical, range.end - range.start)),
            });
            return Some(end);
        }
        // the name's letters go on into a digit that is no version
        let digits = text[range.end..].len() - text[range.end..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // MedBench6月 is a name and a date
        let dated = digits > 0 && text[range.end + digits..].starts_with(['年', '月', '日', '%', '％', '亿', '万']);
        if bytes[range.end - 1].is_ascii_alphabetic() && digits > 0 && !dated {
            pool.truncate(start as usize);
            return None;
        }
        if pool.len() as u32 == start {
            if blocked {
                hits.push(Hit { span, what: What::Blocked });
                return Some(range.end);
            }
            return None;
        }
        let end = range.end + domain_tail(&text[range.end..]);
        let (start_at, end) = registered(dictionary, text, range.start, end);
        candidates.push(Candidate {
            span: Span::new(start_at, end),
            senses: (start, pool.len() as u32),
            version: None,
        });
        Some(end)
    });
    decide(dictionary, cues, text, candidates, &pool, options, refusals, &mut hits);
    // 微软Azure OpenAI: a longer name behind its maker's takes in what the scan found inside
    hits.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end)));
    hits.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    widen(dictionary, text, &mut hits);
    super::siblings::add(dictionary, text, &mut hits);
    hits
}

/// What a body inside another is called.
const HOUSES: [&str; 7] = ["研究所", "研究院", "研究中心", "学院", "中心", "实验室", "医院"];

/// Takes in what belongs to an English name beside it: `U.S. Department of Energy`, `McKinsey & Company`.
fn widen(dictionary: &Dictionary, text: &str, hits: &mut Vec<Hit>) {
    for i in 0..hits.len() {
        let What::Listed(id) = hits[i].what else { continue };
        let span = hits[i].span;
        // 斯坦福大学人工智能实验室: a house of the one named before it
        let house = i.checked_sub(1).map(|h| hits[h].clone()).filter(|h| h.span.end == span.start);
        if let Some(Hit { span: before, what: What::Listed(house) }) = house
            && [house, id].iter().all(|&e| dictionary.entity(e).kind == EntityKind::Organization)
            && HOUSES.iter().any(|h| text[span.range()].ends_with(h))
        {
            hits[i].span.start = before.start;
            hits[i - 1].span.end = before.start;
        }
        match dictionary.entity(id).kind {
            // University of Halden Norvane: the place of one of its houses
            EntityKind::Organization if campus(dictionary, text, span).is_some() => {
                let end = campus(dictionary, text, span).unwrap_or(span.end);
                if hits.get(i + 1).is_none_or(|h| h.span.start >= end) {
                    hits[i].span.end = end;
                }
            }
            EntityKind::Organization if text[..span.start as usize].ends_with("U.S. ") => {
                let start = span.start - "U.S. ".len() as u32;
                if text[span.range()].contains(' ') && (i == 0 || hits[i - 1].span.end <= start) {
                    hits[i].span.start = start;
                }
            }
            // 阿拉文·斯里尼瓦斯, listed by the surname: the given name belongs to it in whatever spelling
            EntityKind::Person if text[..span.start as usize].ends_with('·') => {
                let before = &text[..span.start as usize - '·'.len_utf8()];
                let sounds = dictionary.lexicon.list("transliteration");
                let sound = |c: &char| sounds.iter().any(|s| s.contains(*c));
                let given: usize = before.chars().rev().take(6).take_while(sound).map(char::len_utf8).sum();
                let start = (before.len() - given) as u32;
                if given > 3 && (i == 0 || hits[i - 1].span.end <= start) {
                    hits[i].span.start = start;
                }
            }
            EntityKind::Company => {
                let after = &text[span.end as usize..];
                let more = [" & Company", " & Co."].iter().find(|m| find::starts(after, m)).map_or(0, |m| m.len());
                let more = if more == 0 { second_half(dictionary, after) } else { more };
                let more = more + super::legal::form(&after[more..]);
                if more > 0 {
                    let end = span.end + more as u32;
                    if hits.get(i + 1).is_none_or(|h| h.span.start >= end) {
                        hits[i].span.end = end;
                    }
                }
            }
            _ => {}
        }
    }
    hits.retain(|h| !h.span.is_empty());
}

/// The length of ` & Analytics` behind a firm's name: a plain word with a capital, which the name goes on with.
fn second_half(dictionary: &Dictionary, after: &str) -> usize {
    let Some(rest) = after.strip_prefix(" & ") else { return 0 };
    let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
    let capital = |w: &str| w.starts_with(|c: char| c.is_ascii_uppercase());
    let plain = word.len() >= 4
        && capital(word)
        && dictionary.lexicon.is_common(word)
        && !dictionary.lexicon.is_generic(word)
        && dictionary.index.find(word).is_empty()
        && !rest[word.len()..].strip_prefix(' ').is_some_and(capital);
    if plain { after.len() - rest.len() + word.len() } else { 0 }
}

/// Where a university's name ends that the place of a house of it follows.
fn campus(dictionary: &Dictionary, text: &str, span: Span) -> Option<u32> {
    let after = text[span.range()].starts_with("University of ").then(|| &text[span.end as usize..])?;
    let rest = after.strip_prefix(' ').or_else(|| after.strip_prefix(" at ")).or_else(|| after.strip_prefix('-'))?;
    let first = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let second = rest[first..]
        .strip_prefix(' ')
        .map(|r| first + 1 + r.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(r.len()));
    let length = second.into_iter().chain([first]).find(|&n| {
        let place = &rest[..n];
        place.starts_with(|c: char| c.is_ascii_uppercase()) && dictionary.lexicon.places.contains(&place.to_lowercase())
    })?;
    Some(span.end + (after.len() - rest.len() + length) as u32)
}

/// Without a plain word at the end that the name has without it too: `H800 GPU`, `甲骨文公司`, `GPT系列`, `Claude模型`.
fn without_tail(dictionary: &Dictionary, entity: EntityId, surface: &str) -> usize {
    for tail in ["GPU", "系列", "公司", "浏览器", "芯片", "模型"] {
        if let Some(rest) = surface.strip_suffix(tail).map(str::trim_end)
            && dictionary
                .index
                .find(rest)
                .iter()
                .any(|&id| dictionary.index.name(id).entity == Some(entity) && !dictionary.index.name(id).not_bare)
        {
            return rest.len();
        }
    }
    surface.len()
}

/// The span of a firm's registered name around a short one: `北京赛博英杰科技有限公司`.
fn registered(dictionary: &Dictionary, text: &str, start: usize, end: usize) -> (usize, usize) {
    let short = !text[start..end].ends_with("公司") && text[start..end].starts_with(|c: char| c >= '\u{3400}');
    let after = &text[end..];
    let limit = after.char_indices().nth(10).map_or(after.len(), |(i, _)| i);
    let Some(at) = (if short { find::find(&after[..limit], "有限") } else { None }) else { return (start, end) };
    let Some(form) = ["有限公司", "有限责任公司"].iter().find(|f| find::starts(&after[at..], f)) else {
        return (start, end);
    };
    let trade = after[..at].trim_end_matches("股份").trim_end_matches("集团");
    if trade.chars().count() > 6
        || !trade.chars().all(|c| c >= '\u{3400}' && !"的和与及、，将在是为由对向有了".contains(c))
    {
        return (start, end);
    }
    let place = (2..=3).filter_map(|n| text[..start].char_indices().rev().nth(n - 1));
    let place = place.map(|(i, _)| i).find(|&i| dictionary.lexicon.places.contains(&text[i..start]));
    (place.unwrap_or(start), end + at + form.len())
}

/// The length of `.com` and the like right behind a name: the site is the firm's.
fn domain_tail(after: &str) -> usize {
    let Some(rest) = after.strip_prefix('.') else { return 0 };
    let top = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match &rest[..top] {
        "com" | "ai" | "io" | "cn" | "net" | "org" => top + 1,
        _ => 0,
    }
}

/// Whether a name stands across two plain words: in `At our office` no Atour.
fn in_phrase(dictionary: &Dictionary, text: &str, range: &std::ops::Range<usize>) -> bool {
    let words = &text[range.clone()];
    let Some((first, rest)) = words.split_once(' ').filter(|_| words.is_ascii()) else { return false };
    let small = |w: &str| w.bytes().all(|b| b.is_ascii_lowercase()) && dictionary.lexicon.is_common(w);
    small(rest)
        && dictionary.lexicon.is_common(first)
        && dictionary.index.find(words).iter().all(|&id| !dictionary.index.text(id).contains(' '))
}

/// Whether English words around a capitalised name take it for a firm's: `from Lantern`, `Lantern's Jane Doe`.
fn stands_as_firm(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let capital = |t: &str| t.starts_with(|c: char| c.is_ascii_uppercase());
    if !capital(&text[span.range()]) || after.strip_prefix(' ').is_some_and(capital) || after.starts_with('-') {
        return false;
    }
    const LEADS: [&str; 19] = [
        "joined",
        "joining",
        "joins",
        "join",
        "acquired",
        "acquires",
        "acquire",
        "startup",
        "company",
        "firm",
        "co-founded",
        "founded",
        "backed",
        "sued",
        "ex",
        "rival",
        "competitor",
        "retailer",
        "giant",
    ];
    const ROLES: [&str; 24] = [
        "engineer",
        "director",
        "manager",
        "president",
        "partner",
        "executive",
        "worked",
        "works",
        "leader",
        "head",
        "officer",
        "lead",
        "roles",
        "role",
        "career",
        "CEO",
        "CTO",
        "COO",
        "CFO",
        "chief",
        "years",
        "founder",
        "positions",
        "chairman",
    ];
    let word = before
        .strip_suffix([' ', '-'])
        .map_or("", |b| b.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default());
    let held = |b: &str| {
        let word = b.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        ROLES.iter().any(|w| w.eq_ignore_ascii_case(&word))
    };
    // years at Lantern, CFO of Lantern
    let at = before.strip_suffix(" at ").is_some_and(held)
        || before.strip_suffix(" of ").is_some_and(|b| held(b) && !b.ends_with(['s', 'e']));
    let whose = ["'s ", "’s "].iter().find_map(|s| after.strip_prefix(s)).is_some_and(|a| {
        let second = a.split_once(' ').is_some_and(|(first, rest)| {
            capital(first) && first.bytes().skip(1).all(|b| b.is_ascii_lowercase()) && capital(rest)
        });
        second || ["former ", "CEO", "chief ", "co-founder", "founder", "head of "].iter().any(|w| find::starts(a, w))
    });
    // Lantern veteran Jane Doe
    let staff = after.strip_prefix(' ').is_some_and(|a| {
        const STAFF: [&str; 10] = [
            "veteran",
            "veterans",
            "alum",
            "alumni",
            "engineers",
            "executives",
            "co-founder",
            "cofounder",
            "founder",
            "chief executive",
        ];
        STAFF.iter().any(|w| find::starts(a, w))
    });
    at || whose || staff || LEADS.contains(&word)
}

/// Whether a short Chinese name stands across the words of the text: in `轻盈透明` no 盈透, in `拦路虎` no 路虎.
/// So it is when a common word holds it, or when common words reach over both of its ends.
fn in_word(dictionary: &Dictionary, text: &str, range: &std::ops::Range<usize>) -> bool {
    let name = &text[range.clone()];
    let words = &dictionary.lexicon.common_zh;
    if name.len() != 6 || !name.starts_with(|c: char| c >= '\u{3400}') {
        return name.len() > 6 && torn(dictionary, text, range);
    }
    let before = text[..range.start].char_indices().next_back().map(|(i, _)| i);
    let after = text[range.end..].chars().next().map(|c| range.end + c.len_utf8());
    let (Some(before), Some(after)) = (before, after) else { return false };
    let middle = range.start + name.chars().next().map_or(0, char::len_utf8);
    let over = |from: usize, to: usize| words.contains(&text[from..to]);
    if over(before, middle) && over(middle, after) {
        return true;
    }
    // 津津|乐道: a longer word that ends, or begins, with the name
    let earlier = text[..before].char_indices().next_back().map(|(i, _)| i);
    let later = text[after..].chars().next().map(|c| after + c.len_utf8());
    over(before, range.end)
        || earlier.is_some_and(|e| over(e, range.end))
        || later.is_some_and(|l| over(range.start, l))
}

/// Whether a longer Han name is torn out of common words: 开|源大模型, 核|心资本.
fn torn(dictionary: &Dictionary, text: &str, range: &std::ops::Range<usize>) -> bool {
    let name = &text[range.clone()];
    let words = &dictionary.lexicon.common_zh;
    let first = name.chars().next().map_or(0, char::len_utf8);
    let Some((before, c)) = text[..range.start].char_indices().next_back() else { return false };
    c >= '\u{3400}'
        && words.contains(&name[first..])
        && words.contains(&text[before..range.start + first])
        && !dictionary.lexicon.list("stop_before").iter().any(|s| s.starts_with(c) && s.len() == c.len_utf8())
}

#[allow(clippy::too_many_arguments)]
fn decide(
    dictionary: &Dictionary,
    cues: &Cues,
    text: &str,
    candidates: Vec<Candidate>,
    pool: &[NameId],
    options: &Options,
    refusals: &mut Vec<Refusal>,
    hits: &mut Vec<Hit>,
) {
    let entity_of = |id: NameId| dictionary.index.name(id).entity.expect("blocking phrases are not pooled");
    let condition_of = |id: NameId| dictionary.condition(dictionary.index.name(id));
    // sure entities: by a name without conditions that only they have
    let mut sure: FxHashSet<EntityId> = FxHashSet::default();
    for c in &candidates {
        if let Some((family, ..)) = &c.version {
            sure.insert(*family);
        }
        if c.senses.1 - c.senses.0 == 1 {
            let id = pool[c.senses.0 as usize];
            if condition_of(id).is_none_or(|c| c.needs.is_empty() && !c.weak && !c.rare) {
                sure.insert(entity_of(id));
            }
        }
    }
    let listed_beside = |i: usize, kind: EntityKind| {
        let known = |j: usize| {
            let c = &candidates[j];
            match &c.version {
                Some((family, ..)) => dictionary.entity(*family).kind == kind,
                None => (c.senses.0..c.senses.1).any(|s| {
                    let id = pool[s as usize];
                    let e = entity_of(id);
                    (sure.contains(&e) || condition_of(id).is_none()) && dictionary.entity(e).kind == kind
                }),
            }
        };
        let joined = |a: usize, b: usize| {
            let (end, start) = (candidates[a].span.end as usize, candidates[b].span.start as usize);
            end < start && matches!(&text[end..start], "、" | "和" | "与" | "及" | "以及" | ", " | " and " | ", and ")
        };
        i > 0 && joined(i - 1, i) && known(i - 1) || i + 1 < candidates.len() && joined(i, i + 1) && known(i + 1)
    };
    // one sense per name and article
    let mut groups: FxHashMap<&[NameId], Vec<usize>> = FxHashMap::default();
    for (i, c) in candidates.iter().enumerate() {
        if c.version.is_none() {
            groups.entry(&pool[c.senses.0 as usize..c.senses.1 as usize]).or_default().push(i);
        }
    }
    let mut chosen: Vec<Option<EntityId>> = vec![None; candidates.len()];
    let mut ordered: Vec<_> = groups.into_iter().collect();
    ordered.sort_by_key(|(_, members)| members[0]);
    for (senses, members) in ordered {
        let mut best: Option<(i32, EntityId)> = None;
        let mut votes: Option<Votes> = None;
        let mut reason = String::new();
        for &id in senses {
            let entity = entity_of(id);
            let condition = condition_of(id);
            let fits = match condition {
                None => 0,
                Some(c) => match holds(c, text, sure.contains(&entity)) {
                    Some(score) => score,
                    None => {
                        let kind = dictionary.entity(entity).kind;
                        let firm = kind == EntityKind::Company && !c.weak && !c.rare;
                        let told = kind != EntityKind::Person
                            && (firm && members.iter().any(|&m| stands_as_firm(text, candidates[m].span))
                                || members.iter().any(|&m| listed_beside(m, kind))
                                || !c.weak
                                    && members
                                        .iter()
                                        .any(|&m| cues.votes(text, candidates[m].span)[kind as usize] >= 2));
                        if !told {
                            reason = why_not(c);
                            continue;
                        }
                        0
                    }
                },
            };
            let mut score = fits;
            if senses.len() > 1 {
                let v = votes.get_or_insert_with(|| {
                    let mut sum = Votes::default();
                    for &m in &members {
                        for (a, b) in sum.iter_mut().zip(cues.votes(text, candidates[m].span)) {
                            *a += b;
                        }
                    }
                    sum
                });
                let e = dictionary.entity(entity);
                let total: i32 = v.iter().sum::<i32>().max(1);
                score += 4 * v[e.kind as usize] / total;
                if sure.contains(&entity) {
                    score += 3;
                }
                if related(dictionary, entity, &sure) {
                    score += 2;
                }
            }
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, entity));
            }
        }
        match best {
            Some((_, entity)) => members.iter().for_each(|&m| chosen[m] = Some(entity)),
            None if options.explain => {
                for &m in &members {
                    refusals.push(Refusal {
                        span: candidates[m].span,
                        name: dictionary.entity(entity_of(senses[0])).name.to_string(),
                        reason: reason.clone(),
                    });
                }
            }
            None => {}
        }
    }
    for (c, chosen) in candidates.into_iter().zip(chosen) {
        match (c.version, chosen) {
            (Some((family, name, len)), _) => {
                let start = c.span.start as usize;
                let mut span = c.span;
                if let Some((maker, maker_len, name_at)) = maker_and_name(dictionary, family, &text[start..start + len])
                {
                    hits.push(Hit { span: Span::new(start, start + maker_len), what: What::Listed(maker) });
                    span.start += name_at as u32;
                }
                // a version that has an entry of its own
                let listed = dictionary.index.find(&name).iter().find_map(|&id| {
                    let entity = dictionary.index.name(id).entity.filter(|e| *e != family)?;
                    (dictionary.entity(entity).kind == EntityKind::Product && !dictionary.index.name(id).not_bare)
                        .then_some(entity)
                });
                let what = listed.map_or(What::Version(family, name), What::Listed);
                hits.push(Hit { span, what });
            }
            (None, Some(entity)) => match maker_and_name(dictionary, entity, &text[c.span.range()]) {
                Some((maker, maker_len, name_at)) => {
                    let start = c.span.start as usize;
                    hits.push(Hit { span: Span::new(start, start + maker_len), what: What::Listed(maker) });
                    let span = Span { start: c.span.start + name_at as u32, end: c.span.end };
                    let (entity, span) = longer(dictionary, text, span).unwrap_or((entity, span));
                    hits.push(Hit { span, what: What::Listed(entity) });
                }
                None => {
                    let surface = &text[c.span.range()];
                    let len = without_tail(dictionary, entity, surface);
                    let mut span = Span::new(c.span.start as usize, c.span.start as usize + len);
                    // 《财富》: the marks are no part of the name
                    if surface.starts_with('《')
                        && let Some(shut) = surface.find('》')
                    {
                        let start = c.span.start as usize;
                        span = Span::new(start + '《'.len_utf8(), start + shut);
                    }
                    hits.push(Hit { span, what: What::Listed(entity) });
                }
            },
            (None, None) => {}
        }
    }
}

/// A product's name that is its maker's name and then a name of its own (`腾讯元宝`): the maker, the length
/// of its name, and where the product's own name starts.
fn maker_and_name(dictionary: &Dictionary, entity: EntityId, surface: &str) -> Option<(EntityId, usize, usize)> {
    let e = dictionary.entity(entity);
    if e.kind != EntityKind::Product || surface == &*e.name && surface.is_ascii() {
        return None;
    }
    let aliases = &e.facts.as_deref()?.aliases;
    let own = aliases.iter().map(String::as_str).chain([&*e.name]).filter(|a| {
        let enough = if a.is_ascii() {
            a.len() >= if e.facts.as_deref().is_some_and(|f| f.versions) { 3 } else { 4 }
        } else {
            a.chars().count() >= 2
        };
        enough && a.len() < surface.len() && surface.ends_with(a)
    });
    let own = own.max_by_key(|a| a.len())?;
    let name_at = surface.len() - own.len();
    // OpenAI-MRCR is one name
    let maker = surface[..name_at].strip_suffix(' ').unwrap_or(&surface[..name_at]);
    if maker.ends_with('-') {
        return None;
    }
    let id = *dictionary.index.find(maker).first()?;
    let maker_entity = dictionary.index.name(id).entity?;
    (dictionary.entity(maker_entity).kind == EntityKind::Company).then_some((maker_entity, maker.len(), name_at))
}

/// A longer name that begins where a product's does behind its maker's: in `微软Azure ML` Azure ML, not Azure.
fn longer(dictionary: &Dictionary, text: &str, span: Span) -> Option<(EntityId, Span)> {
    let mut end = span.end as usize;
    let mut found = None;
    for _ in 0..3 {
        let rest = text[end..].strip_prefix(' ')?;
        let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')).count();
        if len == 0 {
            break;
        }
        end += 1 + len;
        let whole = Span::new(span.start as usize, end);
        let names = dictionary.index.find(&text[whole.range()]);
        let entity = names.iter().find_map(|&id| {
            let name = dictionary.index.name(id);
            dictionary.condition(name).is_none().then_some(name.entity).flatten()
        });
        found = entity.map(|e| (e, whole)).or(found);
        if !text[end..].starts_with(' ') {
            break;
        }
    }
    found
}

/// Whether a condition holds, and how strongly.
fn holds(c: &Condition, text: &str, sure: bool) -> Option<i32> {
    let base = if c.rare { -2 } else { 0 };
    if !c.needs.is_empty() {
        if sure {
            return Some(base + 2);
        }
        return c.needs.iter().any(|n| contains_word(text, n)).then_some(base + 3);
    }
    if c.weak {
        return sure.then_some(base + 1);
    }
    Some(base)
}

/// Whether `text` has `word`; a Latin word must stand at word boundaries.
fn contains_word(text: &str, word: &str) -> bool {
    let bytes = text.as_bytes();
    let mut places = memchr::memmem::find_iter(bytes, word);
    if !word.is_ascii() {
        return places.next().is_some();
    }
    places.any(|at| {
        let end = at + word.len();
        let goes_on = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        !goes_on(at.checked_sub(1).map(|i| &bytes[i])) && !goes_on(bytes.get(end))
    })
}

fn why_not(c: &Condition) -> String {
    if !c.needs.is_empty() {
        format!("needs one of {} in the article", c.needs.join(", "))
    } else {
        "needs a surer name of the entity in the article".to_string()
    }
}

/// Whether a house, maker or parent of the entity is surely in the article.
fn related(dictionary: &Dictionary, entity: EntityId, sure: &FxHashSet<EntityId>) -> bool {
    let Some(facts) = dictionary.entity(entity).facts.as_deref() else { return false };
    facts.affiliation.iter().chain(&facts.maker).chain(&facts.parent).any(|name| {
        dictionary
            .index
            .find(name)
            .iter()
            .any(|&id| dictionary.index.name(id).entity.is_some_and(|e| e != entity && sure.contains(&e)))
    })
}
