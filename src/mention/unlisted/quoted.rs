//! Chinese names in quotation marks beside a word for what they name: `智能汽车“绝影”`, `“元宝”App`,
//! `名为“青龙”的机器人`.

use super::han::{Token, tokens};
use super::words::is_han;
use super::{Candidate, Scene};
use crate::schema::EntityKind;
use crate::span::Span;
use memchr::memmem;

const PAIRS: &[(char, char)] = &[('“', '”'), ('「', '」'), ('『', '』')];

pub(super) fn gather(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let words = scene.slice(block);
    for &(open, shut) in PAIRS {
        let mut from = 0;
        // a search by bytes: the last byte of a mark alone is a frequent one
        while let Some(at) = memmem::find(&words.as_bytes()[from..], open.encode_utf8(&mut [0; 4]).as_bytes()) {
            let start = from + at + open.len_utf8();
            from = start;
            let Some(len) = words[start..].find(shut) else { break };
            let inner = &words[start..start + len];
            if inner.len() > 45 || inner.contains(open) {
                continue;
            }
            let span = Span::new(block.start as usize + start, block.start as usize + start + len);
            from = start + len;
            if scene.is_free(span) && is_name(scene, inner) {
                judge(scene, block, span, out);
            }
        }
    }
}

/// Two to eight Han characters that are no phrase.
fn is_name(scene: &Scene, inner: &str) -> bool {
    let count = inner.chars().count();
    let han = inner.chars().filter(|c| is_han(*c)).count();
    (2..=8).contains(&count)
        && han >= 2
        && inner.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '·' || c == ' ')
        && !scene.lexicon.is_common(inner)
        && !inner.starts_with("AI")
        && !inner.chars().any(|c| {
            matches!(c, '的' | '了' | '是' | '不' | '与' | '和' | '在' | '更' | '最' | '被' | '从' | '到' | '没')
        })
}

fn judge(scene: &Scene, block: Span, span: Span, out: &mut Vec<Candidate>) {
    let before = scene.text[block.start as usize..span.start as usize].trim_end_matches(['“', '「', '『']);
    let after = scene.text[span.end as usize..block.end as usize].trim_start_matches(['”', '」', '』']);
    let named = scene.words.naming.at_end(before).is_some();
    let best = |v: &[i32; 4]| v[EntityKind::Product as usize].max(v[EntityKind::Company as usize]);
    // “X”的产品 and 产品的“X” describe, they do not name
    let before_score = if before.ends_with('的') { 0 } else { best(&scene.cues.before(before)) };
    let after_score = if after.starts_with('的') { 0 } else { best(&scene.cues.after(after)) };
    let mut parts = Vec::new();
    tokens(scene, scene.slice(span), &mut parts);
    let fresh = parts.iter().any(|t| t.1 == Token::Unknown);
    let points = match (named, before_score >= 2, after_score >= 2, fresh) {
        (true, _, true, true) | (true, true, _, true) => 2,
        _ => return,
    };
    out.push(Candidate { span, points, hint: None, cue: "quoted", spreads: true });
}
