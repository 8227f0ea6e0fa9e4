//! Chinese names of firms and organizations, told by their last word: `千寻智能`, `柏睿资本`,
//! `深圳大学华南医院`; and a maker's name with a plain word for its product: `苹果AI眼镜`, `商汤云`.

use super::han::{Token, at_boundary, stretch_before, tokens};
use super::words::{Place, class, is_han};
use super::{Candidate, Scene};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// What sets a body up.
const FOUNDS: [&str; 8] = ["成立", "成立了", "组建", "组建了", "设立", "设立了", "共建", "筹建"];

pub(super) fn gather(scene: &Scene, block: Span, places: &[Place], out: &mut Vec<Candidate>) {
    let mut buffer = Vec::new();
    for place in places.iter().filter(|p| p.is(class::SUFFIX_END)) {
        let end = block.start as usize + place.at + place.c.len_utf8();
        suffixed(scene, block, end, &mut buffer, out);
    }
    branded(scene, block, out);
    campus(scene, block, out);
}

/// A university with the town of its campus: `香港科技大学（广州）`.
fn campus(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let from = scene.hit_from(block.start as usize);
    for hit in scene.hits[from..].iter().take_while(|h| h.span.start < block.end) {
        let Some(inner) =
            scene.after(hit.span).strip_prefix(['（', '(']).filter(|_| scene.slice(hit.span).ends_with("大学"))
        else {
            continue;
        };
        if let Some(len) = inner.find(['）', ')']).filter(|&n| scene.lexicon.places.contains(&inner[..n])) {
            let close = inner[len..].chars().next().map_or(0, char::len_utf8);
            let end = scene.text.len() - inner.len() + len + close;
            out.push(candidate(Span::new(hit.span.start as usize, end), 3, EntityKind::Organization));
        }
    }
}

fn suffixed<'s>(
    scene: &Scene<'s>,
    block: Span,
    end: usize,
    buffer: &mut Vec<(&'s str, Token)>,
    out: &mut Vec<Candidate>,
) {
    let head = &scene.text[block.start as usize..end];
    let w = scene.words;
    let after = &scene.text[end..block.end as usize];
    let organization = w.organization_suffixes.at_end(head).or_else(|| w.government.at_end(head));
    let company = w.company_suffixes.at_end(head);
    let weak = w.company_suffixes_weak.at_end(head);
    let division = w.divisions.at_end(head);
    let longest = [organization, company, weak, division].into_iter().flatten().max_by_key(|s| s.len());
    let Some(suffix) = longest else { return };
    // the name goes on
    if w.organization_suffixes.at_start(after).is_some()
        || w.company_suffixes.at_start(after).is_some()
        || w.company_suffixes_weak.at_start(after).is_some()
    {
        return;
    }
    // 高中生: the suffix is part of a word
    let next = after.chars().next().map_or(0, char::len_utf8);
    let start = end - suffix.len();
    let pupil = after.starts_with('生') && suffix.ends_with(['中', '学']);
    if pupil || next > 0 && scene.lexicon.common_zh.contains(&scene.text[start..end + next]) {
        return;
    }
    if !scene.is_free(Span::new(start, end)) {
        return;
    }
    let is_organization = organization.is_some_and(|o| o.len() == suffix.len()) && company != Some(suffix);
    let stretch = stretch_before(&scene.text[block.start as usize..start], 16);
    // a hit inside the stretch ends it, but an organization's name may go on as one of its parts
    let mut from = start - stretch.len();
    let mut parent = None;
    while let Some(h) = scene.hits.get(scene.hit_from(from)).filter(|h| (h.span.start as usize) < start) {
        from = h.span.end as usize;
        parent = Some(h);
    }
    // 京东健康, 百度风投: a firm's house of its own
    if from == start
        && parent.is_some_and(|h| scene.kind_of(h) == Some(EntityKind::Company))
        && scene.words.divisions.has(suffix)
        && w.general_after.at_start(after).is_none()
    {
        let parent = parent.map_or(start, |h| h.span.start as usize);
        out.push(candidate(Span::new(parent, end), 1, EntityKind::Company));
        return;
    }
    if organization.is_none() && company.is_none() && weak.is_none() {
        return;
    }
    let stretch = &scene.text[from..start];
    tokens(scene, stretch, buffer);
    let mut first = buffer.len();
    while first > 0 && buffer[first - 1].1 != Token::Stop {
        first -= 1;
    }
    let prefix_tokens = &buffer[first..];
    let unknown = prefix_tokens.iter().filter(|t| t.1 == Token::Unknown).count();
    let mut name_start;
    if is_organization {
        let inside = parent
            .filter(|h| h.span.end as usize == from && scene.kind_of(h) == Some(EntityKind::Organization))
            .filter(|_| first == 0 || stretch.contains("附属"));
        if let Some(h) = inside {
            // a department folds into its house; a school of medicine or of law has a name of its own
            let school = suffix == "学院" && !stretch.ends_with(['医', '法', '商']);
            if school || matches!(suffix, "研究中心" | "创新中心") {
                return;
            }
            let span = Span { start: h.span.start, end: end as u32 };
            let points = if prefix_tokens.is_empty() { 1 } else { 3 };
            out.push(candidate(span, points, EntityKind::Organization));
            return;
        }
        // a name of an organization begins with its place, or has a word of its own
        let place = prefix_tokens.iter().position(|t| t.1 == Token::Place);
        let kept = &prefix_tokens[place.unwrap_or(0)..];
        let only_place = place.is_some() && kept.len() == 1;
        if only_place && w.government.has(suffix) && !after.starts_with(['门', '长']) {
            let span = Span::new(start - kept[0].0.len(), end);
            out.push(candidate(span, 2, EntityKind::Organization));
            return;
        }
        if kept.is_empty() || only_place && !matches!(suffix, "大学" | "证监局" | "交易所" | "中学") {
            return;
        }
        let own = &kept[usize::from(place.is_some())..];
        let own_words = &scene.text[start - own.iter().map(|t| t.0.len()).sum::<usize>()..start];
        if !own.is_empty() && own.iter().all(|t| w.generic_prefixes.has(t.0)) || w.generic_prefixes.has(own_words) {
            return;
        }
        name_start = start - kept.iter().map(|t| t.0.len()).sum::<usize>();
        // 英国曼彻斯特大学: the country is told, not named, where a name of its own follows
        let abroad = kept.len() > 1 && w.countries.has(kept[0].0);
        if abroad && (kept[1].1 == Token::Place || unknown >= 3) {
            name_start += kept[0].0.len();
        }
        let span = Span::new(name_start, end);
        // 开放知识库联合会（COAR）
        let short = after.strip_prefix(['（', '(']).is_some_and(|a| {
            a.bytes().take_while(u8::is_ascii_uppercase).count() >= 2
                && a.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with(['）', ')'])
        });
        // 推动成立人工智能伦理专家委员会
        let founded = kept.len() >= 3 && FOUNDS.iter().any(|w| scene.before(span).ends_with(w));
        let told = scene.cues.before(scene.before(span))[EntityKind::Organization as usize] >= 2 || short || founded;
        if place.is_some() || unknown >= 2 || told {
            out.push(candidate(
                span,
                if unknown == 0 && place.is_none() && !short && !founded { 0 } else { 1 },
                EntityKind::Organization,
            ));
        }
        return;
    }
    if let Some(span) = registered(buffer, start, suffix) {
        out.push(candidate(span, 3, EntityKind::Company));
        return;
    }
    // firms: two to four characters before the suffix, unknown ones, perhaps behind a place
    let mut tail = prefix_tokens.len();
    while tail > 0 && prefix_tokens[tail - 1].1 == Token::Unknown {
        tail -= 1;
    }
    let (mut own, mut bare): (usize, usize) = (prefix_tokens[tail..].iter().map(|t| t.0.len()).sum(), 0);
    // 飞渡医疗科技: what it works in stands between
    while tail > 0 && own == bare && w.industry_words.has(prefix_tokens[tail - 1].0) && bare < 12 {
        bare += prefix_tokens[tail - 1].0.len();
        tail -= 1;
        while tail > 0 && prefix_tokens[tail - 1].1 == Token::Unknown {
            tail -= 1;
        }
        own = prefix_tokens[tail..].iter().map(|t| t.0.len()).sum();
    }
    let own_count = (own - bare) / 3;
    let strong = company.is_some_and(|c| c.len() == suffix.len());
    // 科技公司, 投资机构, 资本市场: the suffix begins a general word
    let general = w.general_after.at_start(after).is_some();
    if own_count < 2 {
        // 波形智能: a common word as the name, where the words before speak of a firm
        let Some(&(word, token)) = prefix_tokens.last() else { return };
        let span = Span::new(start - word.len(), end);
        let (lead, ahead) = (scene.cues.before(scene.before(span)), scene.cues.after(after));
        let firm = EntityKind::Company as usize;
        // 蜂巢科技完成了: between a mark and a deed
        let does = at_boundary(&scene.text[block.start as usize..span.start as usize])
            && (w.name_acts.at_start(after).is_some() || ahead[firm] >= 2);
        let told = strong && (lead[firm] >= 2 || does)
            || strong && after.starts_with(['（', '(']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_uppercase());
        let fits = token == Token::Common && !w.generic_prefixes.has(word) && (6..=9).contains(&word.len());
        if fits && told && !general && !scene.lexicon.is_common(scene.slice(span)) {
            out.push(candidate(span, 1, EntityKind::Company));
        }
        return;
    }
    name_start = start - own;
    if tail > 0 && prefix_tokens[tail - 1].1 == Token::Place {
        name_start -= prefix_tokens[tail - 1].0.len();
    }
    let span = Span::new(name_start, end);
    let unsure = bare > 0 && !scene.text[start - own..].starts_with(|c| w.starts_name(c));
    if own_count > 4 || unsure || w.generic_prefixes.has(&scene.text[start - own..start - bare]) || general && !strong {
        return;
    }
    let sure = strong && !general;
    // 竹间智能受困于: two characters that are no word, at a mark, and no 的 behind
    let opens = at_boundary(&scene.text[block.start as usize..name_start]);
    let ends = at_boundary_ahead(after)
        || w.name_acts.at_start(after).is_some()
        || ["与", "和", "及", "将", "已", "曾", "则", "也", "还"].iter().any(|s| find::starts(after, s))
        || MAKES.contains(&suffix) && !after.starts_with(['的', '是', '在']);
    let own_words = &scene.text[start - own..start - bare];
    let alone = !strong
        && bare == 0
        && opens
        && ends
        && own_words.starts_with(|c| w.starts_name(c))
        && !w.model_kinds.has(own_words);
    // 星澜科技的产品: the noun behind 的 is what the firm has
    let hint = Some((EntityKind::Company, if sure && after.starts_with('的') { 3 } else { 2 }));
    out.push(Candidate { hint, ..candidate(span, i32::from(sure || alone), EntityKind::Company) });
}

/// Suffixes that firms have and running text seldom.
const MAKES: [&str; 14] =
    ["智能", "动力", "具身", "智行", "智驾", "智造", "生物", "医药", "控股", "互娱", "量子", "电气", "光学", "精密"];

/// Whether nothing of a name can reach over the start of `after`.
fn at_boundary_ahead(after: &str) -> bool {
    after.chars().next().is_none_or(|c| !is_han(c) && !c.is_alphanumeric())
}

/// A firm's name as registered: `山东招金集团有限公司`, from its place or its first word on.
fn registered(before: &[(&str, Token)], start: usize, suffix: &str) -> Option<Span> {
    if !suffix.ends_with("有限公司") {
        return None;
    }
    let links = |t: &(&str, Token)| t.1 == Token::Stop && (t.0.len() > 3 || "的了在与和及由从对被把是".contains(t.0));
    let first = before.iter().rposition(links).map_or(0, |i| i + 1);
    let kept = &before[first..];
    // 与山东中矿集团: a place may stand before what would else end the name
    let place = kept.iter().position(|t| t.1 == Token::Place);
    let stop = kept.iter().rposition(|t| t.1 == Token::Stop).map_or(0, |i| i + 1);
    let kept = &kept[place.unwrap_or(stop)..];
    let own = &kept[usize::from(place.is_some())..];
    let len: usize = kept.iter().map(|t| t.0.len()).sum();
    let known = own.iter().any(|t| t.1 == Token::Unknown) || place.is_some() && own.len() > 1;
    (known && (6..=36).contains(&len)).then(|| Span::new(start - len, start + suffix.len()))
}

fn candidate(span: Span, points: i32, kind: EntityKind) -> Candidate {
    Candidate { span, points, hint: Some((kind, 2)), cue: "suffix", spreads: true }
}

/// A maker with a plain word for its product.
fn branded(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let from = scene.hit_from(block.start as usize);
    for hit in scene.hits[from..].iter().take_while(|h| h.span.start < block.end) {
        let kind = scene.kind_of(hit);
        if !matches!(kind, Some(EntityKind::Company | EntityKind::Product)) {
            continue;
        }
        let after = &scene.text[hit.span.end as usize..block.end as usize];
        let lead = after.len() - after.trim_start_matches(' ').len();
        if lead > 1 {
            continue;
        }
        // 小度AI眼镜: behind a product's name too, where it is a thing
        let makers = scene.words.brand_tails.at_start(&after[lead..]).filter(|t| {
            let thing = t.ends_with(['镜', '机']) || t.ends_with("音箱");
            kind == Some(EntityKind::Company) || thing && scene.slice(hit.span).ends_with(is_han)
        });
        // 蚂蚁医疗大模型
        let field = scene
            .words
            .model_fields
            .at_start(&after[lead..])
            .filter(|f| kind == Some(EntityKind::Company) && after[lead + f.len()..].starts_with("大模型"));
        if let Some(field) = field {
            let end = hit.span.end as usize + lead + field.len() + "大模型".len();
            let span = Span::new(hit.span.start as usize, end);
            let hint = Some((EntityKind::Product, 4));
            out.push(Candidate { span, points: 3, hint, cue: "maker and word", spreads: false });
            continue;
        }
        // 豆包智能体平台: behind a product's name too, another product
        if let Some(tail) = makers.or_else(|| scene.words.line_tails.at_start(&after[lead..])) {
            let end = hit.span.end as usize + lead + tail.len();
            // 云计算, 搜索引擎: the word goes on
            let next = &scene.text[end..block.end as usize];
            let goes_on = next.char_indices().nth(1).map_or(next, |(i, _)| &next[..i]);
            let joined = format!("{tail}{goes_on}");
            let longer = next.starts_with(is_han)
                && (scene.lexicon.common_zh.contains(joined.as_str())
                    || ["计算", "服务", "引擎", "业务", "团队", "市场", "平台", "厂商"]
                        .iter()
                        .any(|g| find::starts(next, g)));
            if !longer {
                let span = Span::new(hit.span.start as usize, end);
                out.push(Candidate {
                    span,
                    points: 3,
                    hint: Some((EntityKind::Product, 4)),
                    cue: "maker and word",
                    spreads: false,
                });
            }
        }
    }
}
