//! Chinese names without a suffix, told by the words that frame them: `光年之外创始人`, `收购了拓尔思`,
//! `与本源量子合作`, `帷幄（Whale）`.

use super::han::{Token, name_after, name_before};
use super::words::{Place, class, is_han};
use super::{Candidate, Scene};
use crate::find::{self, find};
use crate::schema::EntityKind;
use crate::span::Span;

pub(super) fn gather<'s>(scene: &Scene<'s>, block: Span, places: &[Place], out: &mut Vec<Candidate>) {
    let words = scene.slice(block);
    let base = block.start as usize;
    let mut buffer = Vec::new();
    let frames = class::FRAME_START | class::FRAME_END | class::OPEN | class::DIGIT;
    for &Place { at: i, c, .. } in places.iter().filter(|p| p.is(frames)) {
        if matches!(c, '（' | '(') {
            bracketed(scene, block, base + i, &mut buffer, out);
            continue;
        }
        if c.is_ascii_digit() && words[..i].ends_with(is_han) {
            held(scene, block, base + i, &mut buffer, out);
            continue;
        }
        if let Some(cue) = scene.words.frame_after.at_start(&words[i..])
            && !words[i + cue.len()..].starts_with('级')
        {
            before(scene, block, base + i, cue, &mut buffer, out);
        }
        if let Some(cue) = scene.words.frame_before.at_end(&words[..i + c.len_utf8()]) {
            // 初创企|业
            if cue.ends_with('企') && words[i + c.len_utf8()..].starts_with('业') {
                continue;
            }
            after(scene, block, base + i + c.len_utf8(), &mut buffer, out);
        }
    }
    beside(scene, block, &mut buffer, out);
    for deal in ["的收购", "的并购"] {
        let mut from = 0;
        while let Some(i) = find(&words[from..], deal) {
            bought(scene, block, base + from + i, &mut buffer, out);
            from += i + deal.len();
        }
    }
}

/// What two firms do together.
const TOGETHER: [&str; 12] =
    ["合作", "共建", "签署", "达成", "共同", "携手", "推出", "发布", "成立", "打造", "开发", "宣布"];

/// A name that opens its clause beside a known firm that it works with: `恒启迅达与华为云合作`.
fn beside<'s>(scene: &Scene<'s>, block: Span, buffer: &mut Vec<(&'s str, Token)>, out: &mut Vec<Candidate>) {
    let from = scene.hit_from(block.start as usize);
    for hit in scene.hits[from..].iter().take_while(|h| h.span.start < block.end) {
        if scene.kind_of(hit) != Some(EntityKind::Company) {
            continue;
        }
        let before = scene.before(hit.span);
        let Some(lead) = ["与", "携手", "联合", "和"].iter().find_map(|j| before.strip_suffix(j)) else {
            continue;
        };
        let rest = &scene.text[hit.span.end as usize..block.end as usize];
        let clause = &rest[..rest.find(['，', '。', '；']).unwrap_or(rest.len())];
        let acts = || TOGETHER.iter().any(|w| find(clause, w).is_some_and(|at| at <= 48));
        if lead.len() <= block.start as usize || !acts() {
            continue;
        }
        let start = name_before(scene, block.start as usize, lead.len(), buffer);
        let span = Span::new(start, lead.len());
        let opens = super::han::at_boundary(&scene.text[block.start as usize..start]);
        let own = buffer.iter().filter(|t| t.1 == Token::Unknown).count();
        let long = scene.slice(span).chars().count() >= 3;
        if opens && long && own >= 2 && fits(scene, buffer) {
            let person = buffer.len() <= 3 && scene.words.begins_surname(buffer[0].0.chars().next().unwrap_or(' '));
            if scene.is_free(span) && !person && !scene.lexicon.is_common(scene.slice(span)) {
                let hint = Some((EntityKind::Company, 2));
                out.push(Candidate { span, points: 1, hint, cue: "beside a firm", spreads: true });
            }
        }
    }
}

/// Whether tokens may be a firm's name that nothing but its frame tells: unknown characters, and one common
/// word at most.
fn fits(scene: &Scene, tokens: &[(&str, Token)]) -> bool {
    let count: usize = tokens.iter().map(|t| t.0.len()).sum::<usize>() / 3;
    let unknown = tokens.iter().filter(|t| t.1 == Token::Unknown).count();
    (2..=5).contains(&count)
        && unknown >= 1
        && tokens.len() - unknown <= 1
        && (unknown >= 2 || count >= 3)
        && tokens[0].0.starts_with(|c| scene.words.starts_name(c) && !"两三四五六七八九十".contains(c))
        && !tokens[tokens.len() - 1].0.ends_with([
            '上', '下', '着', '过', '们', '出', '来', '去', '到', '他', '她', '此', '逾', '超', '近', '约', '达', '共',
            '获',
        ])
        && tokens.iter().skip(usize::from(unknown >= 2)).all(|t| t.1 != Token::Place)
        && tokens.iter().all(|t| t.1 != Token::Stop)
}

fn put(scene: &Scene, span: Span, cue: &'static str, out: &mut Vec<Candidate>) {
    let name = scene.slice(span);
    let person = name.chars().count() <= 3
        && name.chars().next().is_some_and(|c| scene.lexicon.surnames.contains(c.encode_utf8(&mut [0; 4])));
    if scene.is_free(span)
        && !scene.lexicon.is_common(name)
        && scene.words.general_after.at_end(name).is_none()
        && !scene.words.generic_prefixes.has(name)
        && !(person && cue == "framed")
    {
        let points = if cue == "name in brackets" { 2 } else { 0 };
        out.push(Candidate { span, points, hint: Some((EntityKind::Company, 1)), cue, spreads: true });
    }
}

/// A name before what only a firm has: `听力熊联合创始人袁琳`.
fn before<'s>(
    scene: &Scene<'s>,
    block: Span,
    at: usize,
    cue: &str,
    buffer: &mut Vec<(&'s str, Token)>,
    out: &mut Vec<Candidate>,
) {
    let base = block.start as usize;
    let mut head = &scene.text[base..at];
    if scene.words.frame_after.at_start(cue).is_some() {
        for lead in ["联合", "前", "的"] {
            head = head.strip_suffix(lead).unwrap_or(head);
        }
    }
    let end = base + head.len();
    let start = name_before(scene, base, end, buffer);
    if fits(scene, buffer) && (!scene.words.frame_acts.has(cue) || opens(scene, block, Span::new(start, end), buffer)) {
        put(scene, Span::new(start, end), "led by", out);
    }
}

/// `，跃衡创新推出的`: whether a name opens its clause, and is no person's nor a word for when or how.
fn opens(scene: &Scene, block: Span, span: Span, tokens: &[(&str, Token)]) -> bool {
    let name = scene.slice(span);
    let person = name.chars().count() <= 3 && name.starts_with(|c| scene.words.begins_person(c));
    let last = tokens.last().map_or("", |t| t.0);
    super::han::at_boundary(&scene.text[block.start as usize..span.start as usize])
        && !person
        && tokens.iter().filter(|t| t.1 == Token::Unknown).count() >= 2
        && !last.ends_with([
            '地', '年', '月', '日', '周', '季', '近', '新', '期', '次', '式', '后', '前', '时', '初', '末', '底',
        ])
        && !["联合", "率先", "首次", "最终", "同步", "随即", "已经", "官方"].contains(&last)
}

/// A name whose takeover is told of: `甲对澜岫科的收购`.
fn bought<'s>(scene: &Scene<'s>, block: Span, at: usize, buffer: &mut Vec<(&'s str, Token)>, out: &mut Vec<Candidate>) {
    let start = name_before(scene, block.start as usize, at, buffer);
    let span = Span::new(start, at);
    let takes = scene.text[block.start as usize..start].ends_with('对');
    let unknown = buffer.iter().any(|t| t.1 == Token::Unknown);
    let known = scene.lexicon.is_common(scene.slice(span)) || !scene.is_free(span);
    if takes && unknown && !known && (6..=15).contains(&span.len()) {
        out.push(Candidate { span, points: 1, hint: Some((EntityKind::Company, 2)), cue: "taken over", spreads: true });
    }
}

/// A name before the share of it that is held: `持有蓝岭微芯58%的股权`.
fn held<'s>(scene: &Scene<'s>, block: Span, at: usize, buffer: &mut Vec<(&'s str, Token)>, out: &mut Vec<Candidate>) {
    let rest = &scene.text[at..block.end as usize];
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let Some(rest) = rest.strip_prefix(['%', '％']) else { return };
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    if !["股权", "股份", "控股权"].iter().any(|w| find::starts(rest, w)) {
        return;
    }
    let start = name_before(scene, block.start as usize, at, buffer);
    let span = Span::new(start, at);
    // 收购上纬新材63%的股权: the name may begin before a word of place
    let cut = scene.before(span).ends_with(['上', '中', '下', '内', '外', '前', '后', '大', '方', '同', '和']);
    if !cut && fits(scene, buffer) && scene.is_free(span) && !scene.lexicon.is_common(scene.slice(span)) {
        out.push(Candidate {
            span,
            points: 1,
            hint: Some((EntityKind::Company, 2)),
            cue: "share of it",
            spreads: true,
        });
    }
}

/// A name behind what takes a firm: `创立了深言科技`, `初创公司千诀`.
fn after<'s>(scene: &Scene<'s>, block: Span, at: usize, buffer: &mut Vec<(&'s str, Token)>, out: &mut Vec<Candidate>) {
    let lead =
        scene.text[at..block.end as usize].chars().next().filter(|c| matches!(c, '“' | '「')).map_or(0, char::len_utf8);
    let start = at + lead;
    // 科技公司对应届生…: the sentence goes on
    let goes_on = scene.text[start..block.end as usize]
        .starts_with(['对', '在', '将', '为', '以', '与', '和', '也', '都', '已', '从', '向', '用', '自']);
    if goes_on && lead == 0 {
        return;
    }
    if let Some(end) = name_after(scene, start, block.end as usize, buffer)
        && fits(scene, buffer)
    {
        put(scene, Span::new(start, end), "framed", out);
    }
}

/// A Chinese name with a Latin one in brackets: `帷幄（Whale）`.
fn bracketed<'s>(
    scene: &Scene<'s>,
    block: Span,
    at: usize,
    buffer: &mut Vec<(&'s str, Token)>,
    out: &mut Vec<Candidate>,
) {
    if !scene.text[..at].ends_with(is_han) {
        return;
    }
    let inner = scene.text[at..block.end as usize].trim_start_matches(['（', '(']);
    // a name is not longer, and a text of nothing but brackets is not to be read again from each of them
    let close = inner.char_indices().take(80).find(|(_, c)| matches!(c, '）' | ')' | '，' | ',')).map_or(0, |(i, _)| i);
    let latin = &inner[..close];
    let name = latin.len() >= 2
        && latin.is_ascii()
        && latin.starts_with(|c: char| c.is_ascii_uppercase())
        && latin.bytes().any(|b| b.is_ascii_lowercase())
        && latin.split(' ').count() <= 2
        && !scene.lexicon.is_generic(latin)
        && latin.split([' ', '-']).any(|w| !scene.lexicon.is_common(w) && !scene.lexicon.is_generic(w));
    if !name || super::latin::is_term(scene, &scene.text[..at]) {
        return;
    }
    let end = at;
    let start = name_before(scene, block.start as usize, end, buffer);
    // 沙姆斯（Shams）, 余家辉（Jiahui Yu）
    let han = &scene.text[start..end];
    let person =
        han.chars().count() <= 4 && (latin.contains(' ') || han.chars().all(|c| scene.words.transliterates(c)));
    if fits(scene, buffer) && !person {
        put(scene, Span::new(start, end), "name in brackets", out);
    }
}
