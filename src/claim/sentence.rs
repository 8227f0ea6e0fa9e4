//! One sentence made ready for the rules: its mentions in groups (coordination), its clauses, and the
//! grammatical marker before each group.

pub(super) use super::marker::Marker;
use super::marker::marker;
use super::phrase::makes;
use crate::article::Text;
use crate::find;
use crate::mention::{How, Mention, Recognised, is_outlet};
use crate::schema::{EntityKind, KindSet};
use crate::span::Span;
use rustc_hash::FxHashSet;

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
