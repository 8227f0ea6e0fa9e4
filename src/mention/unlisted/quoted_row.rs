//! What else tells that a marked stretch is a product's name: several names in one pair of marks (`“甲、乙、丙”三大平台`),
//! a Latin gloss behind it, a Latin word of its own in it, and a title that a house brings out.

use super::quoted::{around, covered, headed, is_name, uncounted};
use super::words::is_han;
use super::{Candidate, Scene};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// Several names in one pair of marks, which the counted noun behind them calls products.
pub(super) fn gather(scene: &Scene, block: Span, span: Span, out: &mut Vec<Candidate>) {
    let inner = scene.slice(span);
    if !inner.contains('、') {
        return;
    }
    let behind = around(scene, block, span).1;
    let after = uncounted(behind);
    let after = if after == behind { behind.strip_prefix('等').unwrap_or_default() } else { after };
    let product = scene.cues.after(after)[EntityKind::Product as usize] >= 2 || headed(scene, after);
    let fits = |w: &str| is_name(scene, w, true) && w.chars().count() <= 8;
    if !product || inner.split('、').count() > 6 || !inner.split('、').all(fits) {
        return;
    }
    let mut at = span.start as usize;
    for word in inner.split('、') {
        let name = Span::new(at, at + word.len());
        if !covered(scene, name) {
            let hint = Some((EntityKind::Product, 2));
            out.push(Candidate { span: name, points: 3, hint, cue: "quoted", spreads: word.chars().count() > 2 });
        }
        at += word.len() + '、'.len_utf8();
    }
}

/// `“Thinking with Images”图像推理项目`: a row of Latin words that begins and ends with a capital, and what it is behind it,
/// or a list of them that a product's noun closes.
pub(super) fn latin(scene: &Scene, block: Span, span: Span, out: &mut Vec<Candidate>) {
    let inner = scene.slice(span);
    let fits = |w: &str| {
        w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'))
            && (w.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                || scene.words.links.has(w)
                || w == "with")
    };
    let words = || inner.split(' ');
    let capital = |w: Option<&str>| w.is_some_and(|w| w.len() > 1 && w.starts_with(|c: char| c.is_ascii_uppercase()));
    if !inner.is_ascii()
        || !inner.contains(' ')
        || words().count() > 5
        || !words().all(fits)
        || words().all(|w| scene.lexicon.is_generic(w) || scene.words.links.has(w))
        || !capital(words().next())
        || !capital(words().next_back())
        || scene.words.latin_not_last.has(words().next_back().unwrap_or_default())
        || covered(scene, span)
    {
        return;
    }
    let behind = around(scene, block, span).1;
    // “A”、“B”和“C”等一系列内部AI工具
    let list = behind
        .char_indices()
        .take(60)
        .find(|(_, c)| matches!(c, '。' | '，' | '；'))
        .map_or(behind, |(i, _)| &behind[..i]);
    let closed = list.starts_with(['、', '和', '与', '等'])
        && list
            .find('等')
            .is_some_and(|at| super::list::closing(scene, &list[at..])[EntityKind::Product as usize] >= 2);
    let noun = uncounted(behind);
    const NOUNS: [&str; 10] = ["项目", "计划", "平台", "工具", "助手", "系统", "模型", "框架", "数据集", "应用"];
    let project = super::quoted::brought_kind(noun, &NOUNS);
    if closed || headed(scene, noun) || project {
        let hint = Some((EntityKind::Product, 2));
        out.push(Candidate { span, points: if closed { 2 } else { 3 }, hint, cue: "quoted", spreads: false });
    }
}

/// `即创AI`: a word that is none, which AI makes a name of.
pub(super) fn made_of_ai(scene: &Scene, inner: &str) -> bool {
    inner.strip_suffix("AI").is_some_and(|word| {
        (2..=4).contains(&word.chars().count())
            && word.chars().all(is_han)
            && !scene.lexicon.is_common(word)
            && scene.words.phrase_ends.at_end(word).is_none()
            && !scene.words.generic_prefixes.has(word)
    })
}

/// What stands behind a Latin gloss in brackets: `（Notification Organizer）和…`.
pub(super) fn glossed(after: &str) -> Option<&str> {
    let inner = after.strip_prefix(['（', '('])?;
    let close = inner.char_indices().take(48).find(|(_, c)| matches!(c, '）' | ')'))?;
    let gloss = &inner[..close.0];
    let latin = gloss.len() >= 2 && gloss.is_ascii() && gloss.starts_with(|c: char| c.is_ascii_uppercase());
    latin.then(|| &inner[close.0 + close.1.len_utf8()..])
}

/// `“aily工作助手”`: whether a marked stretch begins with a Latin word that is no common one, and goes on in Chinese.
pub(super) fn own_word(scene: &Scene, span: Span) -> bool {
    let inner = scene.slice(span);
    let end = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &inner[..end];
    end >= 3
        && inner[end..].starts_with(is_han)
        && scene.is_free(Span::new(span.start as usize, span.start as usize + end))
        && !scene.lexicon.is_common(word)
        && !scene.lexicon.is_generic(word)
        && word.bytes().any(|b| b.is_ascii_lowercase())
}

/// What a house does with a game, a film or an app.
const MAKES: [&str; 15] = [
    "推出",
    "推出了",
    "推出的",
    "发行",
    "发行的",
    "研发",
    "研发的",
    "开发",
    "开发的",
    "出品的",
    "制作的",
    "运营的",
    "上线",
    "上线了",
    "旗下的",
];

/// Words with which a title ends that names no product: reports, laws, papers.
const PAPERS: [&str; 30] = [
    "报告",
    "白皮书",
    "蓝皮书",
    "意见",
    "办法",
    "法案",
    "条例",
    "通知",
    "规划",
    "计划",
    "宣言",
    "倡议",
    "标准",
    "规范",
    "论文",
    "手册",
    "声明",
    "公约",
    "协议",
    "公告",
    "方案",
    "决定",
    "规定",
    "指引",
    "纲要",
    "榜单",
    "公开信",
    "备忘录",
    "细则",
    "清单",
];

/// `米哈游推出的《…》`: whether a listed house brings out what stands in title marks.
pub(super) fn made(scene: &Scene, block: Span, inner: &str, before: &str) -> bool {
    let Some(lead) = MAKES.iter().filter_map(|m| before.strip_suffix(m)).min_by_key(|l| l.len()) else { return false };
    let lead = ["重磅", "正式", "最新", "此次", "全新", "联合", "自主", "新"]
        .iter()
        .fold(lead, |l, w| l.strip_suffix(w).unwrap_or(l));
    let hit = scene.hit_ending(block.start as usize + lead.len());
    let house = hit.and_then(|h| scene.kind_of(h)) == Some(EntityKind::Company);
    house && inner.chars().count() <= 12 && !PAPERS.iter().any(|p| find::ends(inner, p))
}
