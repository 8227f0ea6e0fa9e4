//! One sentence made ready for the rules: its mentions in groups (coordination), its clauses, and the
//! grammatical marker before each group.

use super::phrase::makes;
use crate::article::Text;
use crate::dictionary::CharSet;
use crate::find;
use crate::mention::{How, Mention, Recognised, is_outlet};
use crate::schema::{EntityKind, KindSet};
use crate::span::{Span, is_part_of};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// What stands before a group and tells its part in the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// Nothing: subject before a verb, object after it.
    Bare,
    /// 被 由 遭 获 by: the one who acts.
    Agent,
    /// 将 把: what is acted on.
    Patient,
    /// 向 对 给 为 to, for: the one to whom.
    Dative,
    /// 与 和 同 跟 携手 with: the partner.
    Companion,
    /// 从 自 from: the source.
    Source,
    /// 以: what is taken for something.
    Means,
    /// 比 than: the measure of comparison.
    Than,
    /// 在 in: a place or time.
    Place,
    /// 据 according to: who says so.
    Reporter,
}

/// A mention or several coordinated ones (`A、B 和 C`).
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Indices into the article's mentions.
    pub members: Vec<usize>,
    pub span: Span,
    pub kind: EntityKind,
    pub clause: usize,
    pub marker: Marker,
    /// Followed by 的 or `'s`.
    pub possessor: bool,
    /// A house in apposition to the person after it (`商汤 CEO 徐立`).
    pub apposed: bool,
    /// A product that this article treats as the firm of its name too (`Mootion 创始人`).
    pub brand: bool,
    /// The group of persons before, if this one goes on with it over a role (`联合创始人A、副总裁B`).
    pub goes_on: Option<usize>,
    /// A house right before a product that it makes (`谷歌的 Gemini`).
    pub makes_next: bool,
    /// The group that goes on with this one's list.
    pub list_next: Option<usize>,
    /// The group whose list this one goes on with, and whether the list enumerates (`A、B`, not `A 和 B`).
    pub listed: Option<(usize, bool)>,
}

impl Group {
    /// Whether the group is of one of these kinds.
    pub(super) fn fits(&self, kinds: KindSet) -> bool {
        kinds.has(self.kind) || self.brand && kinds.has(EntityKind::Company)
    }
}

/// A sentence as the rules see it.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub text: &'a str,
    pub span: Span,
    pub groups: Vec<Group>,
    pub clauses: Vec<Span>,
    pub latin: bool,
}

/// Without the credentials behind a person's name: `Jane Doe, Ph.D., and John Roe, Jr.`
pub(super) fn uncredited(between: &str) -> &str {
    let mut t = between;
    loop {
        let rest = t.strip_prefix(", ").or_else(|| t.strip_prefix(" Jr.").map(|_| &t[1..])).unwrap_or("");
        let word = &rest[..rest.find([',', ' ']).unwrap_or(rest.len())];
        // Ph.D., MD, FACEP, Jr.
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        let short = (2..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.');
        let dotted = word.contains('.') && capitals >= 1;
        if !short
            || !(capitals >= 2 || dotted)
            || rest.len() == word.len()
            || matches!(
                word,
                "CEO" | "CTO" | "CFO" | "COO" | "CMO" | "CPO" | "CRO" | "CIO" | "CISO" | "SVP" | "EVP" | "VP"
            )
        {
            return t;
        }
        t = &rest[word.len()..];
    }
}

/// Whether English words begin with a verb, as they do behind a subject: `acted as counsel`.
fn acts(rest: &str) -> bool {
    let rest = rest.strip_prefix(' ').unwrap_or("");
    let word = &rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())];
    word.ends_with("ed")
        || matches!(word, "is" | "was" | "has" | "had" | "will" | "can" | "also" | "led" | "sold" | "does" | "says")
}

/// What may stand between two coordinated names.
fn links(between: &str) -> bool {
    // 贝尔实验室（中国）和华为: what is only added to the first name
    let between = match between.trim_start().strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')'])) {
        Some((added, rest)) if added.chars().count() <= 24 => rest,
        _ => between,
    };
    // “绝影”、家庭机器人“元萝卜”: a head noun before the next quoted name
    if between.ends_with(['“', '「', '"']) {
        let t = between.trim_matches(['“', '”', '"', '「', '」', ' ']);
        let head = ["、", "和", "与", "及", "以及"].iter().find_map(|l| t.strip_prefix(l));
        if head.is_some_and(|h| {
            h.chars().count() <= 8
                && h.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_ascii_alphanumeric())
        }) {
            return true;
        }
    }
    // “A”“B”“C”
    if matches!(between, "”“" | "」「" | "》《") {
        return true;
    }
    let t = uncredited(between.trim_start_matches(['®', '™', '©']));
    let t = ["(R)", "(TM)"].iter().find_map(|b| t.strip_prefix(b)).unwrap_or(t);
    let t = t.trim_matches([' ', '“', '”', '"', '「', '」', '《', '》', '‘', '’', '*']);
    let t = t.strip_suffix(" the").unwrap_or(t);
    // Boston-based Acme and New York-based Orbis
    let t =
        if t.ends_with("-based") && t.split(' ').count() <= 5 { t.split(' ').next().unwrap_or_default() } else { t };
    matches!(
        t,
        "、" | "和"
            | "与"
            | "及"
            | "以及"
            | "、和"
            | "、以及"
            | "跟"
            | "或"
            | "/"
            | "&"
            | ","
            | ", and"
            | "and"
            | "or"
            | ", or"
            | "，以及"
            | "，和"
            | "乃至"
            | "甚至"
            | "、与"
            | "及其"
            | "as well as"
            | "还有"
            | "以至"
            | "并"
            | "兼"
    ) && t != "并"
        && t != "兼"
}

impl<'a> View<'a> {
    /// The first group that shares a character with `span`.
    pub(super) fn group_over(&self, span: Span) -> Option<&Group> {
        let at = self.groups.partition_point(|g| g.span.end <= span.start);
        self.groups.get(at).filter(|g| g.span.overlaps(span))
    }

    /// The view of sentence `index`, with the mentions `range` of the article; `content` is the text, in Simplified
    /// script; `brands` are the products that stand for houses as well.
    pub(super) fn new(
        text: &'a Text,
        content: &'a str,
        index: usize,
        found: &Recognised,
        range: std::ops::Range<usize>,
        brands: &FxHashSet<u32>,
    ) -> View<'a> {
        let span = text.sentences()[index].span;
        let mentions = &found.mentions;
        let kind = |m: &Mention| found.entities[m.entity as usize].kind;
        // English, if no Han character stands outside the names
        let mut outside = span.start;
        let mut latin = true;
        for m in mentions[range.clone()].iter().map(|m| m.span).chain([Span { start: span.end, end: span.end }]) {
            if m.start > outside {
                latin &=
                    !content[outside as usize..m.start as usize].chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
            }
            outside = outside.max(m.end);
        }
        let mut view = View { text: content, span, groups: Vec::new(), clauses: Vec::new(), latin };
        // whether the last list has had its "and", behind which a comma lists nothing more
        let mut closed = false;
        for i in range {
            let m = &mentions[i];
            // "清华系公司", "阿里系": who comes from a house, not the house
            let after = content[m.span.end as usize..].strip_prefix('系');
            let circle = after.is_some_and(|t| !t.starts_with(['统', '列', '数', '出', '指', '一', '由', '我', '国']));
            if is_outlet(content, m.span) || circle && kind(m) != EntityKind::Person && kind(m) != EntityKind::Product {
                continue;
            }
            if let Some(last) = view.groups.last_mut() {
                let between = content.get(last.span.end as usize..m.span.start as usize).unwrap_or_default();
                // "萨姆·奥特曼（Sam Altman）": one name, written twice
                if matches!(between.trim(), "（" | "(" | "公司（" | "集团（")
                    && mentions[*last.members.last().expect("not empty")].entity == m.entity
                    && content[m.span.end as usize..].starts_with(['）', ')'])
                {
                    let close = content[m.span.end as usize..].chars().next().map_or(0, char::len_utf8) as u32;
                    last.span.end = m.span.end + close;
                    continue;
                }
                let between = match last.kind != EntityKind::Person && view.latin {
                    true => super::english_list::over_strangers(between),
                    false => between,
                };
                let link = between.trim_matches([' ', '“', '”', '"']);
                let comma = between.trim() == "," || view.latin && link == ",";
                let listed = (link == "、" || last.members.len() > 1 && matches!(link, "和" | "与" | "以及" | "及"))
                    && last.kind != EntityKind::Person
                    && kind(m) != EntityKind::Person
                    // 文心一言、阿里通义千问, “小荷”、蚂蚁的“AQ”: the maker of the next one is no member
                    && mentions.get(i + 1).is_none_or(|n| {
                        let gap = content.get(m.span.end as usize..n.span.start as usize).unwrap_or_default();
                        n.span.start > m.span.end + 1
                            && !(kind(n) == EntityKind::Product && gap.len() <= 60 && makes(gap))
                    });
                // "对手是豆包和DeepSeek": a house that closes a list of products stands for its own
                let closes = last.kind == EntityKind::Product
                    && kind(m) == EntityKind::Company
                    && matches!(link, "和" | "与" | "以及" | "及" | "或")
                    && {
                        let rest = content[m.span.end as usize..].trim_start_matches(['”', '"', '」', '》']);
                        rest.is_empty() || rest.starts_with(['。', '，', '；', '、', '！', '？', '等', '\n', '）'])
                    };
                // "with funding from Acme, Orbis is": a comma alone makes no list of two
                let lone = comma && closed
                    || comma && last.members.len() == 1 && {
                        let rest = content[m.span.end as usize..].trim_start_matches(['®', '™', '”', '"', ' ', '*']);
                        // "founded by Jane Doe, John Roe (CEO) and Max Moe"
                        let rest = super::english_list::beyond_aside(rest);
                        // a headline's "from Acme, Orbis"
                        let ends = rest.is_empty() || rest.starts_with('\n');
                        let listed = ends && last.kind == kind(m) && last.kind != EntityKind::Person;
                        // "Other investors include Orbis, 12 Capital, a13y, and"
                        let next = || {
                            let gap = |n: &Mention| content.get(m.span.end as usize..n.span.start as usize);
                            mentions.get(i + 1).and_then(gap).is_some_and(|g| g.trim() == ",")
                        };
                        let goes_on = super::english_list::goes_on(rest) || rest.starts_with(',') && next();
                        !listed && !goes_on
                    };
                // "Acme Ventures and the Orbis Foundation"
                let houses = |k: EntityKind| matches!(k, EntityKind::Company | EntityKind::Organization);
                let alike = last.kind == kind(m) || view.latin && houses(last.kind) && houses(kind(m));
                // "brands including Google, YouTube, IBM": firms and products in one list
                let mixed =
                    view.latin && comma && !lone && last.kind != EntityKind::Person && kind(m) != EntityKind::Person;
                // "Acme advised Orbis, and Halden acted as counsel": no list of two
                let states = view.latin
                    && matches!(between.trim(), ", and" | ", or" | ", and the")
                    && last.members.len() == 1
                    && acts(&content[m.span.end as usize..span.end as usize]);
                // "sued Acme and its chief": whose he is
                let apart = states || view.latin && super::english_list::is_own(m, content);
                if (alike || listed || mixed || closes) && links(between) && (!comma || view.latin && !lone) && !apart {
                    last.members.push(i);
                    last.span.end = m.span.end;
                    closed = between.contains(" and ") || between.contains(" or ");
                    continue;
                }
                // "OpenAI旗下A100、英伟达H100": a maker before the next member belongs to it
            }
            closed = false;
            view.groups.push(Group {
                members: vec![i],
                span: m.span,
                kind: kind(m),
                clause: 0,
                marker: Marker::Bare,
                possessor: false,
                apposed: false,
                brand: brands.contains(&m.entity),
                goes_on: None,
                makes_next: false,
                list_next: None,
                listed: None,
            });
        }
        view.cut_clauses();
        view.mark();
        for g in &mut view.groups {
            // "其最新版本Mureka O1": whose it is, unless a verb follows at once
            let its = matches!(mentions[g.members[0]].how, How::Coreference("其"));
            let after = &content[g.span.end as usize..];
            let acts = [
                "将", "在", "已", "于", "是", "为", "也", "还", "被", "与", "能", "会", "可", "不", "、", "，", "。",
                "并", "则", "仍", "均", "却", "曾", "正在", "更是",
            ];
            g.possessor |= its && !acts.iter().any(|a| find::starts(after, a));
        }
        view
    }

    fn cut_clauses(&mut self) {
        let words = &self.text[self.span.range()];
        let base = self.span.start as usize;
        let mut start = base;
        let mut depth = 0i32;
        let mut clauses = Vec::new();
        for (at, c) in words.char_indices() {
            let at = base + at;
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth -= 1,
                '，' | '；' | '：' | ';' | ':' | ',' | '—' | '。' | '！' | '？'
                    if depth <= 0 || matches!(c, '。' | '；' | '，') =>
                {
                    let digits = matches!(c, ',' | ':')
                        && self.text[..at].ends_with(|d: char| d.is_ascii_digit())
                        && self.text[at + 1..].starts_with(|d: char| d.is_ascii_digit());
                    let in_group =
                        self.groups.iter().any(|g| (g.span.start as usize) <= at && at < g.span.end as usize);
                    if !digits && !in_group {
                        if at > start {
                            clauses.push(Span::new(start, at));
                        }
                        start = at + c.len_utf8();
                    }
                }
                // "Acme – the venture arm of Orbis – has invested"
                '–' if self.latin
                    && self.text[..at].ends_with(' ')
                    && self.text[at + c.len_utf8()..].starts_with(' ') =>
                {
                    if at > start {
                        clauses.push(Span::new(start, at));
                    }
                    start = at + c.len_utf8();
                }
                _ => {}
            }
        }
        let end = self.span.end as usize;
        if end > start || clauses.is_empty() {
            clauses.push(Span::new(start.min(end), end));
        }
        self.clauses = clauses;
        for i in 0..self.groups.len() {
            self.groups[i].clause = self.clause_at(self.groups[i].span.start);
        }
    }

    /// Cuts the clause that a group is in before it.
    pub(super) fn split_clause(&mut self, start: u32) {
        let at = self.clause_at(start);
        if self.clauses[at].start < start {
            let tail = Span { start, end: self.clauses[at].end };
            self.clauses[at].end = start;
            self.clauses.insert(at + 1, tail);
        }
        for i in 0..self.groups.len() {
            self.groups[i].clause = self.clause_at(self.groups[i].span.start);
        }
    }

    /// Index of the clause at a byte.
    pub(super) fn clause_at(&self, at: u32) -> usize {
        self.clauses.partition_point(|c| c.end <= at).min(self.clauses.len() - 1)
    }

    fn mark(&mut self) {
        for i in 0..self.groups.len() {
            let start = self.groups[i].span.start;
            let clause = self.clauses[self.groups[i].clause];
            let from = match i.checked_sub(1).map(|p| self.groups[p].span.end) {
                Some(end) if end > clause.start => end,
                _ => clause.start,
            };
            let before = self.between(from, start);
            let after = self.between(self.groups[i].span.end, self.span.end);
            let after = after.trim_start_matches(['”', '"', '」', '》', ' ']);
            self.groups[i].marker = marker(before, self.latin);
            // "IDC数据显示", "《智能涌现》获悉": whose data it is takes no part in what they say
            let source = [
                "数据",
                "报告",
                "的数据",
                "的报告",
                "统计",
                "调查",
                "获悉",
                "独家获悉",
                "了解到",
                "报道",
                "记者",
                "援引",
                "爆料",
                "直言",
                "对此直言",
                "撰文",
                "评论称",
            ];
            if self.groups[i].kind == EntityKind::Company
                && self.groups[i].marker == Marker::Bare
                && source.iter().any(|r| find::starts(after, r))
            {
                self.groups[i].marker = Marker::Reporter;
            }
            // "名为Manus的智能体": what it is called
            let called = before.trim_end_matches(['“', '"', '「', '《', ' ']);
            let called =
                ["名为", "名叫", "叫做", "叫作", "叫", "称作", "代号", "取名"].iter().any(|c| find::ends(called, c));
            self.groups[i].possessor = !called && (after.starts_with('的') || after.starts_with("母公司"))
                || after.starts_with("'s ")
                || after.starts_with("’s ")
                || self.latin
                    && self.text[..self.groups[i].span.end as usize].ends_with('s')
                    && (after.starts_with("’ ") || after.starts_with("' "));
        }
    }

    /// The names of these kinds that open a clause which has one of `each`, as parties to one contest do.
    pub(super) fn parties(&self, kinds: KindSet, each: &[String]) -> Vec<usize> {
        // its clause, and those after it that name nobody: "而C，尽管投入不小，却只有7%"
        let told = |g: &Group| {
            let next = self.groups.iter().find(|o| o.clause > g.clause).map_or(self.clauses.len(), |o| o.clause);
            self.between(self.clauses[g.clause].start, self.clauses[next - 1].end)
        };
        // "从A到B，再到C"
        let chained = |g: &Group| {
            let before = self.groups.iter().rev().find(|o| o.span.end <= g.span.start);
            let link = before.map_or("", |o| self.between(o.span.end, g.span.start));
            !self.latin && matches!(link, "到" | "再到" | "，再到" | "、再到" | "，到")
                || self.between(self.clauses[g.clause].start, self.span.end).starts_with('从')
                    && self.between(self.clauses[g.clause].start, g.span.start) == "从"
                    && self.between(g.span.end, self.span.end).trim_start_matches('，').starts_with('到')
        };
        let opens = |g: &&Group| {
            let lead = self.between(self.clauses[g.clause].start, g.span.start);
            g.fits(kinds)
                && (g.marker == Marker::Bare && lead.chars().count() <= 2 || chained(g))
                && (each.is_empty() || each.iter().any(|w| told(g).contains(w.as_str())))
        };
        let all = |g: &Group| if each.is_empty() { g.members[..1].to_vec() } else { g.members.clone() };
        self.groups.iter().filter(opens).flat_map(all).collect()
    }

    /// The words between two bytes of the text.
    pub(super) fn between(&self, start: u32, end: u32) -> &'a str {
        if start < end { &self.text[start as usize..end as usize] } else { "" }
    }

    /// The clause's words.
    pub(super) fn clause(&self, index: usize) -> &'a str {
        &self.text[self.clauses[index].range()]
    }
}

/// Markers and the words that contain them without being one.
const HAN_MARKERS: &[(&str, Marker, &[&str])] = &[
    ("被", Marker::Agent, &[]),
    ("由", Marker::Agent, &["由于", "自由", "理由", "由此", "由来", "缘由"]),
    ("遭", Marker::Agent, &["遭遇"]),
    (
        "归",
        Marker::Agent,
        &["回归", "归功", "归因", "归属", "归入", "归于", "归来", "归还", "归纳", "归类", "归根", "归结"],
    ),
    ("获得", Marker::Agent, &[]),
    ("获", Marker::Agent, &["获取", "获悉", "收获", "获奖"]),
    ("得到", Marker::Agent, &[]),
    ("拿到", Marker::Agent, &[]),
    ("引入", Marker::Agent, &[]),
    ("将", Marker::Patient, &["将来", "即将", "将会", "将于", "将在", "将要", "将近"]),
    (
        "视",
        Marker::Patient,
        &[
            "电视", "视频", "视觉", "重视", "忽视", "透视", "监视", "视为", "视角", "视野", "注视", "可视", "视听",
            "影视", "视作", "凝视", "审视", "正视", "歧视", "无视", "视线", "视图", "近视", "轻视", "漠视", "视界",
        ],
    ),
    ("面临", Marker::Source, &[]),
    ("面对", Marker::Source, &[]),
    ("把", Marker::Patient, &["把握", "把控", "把关"]),
    ("向", Marker::Dative, &["方向", "面向", "转向", "走向", "趋向", "导向", "取向", "意向", "一向", "双向", "指向"]),
    (
        "对",
        Marker::Dative,
        &[
            "对于", "对手", "对话", "绝对", "面对", "针对", "相对", "对标", "对齐", "对抗", "应对", "对比", "反对",
            "对外", "核对", "对接",
        ],
    ),
    ("给", Marker::Dative, &["给予", "供给"]),
    (
        "为",
        Marker::Dative,
        &[
            "为了",
            "为获取",
            "为获得",
            "为吸引",
            "为争取",
            "为赢得",
            "为拿到",
            "因为",
            "成为",
            "作为",
            "认为",
            "名为",
            "号为",
            "取为",
            "改为",
            "称为",
            "视为",
            "为主",
            "为例",
            "行为",
            "为何",
            "以为",
            "人为",
            "分为",
            "华为",
            "更为",
            "极为",
            "为此",
            "为中心",
            "为首",
            "改为",
            "变为",
            "为代表",
            "为基础",
            "估值为",
            "为什么",
            "方为",
            "者为",
            "股东为",
            "约为",
            "均为",
            "则为",
            "即为",
            "译为",
            "化为",
            "转为",
            "定为",
        ],
    ),
    ("与", Marker::Companion, &["参与", "与此", "与其", "与否", "授与", "与会"]),
    ("和", Marker::Companion, &["和平", "和谐", "总和", "温和", "缓和", "饱和", "柔和"]),
    (
        "同",
        Marker::Companion,
        &[
            "同时", "同样", "共同", "不同", "相同", "合同", "同比", "同期", "如同", "认同", "同步", "同年", "同行",
            "同一", "协同", "同台", "等同", "同类",
        ],
    ),
    ("跟", Marker::Companion, &["跟进", "跟投", "跟踪", "跟随", "跟上"]),
    ("携手", Marker::Companion, &[]),
    (
        "联合",
        Marker::Companion,
        &["联合创始", "联合发布", "联合推出", "联合开发", "联合国", "联合创办", "联合创立", "联合研发", "联合领投"],
    ),
    (
        "以",
        Marker::Means,
        &[
            "以及",
            "以上",
            "以下",
            "以来",
            "以为",
            "以此",
            "所以",
            "可以",
            "难以",
            "足以",
            "得以",
            "予以",
            "加以",
            "以便",
            "以至",
            "以外",
            "以内",
            "以前",
            "以后",
            "以往",
            "给以",
            "何以",
            "以期",
            "以色列",
            "以太",
        ],
    ),
    (
        "用",
        Marker::Means,
        &[
            "使用", "采用", "利用", "应用", "调用", "作用", "费用", "信用", "专用", "通用", "用户", "用于", "用上",
            "启用", "选用", "引用", "用来", "雇用", "任用", "运用", "沿用", "用人", "用例", "用途", "用法", "复用",
            "商用", "民用", "军用", "耐用", "套用", "试用", "常用", "可用", "够用", "占用", "滥用", "适用", "挪用",
            "起用", "录用", "聘用", "公用", "实用", "备用", "享用", "食用", "服用", "动用", "禁用", "停用", "弃用",
            "用心", "用时", "家用", "车用", "医用", "用量", "用电", "用工", "用料", "用户", "不用", "有用", "无用",
            "用完", "用过", "引用", "拟用", "重用", "用武", "征用", "租用", "订用", "用语", "用词", "用品", "用意",
        ],
    ),
    ("通过", Marker::Means, &["通过了"]),
    ("据", Marker::Reporter, &["数据", "占据", "证据", "票据", "据点", "据悉", "据称", "据传", "据说", "盘据"]),
    ("从", Marker::Source, &["从而", "从事", "从业", "服从", "从未", "从不", "自从", "从头", "从容", "从中"]),
    (
        "自",
        Marker::Source,
        &[
            "自己", "自动", "自然", "自研", "自主", "自身", "独自", "各自", "亲自", "自由", "自从", "自称", "自家",
            "自有",
        ],
    ),
    (
        "较",
        Marker::Than,
        &[
            "较为", "较大", "较高", "较强", "较小", "较低", "较少", "较多", "较好", "计较", "较量", "较劲", "较长",
            "较早", "较快", "较差", "较真", "相较", "比较", "较之", "较弱", "较深", "较新", "较重", "较轻", "较短",
            "较慢", "较短",
        ],
    ),
    (
        "比",
        Marker::Than,
        &["比如", "比例", "对比", "相比", "比较", "占比", "同比", "环比", "比赛", "比特", "比肩", "堪比", "比拼"],
    ),
];

/// What the words before a group tell of its part.
pub(super) fn marker(before: &str, latin: bool) -> Marker {
    if before.is_empty() {
        return Marker::Bare;
    }
    if latin {
        let words: Vec<&str> = before.split([' ', ',']).filter(|w| !w.is_empty()).collect();
        let last = words
            .iter()
            .rev()
            .take(3)
            .find(|w| !matches!(**w, "the" | "a" | "an" | "both" | "its" | "rival" | "giant" | "startup"));
        return match last.copied() {
            Some("by") => Marker::Agent,
            Some("to") if before.trim_end().to_ascii_lowercase().ends_with("according to") => Marker::Reporter,
            Some("to" | "for") => Marker::Dative,
            Some("with" | "alongside") => Marker::Companion,
            Some("from") => Marker::Source,
            Some("of") if before.trim_end().ends_with("out of") => Marker::Source,
            Some("than") => Marker::Than,
            Some("in" | "on" | "at") => Marker::Place,
            _ => Marker::Bare,
        };
    }
    // the nearest one, with no 的 and at most `FARTHEST` characters after it
    for (behind, (at, c)) in before.char_indices().rev().take(FARTHEST + LONGEST_MARKER).enumerate() {
        if MARKER_STARTS.has(c) {
            let here = |m: &&(&str, Marker, &[&str])| {
                find::starts(&before[at..], m.0)
                    && behind < FARTHEST + m.0.len() / 3
                    && !m.2.iter().any(|word| {
                        // "同意向B投资"
                        is_part_of(before, at, m.0, word)
                            && !(*word == "意向" && before[..at].ends_with("同意"))
                            // "由此前A收购的B领导"
                            && !(*word == "由此" && before[at..].starts_with("由此前"))
                    })
                    // "拟用自有资金三亿元受让B": what it is paid with
                    && !(m.0 == "用" && before[at..].contains(['元', '股', '资', '金', '购', '让']))
            };
            if let Some(found) = HAN_MARKERS.iter().find(here) {
                return found.1;
            }
        }
        if c == '的' {
            break;
        }
    }
    Marker::Bare
}

/// Characters that may stand between a marker and its name.
const FARTHEST: usize = 14;

/// Characters of the longest marker.
const LONGEST_MARKER: usize = 2;

static MARKER_STARTS: LazyLock<CharSet> =
    LazyLock::new(|| HAN_MARKERS.iter().filter_map(|m| m.0.chars().next()).collect());
