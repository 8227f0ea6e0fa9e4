//! Chinese names of models and devices without marks, between their maker, or what brings them out, and the noun for what
//! they are: `快手发布了澜影大模型`, `某公司的青瓷多模态大模型`.

use super::han::{Token, tokens};
use super::words::is_han;
use super::{Candidate, Scene};
use crate::dictionary::Openers;
use crate::find::find;
use crate::schema::EntityKind;
use crate::span::Span;
use std::sync::LazyLock;

/// The nouns that close such a name.
const HEADS: [&str; 9] =
    ["大模型", "语言模型", "推理模型", "视频模型", "智能体", "浏览器", "操作系统", "数字人", "学习机"];

/// What brings a product out, right before its name.
static BRINGS: LazyLock<Openers> = LazyLock::new(|| {
    Openers::new([
        "发布了",
        "发布的",
        "发布",
        "推出了",
        "推出的",
        "推出",
        "开源了",
        "开源的",
        "开源",
        "上线了",
        "上线",
        "研发的",
        "开发的",
        "自研的",
        "自研",
        "旗下的",
        "的",
    ])
});

/// The farthest that the head stands behind the name's beginning, in characters.
const REACH: usize = 12;

pub(super) fn gather(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let mut parts = Vec::new();
    let from = scene.hit_from(block.start as usize);
    for hit in scene.hits[from..].iter().take_while(|h| h.span.start < block.end) {
        if scene.kind_of(hit) != Some(EntityKind::Company) {
            continue;
        }
        let behind = &scene.text[hit.span.end as usize..block.end as usize];
        let Some(start) = begins(behind) else { continue };
        let start = hit.span.end as usize + start;
        let rest = &scene.text[start..block.end as usize];
        let run: usize = rest.chars().take(REACH).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
        let rest = &rest[..run];
        let Some(head) = HEADS.iter().filter_map(|h| find(rest, h)).min() else { continue };
        tokens(scene, &rest[..head], &mut parts);
        // 青瓷|多模态: the name, then its field
        let own = parts.iter().take_while(|t| t.1 == Token::Unknown).count();
        let name: usize = parts[..own].iter().map(|t| t.0.len()).sum();
        let field = parts[own..].iter().all(|t| t.1 == Token::Common || scene.words.model_kinds.has(t.0));
        let span = Span::new(start, start + name);
        let word = scene.slice(span);
        let generic = scene.words.model_kinds.at_start(&rest[..head]).is_some()
            || scene.words.model_kinds.at_end(word).is_some()
            || scene.words.generic_prefixes.has(word)
            || scene.lexicon.is_common(word)
            || !word.starts_with(|c| scene.words.starts_name(c));
        if (2..=4).contains(&own) && field && !generic && scene.is_free(span) {
            let hint = Some((EntityKind::Product, 2));
            out.push(Candidate { span, points: 1, hint, cue: "before its noun", spreads: true });
        }
    }
}

/// Where a product's name would begin behind its maker's: at once, or behind what brings it out.
fn begins(behind: &str) -> Option<usize> {
    let lead = behind.char_indices().take(7).take_while(|(_, c)| !matches!(c, '，' | '。' | '、' | '；'));
    let verb = lead.filter_map(|(at, _)| Some(behind.len() - BRINGS.behind(&behind[at..])?.len()));
    verb.last().or(Some(0))
}
