//! Relational nouns: `A 的竞争对手 B`, `B 是 A 的供应商`.

use super::english_phrase::described;
use super::extract::{Hit, Scene};
use super::phrase::whole;
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, KindSet, Status};

/// Whether English words say that one is something of another: `is a key` before *supplier of*.
fn is_a(told: &str) -> bool {
    // operates as an independent
    let words = ["operates as a ", "operates as an ", "continues as a "].iter().find_map(|o| told.strip_prefix(o));
    let plain = |w: &str| w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if words.is_some_and(|w| w.split(' ').count() <= 3 && w.split(' ').all(plain)) {
        return true;
    }
    // has become
    let told = ["has ", "have ", "had ", "now "].iter().find_map(|a| told.strip_prefix(a)).unwrap_or(told);
    let mut words = told.split(' ');
    matches!(words.next(), Some("is" | "was" | "became" | "become" | "been" | "remains" | "are"))
        && words.clone().count() <= 4
        && words.all(|w| w != "not" && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
}

/// Whether the words say what somebody is taken for: `将自己定位为企业级市场上`.
fn seen(words: &str) -> bool {
    ["定位为", "被视为", "被看作", "被认为是", "被称为", "被誉为", "被视作", "被当作", "堪称"]
        .iter()
        .any(|w| words.contains(w))
        && !words.contains(['，', '。', '；'])
}

/// Whether words between a noun for what a house has and a product say which one it is, and what: `目前包括面向设计师的`,
/// `是AI视频工具`.
fn names_thing(words: &str) -> bool {
    const LINKS: [&str; 15] = [
        "分别是",
        "分别为",
        "包括",
        "包含",
        "涵盖",
        "覆盖",
        "就是",
        "则是",
        "正是",
        "名为",
        "名叫",
        "为",
        "是",
        "有",
        "叫",
    ];
    let t = words.trim_start_matches(['，', '：', '—']);
    let t = ["目前", "主要", "当前", "已", "也", "还", "仍", "便", "曾"]
        .iter()
        .fold(t, |t, adverb| t.strip_prefix(adverb).unwrap_or(t));
    let Some(rest) = LINKS.iter().find_map(|l| t.strip_prefix(l)) else { return false };
    let plain = rest.chars().count() <= 16 && !rest.contains(['，', '。', '、', '；', '：', '（', '了']);
    plain && (rest.is_empty() || describes(rest))
}

/// Whether words before a product only tell what it is: `AI视频工具`, `面向设计师的`, `一款名为`.
fn describes(words: &str) -> bool {
    let named = ["名为", "名叫", "叫", "叫做", "代号为"].iter().any(|n| find::ends(words, n));
    let meant = words.ends_with('的') && ["面向", "针对", "主打", "专注"].iter().any(|m| words.contains(m));
    named || meant || super::of::HEADS.iter().any(|h| find::ends(words, h)) && !words.contains('的')
}

impl<'d> Scene<'_, 'd> {
    /// Whether a group acts in another deal of the kind: in `A、B跟投，老股东C加码` A and B are no holders.
    pub(super) fn deals(&self, group: usize, hit: &Hit<'d>) -> bool {
        let group = &self.view.groups[group];
        // "A本轮融资由B领投": B does, in A
        let agent = |g: &Group| g.marker == Marker::Agent && g.clause == group.clause && g.span.start >= group.span.end;
        if !self.view.latin && self.view.groups.iter().any(agent) {
            return false;
        }
        self.hits.iter().any(|h| {
            h.rule.relation == hit.rule.relation
                && h.span != hit.span
                && h.span.start >= group.span.end
                && self.view.clause_at(h.span.start) == group.clause
                && h.rule.topic
                && h.rule.is(Construction::Verb)
                && !h.rule.marked
                // "A's round was led by B": it is made in A
                && !(self.view.latin && h.rule.swap)
        })
    }

    /// Those who take part in a deal of the kind with another verb of the sentence, and so are not whom it is made in.
    pub(super) fn dealers(&self, hit: &Hit<'d>) -> Vec<u32> {
        if !self.extractor.traits(hit.rule).deal {
            return Vec::new();
        }
        // "led by A, with participation from B"
        let named = |g: &Group| {
            self.view.latin
                && self.hits.iter().any(|h| {
                    h.rule.relation == hit.rule.relation
                        && h.rule.swap
                        && h.rule.topic
                        && h.rule.is(Construction::Verb)
                        && h.span.end <= g.span.start
                        && g.span.start - h.span.end <= 1
                })
        };
        let dealt = (0..self.view.groups.len()).filter(|&g| named(&self.view.groups[g]) || self.deals(g, hit));
        dealt.flat_map(|g| &self.view.groups[g].members).map(|&m| self.found.mentions[m].entity).collect()
    }

    /// For a deal, the house of an earlier clause that it is about: `A完成新一轮融资，B跟投，老股东C追投`.
    fn dealt_in(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let fits = |&g: &usize| {
            let group = &view.groups[g];
            group.clause < clause
                && group.marker == Marker::Bare
                && group.members.len() == 1
                && group.fits(kinds)
                && !group.apposed
                && !self.deals(g, hit)
        };
        (0..view.groups.len()).rev().find(fits).filter(|_| hit.rule.topic && self.extractor.traits(hit.rule).deal)
    }

    /// The status of a part that a name follows: in `将旗下B更名` and `拟出售子公司B` it is its sale that is planned, unless
    /// it is yet to be set up.
    fn owned(&self, hit: &Hit<'d>, status: Status) -> Status {
        let view = self.view;
        let lead = view.between(view.clauses[view.clause_at(hit.span.start)].start, hit.span.start);
        let sets_up = ["成立", "设立", "组建", "新设", "注册", "建立", "成为", "变为", "创建"]
            .iter()
            .any(|w| find::ends(lead, w));
        match status {
            Status::Planned | Status::Negated if hit.rule.swap && hit.rule.topic && !view.latin && !sets_up => {
                Status::Asserted
            }
            s => s,
        }
    }

    /// Whether the words right before a noun name nobody who has it: `出售旗下`, `公司全资子公司`, not `某地产子公司`.
    fn unowned(&self, hit: &Hit<'d>) -> bool {
        let view = self.view;
        let clause = view.clauses[view.clause_at(hit.span.start)].start;
        let last = view.groups.iter().rev().find(|g| g.span.end <= hit.span.start).map_or(clause, |g| g.span.end);
        let lead = view.between(last.max(clause), hit.span.start).trim_matches(super::phrase::QUOTES);
        const BEFORE: [&str; 60] = [
            "将", "把", "其", "及", "与", "和", "对", "由", "从", "向", "以", "给", "为", "的", "在", "了", "过", "、",
            "（", "(", "：", ":", "但", "而", "因", "就", "携", "有", "于", "同", "至", "称", "让", "使", "经", "即",
            "如", "是", "一", "据", "通过", "凭借", "包括", "出售", "转让", "要求", "依托", "关于", "披露", "同意",
            "确认", "公告", "表示", "宣布", "收到", "收回", "直接", "间接", "所属", "参股",
        ];
        // "审议通过公司控股子公司B": the house that speaks
        let own = ["公司", "集团", "本公司", "该公司"].iter().find_map(|w| lead.strip_suffix(w)).unwrap_or(lead);
        let lead = own.trim_matches(super::phrase::QUOTES);
        view.latin
            || lead.is_empty()
            || BEFORE.iter().any(|w| find::ends(lead, w))
            || self.hits.iter().any(|h| {
                h.rule.is(Construction::Verb) && h.span.end + 6 >= hit.span.start && h.span.end <= hit.span.start
            })
    }

    /// `A 的竞争对手 B`, `B 是 A 的供应商`: A holds, B fills.
    pub(super) fn noun(&mut self, hit: &Hit<'d>) {
        if !hit.rule.with.is_empty() && self.void(hit) || !self.told_around(hit) {
            return;
        }
        let rule = hit.rule;
        let (filler_kinds, holder_kinds) =
            if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        let view = self.view;
        let trigger = view.between(hit.span.start, hit.span.end);
        let of = trigger.ends_with(" of") || trigger.ends_with(" by");
        // the holder: right before the noun, or after "of"
        let after = view.between(hit.span.end, view.span.end).trim_start();
        // "investors in Acme include"
        let marks = of || trigger.ends_with(" in");
        let behind = (marks || after.starts_with("of ")).then(|| {
            view.groups.iter().position(|g| {
                g.span.start >= hit.span.end
                    && g.fits(holder_kinds)
                    && view.between(hit.span.end, g.span.start).chars().count() <= 8
            })
        });
        // "Acme's main supplier of memory": of what, not whose
        let holder = match behind {
            Some(h) if marks || h.is_some() => h,
            _ => view.groups.iter().rposition(|g| g.span.end <= hit.span.start).filter(|&g| {
                let group = &view.groups[g];
                let between = view.between(group.span.end, hit.span.start);
                let t = between.trim_matches(super::phrase::QUOTES);
                let its = self.pronoun(group);
                // "英伟达HBM的主要供应商": of what the holder has
                let had = || {
                    self.extractor.traits(rule).deal
                        && t.split_once('的').is_some_and(|(of, kind)| {
                            super::of::plain_noun(of) && of.chars().count() <= 6 && kind.chars().count() <= 5
                        })
                };
                let placed =
                    !view.latin && t.chars().count() <= 14 && (t.starts_with('在') && t.contains('的') || had());
                group.fits(holder_kinds)
                    && (its && (!view.latin || t.bytes().all(|b| b.is_ascii_lowercase() || b == b' ' || b == b'-'))
                        || (t.ends_with('的') && t.chars().count() <= 12)
                        || t.is_empty()
                        || t.starts_with('的')
                        // "苹果在中国的AI合作伙伴"
                        || placed
                        || t.starts_with("'s")
                        || t.starts_with("’s"))
                    && t.chars().count()
                        <= if view.latin {
                            24
                        } else if placed {
                            14
                        } else {
                            9
                        }
                    && !t.contains(['，', '、', '。', ',', ';'])
            }),
        };
        let filler_after = view.groups.iter().position(|g| g.span.start >= hit.span.end).filter(|&g| {
            let between = view.between(hit.span.end, view.groups[g].span.start);
            let t = between.trim_matches([' ', '“', '”', '"', '「', '《', '：', ':', ',']);
            // "investors (from the seed round) include"
            let t = match t.strip_prefix('(').and_then(|t| t.split_once(") ")) {
                Some((aside, rest)) if aside.len() <= 40 => rest,
                _ => t,
            };
            // "核心是OpenAI的GPT-4": over the maker
            let made = !view.latin
                && view.groups[g].makes_next
                && view.groups.get(g + 1).is_some_and(|next| next.fits(filler_kinds));
            (view.groups[g].fits(filler_kinds) || made)
                && (t.is_empty()
                    || !view.latin && view.groups[g].kind == EntityKind::Product && names_thing(t)
                    || matches!(
                        t,
                        "包括"
                            | "为"
                            | "是"
                            | "有"
                            | "——"
                            | "如"
                            | "——如"
                            | "则是"
                            | "就是"
                            | "还有"
                            | "分别为"
                            | "还包括"
                            | "也包括"
                            | "则包括"
                            | "主要包括了"
                            | "主要有"
                            | "主要为"
                            | "包括了"
                            | "即"
                            | "includes"
                            | "include"
                            | "included"
                            | "such as"
                            | "like"
                            | "including"
                            | "（"
                            | "（如"
                            | "（包括"
                            | "（例如"
                            | "（比如"
                            | "("
                            | "涵盖"
                            | "中的"
                            | "，如"
                            | "，包括"
                            | "例如"
                            | "中有"
                            | "主要包括"
                            | "不乏"
                            | "中不乏"
                            | "之一"
                            | "，是"
                            | "，正是"
                            | "正是"
                            | "用的是"
                            | "换成了"
                            | "换成"
                            | "来自"
                            | "叫"
                            | "覆盖"
                            | "已覆盖"
                            | "已经覆盖"
                            | "覆盖了"
                            | "已包括"
                            | "囊括了"
                            | "有了"
                            | "名为"
                            | "不只是"
                            | "不仅是"
                            | "不仅有"
                            | "不止是"
                            | "不止有"
                    )
                    || !view.latin && super::series::introduces(between)
                    || view.latin && super::english_list::leads_into(t))
        });
        // "investors, including Perplexity CEO Aravind Srinivas": the person, not the house; "对手是腾讯元宝": the
        // product, not its maker
        let filler_after = filler_after.map(|f| {
            let group = &view.groups[f];
            // "底层换成了通义千问Qwen3": the model, not its family
            let family = !view.latin
                && group.kind == EntityKind::Product
                && view.groups.get(f + 1).is_some_and(|n| n.kind == group.kind && n.span.start == group.span.end);
            // "早期投资方A的创始人B" is said of A, "投资方包括谷歌首席科学家B" of B
            let lists = !view.between(hit.span.end, group.span.start).trim_matches(super::phrase::QUOTES).is_empty();
            let title = group.apposed
                && (view.latin || lists && filler_kinds.has(EntityKind::Person) && group.members.len() == 1);
            let leads_on = title || group.makes_next || family;
            f + usize::from(leads_on && view.groups.get(f + 1).is_some_and(|next| filler_kinds.has(next.kind)))
        });
        // "investors Jane Doe and John Roe": what they are, not whose
        // "A是B的子公司，为B供货": the next clause, not who fills the noun
        let filler_after = filler_after.filter(|&f| {
            let own = |g: usize| self.found.mentions[view.groups[g].members[0]].entity;
            let next = view.between(hit.span.end, view.groups[f].span.start).starts_with([',', '，']);
            let all = |h: usize| view.groups[f].members.iter().all(|&m| self.found.mentions[m].entity == own(h));
            holder.is_none_or(|h| own(h) != own(f) || !all(h))
                && !(next && !view.latin && view.groups[f].marker == Marker::Dative)
        });
        // "某地产下属子公司B": whose it is stands there, in a name that we do not know
        // "through its subsidiaries, the company": no name of one
        let spoken = |f: usize| matches!(self.found.mentions[view.groups[f].members[0]].how, How::Coreference(_));
        let filler_after = filler_after.filter(|&f| !(view.latin && spoken(f)));
        let filler_after = filler_after.filter(|_| holder.is_some() || !(rule.swap && rule.topic) || self.unowned(hit));
        let filler_after = filler_after.filter(|&f| {
            !(view.latin
                && holder.is_none()
                && view.groups[f].kind == EntityKind::Person
                && view.between(hit.span.end, view.groups[f].span.start).trim().is_empty())
        });
        // "投资人朱啸虎" only tells what he is; "投资者，如红杉" tells of whom
        // and so does "聘请了数据供应商Scale AI": not whose supplier it is
        let open = !rule.marked && (view.latin || rule.topic || self.extractor.traits(rule).compared);
        let loose = |f: usize| open || view.groups[f].span.start >= hit.span.end + 3;
        // "马斯克旗下的A", "他旗下的A": it is somebody else's
        let lead = view.between(view.span.start, hit.span.start);
        let others = lead.ends_with(['他', '她'])
            || view.groups.iter().any(|g| g.span.end == hit.span.start && !g.fits(holder_kinds));
        if holder.is_none() && rule.topic && others && !view.latin {
            self.miss(hit, || "somebody else holds the noun".into());
            return;
        }
        // "New investors A and B joined existing backers C": A and B fill the noun themselves
        let filled = |h: usize| {
            view.latin
                && self.hits.iter().any(|n| {
                    n.rule.relation == rule.relation
                        && n.rule.is(Construction::Noun)
                        && n.span.start < hit.span.start
                        && n.span.end + 1 == view.groups[h].span.start
                })
        };
        // "领投了Cursor的母公司A", "《B》母公司A": what stands right before it has it
        let named = |g: &Group| {
            let gap = view.between(g.span.end, hit.span.start).trim_matches(super::phrase::QUOTES);
            g.span.end <= hit.span.start && matches!(gap, "" | "的")
        };
        let compared = self.extractor.traits(rule).compared;
        if holder.is_none() && !view.latin && !compared && view.groups.iter().any(named) {
            self.miss(hit, || "somebody else holds the noun".into());
            return;
        }
        let mut weight = rule.precision;
        let holder = match holder {
            Some(h) => Some(h),
            None if filler_after.is_some_and(loose) => {
                let clause = view.clause_at(hit.span.start);
                self.subject_in_clause(clause, hit, holder_kinds)
                    .or_else(|| self.carried(clause, holder_kinds, hit, &mut weight))
                    // "With customers such as A, B and C, Acme has grown"
                    .or_else(|| {
                        self.fronted(clause, holder_kinds, filler_after?, hit, &mut weight).filter(|_| view.latin)
                    })
                    .filter(|&h| !(filled(h) || rule.topic && self.deals(h, hit)))
            }
            None => None,
        };
        // "不如微软、谷歌等竞争对手": they fill the noun, the subject or the topic holds it
        let listed = view.groups.iter().rposition(|g| g.span.end <= hit.span.start).filter(|&g| {
            let t = view.between(view.groups[g].span.end, hit.span.start).trim();
            view.groups[g].fits(filler_kinds)
                && t.starts_with('等')
                && t.chars().count() <= 7
                && !t.contains(['，', ','])
        });
        let before = |list: usize| {
            let clause = view.clause_at(hit.span.start);
            view.groups.iter().take(list).position(|g| {
                g.clause == clause && g.fits(holder_kinds) && matches!(g.marker, Marker::Bare) && !g.possessor
            })
        };
        // "A、B等客户离开了C": the holder stands behind
        let said_next = self.extractor.traits(rule).deal
            && view.groups.iter().any(|g| {
                g.span.start >= hit.span.end
                    && g.clause == view.clause_at(hit.span.start)
                    && g.fits(holder_kinds)
                    && g.members.len() == 1
                    && !self.pronoun(g)
                    && matches!(g.marker, Marker::Bare | Marker::Patient | Marker::Dative)
                    && view.between(hit.span.end, g.span.start).chars().count() <= 8
                    && !view.between(hit.span.end, g.span.start).contains(['对', '与', '和', '为', '，', '在'])
            });
        if let Some(listed) = listed
            && filler_after.is_none()
            && (open || !rule.marked && !view.latin && (before(listed).is_some() || said_next))
        {
            let f = whole(view, listed, false);
            let clause = view.clause_at(hit.span.start);
            let subject = view.groups.iter().position(|g| {
                g.clause == clause
                    && g.span.end <= f.span.start
                    && g.fits(holder_kinds)
                    && matches!(g.marker, Marker::Bare)
            });
            let apart = |g: &usize| !(rule.topic && self.deals(*g, hit));
            let subject = subject
                .or_else(|| self.carried(clause, holder_kinds, hit, &mut weight))
                .filter(apart)
                .or_else(|| self.dealt_in(clause, holder_kinds, hit));
            // "面对A、B等强劲对手，C仍然领先"
            let subject = subject.or_else(|| {
                let faces = view.between(view.clauses[clause].start, f.span.start);
                let faces = ["面对", "面临", "迎战", "相比", "相较于", "不同于"].iter().any(|w| faces.contains(w));
                let kind = view.groups[listed].kind;
                let told = |g: &Group| {
                    let lead = view.between(view.clauses[g.clause].start, g.span.start);
                    g.clause > clause
                        && g.kind == kind
                        && g.marker == Marker::Bare
                        && g.members.len() == 1
                        && lead.chars().count() <= 3
                };
                view.groups.iter().position(told).filter(|_| faces && !view.latin)
            });
            // "A、B等客户离开了C", "A、B等投资方支持C"
            let entity = |m: usize| self.found.mentions[m].entity;
            let among = |h: usize| f.members.iter().any(|&m| entity(m) == entity(h));
            let behind = |g: &Group| {
                g.span.start >= hit.span.end
                    && g.clause == clause
                    && g.fits(holder_kinds)
                    && g.members.len() == 1
                    && matches!(g.marker, Marker::Bare | Marker::Patient | Marker::Dative)
                    && !among(g.members[0])
            };
            let next = || view.groups.iter().position(behind);
            let deal = self.extractor.traits(rule).deal && !view.latin;
            let subject = subject.or_else(|| next().filter(|_| deal));
            let holder = match subject {
                Some(s) => Some(view.groups[s].members[0]),
                None if open => self.topic.house.or(self.topic.main),
                None => None,
            };
            let holder = holder.filter(|&h| view.latin || !among(h));
            let Some(holder) = holder.filter(|&h| self.fits(h, holder_kinds)) else { return };
            let Some(status) = self.status_of(hit) else { return };
            for &filler in &f.members {
                let (s, o) = if rule.swap { (holder, filler) } else { (filler, holder) };
                self.pair(rule, s, o, hit.span, status, None, weight * 0.9);
            }
            return;
        }
        // "New investors include A, B and C": the article is about the holder
        if holder.is_none()
            && rule.topic
            && let Some(filler) = filler_after.filter(|&f| loose(f))
        {
            let f = view.groups[filler].clone();
            let told = self.told_house(view.clauses[view.clause_at(hit.span.start)].start);
            let lately = if view.latin { self.topic.main.or(self.topic.house) } else { self.topic.goes_on() };
            let dealers = self.dealers(hit);
            let apart = |m: &usize| !dealers.contains(&self.found.mentions[*m].entity);
            let main = told.filter(|_| !view.latin).filter(apart).or(lately.filter(apart));
            let Some(main) = main.filter(|&m| self.fits(m, holder_kinds)) else { return };
            let Some(status) = self.status_of(hit).map(|s| self.owned(hit, s)) else { return };
            let group_of = |m: usize| self.found.mentions[m].entity;
            let members: Vec<usize> = match view.latin {
                true => {
                    let more = self.coordinated(filler, filler_kinds);
                    f.members.iter().copied().chain(more.iter().flat_map(|&g| view.groups[g].members.clone())).collect()
                }
                false => self.series(filler, filler_kinds),
            };
            // "Other investors include A and B", where nothing else is known: not one of them in another
            if members.iter().any(|&m| group_of(m) == group_of(main)) {
                return;
            }
            for m in members {
                let (s, o) = if rule.swap { (main, m) } else { (m, main) };
                self.pair(rule, s, o, hit.span, status, None, weight * 0.8);
            }
            return;
        }
        let Some(holder) = holder else {
            if self.goes_on_as(hit) || self.became(hit) {
                return;
            }
            self.miss(hit, || "nobody holds the noun".into());
            return;
        };
        // "Backers of A include B and C"
        let listed = view.groups.get(holder + 1).filter(|f| {
            let h = &view.groups[holder];
            view.latin
                && !of
                && h.span.start >= hit.span.end
                && f.fits(filler_kinds)
                && ["include", "includes", "included", "are", "including", ", including", "such as"]
                    .contains(&view.between(h.span.end, f.span.start).trim())
        });
        let listed = listed.map(|_| holder + 1);
        let filler = if of { None } else { listed.or(filler_after.filter(|&f| f != holder)) }.or_else(|| {
            // "B 是 A 的供应商", "B 等 A 的竞争对手", "B, a subsidiary of A"
            // "是英伟达H100的替代者": over its maker
            let maker = holder.checked_sub(1).map(|m| &view.groups[m]).filter(|m| m.makes_next);
            let limit = maker.map_or(view.groups[holder].span.start, |m| m.span.start).min(hit.span.start);
            view.groups.iter().rposition(|g| g.span.end <= limit).filter(|&f| {
                let between = view.between(view.groups[f].span.end, limit);
                let t = between.trim_matches([' ', '“', '”', '"']);
                // "成为*ST某某的股东": a mark of the exchange before the name
                let t = t.strip_suffix("ST").map_or(t, |t| t.trim_end_matches(['*', 'S']));
                // "SK Hynix is a key supplier of Nvidia"
                let is = view.latin && is_a(t);
                // "由前谷歌员工创立的公司，正在成为A的对手": another clause ends with somebody else
                let apart = !view.latin && t.chars().skip(1).any(|c| c == '，') && t.contains('的');
                view.groups[f].fits(filler_kinds)
                    && f != holder
                    && !apart
                    && view.groups[f].marker != Marker::Reporter
                    && (between.chars().count() <= if is || view.latin && described(t) { 40 } else { 16 }
                        || between.chars().count() <= 24 && !view.latin && seen(t))
                    && (is
                        || !view.latin && seen(t)
                        || [
                            "变身",
                            "成了",
                            "变为",
                            "跃升为",
                            "升为",
                            "跻身",
                            "是",
                            "作为",
                            "成为",
                            "系",
                            "曾是",
                            "等",
                            "为",
                            "即",
                            "is",
                            "was",
                            "became",
                            "a",
                            "the",
                            "as",
                        ]
                        .iter()
                        .any(|w| t == *w || t.ends_with(w))
                        // "B（一个专注于编程的A变体）"
                        || t.starts_with('（') && t.ends_with('的')
                        || matches!(
                            t,
                            "，" | "（"
                                | "("
                                | ","
                                | "——"
                                | ", a"
                                | ", the"
                                | ", an"
                                | ", one of"
                                | ", now"
                                | "–"
                                | "-"
                                | ", a key"
                                | ", a major"
                        )
                        || view.latin && described(t))
            })
        });
        // "上海阵量成立于2020年，最初是商汤的全资子公司": the subject goes on
        let lead = view.between(view.clauses[view.groups[holder].clause].start, view.groups[holder].span.start);
        let copular = ["是", "为", "系", "成了"].iter().any(|c| find::ends(lead.trim_end(), c));
        let once = ["最初", "起初", "原", "曾", "此前"].iter().any(|c| lead.contains(c));
        let filler = filler.or_else(|| {
            let clause = view.groups[holder].clause;
            if copular && !of {
                self.carried(clause, filler_kinds, hit, &mut weight).filter(|&f| f != holder)
            } else {
                None
            }
        });
        let filler = filler
            .or_else(|| self.entry_fills(holder, hit, filler_kinds))
            .or_else(|| self.on_list(holder, hit, filler_kinds));
        // "作为A的子公司，B去年亏损": the clause after tells of whom
        let filler = filler.or_else(|| {
            let clause = view.groups[holder].clause;
            let told = |g: &Group| {
                let lead = view.between(view.clauses[g.clause].start, g.span.start);
                g.clause == clause + 1 && g.fits(filler_kinds) && g.marker == Marker::Bare && lead.chars().count() <= 3
            };
            let as_one =
                ["作为", "身为"].iter().any(|w| find::ends(lead, w)) && clause == view.clause_at(hit.span.start);
            let last = view.between(hit.span.end, view.clauses[clause].end).trim().is_empty();
            let as_one = as_one && last;
            view.groups.iter().position(told).filter(|_| as_one && !view.latin)
        });
        let Some(filler) = filler else {
            self.miss(hit, || "nobody fills the noun".into());
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        // "前投资方循环智能"
        let former = view.between(view.span.start, hit.span.start).ends_with(['前', '原']);
        let past = once && copular || former && !view.latin;
        let status = if status == Status::Asserted && past { Status::Ended } else { status };
        // "其大部分收入回流至金主微软": what stands in apposition is taken for granted
        let granted = filler_after == Some(filler) && view.groups[filler].span.start <= hit.span.end + 4;
        let status = if granted { self.owned(hit, status) } else { status };
        let status = match status {
            Status::Rumored if granted && hit.rule.status.is_none() => Status::Asserted,
            s => s,
        };
        let h = view.groups[holder].clone();
        let mut f = whole(view, filler, view.groups[filler].span.start >= hit.span.end);
        // "Acme, Orbis (a division of Quandor)": the last of them
        let single = !trigger.trim_end_matches(" of").ends_with('s');
        let aside = || view.between(f.span.end, hit.span.start).starts_with(" (");
        if view.latin && single && f.span.end <= hit.span.start && (of || aside()) {
            f.members.drain(..f.members.len() - 1);
        }
        // "Acme's investors include Orbis Ventures and Jane Doe"
        if view.latin && view.groups[filler].span.start >= hit.span.end {
            f.members.extend(
                self.coordinated(filler, filler_kinds).into_iter().flat_map(|g| view.groups[g].members.clone()),
            );
        }
        if !view.latin && view.groups[filler].span.start >= hit.span.end {
            f.members = self.series(filler, filler_kinds);
        }
        // only the nearest of several holders owns the noun: "A、B的对手C"
        // but "the parent of A and B" is that of both
        let near: Vec<usize> = if view.groups[holder].span.end <= hit.span.start || view.latin && !rule.swap {
            h.members.clone()
        } else {
            vec![h.members[0]]
        };
        // "A母公司B与C达成合作", "A与B的母公司C": with 与 it is said of the nearest alone
        let apart = |a: usize, b: usize| {
            let (a, b) = (self.found.mentions[a].span.end, self.found.mentions[b].span.start);
            !view.latin
                && !self.extractor.traits(rule).compared
                && view.between(a, b).trim_matches(super::phrase::QUOTES) == "与"
        };
        if granted && f.members.len() == 2 && apart(f.members[0], f.members[1]) {
            f.members.truncate(1);
        }
        let near = match near[..] {
            [a, b] if apart(a, b) => vec![b],
            _ => near,
        };
        for &holder in &near {
            for &filler in &f.members {
                let (s, o) = if rule.swap { (holder, filler) } else { (filler, holder) };
                self.pair(rule, s, o, hit.span, status, None, weight);
            }
        }
    }
}
