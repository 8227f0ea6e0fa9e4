//! Cutting blocks into sentences, Chinese and English.

use super::text::{Block, Sentence};
use crate::span::Span;

/// The sentences of all blocks, in order.
pub(super) fn cut(text: &str, blocks: &[Block]) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let words = &text[block.span.range()];
        let mut start = 0;
        for (at, c) in words.char_indices() {
            if matches!(c, '。' | '！' | '？') {
                let end = at + c.len_utf8();
                out.push(Sentence {
                    span: Span::new(block.span.start as usize + start, block.span.start as usize + end),
                    block: i as u32,
                });
                start = end;
            }
        }
        if !words[start..].trim().is_empty() {
            out.push(Sentence {
                span: Span::new(block.span.start as usize + start, block.span.end as usize),
                block: i as u32,
            });
        }
    }
    out
}
