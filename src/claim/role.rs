//! Roles: `商汤 CEO 徐立`, `联合创始人兼执行董事徐冰`, `徐立，商汤 CEO`, `Sam Altman, CEO of OpenAI`.

use super::copula::copula;
use super::extract::Scene;
use super::role_words::{before_listed, leads_to, person_between, quotes, serves, serves_in};
use super::sentence::Group;
use super::shared::{epithet, gloss, says_is};
use super::told::{states, tells};
use crate::dictionary::relations::{Construction, Rule};
use crate::find;
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// Several role words in a row that belong to one person.
pub(super) struct Chain<'r> {
    pub span: Span,
    rules: Vec<&'r Rule>,
}

impl<'d> Scene<'_, 'd> {
    /// Claims from role words.
    pub(super) fn roles(&mut self) {
        let mut chains = self.chains();
        // "还记得商汤CEO徐立的吐槽吗？": a question takes the title beside a name for granted
        if self.extractor.status.asks_or_supposes(self.view) {
            chains.retain(|c| {
                self.view.groups.iter().any(|g| {
                    g.kind == EntityKind::Person
                        && g.span.start >= c.span.end
                        && self.view.between(c.span.end, g.span.start).trim_matches(quotes).is_empty()
                })
            });
        }
        // the person of the chain before, and where it ended
        let mut last: Option<(usize, u32)> = None;
        for (i, chain) in chains.iter().enumerate() {
            let next = chains.get(i + 1).map_or(u32::MAX, |c| c.span.start);
            let before = i.checked_sub(1).map_or(0, |p| chains[p].span.end);
            last = self.role(chain, before, next, last);
        }
    }

    fn chains(&self) -> Vec<Chain<'d>> {
        let mut chains: Vec<Chain<'d>> = Vec::new();
        for hit in self.hits.iter().filter(|h| h.rule.is(Construction::Role)) {
            // "开发者工具部门总裁": a unit's name
            const UNITS: [&str; 14] = [
                "工具", "平台", "关系", "社区", "生态", "大会", "业务", "体验", "服务", "部门", "事务", "中心", "市场",
                "部总",
            ];
            let rest = self.view.between(hit.span.end, self.view.span.end);
            if !self.view.latin && UNITS.iter().any(|u| find::starts(rest, u)) {
                continue;
            }
            if let Some(last) = chains.last_mut() {
                if last.span == hit.span {
                    last.rules.push(hit.rule);
                    continue;
                }
                let between = self.view.between(last.span.end, hit.span.start);
                let t = between.trim();
                let joined = matches!(
                    t,
                    "兼" | "、"
                        | "和"
                        | "及"
                        | "与"
                        | "以及"
                        | "&"
                        | "and"
                        | "/"
                        | ""
                        | "，兼"
                        | "并兼任"
                        | "兼任"
                        | "暨"
                        | ", "
                        | ","
                        | "and the"
                        | ", and"
                        | ", and the"
                ) || (t.chars().count() <= 8
                    && (t.starts_with(['兼', '暨', '、', '及']) || t.starts_with("and "))
                    && !t.contains('，'))
                    || (t.chars().count() <= 3
                        && !t.contains(['，', '。', '的', '、', '（'])
                        && self.group_between(last.span.end, hit.span.start).is_none());
                if joined
                    && self.group_between(last.span.end, hit.span.start).is_none()
                    && !self.held_apart(last.span, hit.span)
                {
                    last.span.end = hit.span.end;
                    last.rules.push(hit.rule);
                    continue;
                }
            }
            chains.push(Chain { span: hit.span, rules: vec![hit.rule] });
        }
        // "首席执行官（CEO）雷军"
        gloss(self.view, &mut chains);
        chains
    }

    fn group_between(&self, start: u32, end: u32) -> Option<&Group> {
        self.view.groups.iter().find(|g| g.span.start >= start && g.span.end <= end)
    }

    /// Claims from one chain of roles; the index of the person's group and where the chain ended, for a chain
    /// that goes on about the same person.
    fn role(
        &mut self,
        chain: &Chain<'d>,
        before_chain: u32,
        next_chain: u32,
        last: Option<(usize, u32)>,
    ) -> Option<(usize, u32)> {
        let view = self.view;
        if self.role_in_list(chain.span, &chain.rules) {
            return None;
        }
        let clause = view.clause_at(chain.span.start);
        let house_kind = |k: EntityKind| k != EntityKind::Person;
        // the house right before the role
        let house_before = view.groups.iter().rev().find(|g| g.span.end <= chain.span.start).filter(|g| {
            let between = view.between(g.span.end, chain.span.start);
            house_kind(g.kind)
                && g.span.end >= before_chain
                && between.chars().count()
                    <= match view.latin {
                        true => 30,
                        // "华为智能汽车解决方案事业部自动驾驶系统的CTO"
                        false if ["部", "系统", "团队", "中心", "事业群", "集团"].iter().any(|u| between.contains(u)) => 24,
                        false => 16,
                    }
                && !between.contains(['，', '。', '；', '：', '？', ',', '、', ';'])
                // "Meta案的法官": the judge of a case is no judge of the house
                && !(!view.latin && (between.starts_with('案') || between.contains("案的")))
                // "adviser to Tesla and director of OpenAI"
                && !(view.latin && states(between))
                && (!self.verb_between(g.span.end, chain.span.start)
                    || between.trim().ends_with(" by")
                    || serves(between)
                    || !view.latin && serves_in(between))
        });
        // "CEO of OpenAI", "CEO at OpenAI", "总裁（OpenAI）"
        let house_after = view.groups.iter().find(|g| g.span.start >= chain.span.end).filter(|g| {
            let between = view.between(chain.span.end, g.span.start);
            let t = between.trim();
            house_kind(g.kind)
                && g.span.start < next_chain
                && (view.latin && self.names_house(t) || matches!(
                    t,
                    "of" | "at" | "for" | "of the" | "at the" | "in" | "with" | "from" | "of AI at" | "of rival"
                ) || t == "to" && ["advisor", "adviser", "consultant"].iter().any(|r| view.between(chain.span.start, chain.span.end).ends_with(r)) || matches!(t, "at rival"
                ) || ((t.starts_with("of ") || t.starts_with("for ") || t.starts_with("in ") && super::english_role::is_field(t))
                    // "a professor of robotics at the University of Halden"
                    && [" at", " of", " for", " at the", " of the"].iter().any(|l| find::ends(t, l))
                    && t.len() < 50
                    && !t.contains(',')
                    && !tells(t)
                    // "founder of the night shift at Acme"
                    && !chain.rules.iter().any(|r| self.extractor.traits(r).lasts))
                    // "Rick Yang, Partner and Head of Technology, NEA"
                    || ((matches!(t, "," | "|") || (t.starts_with("of ") && t.ends_with(',') && t.len() < 50 && t.matches(',').count() == 1))
                        && view.latin
                        && view.groups.iter().any(|p| {
                            p.kind == EntityKind::Person
                                && p.span.end <= chain.span.start
                                && (chain.span.start - p.span.end <= 4
                                    || chain.span.start - p.span.end <= 14
                                        && copula(view.between(p.span.end, chain.span.start)))
                        })))
        });
        let house_after = house_after.map(|h| self.its_part(h).map_or(h, |part| &view.groups[part]));
        // "a founder of Acme's video service": of what the house has
        let lasts = chain.rules.iter().all(|r| self.extractor.traits(r).lasts);
        let house_after = house_after.filter(|h| !(view.latin && lasts && h.possessor));
        let person_after = view.groups.iter().find(|g| g.span.start >= chain.span.end).filter(|g| {
            let between = view.between(chain.span.end, g.span.start);
            let t = between.trim_matches(quotes);
            let t = if view.latin { super::english_role::untitled(t) } else { t };
            g.kind == EntityKind::Person
                && g.span.start < next_chain
                && (t.is_empty()
                    || self.names_field(t, house_before.is_some_and(|h| !lasts && self.has_role(h, chain.span.start)))
                    || !view.latin && leads_to(t)
                    || matches!(
                        t,
                        "：" | "、"
                            | "——"
                            | "是"
                            | "为"
                            | "则是"
                            | "包括"
                            | "还有"
                            | "有"
                            | "分别是"
                            | ","
                            | "之一"
                            | "之一的"
                            | "的"
                            | "and"
                            | ":"
                            | "由"
                            | "，"
                            | "（"
                            | "("
                            | "，来自"
                            | "include"
                            | "includes"
                            | "included"
                            | "including"
                    ) && !(t == "，" && house_after.is_some())
                    || t == "is")
        });
        // "徐立，商汤CEO", "徐立担任商汤CEO", "周畅曾是阿里通义千问技术负责人"
        let person_before = |limit: u32| {
            let maker = view.groups.iter().find(|g| g.makes_next && g.span.end <= limit && limit - g.span.end <= 6);
            let limit =
                maker.filter(|_| house_before.is_some_and(|h| h.span.start == limit)).map_or(limit, |m| m.span.start);
            // "Jane Doe, who once met John Roe, serves as"
            let beyond = self.over_aside(limit).map(|p| &view.groups[p]).filter(|p| {
                let between = view.between(p.span.end, limit);
                between.matches(", ").count() == 2 && copula(between)
            });
            if beyond.is_some() {
                return beyond;
            }
            view.groups
                .iter()
                .rev()
                .find(|g| {
                    // the person before an aside that names others
                    let aside = || {
                        let between = view.between(g.span.end, limit);
                        view.latin && g.kind == EntityKind::Person && between.starts_with(", who ") && copula(between)
                    };
                    let near = || g.clause == view.clause_at(limit) || self.group_between(g.span.end, limit).is_none();
                    g.span.end <= limit && (!view.latin || near() || aside())
                })
                .filter(|g| g.kind == EntityKind::Person && copula(view.between(g.span.end, limit)))
                .or_else(|| {
                    let person = self.over_aside(limit).map(|p| &view.groups[p]);
                    person.filter(|g| copula(view.between(g.span.end, limit)))
                })
                .or_else(|| self.before_aside(limit).map(|p| &view.groups[p]))
        };
        let person_after =
            person_after.or_else(|| self.titled_next(house_before?, chain.span).map(|p| &view.groups[p]));
        // "同济大学特聘研究员、OpenKG轮值主席王昊奋": a list of roles, then who has them
        let person_after = person_after.or_else(|| {
            house_before?;
            view.groups.iter().find(|g| g.kind == EntityKind::Person && g.span.start >= chain.span.end).filter(|g| {
                let between = view.between(chain.span.end, g.span.start);
                (next_chain < g.span.start || epithet(between))
                    && between.starts_with('、')
                    && between.chars().count() <= 40
                    && !between.contains(['，', ',', '。', '；', '：', '（'])
                    && !self.verb_between(chain.span.end, g.span.start)
            })
        });
        // "作为前A总监、B的研究员，张三…"
        let person_after = person_after.or_else(|| self.as_which(chain.span).map(|p| &view.groups[p]));
        // "A的两位创始人，CEO B和CTO C"
        let heads = house_before.and_then(|_| self.further_heads(chain.span, &chain.rules));
        let person_after = person_after.or(heads.map(|p| &view.groups[p]));
        let (house, person, confidence) = match (house_before, house_after, person_after) {
            // "A是商汤的CEO，B则…": the role is said of A
            (Some(h), _, Some(p))
                if !view.latin
                    && view.between(chain.span.end, p.span.start) == "，"
                    && person_before(h.span.start).is_some_and(|a| says_is(view.between(a.span.end, h.span.start))) =>
            {
                (Some(h), person_before(h.span.start), 1.0)
            }
            (Some(h), _, Some(p)) => (Some(h), Some(p), 1.0),
            (_, Some(h), _) if person_before(chain.span.start).is_some() => {
                (Some(h), person_before(chain.span.start), 1.0)
            }
            (Some(h), _, None) => {
                let adjacent = person_between(view.groups.as_slice(), h, chain.span.start);
                match adjacent {
                    Some(p) => (Some(h), Some(p), 0.95),
                    None => (Some(h), person_before(h.span.start), 0.95),
                }
            }
            (None, h, Some(p)) => (h, Some(p), 0.9),
            // "他同时担任董事长", "Dario Amodei, the chief executive": the house goes without saying
            (None, None, None)
                if person_before(chain.span.start).is_some_and(|p| {
                    let t = view.between(p.span.end, chain.span.start);
                    !t.trim().is_empty() && !t.trim_matches(quotes).is_empty() && t.trim() != "的"
                }) =>
            {
                (None, person_before(chain.span.start), 0.75)
            }
            (None, None, None) => {
                // "斯坦福大学李飞飞教授"
                let last = view.groups.iter().rposition(|g| g.span.end <= chain.span.start);
                match last {
                    Some(i)
                        if i > 0
                            && view.groups[i].kind == EntityKind::Person
                            && view.between(view.groups[i].span.end, chain.span.start).trim().is_empty()
                            && house_kind(view.groups[i - 1].kind)
                            && matches!(
                                view.between(view.groups[i - 1].span.end, view.groups[i].span.start).trim(),
                                "" | "的"
                            ) =>
                    {
                        (Some(&view.groups[i - 1]), Some(&view.groups[i]), 0.95)
                    }
                    _ => (None, None, 0.0),
                }
            }
            _ => (None, None, 0.0),
        };
        if let Some(h) = house_before.filter(|_| person.is_none())
            && let Some(p) = self.this_one(h)
        {
            let before = view.between(view.clauses[h.clause].start, h.span.start);
            let between = view.between(h.span.end, chain.span.start);
            let (status, _) = self.extractor.status.of_role(before, between, "");
            for rule in &chain.rules {
                let lasts = self.extractor.traits(rule).lasts && status == Status::Ended;
                let status = if lasts { Status::Asserted } else { status };
                if !chain.rules.iter().any(|r| self.extractor.outranks(r, rule)) {
                    let house = *h.members.last().expect("not empty");
                    self.pair(rule, p, house, chain.span, status, Some(chain.span), rule.precision * 0.8);
                }
            }
            return None;
        }
        let (house, person, confidence) = match person {
            Some(_) => (house, person, confidence),
            None => match (self.taken_up(chain.span.start, clause), house_before.or(house_after)) {
                (Some((h, p)), None) => (Some(&view.groups[h]), Some(&view.groups[p]), 0.85),
                (_, Some(h)) => {
                    let at = chain.span;
                    // "2017年转投A担任总裁", "a safety advisor for xAI and director of CAIS", "…CEO，此前是微软研究员"
                    let told = self.moved_into(h, at).or_else(|| self.tells_of(h, at));
                    let told = told.or_else(|| self.exemplified(h, at)).or_else(|| self.fronted_role(h, at));
                    match told {
                        Some(p) => (Some(h), Some(&view.groups[p]), 0.85),
                        None => {
                            let (person, end) =
                                last.or_else(|| self.served(chain.span.start).map(|p| (p, chain.span.start)))?;
                            let from = chain.span.start.min(h.span.start);
                            let between = view.between(end, from).trim();
                            let fields = view.latin && between.starts_with("of ") && between.ends_with(" and");
                            let goes_on = fields
                                || ["and", ", and", ",", "，", "、", "及", "和"]
                                    .iter()
                                    .any(|l| find::starts(between, l));
                            let short = between.chars().count() <= if view.latin { 28 } else { 10 };
                            let near = goes_on && short && end <= from && self.group_between(end, from).is_none();
                            // "Vice President at Acme, where she …; Head of Sales at Orbis"
                            let item = view.latin && between.trim_end_matches("and").trim_end().ends_with(';');
                            let served = self.served(chain.span.start) == Some(person);
                            (Some(h), Some(&view.groups[person]).filter(|_| near || item || served), 0.85)
                        }
                    }
                }
                _ => return None,
            },
        };
        let person = person?;
        let house = house.map(|h| self.whose(h, person).map_or(h, |own| &view.groups[own]));
        // "吴泳铭接替张勇出任CEO": who takes over has it, who is named last had it
        let heir = view.groups.iter().rev().find(|g| g.span.end <= person.span.start).filter(|g| {
            let t = view.between(g.span.end, person.span.start).trim();
            g.kind == EntityKind::Person
                && person.span.end <= chain.span.start
                && (["接替", "取代", "接任", "接棒", "接班"].iter().any(|w| find::ends(t, w))
                    && t.chars().count() <= 14
                    && !t.contains(['，', '。'])
                    || view.latin && super::english_role::succeeds(t))
        });
        // "许冉将接替徐雷担任CEO"
        let to_come = heir.is_some_and(|g| {
            let lead = view.between(g.span.end, person.span.start);
            !view.latin && ["将", "拟", "即将", "有望"].iter().any(|w| lead.contains(w))
        });
        // "研究院长": a character of the role may be the house's
        let head = view.between(chain.span.start, chain.span.end);
        let shared = view.text[..chain.span.start as usize].chars().next_back().filter(|_| head == "长");
        let written = Span { start: chain.span.start - shared.map_or(0, char::len_utf8) as u32, ..chain.span };
        let role = view.between(written.start, written.end);
        let shared = if house.is_none() { self.shared_house(last, chain.span) } else { None };
        let (houses, confidence, before, between): (Vec<usize>, f32, &str, &str) = match (house, shared) {
            (Some(h), _) => {
                let maker = view
                    .groups
                    .iter()
                    .find(|g| g.makes_next && g.span.end <= h.span.start && h.span.start - g.span.end <= 6);
                let start = maker.map_or(h.span.start, |m| m.span.start);
                let before = view.between(view.clauses[view.clause_at(start)].start, start);
                let between = if h.span.end <= chain.span.start {
                    view.between(h.span.end, chain.span.start)
                } else {
                    let c = view.clauses[clause].start;
                    view.between(c.max(person.span.end.min(chain.span.start)), chain.span.start)
                };
                // "在A大学和B大学完成本科学业", but not "微软和谷歌CEO"
                let each = ["完成", "获得", "取得", "攻读", "拿到", "读完"].iter().any(|v| between.contains(v));
                // "先后在A、B和C担任高管"
                let each = each
                    || !view.latin
                        && serves(between)
                        && ["先后", "分别", "曾在", "都在", "辗转"]
                            .iter()
                            .any(|w| view.between(view.clauses[h.clause].start, h.span.start).contains(w));
                // "特斯拉和SpaceX的首席执行官马斯克": one person heads both
                let each = each || between.starts_with('的') && person.members.len() == 1 && self.joined(h);
                let members = if h.span.end <= chain.span.start && !each {
                    vec![*h.members.last().expect("not empty")]
                } else {
                    h.members.clone()
                };
                (members, confidence, before, between)
            }
            (None, Some(shared)) => {
                let lead = view.between(view.clauses[clause].start, chain.span.start);
                (vec![shared], 0.85, lead, "")
            }
            // "创始人徐冰表示": the house is the topic
            (None, None) => {
                // only a founder or chief has a house that goes without saying; "CEO of RMS": one that we do not know
                let clause_lead = view.between(view.clauses[clause].start, chain.span.start).trim_start();
                let owned = ["公司", "该公司", "集团", "本公司"].contains(&clause_lead);
                if chain.rules.iter().any(|r| !r.topic) && !owned
                    || view.latin && self.held_elsewhere(chain.span, &chain.rules)
                {
                    return None;
                }
                // "founder of the night shift": what was founded is told
                let told = view.between(chain.span.end, view.span.end).starts_with(" of ");
                if view.latin && told && chain.rules.iter().all(|r| self.extractor.traits(r).lasts) {
                    return None;
                }
                // "President Lee": a head of state has no house here
                if role == "President" && chain.span.end + 1 >= person.span.start && chain.span.end <= person.span.start
                {
                    return None;
                }
                // "invested at Acme, where she was vice president"
                let near = self.where_held(chain.span.start);
                // "Meta从苹果挖走了基础模型负责人A", "创办了A，联合创始人还包括B"
                let lasts = chain.rules.iter().all(|r| self.extractor.traits(r).lasts);
                let near = near
                    .or_else(|| self.taken_from(chain.span, person))
                    .or_else(|| self.just_set_up(chain.span.start, person.members[0]).filter(|_| lasts));
                let known = match near {
                    Some(house) => Some(Some(house)),
                    None => self.known_house(person.members[0]),
                };
                // "字节跳动宣布，吴永辉出任研究负责人"
                let link = view.between(person.span.end.min(chain.span.start), chain.span.start).trim_start();
                // "任命前A首席执行官张三为CEO": the hire tells where
                let hired = link.starts_with(['为', '担']) && person.span.end <= chain.span.start;
                if hired && !view.latin && self.hits.iter().any(|h| h.rule.titled && h.span.end <= person.span.start) {
                    return None;
                }
                // "由前A首席执行官张三担任首席AI官": not in the house that they left
                let title = self.out.iter().find(|f| {
                    f.role.is_some()
                        && f.status == Status::Ended
                        && person.members.contains(&f.subject)
                        && f.trigger.end <= person.span.start
                });
                let left = title.map(|f| self.found.mentions[f.object].entity);
                let takes =
                    ["担任", "出任", "任", "为", "将担任", "将出任", "接任"].iter().any(|t| find::starts(link, t));
                let appointed = !view.latin
                    && (["出任", "改任", "升任", "转任", "调任"].iter().any(|w| find::starts(link, w))
                        // "A由张三和李四创立，张三任CEO"
                        || matches!(link, "任" | "则任" | "担任" | "则担任" | "分别担任"));
                let told = self.told_house(chain.span.start).filter(|_| appointed);
                let topic = match known {
                    _ if told.is_some() => told,
                    Some(house) => house,
                    None => self.topic_house(chain.span.start),
                };
                let house = topic?;
                // "集团CEO": of the parent
                let group = ["集团", "母公司"].iter().any(|w| clause_lead.trim_end_matches(quotes).ends_with(w));
                let parent = || {
                    let house_kind = |m: &usize| self.kind(*m) == EntityKind::Company;
                    (0..self.found.mentions.len())
                        .filter(house_kind)
                        .find(|&m| self.extractor.is_child(self.found, house, m))
                };
                let house = if group && !view.latin { parent().unwrap_or(house) } else { house };
                // "一家初创公司联合创始人张三", "他作为唯一的负责人": of no house that is named
                let start = if clause_lead == "其" { view.span.start } else { view.clauses[clause].start };
                let unnamed = view.between(start, chain.span.start).contains("一家");
                let its = self.found.mentions[house].span;
                let behind = view.span.contains(its) && its.start >= person.span.end;
                // "创始人张三曾是B的首席科学家": nor of the one that he was in
                let once = lasts && behind && view.between(person.span.end, its.start).contains('曾');
                if !view.latin && (unnamed || once || ["他作为", "她作为"].contains(&clause_lead)) {
                    return None;
                }
                // "创始人张三毕业于B大学": where the sentence goes on to is not the house
                if !view.latin && behind && self.kind(house) == EntityKind::Organization {
                    return None;
                }
                if !view.latin && takes && left == Some(self.found.mentions[house].entity) {
                    return None;
                }
                let sure = known.is_some() || view.span.contains(self.found.mentions[house].span);
                let lead = view.between(view.clauses[clause].start, chain.span.start);
                if lead.contains("某") || !view.latin && near.is_none() && !self.extractor.is_topical(lead, sure) {
                    return None;
                }
                (vec![house], 0.7, lead, "")
            }
        };
        let words = view.clause(clause);
        let (status, _) = self.extractor.status.of_role(before, between, words);
        let status = if serves(between) && between.ends_with('过') { Status::Ended } else { status };
        // "先后在A、B担任高管"
        let listed = !view.latin && serves(between) && ["先后", "曾", "辗转"].iter().any(|w| before.contains(w));
        let status = if listed && status == Status::Asserted { Status::Ended } else { status };
        let status = match self.takes_post(person, house, chain.span) {
            Some(planned) if status == Status::Asserted => planned,
            _ => status,
        };
        // "曾任苹果总监、谷歌云负责人": the second was once, too
        let listed = |end: u32| before_listed(view.between(end, house.map_or(chain.span.start, |h| h.span.start)));
        let status = match last {
            Some((p, end))
                if status == Status::Asserted
                    && view.groups[p].span == person.span
                    && person.span.end <= chain.span.start
                    && listed(end)
                    && self.out.iter().any(|f| {
                        f.status == Status::Ended && f.trigger.end == end && person.members.contains(&f.subject)
                    }) =>
            {
                Status::Ended
            }
            _ => status,
        };
        // "Previously, she served as …"
        let earlier = super::english_role::once(view.between(view.span.start, chain.span.start));
        // "Roe was a director at Acme", "served as head of Acme"
        let link = view.between(person.span.end, chain.span.start).trim_start();
        // "Jane Doe, who runs Orbis, was head of Acme"
        let link = link.strip_prefix(", who ").and_then(|l| l.rsplit_once(", ")).map_or(link, |l| l.1);
        let past = view.latin
            && person.span.end <= chain.span.start
            && (["was ", "served as", "worked as", "served "].iter().any(|p| find::starts(link, p))
                || super::english_role::over(link))
            && !["appointed", "named", "elected", "promoted"].iter().any(|p| link.contains(p));
        let past = past
            || view.latin && {
                let end = house.map_or(chain.span.end, |h| h.span.end.max(chain.span.end));
                super::english_role::ended_after(view.between(end, view.span.end))
            };
        let past =
            past || view.latin && super::english_role::dismissed(view.between(view.span.start, chain.span.start), link);
        let status = match status {
            Status::Asserted if view.latin && super::english_role::planned(link) => Status::Planned,
            Status::Asserted if past => Status::Ended,
            Status::Asserted if view.latin && earlier => Status::Ended,
            Status::Asserted
                if view.latin
                    && (super::english_role::former(between)
                        || super::english_role::former(view.between(view.clauses[clause].start, chain.span.start))) =>
            {
                Status::Ended
            }
            s => s,
        };
        // "挖走了DeepMind的首席研究员杰克·雷", "首席技术专家聂鹏程、副总裁黄文灏先后离职"
        let first = house.map_or(chain.span.start, |h| h.span.start.min(chain.span.start));
        let hired = self.hits.iter().any(|h| {
            h.rule.titled && h.rule.moves && h.span.end <= first && person.span.start >= chain.span.end && {
                let gap = view.between(h.span.end, first);
                gap.chars().count() <= 14 && !gap.contains(['，', '。', '；'])
            }
        });
        let end = self.list_end(person);
        let next = view.groups.iter().find(|g| g.span.start >= end).map_or(view.span.end, |g| g.span.start);
        let stop = view.clauses[view.clause_at(end.saturating_sub(1))].end.min(next);
        // "Acme CFO Jane Doe departs", "Jane Doe, Acme's CFO, is leaving"
        let told = house.map_or(chain.span.end, |h| h.span.end.max(chain.span.end)).max(person.span.end);
        let leaves = view.latin && super::english_role::leaves(view.between(told, view.span.end));
        let gone = hired || leaves || !view.latin && self.extractor.status.left(view.between(end, stop));
        // "呼吁A首席执行官张三辞职": he has not
        let asked = ["呼吁", "要求", "敦促", "施压", "逼迫", "迫使", "希望", "建议", "否认"]
            .iter()
            .any(|w| view.between(view.clauses[view.clause_at(first)].start, first).contains(w));
        let gone = gone && (hired || leaves || !asked);
        let gone = gone || !view.latin && self.among_the_gone(first);
        // "加入A之前，他是B的工程师"
        let gone = gone || person.span.end <= first && self.earlier_step(first);
        let status = if gone && status == Status::Asserted { Status::Ended } else { status };
        for rule in &chain.rules {
            // "OpenAI首席执行官奥特曼和马斯克": only the first of them has it
            let single = view.latin && !role.ends_with('s') && !role.ends_with("alumni");
            let sole = (rule.sole || single) && person.span.start >= chain.span.end;
            let listed = heads.is_some().then(|| self.listed(person).members);
            let mut persons = if let Some(all) = listed {
                all
            } else if sole {
                person.members[..1].to_vec()
            } else {
                person.members.clone()
            };
            // "founded by Jane Doe and John Roe (CEO)"
            if view.latin
                && rule.is(Construction::Role)
                && person.members.len() > 1
                && (link.starts_with('(') || single && matches!(link, "," | ", " | ", the " | ", a " | ", an "))
            {
                persons.drain(..persons.len() - 1);
            }
            // "The co-founders include Jane Doe, member of …; John Roe, …"
            if view.latin && !sole && person.span.start >= chain.span.end {
                persons.extend(self.items_after(person));
            }
            for &h in &houses {
                for &p in heir.iter().flat_map(|g| &g.members) {
                    let status = if to_come && status == Status::Asserted { Status::Planned } else { status };
                    self.pair(rule, p, h, chain.span, status, Some(written), rule.precision * confidence);
                }
            }
            let over = heir.is_some() && !to_come && status == Status::Asserted;
            let status = if over { Status::Ended } else { status };
            // a leading role says more than "member of staff" beside it
            if chain.rules.iter().any(|r| self.extractor.outranks(r, rule)) {
                continue;
            }
            // "联合创始人、深度学习专家A": what a founder is besides is no post
            let staff = self.extractor.dictionary.rules.staff() == Some(rule.relation);
            // "A的投资人张三": not on its staff
            if staff && !view.latin && between.ends_with('的') && role.ends_with("投资人") {
                continue;
            }
            if staff && !view.latin && chain.rules.iter().any(|r| self.extractor.traits(r).lasts) {
                continue;
            }
            let lasts = self.extractor.traits(rule).lasts;
            // "two Orbis alumni": they are there no more
            let gone = staff && super::english_role::bygone(role);
            let status = if gone && status == Status::Asserted { Status::Ended } else { status };
            // "联合创始人兼前首席科学家": he is that no more
            let status = if self.was_once(rule, chain.span) { Status::Ended } else { status };
            for &p in &persons {
                for &h in &houses {
                    let status = if lasts && status == Status::Ended { Status::Asserted } else { status };
                    self.pair(rule, p, h, chain.span, status, Some(written), rule.precision * confidence);
                }
            }
        }
        let end = house.map_or(chain.span.end, |h| h.span.end.max(chain.span.end));
        view.groups.iter().position(|g| g.span == person.span).map(|p| (p, end))
    }

    fn verb_between(&self, start: u32, end: u32) -> bool {
        self.hits.iter().any(|h| {
            h.span.start >= start
                && h.span.end <= end
                && (h.rule.is(Construction::Verb) || h.rule.is(Construction::Pair))
                // "开发者工具部门": part of a noun
                && (self.view.latin
                    || !["者", "商", "部", "中心", "院", "组"]
                        .iter()
                        .any(|t| self.view.between(h.span.end, end).starts_with(t)))
        })
    }
}
