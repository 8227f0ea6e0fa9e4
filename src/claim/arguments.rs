//! Finding arguments: the subject before a verb, the object after it, and what
//! rules a candidate out.

use super::extract::{Hit, Scene};
use super::sentence::{Group, Marker};
use super::standing::METONYMS;
use crate::dictionary::relations::{Construction, REACH};
use crate::find::{self, starts};
use crate::schema::{EntityKind, KindSet};

/// Whether English words between a verb and a name begin another statement: `founded six firms and served at Acme`.
fn goes_on(between: &str) -> bool {
    // co-founded and led Acme
    if between.trim().starts_with("and ") && between.trim().split(' ').count() <= 2 {
        return false;
    }
    // "announced that Acme has chosen Lumen"
    if between.trim_start().contains(" that ") {
        return true;
    }
    [" and ", " who ", " which ", " where ", " when ", " while ", " but ", " after ", " before ", " because "]
        .iter()
        .any(|w| between.contains(w))
}

/// What a product's forerunner is called before its name.
const EARLIER: &[&str] =
    &["前代", "前代产品", "前代模型", "前一代", "上一代", "上代", "前作", "前辈", "前身", "旗舰模型", "旧款"];

/// People of a house who act for themselves.
pub(super) const STAFF: &[&str] = &[
    "前员工",
    "高管",
    "前副总裁",
    "员工",
    "前工程师",
    "前高管",
    "前研究员",
    "前成员",
    "老员工",
    "离职员工",
    "校友",
    "同学",
    "同窗",
    "博士生",
    "毕业生",
    "学生",
    "前雇员",
    "engineers",
    "employees",
    "alumni",
    "researchers",
    "veterans",
    "executives",
    "users",
    "用户",
    "客户",
    "股价",
    "股东",
    "竞争对手",
];

impl<'d> Scene<'_, 'd> {
    /// The subject of a verb in its clause: the nearest bare group of a fitting kind that is no other verb's
    /// object.
    pub(super) fn subject_before(&self, before: &[usize], kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        for &g in before {
            let group = &self.view.groups[g];
            let between = self.view.between(group.span.end, hit.span.start);
            let gap = between.chars().count();
            // "从李泽湘设立的研究院": what stands before the relative clause is said of the institute
            let relative = || {
                let next = self.view.groups.iter().find(|o| o.span.start >= hit.span.end);
                !self.view.latin
                    && gap <= 4
                    && self.view.between(hit.span.end, self.view.span.end).starts_with('的')
                    && match group.marker {
                        // "从OpenAI挖来的A": left, not the one who hires
                        Marker::Source if hit.rule.moves => false,
                        Marker::Place if group.brand => false,
                        Marker::Source | Marker::Dative | Marker::Place => true,
                        // "指出，与艾维创立的io", but "英伟达与MIT推出的LongLive" is of both
                        Marker::Companion => !before.iter().any(|&o| {
                            let other = &self.view.groups[o];
                            o < g && other.fits(kinds) && other.marker == Marker::Bare
                        }),
                        _ => false,
                    }
                    && next.is_some_and(|o| self.view.between(hit.span.end, o.span.start).chars().count() <= 8)
            };
            // "对A收购B的看法": what A does is what it is about
            let about = || {
                let lead = self.view.between(self.view.clauses[group.clause].start, group.span.start);
                group.marker == Marker::Dative
                    && between.is_empty()
                    && matches!(lead.trim_start_matches(['而', '但', '，', ',']), "对" | "对于" | "针对")
                    && self.view.groups.iter().any(|o| {
                        o.span.start >= hit.span.end
                            && o.clause == group.clause
                            && self.view.between(hit.span.end, o.span.start).chars().count() <= 2
                    })
            };
            // "B正面临A提起的版权诉讼"
            let faced = || {
                let lead = self.view.between(self.view.clauses[group.clause].start, group.span.start);
                group.marker == Marker::Source
                    && !hit.rule.marked
                    && gap <= 2
                    && self.view.between(hit.span.start, hit.span.end).contains("的")
                    && ["面临", "面对", "面临着", "来自"].iter().any(|w| find::ends(lead, w))
            };
            // "来自A、B的研究者提出了": they act, wherever they come from
            // "with Khosla Ventures also participating": what stands with a gerund does it
            let with = || {
                self.view.latin
                    && group.marker == Marker::Companion
                    && matches!(between, " " | " also " | " both " | " all ")
                    && self.view.between(hit.span.start, hit.span.end).split(' ').take(2).any(|w| w.ends_with("ing"))
            };
            // "on the boards of Acme and Orbis (acquired by Halden)": what is told aside is told of it, whatever it stands behind
            let aside = || self.view.latin && between.starts_with(" (") && gap <= 12 && !between.contains(')');
            let staff = || group.marker == Marker::Source && group.possessor && self.stands_for(group);
            if gap > REACH
                || !group.fits(kinds)
                || !(group.marker == Marker::Bare
                    // "在Steam平台推出的": where it comes out
                    || (group.marker == Marker::Place && gap <= 4 && !group.brand)
                    || relative()
                    || about()
                    || faced()
                    || with()
                    || aside()
                    || staff())
            {
                continue;
            }
            // "在Azure上使用A100": where it is done
            let lead = self.view.between(self.view.clauses[group.clause].start, group.span.start);
            // "梁汝波接替张一鸣出任CEO": who is taken over from has it no more
            let heir = group.kind == EntityKind::Person
                && !self.view.latin
                && ["接替", "取代", "接任", "接棒", "接班", "顶替", "代替"].iter().any(|w| find::ends(lead, w));
            if heir || self.raises(group, hit) {
                continue;
            }
            let placed = between.starts_with(['上', '中', '里', '内']) && lead.chars().rev().take(6).any(|c| c == '在')
                // "A在B机器学习平台上使用C", "在B和C两大数据库中"
                || group.kind == EntityKind::Product
                    && lead.ends_with('在')
                    && between.chars().take(8).any(|c| matches!(c, '上' | '中' | '里'));
            let other = |&&o: &&usize| {
                let other = &self.view.groups[o];
                other.kind == group.kind && other.marker == Marker::Bare && other.span.end <= group.span.start
            };
            // "A也在B发布了C": where it is done, if somebody else is named who does it
            let beside = (group.marker == Marker::Place || self.stands_in(g))
                // "在iPhone中使用A": what has it
                && !self.extractor.traits(hit.rule).possessed
                && before.iter().any(|&o| {
                    let other = &self.view.groups[o];
                    o < g && other.fits(kinds) && other.marker == Marker::Bare && !self.is_object(other)
                });
            if beside && !self.view.latin {
                continue;
            }
            // "在上海大学读硕士时做出了A": where one was then
            let stays = ["读", "就读", "攻读", "求学", "任教", "学习", "实习", "深造", "留学", "念"];
            if lead.ends_with('在') && !self.view.latin && stays.iter().any(|w| find::starts(between, w)) {
                continue;
            }
            if self.took_part(group, hit) || self.held_in(g, hit) {
                continue;
            }
            // "A在某法院对B提起诉讼": where it is done
            let elsewhere = matches!(group.kind, EntityKind::Company | EntityKind::Organization)
                && lead.ends_with('在')
                && !self.view.latin
                && before.iter().any(|&o| {
                    let other = &self.view.groups[o];
                    other.span.end <= group.span.start && other.marker == Marker::Bare && other.fits(kinds)
                });
            // "这位港科大教授投资了": the person whom the sentence before told of
            let this_one = ["这位", "这名", "那位"].iter().any(|w| find::ends(lead, w))
                && self.hits.iter().any(|h| {
                    h.rule.is(Construction::Role)
                        && h.span.start >= group.span.end
                        && h.span.start - group.span.end <= 6
                });
            if elsewhere || this_one && group.kind != EntityKind::Person {
                continue;
            }
            // "Jane Doe said the firm moved to Orbis": who says it does not move
            if self.view.latin
                && group.kind == EntityKind::Person
                && [" said ", " says ", " said,", " told "].iter().any(|s| between.contains(s))
            {
                continue;
            }
            // "bought Figma in 2019 and took over": what was bought first does not buy
            if self.view.latin && self.done_to(group, hit) {
                continue;
            }
            if self.measures(group, hit) || placed && before.iter().any(|o| other(&o)) {
                continue;
            }
            if group.possessor {
                let next = self.view.groups.get(g + 1).map_or(hit.span.start, |n| n.span.start.min(hit.span.start));
                let noun = self.view.between(group.span.end, next);
                let noun = noun.trim_start_matches(['”', '"', '」', '》', ' ', '的']);
                let noun = noun.strip_prefix("'s ").or_else(|| noun.strip_prefix("’s ")).unwrap_or(noun);
                let stands_for = self.extractor.traits(hit.rule).possessed;
                let nominal = self.view.latin
                    && gap <= 40
                    && [" of", " in", " against", " with", " for", " including", " include", " includes", " by"]
                        .iter()
                        .any(|p| self.view.between(hit.span.start, hit.span.end).ends_with(p));
                // "Acme's $18m seed round was led by": what the house raised
                let round = self.view.latin
                    && self.extractor.traits(hit.rule).deal
                    && ["round", "Series", "series", "funding", "financing", "seed"].iter().any(|w| noun.contains(w));
                // "Acme's lawsuit accuses": what it filed
                let filed = self.view.latin
                    && ["lawsuit", "complaint", "suit ", "legal filing"].iter().any(|w| find::starts(noun, w))
                    && self.extractor.traits(hit.rule).deal;
                // "腾讯和阿里的共同领投": the deed itself
                let last = self.view.groups.get(g + 1).is_none_or(|n| n.span.start >= hit.span.start);
                let deed = noun.is_empty() && last && self.extractor.traits(hit.rule).deal;
                // "英伟达的HBM主要来自B": the goods that the rule asks for are theirs
                let goods = !self.view.latin
                    && self.extractor.traits(hit.rule).deal
                    && hit.rule.subject.has(EntityKind::Company)
                    && noun.chars().count() <= 8
                    && hit.rule.with.iter().any(|w| find::starts(noun, w));
                if !(nominal
                    || goods
                    || round
                    || filed
                    || deed
                    || METONYMS.iter().any(|m| find::starts(noun, m))
                    || stands_for
                        && noun.chars().count() <= if self.extractor.traits(hit.rule).compared { 8 } else { 13 }
                    || stands_for && self.view.latin && self.is_thing(noun))
                {
                    continue;
                }
            }
            // "由前OpenAI研究员创办的": who left the house acts, not the house
            // "A在H20上完成训练": what it is done upon
            if self.left_behind(group)
                || hit.rule.marked && self.stands_in(g) && (self.upon(group) || self.at_once(g, hit))
            {
                continue;
            }
            // "提供一个基于Tauri的界面": an unnamed thing uses it
            if ["一个", "一款", "一种", "一套", "一项", "首个", "首款"].iter().any(|u| find::ends(between, u))
            {
                return None;
            }
            // "谷歌前员工创立了": people of the house, not the house
            // but "Acme engineers use Lumen" is said of Acme
            let use_it = self.view.latin && self.extractor.traits(hit.rule).possessed;
            let opening = between.trim_start();
            let staff = |s: &&&str| starts(opening, s);
            // "李明创办的A推出了B": the house acts, whatever rule asks for the person
            let subjects = self.extractor.dictionary.schema.get(hit.rule.relation).subject;
            let house_acts = !self.view.latin
                && group.kind == EntityKind::Person
                && !hit.rule.swap
                && before.iter().any(|&o| {
                    let other = &self.view.groups[o];
                    o > g
                        && other.kind == EntityKind::Company
                        && subjects.has(other.kind)
                        && !other.fits(kinds)
                        && other.marker == Marker::Bare
                        && !other.possessor
                        && !other.apposed
                        && !other.makes_next
                });
            if house_acts && self.view.between(group.span.end, hit.span.start).contains('的') {
                continue;
            }
            // "百度员工都在用A": they use it there
            // "A用户可在B和C之间切换": what they use is A
            let by_users = hit.rule.marked && group.kind == EntityKind::Product && between.starts_with("用户");
            let within = self.extractor.traits(hit.rule).possessed && (between.starts_with(['员', '工']) || by_users);
            // "苹果高管曾讨论收购A": they weigh it for the house
            let traits = self.extractor.traits(hit.rule);
            let weigh = || {
                const WEIGH: [&str; 10] =
                    ["讨论", "考虑", "商讨", "洽谈", "接触", "评估", "提议", "探讨", "商议", "有意"];
                !self.view.latin
                    && traits.whole
                    && traits.deal
                    && between.starts_with(['高', '管', '内'])
                    && WEIGH.iter().any(|w| between.contains(w))
            };
            if !within
                && !weigh()
                && STAFF
                    .iter()
                    .find(staff)
                    .is_some_and(|s| !use_it || !["engineers", "employees", "researchers"].contains(s))
            {
                continue;
            }
            // "商汤CEO徐立创办了": the person acts, where persons may
            // "基于谷歌、三星联合开发的Android XR": they act in the relative clause
            // "收购长城集团所持有的…": they hold it, whatever is done with it
            // "起诉A及其新收购的B"
            // "集成A专为语言模型设计的B"
            let meant =
                ["专为", "面向", "针对", "为"].iter().any(|w| find::starts(between, w)) && !between.contains('的');
            let inner = (gap <= 2 || gap <= 6 && between.starts_with("及其") || gap <= 14 && meant)
                && (self.view.between(hit.span.end, self.view.span.end).starts_with('的')
                    || self.view.between(hit.span.start, hit.span.end).ends_with('的')
                    // "面临A提起的版权诉讼"
                    || !self.view.latin && self.view.between(hit.span.start, hit.span.end).contains("的"));
            // "吸引了A和B的共同领投": what they do is what was drawn
            let whose = between.strip_prefix('等').filter(|t| t.chars().count() <= 7).unwrap_or(between);
            let deed = self.extractor.traits(hit.rule).deal
                && !self.view.latin
                && whose.ends_with('的')
                && (whose == "的" || whose.len() < between.len())
                && !whose.contains(['，', '、']);
            if (group.apposed && kinds.has(EntityKind::Person)) || (self.is_object(group) && !inner && !deed) {
                continue;
            }
            return Some(g);
        }
        None
    }

    /// `included Acme and Orbis, and angels such as`: who took part in a round is not who was paid.
    pub(super) fn took_part(&self, group: &Group, hit: &Hit<'d>) -> bool {
        self.view.latin
            && hit.rule.swap
            && self.extractor.traits(hit.rule).deal
            && self.hits.iter().any(|h| {
                // "Acme led the round, joined by Orbis"
                let leads = !h.rule.swap
                    && group.span.end <= h.span.start
                    && h.span.end <= hit.span.start
                    && self.view.between(group.span.end, h.span.start).chars().count() <= 8;
                let listed = h.rule.swap && h.span.end <= group.span.start;
                h.rule.relation == hit.rule.relation && h.span != hit.span && (leads || listed)
            })
    }

    /// Whether an English verb before has a group for its object, and the trigger goes on with that verb's subject.
    fn done_to(&self, group: &Group, hit: &Hit<'d>) -> bool {
        let between = self.view.between(group.span.end, hit.span.start);
        let goes_on = between.contains(" and ") && !between.contains([',', ';']) && !between.contains(" who ");
        goes_on
            && self.hits.iter().any(|h| {
                h.rule.is(Construction::Verb)
                    && h.span.end <= group.span.start
                    && self.view.between(h.span.end, group.span.start).chars().count() <= 8
                    && group.fits(if h.rule.swap { h.rule.subject } else { h.rule.object })
            })
    }

    /// Whether a group directly follows another verb, over its maker's name at most, and so is its object.
    pub(super) fn is_object(&self, group: &Group) -> bool {
        let maker = self.view.groups.iter().rev().find(|g| g.span.end <= group.span.start).filter(|g| g.makes_next);
        let start = maker.map_or(group.span.start, |m| m.span.start);
        self.hits.iter().any(|h| {
            let objects = if h.rule.swap { h.rule.subject } else { h.rule.object };
            // "被A挖走的B": B is what the clause is about
            let relative = self.view.between(h.span.start, h.span.end).ends_with('的');
            let verb = h.rule.is(Construction::Verb) && !relative;
            verb && h.span.end <= start && group.fits(objects) && !self.view.latin && {
                let gap = self.view.between(h.span.end, start);
                // "使用自研的A模型"
                let gap = ["自研的", "自家的", "自己的", "最新的", "全新的", "开源的"]
                    .iter()
                    .find_map(|w| gap.strip_prefix(w))
                    .unwrap_or(gap);
                let kind = ["公司", "企业", "巨头", "独角兽", "厂商", "平台"].iter().any(|k| find::ends(gap, k));
                // "使用完整的A模型": of what kind it is
                let what = gap.strip_suffix('的').filter(|k| (2..=4).contains(&k.chars().count()));
                let gap = what.filter(|_| group.kind == EntityKind::Product && maker.is_none()).unwrap_or(gap);
                gap.chars().count() <= if kind { 14 } else { 6 }
                    && !gap.contains(['的', '，', ',', '、', '：', ':'])
                    // "增持完成后A持有": when it was, not what was bought
                    && !gap.ends_with(['后', '前', '时'])
            }
        })
    }

    /// The object of a verb: the first group after it of a fitting kind that no verb in between takes.
    pub(super) fn object_after(&self, after: &[usize], kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        for (n, &g) in after.iter().enumerate() {
            let group = &self.view.groups[g];
            let between = self.view.between(hit.span.end, group.span.start);
            // "a degree in science and engineering from Stanford"
            let from = self.extractor.traits(hit.rule).place
                && [" from", " at", " from the", " at the"].iter().any(|p| find::ends(between.trim_end(), p));
            if between.chars().count() > hit.rule.reach || self.view.latin && goes_on(between) && !from {
                return None;
            }
            if self.view.latin && n > 0 && !from && self.done_at(hit, self.view.groups[after[0]].span.start, between) {
                return None;
            }
            // "由A领投、B跟投": what a list goes on with is no object
            if self.view.latin && self.beside(between, group, hit) || between.trim() == "、" && !self.view.latin {
                return None;
            }
            let other = self.hits.iter().find(|h| {
                h.rule.is(Construction::Verb)
                    && h.span.start >= hit.span.end
                    && h.span.end <= group.span.start
                    && h.rule.relation != hit.rule.relation
                    // "整合超过50个": a number
                    && !(self.extractor.traits(h.rule).compared
                        && self.view.between(h.span.end, group.span.start).starts_with(|c: char| c.is_ascii_digit()))
                    // "整合了来自A、B的智能体": whose they are
                    && self.view.between(h.span.start, h.span.end) != "来自"
                    // "脱胎于开源项目A": of what kind it is
                    && !self.describes(h, group)
                    && !self.only_calls(h, group)
                    // "运营着风险投资公司A": what it is
                    && !self.view.between(h.span.end, group.span.start).starts_with("公司")
            });
            if let Some(h) = other {
                let gap = self.view.between(h.span.end, group.span.start);
                // "co-founded and led Acme"
                // "投资或收购A"
                let link = self.view.between(hit.span.end, h.span.start).trim();
                let both = match self.view.latin {
                    true => link == "and",
                    false => matches!(link, "或" | "或者" | "和" | "及" | "并" | "与" | "以及" | "乃至"),
                };
                if !gap.contains('的') && !both {
                    continue;
                }
            }
            // "基于DiT架构的A", "使用盗版数据训练A": something else is taken
            if self.takes_other(hit, group) {
                continue;
            }
            let partner =
                group.marker == Marker::Companion && self.extractor.dictionary.schema.get(hit.rule.relation).symmetric;
            // "与同学共同创立了A", "为开发者推出了B": what stands before the verb does not mark what follows it
            let behind = if n == 0 && !self.view.latin { super::marker::marker(between, false) } else { group.marker };
            // "基于U-ViT架构和A": what the verb takes besides has no name that we know
            let besides = ["和", "与", "及", "以及"].iter().find_map(|l| between.strip_suffix(l));
            let besides = besides.is_some_and(|head| {
                head.chars().count() >= 3 && !head.contains(['，', '、', '对', '为', '向', '由', '的', '（'])
            });
            let behind = if behind == Marker::Companion && besides { Marker::Bare } else { behind };
            if !partner
                && matches!(behind, Marker::Companion | Marker::Agent | Marker::Than | Marker::Dative)
                && !self.view.latin
                && n == 0
            {
                continue;
            }
            // "采用高通骁龙AR1芯片": the thing, not its maker, and none where no thing can be meant
            // but "起诉A旗下B侵权": who makes it is sued
            let sued = !self.view.latin && kinds.has(EntityKind::Person) && kinds.has(EntityKind::Company);
            if !sued && (self.only_makes(group, hit) || group.makes_next && !kinds.has(EntityKind::Product)) {
                continue;
            }
            // "收购前苹果设计总监的公司": a house that somebody left
            // "击败了除A之外的所有对手"
            // "收购苹果前设计总监李明创办的A": whose house he was in
            // "使用非英伟达芯片"
            let goes_on = || after[n + 1..].iter().any(|&o| self.view.groups[o].fits(kinds));
            let apart = !self.view.latin
                && (between.ends_with(['除', '非']) || between.ends_with("除了") || group.apposed && goes_on());
            if between.ends_with(['前', '原'])
                || apart
                || (group.marker == Marker::Source
                    && !self.view.latin
                    && !self.counts_from(hit)
                    // "竞争来自A"
                    && !self.view.between(hit.span.start, hit.span.end).ends_with("来自"))
            {
                continue;
            }
            // "收购新桥手持的深发展股份": what they hold, not they
            let holds = self.view.between(group.span.end, self.view.span.end);
            if ["所持", "持有的", "手持", "手中", "拥有的", "所拥有", "全资拥有的", "所有的"]
                .iter()
                .any(|h| find::starts(holds, h))
            {
                continue;
            }
            // "buy computing power from Acme": whom it is bought from
            if self.view.latin
                && group.marker == Marker::Source
                && !self.counts_from(hit)
                && [" from ", " from the "].iter().any(|f| find::ends(between, f))
            {
                continue;
            }
            // "sued its former chief Jane Doe": whose she is
            if self.view.latin
                && self.pronoun(group)
                && group.fits(kinds)
                && after.len() > n + 1
                && kinds.has(EntityKind::Person)
            {
                continue;
            }
            // "backed by Acme co-founder Jane Doe": hers, not the house
            if self.view.latin
                && (kinds.has(EntityKind::Person) || group.apposed)
                && group.kind != EntityKind::Person
                && self.titles(group)
            {
                continue;
            }
            // "落后于微软支持的OpenAI": whom it backs
            let gap = self.view.groups.get(g + 1).map_or("", |n| self.view.between(group.span.end, n.span.start));
            const BACKS: [&str; 10] = ["支持", "投资", "参投", "创立", "创办", "控股", "孵化", "押注", "入股", "扶持"];
            if !self.view.latin && BACKS.iter().any(|b| find::starts(gap, b)) && self.modifies(g, kinds) {
                continue;
            }
            // "相较于其前代A": the one before, not whose it is
            let earlier = !self.view.latin
                && self.pronoun(group)
                && self.view.groups.get(g + 1).is_some_and(|next| {
                    next.fits(kinds) && EARLIER.contains(&self.view.between(group.span.end, next.span.start))
                });
            if earlier {
                continue;
            }
            if group.fits(kinds) {
                let rest = self.view.between(hit.span.end, self.view.span.end);
                if !self.view.latin && group.members.len() > 1 && group.possessor && rest.starts_with('的') {
                    return Some(g);
                }
                // "收购谷歌母公司Alphabet旗下的DeepMind": the part, not the whole
                let mut part = g;
                while let Some(&next) = after.get(n + 1 + (part - g))
                    && next == part + 1
                    && self.view.groups[next].kind == EntityKind::Company
                    && self.view.groups[next].fits(kinds)
                    && matches!(
                        self.view.between(self.view.groups[part].span.end, self.view.groups[next].span.start).trim(),
                        "" | "旗下"
                            | "旗下的"
                            | "母公司"
                            | "子公司"
                            | "的子公司"
                            | "的母公司"
                            | "旗下子公司"
                            | "全资子公司"
                    )
                {
                    part = next;
                }
                if part != g {
                    return Some(part);
                }
                // "换成了通义千问QwQ-32B": the model, not its family
                if let Some(&next) = after.get(n + 1)
                    && !self.view.latin
                    && group.kind == EntityKind::Product
                    && self.view.groups[next].kind == EntityKind::Product
                    && group.members.len() == 1
                    && self.view.between(group.span.end, self.view.groups[next].span.start).trim().is_empty()
                {
                    return Some(next);
                }
                // "backed by Spotify's Daniel Ek": the person, where persons may
                if let Some(&next) = after.get(n + 1)
                    && group.possessor
                    && self.view.latin
                    && self.view.groups[next].kind == EntityKind::Person
                    && kinds.has(EntityKind::Person)
                    && matches!(
                        self.view.between(group.span.end, self.view.groups[next].span.start).trim(),
                        "'s" | "’s"
                    )
                {
                    return Some(next);
                }
                // "采用英伟达H100": the thing, not its maker
                if let Some(&next) = after.get(n + 1) {
                    let thing = &self.view.groups[next];
                    let gap = self.view.between(group.span.end, thing.span.start).trim();
                    if thing.kind == EntityKind::Product
                        && group.kind != EntityKind::Product
                        && kinds.has(EntityKind::Product)
                        && matches!(gap, "" | "的" | "'s" | "’s" | "旗下的" | "旗下" | "“" | "的“")
                    {
                        return Some(next);
                    }
                }
                return Some(g);
            }
        }
        None
    }

    /// Whether a verb before a product only tells of what kind it is: `开源项目A`, `自研芯片B`.
    fn describes(&self, verb: &Hit, group: &Group) -> bool {
        let noun = self.view.between(verb.span.end, group.span.start);
        !self.view.latin
            && group.kind == EntityKind::Product
            && matches!(self.view.between(verb.span.start, verb.span.end), "开源" | "自研")
            && noun.chars().count() <= 8
            // "基于自研A构建"
            && (noun.is_empty() && self.view.between(verb.span.start, verb.span.end) == "自研"
                || super::of::HEADS.iter().any(|h| find::ends(noun, h)))
    }

    /// Whether a product stands in a phrase of its own behind what is made: `launched a case for the iPhone`.
    fn beside(&self, between: &str, group: &Group, hit: &Hit<'d>) -> bool {
        let made = self.extractor.dictionary.rules.known_makers().is_some_and(|r| r.relation == hit.rule.relation);
        let trigger = self.view.between(hit.span.start, hit.span.end);
        made && group.kind == EntityKind::Product
            && ![" of", " behind"].iter().any(|p| find::ends(trigger, p))
            && [" for ", " with ", " to ", " from ", " against ", " into ", " by "].iter().any(|p| between.contains(p))
    }
}
