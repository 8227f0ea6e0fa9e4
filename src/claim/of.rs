//! Possession: two names side by side or with a word of belonging between them (`OpenAI 的 ChatGPT`,
//! `英伟达 A100`, `谷歌旗下 DeepMind`, `Google's Gemini`).

use super::extract::Scene;
use super::sentence::Group;
use crate::dictionary::relations::Construction;
use crate::dictionary::relations::Rule;
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// Nouns that may stand between a maker and its product, after 的.
pub(super) const HEADS: &[&str] = &[
    "模型",
    "大模型",
    "芯片",
    "平台",
    "应用",
    "助手",
    "工具",
    "系统",
    "产品",
    "服务",
    "机器人",
    "浏览器",
    "框架",
    "智能体",
    "手机",
    "汽车",
    "眼镜",
    "软件",
    "引擎",
    "项目",
    "编辑器",
    "插件",
    "游戏",
    "处理器",
    "传感器",
    "工具链",
    "操作系统",
    "数据集",
    "搜索",
    "音箱",
    "耳机",
    "机型",
    "车型",
    "新车",
    "新机",
    "新品",
    "平板",
    "手表",
    "手环",
    "电视",
    "轿车",
    "SUV",
    "无人机",
    "机器狗",
    "数字人",
    "学习机",
    "一体机",
    "头显",
    "主机",
    "相机",
    "数据库",
    "社区",
    "小程序",
    "App",
    "APP",
    "客户端",
    "套件",
    "体系",
    "方案",
    "底座",
    "大作",
    "短剧",
    "动画",
    "电影",
    "GPU",
    "model",
    "app",
    "assistant",
    "chatbot",
    "chip",
    "platform",
    "tool",
    "service",
    "browser",
    "agent",
    "system",
    "software",
    "phone",
];

/// Whether words between a house and a product are but what the product is: `全球授权系统`, no verb or particle.
pub(super) fn plain_noun(bare: &str) -> bool {
    const PARTICLES: [char; 33] = [
        '的', '了', '在', '将', '与', '对', '是', '和', '向', '把', '被', '为', '从', '用', '及', '等', '并', '也',
        '已', '以', '由', '让', '使', '比', '给', '到', '入', '于', '或', '者', '称', '有', '出',
    ];
    (2..=12).contains(&bare.chars().count()) && !bare.contains(PARTICLES)
}

/// Nouns for a house, before its name.
const HOUSES: &[&str] = &[
    "公司",
    "企业",
    "机构",
    "实验室",
    "基金",
    "资本",
    "厂商",
    "独角兽",
    "新贵",
    "集团",
    "平台",
    "品牌",
    "创企",
    "巨头",
];

/// The noun that examples follow: of `旗下的AI模型（如` the words before the mark.
fn exemplified(words: &str) -> Option<&str> {
    let lead = ["例如", "比如", "包括", "诸如", "涵盖", "如", "有"].iter().find_map(|w| words.strip_suffix(w))?;
    lead.strip_suffix(['（', '(', '，'])
}

impl<'d> Scene<'_, 'd> {
    /// Claims from neighbouring names.
    pub(super) fn of(&mut self) {
        let rules = &self.extractor.dictionary.rules;
        for i in 1..self.view.groups.len() {
            let (left, right) = (&self.view.groups[i - 1], &self.view.groups[i]);
            let between = self.view.between(left.span.end, right.span.start);
            if between.len() > 60 {
                continue;
            }
            let Some(&owner) = left.members.last() else { continue };
            let bare = between.trim_matches([' ', '“', '”', '"', '「', '」', '《', '》', '‘', '*']);
            // “A的”B: a closing quote before 的
            let bare = bare.trim_start_matches(['”', '"', '」']);
            // "Halden Insights’ Lumen"
            let plural = self.view.latin && self.view.text[left.span.range()].ends_with('s');
            let whole = bare.strip_prefix(['’', '\'']).filter(|r| plural && (r.is_empty() || r.starts_with(' ')));
            let written = whole.map(|rest| format!("'s{rest}"));
            let bare = written.as_deref().unwrap_or(bare);
            for rule in rules.with_construction(Construction::Of).filter(|r| !r.maker) {
                let (of_left, of_right) =
                    if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
                if !left.fits(of_left) || !right.fits(of_right) {
                    continue;
                }
                // "李开复创立的AI初创公司零一万物": what kind of house it is
                let described = rule.joint
                    && rule.words.iter().any(|w| {
                        bare.strip_prefix(w.as_str()).is_some_and(|rest| {
                            w.ends_with('的')
                                && rest.chars().count() <= 16
                                && !rest.contains(['，', ',', '、', '。', '；', '：'])
                                && HOUSES.iter().any(|h| find::ends(rest, h))
                        })
                    });
                // "马斯克的脑机接口公司Neuralink"
                let described = described
                    || left.kind == EntityKind::Person
                        && right.kind == EntityKind::Company
                        && bare
                            .strip_prefix('的')
                            .is_some_and(|noun| plain_noun(noun) && HOUSES.iter().any(|h| find::ends(noun, h)))
                        && rule.words.iter().any(|w| w == "的")
                        && self.extractor.belongs(self.found, owner, right.members[0]) == Some(true);
                // "传音旗下从事物流业务的合资公司B", "商汤全资子公司——B"
                let part = left.kind != EntityKind::Person
                    && right.kind == EntityKind::Company
                    && rule.words.iter().any(|w| w == "旗下")
                    && [
                        "旗下",
                        "下属",
                        "的子公司",
                        "子公司",
                        "全资子公司",
                        "控股子公司",
                        "的全资子公司",
                        "的控股子公司",
                    ]
                    .iter()
                    .any(|w| find::starts(bare, w))
                    && bare.chars().count() <= 32
                    && !bare.contains(['，', ',', '。', '；', '：', '（', '和', '与'])
                    && HOUSES.iter().any(|h| bare.trim_end_matches(['—', '-', ':']).ends_with(h));
                // "Acme's robot unit Orbis", "Jane Doe's AI startup, Acme"
                let part = part
                    || rule.words.iter().any(|w| w == "'s")
                        && (self.told_part(left, right, bare)
                            || self.pronoun(left)
                                && !bare.contains("brand")
                                && self.told_part(left, right, &format!("'s {bare}")));
                // "谷歌风险投资部门GV"
                let houses = |g: &Group| matches!(g.kind, EntityKind::Company | EntityKind::Organization);
                let part = part
                    || !self.view.latin
                        && houses(left)
                        && houses(right)
                        && rule.words.iter().any(|w| w == "旗下")
                        && (super::shared::names_part(between) || self.is_lab(left, right, bare));
                // "亚马逊AWS", "谷歌的DeepMind": what the dictionary knows to be its own
                let known = !self.view.latin
                    && houses(left)
                    && houses(right)
                    && matches!(bare, "" | "的")
                    && rule.words.iter().any(|w| w == "旗下")
                    && self.extractor.is_child(self.found, right.members[0], owner);
                let part = part || known;
                // "Acme's venture arm, Orbis"
                let arm = bare.strip_suffix(',').filter(|b| self.view.latin && b.contains(' '));
                let exact = described || part || rule.words.iter().any(|w| w == bare || arm.is_some_and(|b| w == b));
                // "By Jane Doe, Acme": who writes for whom
                if exact && bare == "," && self.view.between(self.view.span.start, left.span.start).trim() != "By" {
                    continue;
                }
                // "Acme, an Orbis company"
                if exact && !rule.if_head.is_empty() && self.head_after(right, &rule.if_head).is_none() {
                    continue;
                }
                if exact && self.view.latin && matches!(bare, "'s" | "’s") && !self.is_part(left, right, rule) {
                    continue;
                }
                let product = right.kind == EntityKind::Product && !(right.brand && rule.joint);
                let owned = right.kind != EntityKind::Person && bare.starts_with("旗下");
                // "传音旗下的潮流科技品牌Infinix": whatever it is called, it belongs
                let under = owned
                    && bare.chars().count() <= 16
                    // "旗下品牌和比亚迪": beside it
                    && !bare.ends_with(['和', '与', '及'])
                    && rule.words.iter().any(|w| w == "旗下");
                let headed = (product || owned || left.kind == EntityKind::Person)
                    && !exact
                    && self.headed(bare, left.span.end, right.span.start, under);
                // "Acme's flagship product, Lumen": the name in apposition
                let told = bare.strip_suffix(", the").unwrap_or(bare).trim_end_matches([',', '—', '–', ':', ' ']);
                let told = super::english_phrase::named(told);
                let headed = headed
                    || product
                        && !exact
                        && self.view.latin
                        && told.len() < bare.len()
                        && self.headed(told, left.span.end, right.span.start, false);
                // "its unified platform, SAFE One"
                let its = matches!(self.found.mentions[owner].how, How::Coreference("its" | "our" | "his" | "her"));
                // "其首个视频模型V1", "谷歌全球授权系统Zanzibar", "深势公司的大模型Uni"
                let whose = matches!(self.found.mentions[owner].how, How::Coreference("其"));
                let firm = bare.strip_prefix("公司").filter(|_| left.kind == EntityKind::Company);
                let headed = headed
                    || product
                        && !exact
                        && !self.view.latin
                        && (whose || left.kind == EntityKind::Company || left.brand)
                        && !bare.is_empty()
                        && match firm {
                            Some(rest) => self.headed(rest, left.span.end, right.span.start, false),
                            None => {
                                (whose || plain_noun(bare))
                                    && self.headed(&format!("的{bare}"), left.span.end, right.span.start, false)
                            }
                        };
                let headed = headed
                    || product
                        && !exact
                        && its
                        && self.headed(&format!("'s {told}"), left.span.end, right.span.start, false);
                // "谷歌旗下的AI模型（如A、B等）", "商汤的两款产品，包括A和B": the list of what is told to be its own
                let headed = headed
                    || product
                        && !exact
                        && !self.view.latin
                        && matches!(left.kind, EntityKind::Company | EntityKind::Organization)
                        && exemplified(bare).is_some_and(|noun| {
                            noun.starts_with(['的', '旗', '自'])
                                && self.headed(noun, left.span.end, right.span.start, false)
                        });
                // "A专为语言模型设计的B"
                let meant = || {
                    ["专为", "面向", "针对"].iter().any(|w| find::starts(bare, w))
                        && ["设计的", "打造的", "推出的", "开发的", "研发的", "发布的", "定制的"]
                            .iter()
                            .any(|w| find::ends(bare, w))
                        && bare.chars().count() <= 20
                        && !bare.contains(['，', '。', '、', '；', '：'])
                };
                let headed = headed || product && !exact && left.kind == EntityKind::Company && meant();
                let bracket = product && matches!(bare, "（" | "(");
                if !(exact || headed || bracket) {
                    continue;
                }
                if bare.is_empty() && between.trim().is_empty() && left.kind == EntityKind::Person {
                    continue;
                }
                let first = right.members[0];
                let mut confidence = rule.precision;
                let pronoun = matches!(self.found.mentions[owner].how, How::Coreference(_));
                // "200 units of its Lumen system"
                let own = its && self.view.latin && left.kind != EntityKind::Person;
                // "其Pallux平台": what it is stands behind it
                let named = || {
                    let rest =
                        self.view.between(right.span.end, self.view.span.end).trim_start_matches(['”', '」', '》']);
                    let entity = self.found.mentions[owner].entity;
                    let named = self.view.groups[..i - 1]
                        .iter()
                        .any(|g| g.members.iter().any(|&m| self.found.mentions[m].entity == entity));
                    whose && named && HEADS.iter().any(|h| find::starts(rest, h))
                };
                let unknown = pronoun && product && self.extractor.maker(self.found, first).is_none();
                if unknown && !headed && !own && !named() {
                    continue;
                }
                // 马斯克的xAI: a person's house, if it is known to be
                if left.kind == EntityKind::Person && !product && matches!(bare, "的" | "'s" | "’s") {
                    match self.extractor.belongs(self.found, owner, first) {
                        Some(true) => {}
                        _ => continue,
                    }
                }
                if product {
                    match self.extractor.maker(self.found, first) {
                        Some(_) if self.makes(owner, first) == Some(true) => confidence = 0.95,
                        // "马斯克的Grok"
                        Some(maker)
                            if left.kind == EntityKind::Person && self.extractor.serves(self.found, owner, maker) =>
                        {
                            confidence = 0.85
                        }
                        Some(_) => continue,
                        None if bracket => continue,
                        None if headed => confidence *= 0.9,
                        None => {}
                    }
                } else if bare.is_empty() && !known {
                    continue;
                }
                // "创建DeepSeek的梁文锋": the verb says what he is to it
                let before = self.view.between(self.view.span.start, left.span.start);
                if right.kind == EntityKind::Person && self.is_object(left) && !before.ends_with("来自") {
                    continue;
                }
                // 来自谷歌的李飞飞, in a clause that tells of hiring her
                let hired = right.kind == EntityKind::Person
                    && self.hits.iter().any(|h| h.rule.titled && self.view.clause_at(h.span.start) == left.clause);
                let status = if hired || self.left_behind(left) { Status::Ended } else { Status::Asserted };
                let trigger = Span { start: left.span.end, end: right.span.start };
                // "亚马逊和谷歌支持的Anthropic": both back it; what else is listed they may not
                let members = match rule.joint {
                    true => vec![first],
                    // "商汤的“A”大模型、“B”平台": the list goes on, if no other's product is in it
                    false if product && !self.view.latin => {
                        let all = super::phrase::whole(self.view, i, true).members;
                        let end = all.last().map_or(right.span.end, |&m| self.found.mentions[m].span.end);
                        let houses =
                            self.view.groups[i..].iter().any(|g| g.span.start < end && g.kind != EntityKind::Product);
                        let others = houses
                            || all.iter().any(|&m| {
                                self.kind(m) != EntityKind::Product
                                    || self
                                        .extractor
                                        .maker(self.found, m)
                                        .is_some_and(|maker| !self.extractor.is_maker(self.found, owner, maker))
                            });
                        let mut members = if others { right.members.clone() } else { all };
                        // "阿里云通义千问Qwen3": the family, and the model
                        if let Some(next) = self.view.groups.get(i + 1)
                            && next.kind == EntityKind::Product
                            && next.span.start == right.span.end
                        {
                            members.extend(&next.members);
                        }
                        members
                    }
                    false => right.members.clone(),
                };
                let owners = if rule.joint { left.members.clone() } else { vec![owner] };
                for (owner, m) in owners.iter().flat_map(|&o| members.iter().map(move |&m| (o, m))) {
                    let fits = match (product, self.extractor.maker(self.found, m)) {
                        (true, Some(maker)) => {
                            self.extractor.is_maker(self.found, owner, maker)
                                || self.kind(owner) == EntityKind::Person
                                    && self.extractor.serves(self.found, owner, maker)
                        }
                        _ => true,
                    };
                    if fits {
                        let (s, o) = if rule.swap { (m, owner) } else { (owner, m) };
                        self.pair(rule, s, o, trigger, status, None, confidence);
                    }
                }
                break;
            }
        }
    }

    /// `商汤“前沿实验室”`: a part by its own name, right behind the house or its 的.
    fn is_lab(&self, left: &Group, right: &Group, bare: &str) -> bool {
        const LABS: [&str; 12] = [
            "实验室",
            "研究院",
            "研究所",
            "研究中心",
            "办公室",
            "事业部",
            "事业群",
            "部门",
            "Lab",
            "Labs",
            "Research",
            "研究部",
        ];
        let name = &self.view.text[right.span.range()];
        let beside = matches!(bare, "" | "的" | "新成立的" | "全新的" | "内部的" | "旗下的" | "旗下");
        beside && left.members.len() == 1 && LABS.iter().any(|l| find::ends(name, l))
    }

    /// Whether a house that stands behind another's `'s` is told to be a part of it: `Acme's Data Division`, not
    /// `Acme's Shopify practice`.
    fn is_part(&self, left: &Group, right: &Group, rule: &Rule) -> bool {
        let houses = |g: &Group| matches!(g.kind, EntityKind::Company | EntityKind::Organization);
        if rule.swap || !houses(left) || !houses(right) {
            return true;
        }
        const PARTS: [&str; 14] = [
            "Division",
            "Lab",
            "Labs",
            "Ventures",
            "Studio",
            "Studios",
            "Research",
            "Institute",
            "Foundation",
            "Unit",
            "School",
            "Group",
            "Capital",
            "Center",
        ];
        let text = self.view.text;
        let name = &text[right.span.range()];
        let last = name.rsplit(' ').next().unwrap_or_default();
        let after = self.view.between(right.span.end, self.view.span.end).trim_start();
        let noun = after.split([' ', ',', '.', ';']).next().unwrap_or_default();
        PARTS.contains(&last)
            || name.starts_with(&text[left.span.range()])
            || ["division", "unit", "subsidiary", "arm", "lab", "team", "business", "brand"].contains(&noun)
            || self.extractor.is_child(self.found, right.members[0], *left.members.last().unwrap_or(&left.members[0]))
    }

    /// `可灵是快手旗下的视频产品`, `Grok作为xAI的旗舰模型`: a product, a copula, its maker, and what it is.
    pub(super) fn copular(&mut self) {
        let Some(rule) =
            self.extractor.dictionary.rules.with_construction(Construction::Of).find(|r| {
                !r.maker && !r.swap && r.object.has(EntityKind::Product) && r.subject.has(EntityKind::Company)
            })
        else {
            return;
        };
        let view = self.view;
        for i in 1..view.groups.len() {
            let (told, house) = (&view.groups[i - 1], &view.groups[i]);
            let link = view.between(told.span.end, house.span.start);
            let copula = matches!(
                link.trim_matches(['”', '"', '」', '》', ' ', '，']),
                "是" | "作为" | "为" | "系" | "正是" | "则是" | "也是" | "is"
            );
            // "Kimi（月之暗面）"
            let rest = view.between(house.span.end, view.span.end);
            let bracket = matches!(link.trim(), "（" | "(") && rest.starts_with(['）', ')']);
            if bracket
                && told.kind == EntityKind::Product
                && house.kind == EntityKind::Company
                && house.members.len() == 1
            {
                let p = *told.members.last().unwrap_or(&told.members[0]);
                if self.extractor.makes(self.found, house.members[0], p) == Some(true) {
                    self.pair(rule, house.members[0], p, house.span, Status::Asserted, None, 0.9);
                }
                continue;
            }
            // "Lumen, Acme's new tool"
            let apposed = view.latin && (house.possessor || self.pronoun(house)) && link.trim() == ",";
            if told.kind != EntityKind::Product
                || !(matches!(house.kind, EntityKind::Company | EntityKind::Organization) || house.brand)
                || !(copula || apposed)
            {
                continue;
            }
            let rest = view.between(house.span.end, view.span.end);
            let stop = rest.find(['，', '。', '；', '、', '！', '：', ',', '.', '—']).unwrap_or(rest.len());
            let cut = [" for ", " that ", " which ", " to ", " of ", " with ", " in "];
            let stop =
                if view.latin { cut.iter().filter_map(|c| rest[..stop].find(c)).min().unwrap_or(stop) } else { stop };
            let (phrase, end) = (&rest[..stop], house.span.end + stop as u32);
            let alone = !view.groups.iter().any(|g| g.span.start >= house.span.end && g.span.start < end);
            // "Lumen, our new tool"
            let owned = (self.pronoun(house) && view.latin).then(|| format!("'s{phrase}"));
            let phrase = owned.as_deref().unwrap_or(phrase);
            if alone && self.headed(phrase.trim_end_matches("之一"), house.span.end, end, false) {
                for (&p, &h) in told.members.iter().zip(std::iter::repeat(&house.members[0])) {
                    let asks = self.extractor.status.asks_or_supposes(view);
                    if !asks && self.extractor.makes(self.found, h, p) != Some(false) {
                        self.pair(rule, h, p, house.span, Status::Asserted, None, rule.precision);
                    }
                }
            }
        }
    }

    /// `的旗舰推理模型`: belonging, then a noun phrase that ends in a product's head noun, without a verb.
    pub(super) fn headed(&self, bare: &str, start: u32, end: u32, under: bool) -> bool {
        let opens =
            ["的", "旗下", "自研", "'s ", "’s ", "最新", "领导的", "执掌的"].iter().any(|o| find::starts(bare, o));
        let makes = self.extractor.dictionary.rules.known_makers().map(|r| r.relation);
        opens
            && bare.chars().count() <= if bare.is_ascii() { 48 } else { 24 }
            && !bare.contains(['，', '。', '、', '；', ',', '：', '（', '了'])
            && (under || HEADS.iter().any(|h| find::ends(bare, h)) || self.heads(bare))
            && !self.hits.iter().any(|h| {
                h.span.start >= start
                    && h.span.end <= end
                    && h.rule.is(Construction::Verb)
                    && Some(h.rule.relation) != makes
            })
    }

    /// Whether English words end in what a product is.
    fn heads(&self, bare: &str) -> bool {
        let last = bare.rsplit([' ', '-']).next().unwrap_or_default();
        let single = last.strip_suffix('s').unwrap_or(last);
        !bare.contains(" and ") && self.extractor.product_nouns.iter().any(|n| n == last || n == single)
    }
}
