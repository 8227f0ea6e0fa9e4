//! Chinese names in marks: in quotation marks beside what they name (`智能汽车“绝影”`, `推出“知小助手”`,
//! `名为“青龙”的机器人`), and in title marks as games, films and papers (`游戏《星海》`, `据《晚点》报道`).

use super::han::{Token, tokens};
use super::words::is_han;
use super::{Candidate, JOINTS, Scene, quoted_row};
use crate::find::{self, find, has};
use crate::mention::listed::What;
use crate::schema::EntityKind;
use crate::span::Span;

const PAIRS: &[(char, char)] = &[('“', '”'), ('「', '」'), ('『', '』')];

/// What brings a product out.
const BRINGS: [&str; 14] =
    ["推出", "发布", "上线", "开源", "研发", "开发", "打造", "自研", "亮相", "上架", "研制", "展示", "公布", "带来"];

/// What gives a name, and nothing else.
const CALLS: [&str; 9] = ["名为", "命名为", "取名为", "名叫", "叫做", "更名为", "定名为", "起名为", "代号为"];

/// What a product is, where no word of its name is one.
const KINDS: [&str; 6] = ["大模型", "智能体", "机器人", "芯片", "浏览器", "操作系统"];

/// The points of a quoted name that count as enough.
const NAMES: i32 = 3;

/// A quoted stretch, without its marks.
#[derive(Clone, Copy, Debug)]
struct Quote {
    span: Span,
    /// What speaks for a name; `None` where the make-up speaks against one.
    points: Option<i32>,
    kind: Option<EntityKind>,
    /// No word that may stand for something else where it has no marks.
    spreads: bool,
}

pub(super) fn gather(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let mut quotes: Vec<Quote> = Vec::new();
    for &(open, shut) in PAIRS {
        quotes.clear();
        each(scene, block, open, shut, |span| {
            quoted_row::gather(scene, block, span, out);
            quoted_row::latin(scene, block, span, out);
            quotes.push(judge(scene, block, span));
        });
        // both ways along a chain
        spread(scene, &mut quotes);
        spread(scene, &mut quotes);
        for q in &quotes {
            if q.points.is_some_and(|p| p >= NAMES) {
                let hint = q.kind.map(|k| (k, 2));
                out.push(Candidate { span: q.span, points: 3, hint, cue: "quoted", spreads: q.spreads });
            }
        }
    }
    let mut last: Option<(usize, EntityKind)> = None;
    each(scene, block, '《', '》', |span| {
        let joined = |end: usize| JOINTS.contains(&scene.text[end..span.start as usize].trim_matches(['《', '》']));
        let kind = title(scene, block, span).or_else(|| {
            // 《A》和《B》
            let same = last.filter(|l| joined(l.0)).map(|l| l.1);
            same.filter(|_| scene.slice(span).chars().count() >= 2 && !covered(scene, span))
        });
        if let Some(kind) = kind {
            out.push(Candidate { span, points: 3, hint: Some((kind, 3)), cue: "title", spreads: false });
        }
        let listed = scene.hit_starting(span.start as usize).filter(|h| h.span == span).and_then(|h| scene.kind_of(h));
        last = kind.or(listed).map(|k| (span.end as usize, k));
    });
}

/// Hands over what stands between each pair of marks.
fn each(scene: &Scene, block: Span, open: char, shut: char, mut found: impl FnMut(Span)) {
    let words = scene.slice(block);
    let mut from = 0;
    // of a mark's bytes the first is the rare one in Chinese text
    let (first, mark) = (open.encode_utf8(&mut [0; 4]).as_bytes()[0], open);
    let next = |from: usize| {
        let mut places = memchr::memchr_iter(first, &words.as_bytes()[from..]);
        places.find(|&at| words[from + at..].starts_with(mark))
    };
    while let Some(at) = next(from) {
        let start = from + at + open.len_utf8();
        from = start;
        let Some(len) = words[start..].find(shut) else { break };
        let inner = &words[start..start + len];
        if inner.is_empty() || inner.len() > 45 || inner.contains(open) {
            continue;
        }
        found(Span::new(block.start as usize + start, block.start as usize + start + len));
        from = start + len;
    }
}

/// The texts before and behind a marked stretch, without the marks.
pub(super) fn around<'s>(scene: &Scene<'s>, block: Span, span: Span) -> (&'s str, &'s str) {
    (
        scene.text[block.start as usize..span.start as usize].trim_end_matches(['“', '「', '『', '《', ' ']),
        scene.text[span.end as usize..block.end as usize].trim_start_matches(['”', '」', '』', '》', ' ']),
    )
}

/// Two to fourteen characters, Han ones among them, that are no phrase; a plain word only where it is introduced.
pub(super) fn is_name(scene: &Scene, inner: &str, introduced: bool) -> bool {
    let count = inner.chars().count();
    let han = inner.chars().filter(|c| is_han(*c)).count();
    (2..=14).contains(&count)
        && han >= 2
        && inner.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '·' || c == ' ' || c == '-')
        && (introduced || !scene.lexicon.is_common(inner))
        // “大新闻”
        && !inner.strip_prefix(['大', '小', '新', '老', '真', '假', '好', '超']).is_some_and(|r| scene.lexicon.is_common(r))
        && !inner.starts_with(|c| "一二三四五六七八九十百两几第0123456789".contains(c))
        && (introduced && inner.ends_with('版') && count > 4 || scene.words.phrase_ends.at_end(inner).is_none())
        && inner.strip_prefix("AI").is_none_or(|r| !scene.lexicon.is_common(r) && !scene.words.product_heads.has(r))
        && (!inner.ends_with(|c: char| c.is_ascii_alphanumeric())
            || scene.words.product_heads.at_end(inner).is_some()
            || quoted_row::made_of_ai(scene, inner))
        && !inner.chars().any(|c| "的了是不与和在更最被从到没你我他她它当让都要就会吗怎么这那".contains(c))
}

fn judge(scene: &Scene, block: Span, span: Span) -> Quote {
    let inner = scene.slice(span);
    let none = Quote { span, points: None, kind: None, spreads: false };
    let (before, after) = around(scene, block, span);
    let product = |v: [i32; 4]| v[EntityKind::Product as usize] >= 2;
    // 发布开源公版机“青龙”: a noun for it right before, behind what brings it out
    let near = last_of(before, 60);
    let clause = &near[near.rfind(['，', '。', '；', '\n', '！', '？']).unwrap_or(0)..];
    let noun_before = || product(scene.cues.before(before)) || scene.words.product_heads.at_end(before).is_some();
    let brought = BRINGS.iter().any(|w| has(clause, w));
    // 一项名为“虚拟社区”的世界模型
    let called =
        CALLS.iter().any(|w| find::ends(before, w)) && (noun_behind(scene, after) || noun_before_call(scene, before));
    // 武汉大学“天问”人形机器人
    let apposed = !before.ends_with('的')
        && owned(scene, block, before)
        && headed(scene, after)
        && (2..=5).contains(&inner.chars().count())
        && inner.chars().all(is_han);
    let introduced = !before.ends_with('的') && brought && noun_before() || called || apposed;
    let glossed = quoted_row::glossed(after)
        .filter(|_| brought && owner_in(scene, block, clause, before) || owned(scene, block, before));
    let by_maker = glossed.is_some_and(|behind| product(scene.cues.after(behind)))
        || owned(scene, block, before) && inner.ends_with('版');
    if !is_name(scene, inner, introduced || by_maker)
        || scene.hit_from(span.start as usize) < scene.hits.len() && covered(scene, span)
    {
        return none;
    }
    let owned = owned(scene, block, before);
    let named = scene.words.naming.at_end(before).is_some();
    let noun = after.strip_prefix('的').unwrap_or(after);
    // “启衡”蛋白质大模型: what kind of model it is
    let kind = brought_kind(noun, &KINDS);
    let described =
        scene.words.not_after.at_start(noun).is_some() && !kind || scene.words.phrase_after.at_start(noun).is_some();
    // 又“嘴瓢”了: a verb
    let verb = after.starts_with(['了', '着', '过', '地', '得']);
    if described || verb || after.starts_with('的') && !named {
        return none;
    }
    let mut parts = Vec::new();
    tokens(scene, inner, &mut parts);
    let unknown = parts.iter().filter(|t| t.1 == Token::Unknown && t.0.starts_with(is_han)).count() as i32;
    let head = scene.words.product_heads.at_end(inner).is_some_and(|h| h.len() < inner.len());
    let program = ["计划", "项目"].iter().any(|p| find::ends(inner, p)) && inner.chars().count() > 3;
    let mut points = unknown.min(1);
    if named {
        points += 2;
    }
    // 夸克还推出“智能体中枢”
    if named && owner_near(scene, block, before) {
        points += 1;
    }
    let company = |v: [i32; 4]| v[EntityKind::Company as usize] >= 2;
    // 产品的“X” describes, it does not name
    if !before.ends_with('的') && unknown >= 1 && product(scene.cues.before(before)) {
        points += 2;
    }
    if introduced {
        points += 2;
    }
    // “睿兵Agent”: a word made up, and what it is
    if unknown >= 2 && head {
        points += 1;
    }
    // “aily工作助手”: a word of its own, and what it is
    if (head || program) && quoted_row::own_word(scene, span) {
        points += 2;
    }
    // 对标…的“青瓷”大模型: no word at all, and what it is
    let listed = || ["如", "包括", "、", "和", "与", "及", "以", "了"].iter().any(|w| find::ends(before, w));
    if (brought || listed())
        && parts.iter().all(|t| t.1 == Token::Unknown)
        && inner.chars().all(is_han)
        && inner.chars().count() <= 4
        && brought_kind(after, &KINDS)
    {
        points += 1;
    }
    // 打造“巡检360系统”
    let made = BRINGS.iter().any(|w| find::ends(before, w)) && !named;
    if head && made && (unknown >= 1 || inner.contains(|c: char| c.is_ascii_digit())) {
        points += 2;
    }
    // 谷歌推出的“通知管理器”（Notification Organizer）
    if glossed.is_some() && (head || by_maker) {
        points += 2;
    }
    // 公牛集团的“公牛智服”: it begins as a firm of the sentence does
    let first = inner.chars().take(2).map(char::len_utf8).sum::<usize>();
    let like_house = inner.starts_with(is_han)
        && unknown >= 1
        && first < inner.len()
        && house_like(scene, block, span, &inner[..first]);
    if like_house {
        points += 2;
    }
    // 谷歌正推出基于AI的“通知管家”: what it is, in its own name
    if head && before.ends_with('的') && brought && !owned && owner_in(scene, block, clause, before) {
        points += 2;
    }
    // “A”“B”和“C”等核心功能; not 各类“A”等产品
    let feature = after.strip_prefix('等').is_some_and(|a| {
        let near = &a[..a.char_indices().nth(6).map_or(a.len(), |(i, _)| i)];
        ["功能", "智能体", "产品", "应用", "工具"].iter().any(|w| near.contains(w))
    });
    let kinds = ["各类", "各种", "所谓", "诸多"].iter().any(|w| clause.contains(w));
    if feature && !kinds && (unknown > 0 || inner.chars().count() >= 4) {
        points += 2;
    }
    // “A”和“B”两个平台
    let after = uncounted(after);
    let (noun, firm) = (scene.cues.after(after), scene.cues.before(before));
    if product(noun) || headed(scene, after) || brought_kind(after, &KINDS) || named && (company(noun) || company(firm))
    {
        points += 1;
    }
    if head {
        points += 1;
    }
    if owned {
        points += 1 + i32::from(head) + if program { 1 + i32::from(before.ends_with('的')) } else { 0 };
    }
    // “飞书妙记”: a house's or a product's name and more
    let known = scene.hit_starting(span.start as usize).filter(|h| h.span.end < span.end);
    if let Some(h) = known.filter(|h| scene.kind_of(h).is_some_and(|k| k != EntityKind::Person)) {
        let rest = &scene.text[h.span.end as usize..span.end as usize];
        let own = rest.chars().all(is_han) && (2..=4).contains(&rest.chars().count());
        points += if own && unknown >= 1 && !scene.lexicon.is_common(rest) { 2 } else { 0 };
    }
    let body = scene.words.organization_suffixes.at_end(inner);
    let thing = head || introduced || by_maker || scene.words.product_heads.at_end(before).is_some();
    // “万相实验室”生成式AI产品: what it is stands behind it
    let body =
        body.filter(|_| !product(scene.cues.after(after)) && !headed(scene, after) && !brought_kind(after, &["产品"]));
    let thing = thing || scene.words.organization_suffixes.at_end(inner).is_some();
    let kind = body.map(|_| EntityKind::Organization).or(thing.then_some(EntityKind::Product));
    if body.is_some()
        && ["成立", "成立了", "设立", "设立了", "共建", "组建", "组建了"].iter().any(|w| find::ends(before, w))
    {
        points += 3;
    }
    Quote { span, points: Some(points), kind, spreads: unknown >= 1 || inner.chars().count() > 4 }
}

/// Whether a few words of description lead to one of the nouns: `气象大模型`.
pub(super) fn brought_kind(after: &str, kinds: &[&str]) -> bool {
    let near = &after[..after.char_indices().nth(8).map_or(after.len(), |(i, _)| i)];
    kinds
        .iter()
        .filter_map(|k| find(near, k))
        .min()
        .is_some_and(|at| near[..at].chars().all(is_han) && !near[..at].contains('的'))
}

/// Whether a product's noun follows a name after 的: `的世界模型`.
fn noun_behind(scene: &Scene, after: &str) -> bool {
    after.strip_prefix('的').is_some_and(|noun| headed(scene, noun))
}

/// Whether a product's noun stands before what gives a name: `智能体平台，名为`, `上线AI应用命名为`.
fn noun_before_call(scene: &Scene, before: &str) -> bool {
    let Some(lead) = CALLS.iter().filter_map(|w| before.strip_suffix(w)).min_by_key(|l| l.len()) else { return false };
    let lead = lead.trim_end_matches(['，', '被', '其', '并', '将']);
    scene.words.product_heads.at_end(lead).is_some()
}

/// Behind the titles that a list goes on with: 和《B》两款游戏.
fn titles_off(mut after: &str) -> &str {
    while let Some((_, rest)) = JOINTS
        .iter()
        .find_map(|j| after.strip_prefix(j).unwrap_or(after).strip_prefix('《'))
        .and_then(|t| t.split_once('》'))
    {
        after = rest;
    }
    after
}

/// Without a number and its measure: 两款游戏, 三部影片.
pub(super) fn uncounted(words: &str) -> &str {
    let rest = words.trim_start_matches(['两', '三', '四', '五', '六', '七', '八', '几', '多', '数', '这', '俩']);
    match rest.strip_prefix(['款', '个', '部', '大', '项', '套', '种']) {
        Some(rest) if rest.len() + 3 < words.len() => rest,
        _ => words,
    }
}

/// Whether a listed name is the whole of a stretch, or reaches over its end.
pub(super) fn covered(scene: &Scene, span: Span) -> bool {
    scene.hits[scene.hit_from(span.start as usize)..]
        .iter()
        .take_while(|h| h.span.start < span.end)
        .any(|h| h.span == span || !span.contains(h.span) || h.what == What::Blocked)
}

/// Whether a listed firm, body or product ends at `at`.
fn is_house(scene: &Scene, at: usize) -> bool {
    let kind = scene.hit_ending(at).and_then(|h| scene.kind_of(h));
    matches!(kind, Some(EntityKind::Company | EntityKind::Product | EntityKind::Organization))
}

/// Whether a listed firm or product owns what follows: `某公司的“…”`.
fn owned(scene: &Scene, block: Span, before: &str) -> bool {
    let owner = before.strip_suffix('的').unwrap_or(before);
    is_house(scene, block.start as usize + owner.len())
}

/// Whether a listed firm or product stands in the clause at the end of `before`.
fn owner_in(scene: &Scene, block: Span, clause: &str, before: &str) -> bool {
    let end = block.start as usize + before.len();
    scene.hits[scene.hit_from(end - clause.len())..]
        .iter()
        .take_while(|h| (h.span.end as usize) <= end)
        .any(|h| matches!(scene.kind_of(h), Some(EntityKind::Company | EntityKind::Product)))
}

/// Whether a listed firm or product stands a few characters before the end of `before`, in its clause.
pub(super) fn owner_near(scene: &Scene, block: Span, before: &str) -> bool {
    let clause = before.rfind(['，', '。', '；', '：', '\n', '！', '？']).unwrap_or(0);
    let near = before.char_indices().rev().nth(9).map_or(0, |(i, _)| i).max(clause);
    let end = block.start as usize + before.len();
    scene.hits[scene.hit_from(block.start as usize + near)..]
        .iter()
        .take_while(|h| (h.span.end as usize) <= end)
        .any(|h| matches!(scene.kind_of(h), Some(EntityKind::Company | EntityKind::Product)))
}

/// The last characters of a text, `count` at most.
fn last_of(text: &str, count: usize) -> &str {
    &text[text.char_indices().rev().nth(count - 1).map_or(0, |(i, _)| i)..]
}

/// Whether the name of a listed firm in the sentence before begins so.
fn house_like(scene: &Scene, block: Span, span: Span, start: &str) -> bool {
    let before = last_of(&scene.text[block.start as usize..span.start as usize], 80);
    let from = span.start as usize - before.len() + before.rfind(['。', '\n', '！', '？']).unwrap_or(0);
    scene.hits[scene.hit_from(from)..]
        .iter()
        .take_while(|h| h.span.end <= span.start)
        .any(|h| scene.kind_of(h) == Some(EntityKind::Company) && scene.slice(h.span).starts_with(start))
}

/// Whether a few words of description and a product's word follow: `“伏羲”气象大模型`.
pub(super) fn headed(scene: &Scene, after: &str) -> bool {
    let run: usize =
        after.chars().take(10).take_while(|c| is_han(*c) || c.is_ascii_alphanumeric()).map(char::len_utf8).sum();
    let mut parts = Vec::new();
    tokens(scene, &after[..run], &mut parts);
    let mut at = 0;
    for (word, token) in parts {
        at += word.len();
        if scene.words.product_heads.at_end(&after[..at]).is_some() {
            return true;
        }
        // 人形机器人, 家庭机器人
        if token == Token::Stop && !matches!(word, "人" | "家") {
            return false;
        }
    }
    false
}

/// What is coordinated with a quoted name is one too: `“A”和“B”`.
fn spread(scene: &Scene, quotes: &mut [Quote]) {
    let joined = |a: &Quote, b: &Quote| {
        let between =
            scene.text[a.span.end as usize..b.span.start as usize].trim_matches(['“', '”', '「', '」', '『', '』']);
        between.is_empty() || JOINTS.contains(&between)
    };
    for i in 1..quotes.len() {
        let (a, b) = (quotes[i - 1], quotes[i]);
        if let (Some(pa), Some(pb)) = (a.points, b.points)
            && joined(&a, &b)
        {
            // “壹伴助手”和“微伴助手”: two of one make-up
            let ends = |q: &Quote| scene.words.product_heads.at_end(scene.slice(q.span));
            let alike = pa == NAMES - 1 && pb == NAMES - 1 && ends(&a).is_some() && ends(&a) == ends(&b);
            if alike {
                quotes[i - 1].points = Some(NAMES);
                quotes[i].points = Some(NAMES);
            } else if pa >= NAMES && pb < NAMES {
                quotes[i].points = Some(NAMES);
            } else if pb >= NAMES && pa < NAMES {
                quotes[i - 1].points = Some(NAMES);
            }
        }
    }
}

/// What a title in title marks is, when the words beside it tell: a game or a film, a paper.
fn title(scene: &Scene, block: Span, span: Span) -> Option<EntityKind> {
    let inner = scene.slice(span);
    if inner.chars().count() < 2 || covered(scene, span) {
        return None;
    }
    let (before, after) = around(scene, block, span);
    // 《A》和《B》两款游戏, 《A》等三部影片
    let counted = uncounted(titles_off(after).trim_start_matches('等'));
    // 《A》开发团队
    let made = ["开发团队", "开发商", "开发公司", "制作组", "制作团队", "玩家", "发行商", "研发团队"]
        .iter()
        .any(|w| after.trim_start_matches('的').starts_with(w));
    if made || scene.words.works.at_start(counted).is_some() {
        return Some(EntityKind::Product);
    }
    // 《A》和《B》, the second listed as a game
    let beside = scene.neighbour(span);
    if beside[EntityKind::Product as usize] >= 2
        || scene.words.works.at_end(before).is_some()
        || scene.words.works.at_start(after).is_some()
    {
        return Some(EntityKind::Product);
    }
    if quoted_row::made(scene, block, inner, before) {
        return Some(EntityKind::Product);
    }
    // 据《华盛顿邮报》: by its last word
    let paper = ["日报", "邮报", "时报", "晚报", "早报", "卫报", "周刊", "周报", "新闻报", "商报", "杂志"]
        .iter()
        .any(|p| find::ends(inner, p));
    if paper && inner.chars().count() <= 10 {
        return Some(EntityKind::Company);
    }
    let cited = scene.words.press_verbs.at_start(after).is_some() && inner.chars().count() <= 8;
    cited.then_some(EntityKind::Company)
}
