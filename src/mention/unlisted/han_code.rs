//! Chinese product names that end in a code, as chips, cars and robots have them: `华山A2000系列`, `玄戒O1芯片`,
//! `发布天工Ultra 2`. The word before the code is the name's own, so it is none that tells what the thing is or what is
//! done with it (`芯片A18`, `搭载H20`).

use super::han::{Token, at_boundary, tokens};
use super::words::{Place, class, is_han};
use super::{Candidate, Scene};
use crate::find;
use crate::mention::listed::What;
use crate::schema::EntityKind;
use crate::span::Span;

/// What brings a product out, right before its name.
const BRINGS: [&str; 16] = [
    "推出",
    "推出了",
    "发布",
    "发布了",
    "上线",
    "开源",
    "自研",
    "自研的",
    "研发的",
    "打造的",
    "推出的",
    "发布的",
    "搭载",
    "搭载了",
    "全新",
    "旗下",
];

pub(super) fn gather(scene: &Scene, block: Span, places: &[Place], out: &mut Vec<Candidate>) {
    let words = scene.slice(block);
    let mut parts = Vec::new();
    // a code begins right behind a Chinese character
    let begins = |p: &&Place| p.is(class::CAPITAL | class::DIGIT) && p.at >= 6 && words.as_bytes()[p.at - 1] >= 0x80;
    for &Place { at, .. } in places.iter().filter(begins) {
        let Some(len) = code(&words[at..]) else { continue };
        let start = block.start as usize + at;
        judge(scene, block, start, start + len, &mut parts, out);
    }
}

/// The length of a code at the start of a text: letters and digits with one of both, and at most eight.
fn code(text: &str) -> Option<usize> {
    let len = text.bytes().take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &text[..len];
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = len - letters;
    // A18, C1200, O1, 910C, G1; no AI, no 3D, no 5G, no 100TOPS
    let shaped = word.starts_with(|c: char| c.is_ascii_uppercase())
        && (1..=3).contains(&letters)
        && (1..=4).contains(&digits)
        && upper >= 1
        || word.starts_with(|c: char| c.is_ascii_digit()) && letters == 1 && (3..=4).contains(&digits);
    let units = ["A轮", "B轮", "C轮", "D轮"].iter().any(|u| find::starts(text, u));
    (shaped && !units).then_some(len)
}

fn judge<'s>(
    scene: &Scene<'s>,
    block: Span,
    start: usize,
    end: usize,
    parts: &mut Vec<(&'s str, Token)>,
    out: &mut Vec<Candidate>,
) {
    let head = &scene.text[block.start as usize..start];
    // two or three characters
    let from = head.char_indices().rev().take(7).take_while(|(_, c)| is_han(*c)).last().map_or(head.len(), |(i, _)| i);
    let mut from = block.start as usize + from;
    let mut owner = false;
    while let Some(h) = scene.hits.get(scene.hit_from(from)).filter(|h| (h.span.start as usize) < start) {
        if h.what == What::Blocked || h.span.end as usize > start {
            return;
        }
        from = h.span.end as usize;
        owner = scene.kind_of(h) == Some(EntityKind::Company);
    }
    tokens(scene, &scene.text[from..start], parts);
    let stop = parts.iter().rposition(|t| t.1 == Token::Stop).map_or(0, |i| i + 1);
    let name = &parts[stop..];
    let unknown = name.iter().all(|t| t.1 == Token::Unknown);
    let plain = matches!(name, [(w, Token::Common)] if !noun(scene, w));
    let len: usize = name.iter().map(|t| t.0.len()).sum();
    let owner = owner && stop == 0 && len == start - from;
    let span = Span::new(start - len, end);
    let before = scene.before(Span::new(start - len, start));
    // the name begins at a mark, behind its owner, or behind what brings it out
    let brought = BRINGS.iter().any(|b| find::ends(before, b));
    let told = scene.cues.before(before)[EntityKind::Product as usize] >= 2;
    let opens = at_boundary(&scene.text[block.start as usize..start - len]) || owner || brought || told || stop > 0;
    let own = scene.slice(Span::new(start - len, start));
    let after = scene.after(span).trim_start_matches(' ');
    let ends = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '%' || c == '％')
        && !super::super::version::counts(after);
    let noun_behind = scene.cues.after(after)[EntityKind::Product as usize] >= 2
        || scene.words.product_heads.at_start(after).is_some();
    let evidence = i32::from(noun_behind) + i32::from(told) + i32::from(brought) + i32::from(owner);
    let enough = unknown && evidence >= 1 || plain && evidence >= 2;
    if !(6..=9).contains(&len)
        || !opens
        || !ends
        || !enough
        || !own.starts_with(|c| scene.words.starts_name(c))
        || scene.words.generic_prefixes.has(own)
        || scene.words.model_kinds.has(own)
        || noun(scene, own)
        || !scene.is_free(span)
    {
        return;
    }
    let hint = Some((EntityKind::Product, 2));
    out.push(Candidate { span, points: 2, hint, cue: "name and code", spreads: true });
}

/// Whether a word tells what a thing is.
fn noun(scene: &Scene, word: &str) -> bool {
    scene.words.product_heads.at_end(word).is_some()
        || scene.cues.before(word).iter().any(|v| *v > 0)
        || scene.words.general_after.at_end(word).is_some()
        || scene.words.not_after.has(word)
}
