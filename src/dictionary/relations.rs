//! The relations and their rules as data: one YAML file per relation under `dictionaries/relations/`.
//!
//! A rule names one construction and the words that trigger it. The constructions are few and fixed (their
//! reading of a sentence is `claim/`); the words, kinds, directions and statuses are the analyst's.

use super::index::{Case, NameIndex, NewName};
use super::{EntityId, NameId, Openers};
use crate::diagnostic::Diagnostic;
use crate::find::find_bytes;
use crate::schema::{EntityKind, KindSet, Relation, RelationId, Schema, Status};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::sync::OnceLock;

/// How a rule's trigger takes its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Construction {
    /// `S 收购 O`, `O 被 S 收购`, `S 对 O 投资`, `由 S 领投`.
    Verb,
    /// `S 与 O 合作`, `S 和 O 达成合作`.
    Pair,
    /// `A 的竞争对手 B`, `B 是 A 的供应商`: the holder A is the relation's object, the filler B its subject.
    Noun,
    /// `商汤 CEO 徐立`, `徐立，商汤 CEO`: the person is the subject.
    Role,
    /// `A 旗下 B`, `A 的 B`, `A B`: the words that may stand between.
    Of,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique name, `relation.what`.
    pub name: &'static str,
    /// The relation it states.
    pub relation: RelationId,
    /// Its construction.
    pub construction: Construction,
    /// Kinds of the relation's subject in this rule.
    pub subject: KindSet,
    /// Kinds of the relation's object in this rule.
    pub object: KindSet,
    /// The grammatical subject (or the filler) is the relation's object.
    pub swap: bool,
    /// The status it states by itself.
    pub status: Option<Status>,
    /// After the object, one of these heads makes it something else (`收购 B 的资产`).
    pub unless_head: Vec<String>,
    /// The object counts only if followed by one of these heads (`使用谷歌的云服务`).
    pub if_head: Vec<String>,
    /// The trigger counts only if the clause also has one of these.
    pub with: Vec<String>,
    /// An argument that the sentence lacks may be the house that the article is about.
    pub topic: bool,
    /// Counts only with a marked argument (被, 由, 获, 对), never as a plain verb.
    pub marked: bool,
    /// Counts only with a subject marked 由, 被 or by.
    pub agent: bool,
    /// The object stands after 比.
    pub than: bool,
    /// A house after 从 or from is the one that was left.
    pub moves: bool,
    /// The end marked 从 is the whole, whoever the verb takes for its subject.
    pub parts: bool,
    /// What is put into something (将 B 接入 C) is taken by it.
    pub into: bool,
    /// A role named after the person says what the hire is.
    pub titled: bool,
    /// Of a share in the object: only less than half of it (`true`), or anything but that (`false`).
    pub minor: Option<bool>,
    /// A role that a house has once: of `CEO A 和 B` only A has it.
    pub sole: bool,
    /// All of a list before the word take part (`A 和 B 支持的 C`), and only the first name after it.
    pub joint: bool,
    /// A product that the dictionary gives a maker: only its maker's (`true`), or only somebody else's
    /// (`false`).
    pub own: Option<bool>,
    /// What an earlier clause brought out is its subject, rather than who did: `小米发布 YU7，搭载 Thor`.
    pub thing: bool,
    /// The farthest the object may stand behind the trigger, in characters.
    pub reach: usize,
    /// None of these stands right before the trigger (`推荐使用`).
    pub not_after: Vec<String>,
    /// No claim if the clause, or the one before, has one of these (`估值超过`).
    pub without: Vec<String>,
    /// None of these stands right after the trigger (`发布至`).
    pub not_before: Vec<String>,
    /// A contest that is named after its parties (`A、B 纷纷入局，一场争夺战打响`).
    pub contest: bool,
    /// A contest that is named before its parties (`外卖大战升温，A、B、C 谁也不肯收手`).
    pub opens: bool,
    /// A party's own clause must have one of these (`A 占 23%，B 占 10%`).
    pub each: Vec<String>,
    /// The object counts only if marked 用 or 以.
    pub means: bool,
    /// The product is the verb's subject, and who brought it out goes without saying (`首款产品Vela上线`).
    pub debut: bool,
    /// The product is the verb's subject, and who uses it stands before as `在H内部`.
    pub inside: bool,
    /// The sentence, or one of the two before in its paragraph, has one of these.
    pub around: Vec<String>,
    /// The object stands behind a plural noun that it exemplifies (`serves banks such as Acme`).
    pub examples: bool,
    /// No words: it ties a product to the maker that the dictionary gives.
    pub maker: bool,
    /// Share of its claims that are right, as measured on annotated articles.
    pub precision: f32,
    /// The words between, for [`Construction::Of`].
    pub words: Vec<String>,
}

/// What a relation's claims are like, whatever the rule.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// A plan makes no planned claim: to plan to rival is to rival.
    pub planless: bool,
    /// Amount, share and round of the clause belong to it.
    pub deal: bool,
    /// Relations whose claims between the same two say less.
    pub over: Vec<RelationId>,
    /// Relations that a role says too little by: who leads a house is not told to work for it by the same words.
    pub outranks: Vec<RelationId>,
    /// Relations that take a part of what this one takes whole: where one of them tells of a share of less than half,
    /// this one is not claimed between the same two.
    pub stakes: Vec<RelationId>,
    /// A verb that stands as a noun after 的 states nothing.
    pub verbal: bool,
    /// The ends are measured against each other: a test is no end.
    pub compared: bool,
    /// What a possessor has acts for it (荣耀的手机接入豆包).
    pub possessed: bool,
    /// The object may be a place (在).
    pub place: bool,
    /// What stands after 从 or from is no end of it, unless the rule has a status of its own.
    pub unsourced: bool,
    /// Who once did it did it: no 前 or former ends it.
    pub lasts: bool,
    /// 曾 before the verb says that it is over.
    pub past: bool,
    /// It is done to the object itself, not to what the object has (leads Acme's team).
    pub whole: bool,
}

/// The rules of all relations, and the index of their triggers.
#[derive(Debug, Default)]
pub struct Rules {
    /// For each relation, what its claims are like.
    pub traits: Vec<Traits>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Trigger words.
    pub triggers: NameIndex,
    /// For each trigger name, the index of its rule.
    trigger_rules: Vec<u16>,
    /// Triggers with a gap.
    gapped: Vec<Gapped>,
    /// The first parts of the triggers with a gap; made when first asked.
    begins: OnceLock<Openers>,
    /// For each construction, the indices of its rules.
    by_construction: [Vec<u16>; 5],
    /// The index of each rule by its name.
    by_name: FxHashMap<&'static str, u16>,
    /// The index of the rule without words, and of the first that tells of a person with a title.
    maker: Option<u16>,
    titled: Option<u16>,
}

/// A trigger with a gap (`首席*官`): a few characters without punctuation may stand at the `*`.
#[derive(Debug)]
struct Gapped {
    before: String,
    after: String,
    rule: u16,
}

/// The farthest that an argument may stand from its trigger if a rule says nothing else, in characters.
pub const REACH: usize = 48;

/// Most characters that fill a gap, Han and others.
const GAP: (usize, usize) = (8, 28);

impl Rules {
    /// The rule that a trigger belongs to.
    pub fn of_trigger(&self, trigger: NameId) -> &Rule {
        &self.rules[self.trigger_rules[trigger as usize] as usize]
    }

    /// Calls `on` with the range and rule of each trigger with a gap that is in `words`.
    pub fn gapped<'r>(&'r self, words: &str, mut on: impl FnMut(std::ops::Range<usize>, &'r Rule)) {
        if self.gapped.is_empty() {
            return;
        }
        let begins = self.begins.get_or_init(|| Openers::new(self.gapped.iter().map(|g| &g.before)));
        let mut found: Vec<(usize, usize)> = Vec::new();
        begins.each(words, |i, end| found.push((i, end)));
        found.sort_unstable();
        for (i, start) in found {
            let g = &self.gapped[i];
            let rest = &words[start..];
            let most = if g.before.is_ascii() { GAP.1 } else { GAP.0 };
            // no farther than so many characters of four bytes
            let near = &rest.as_bytes()[..(most * 4 + g.after.len()).min(rest.len())];
            // English words are whole: no "on" in "only", no "ships" in "partnerships"
            let letter = |i: usize| rest.as_bytes().get(i).is_some_and(u8::is_ascii_alphanumeric);
            let latin = g.after.ends_with(|c: char| c.is_ascii_alphabetic());
            let mut from = 0;
            let found = loop {
                let Some(i) = find_bytes(&near[from..], g.after.as_bytes()).map(|i| from + i) else { break None };
                if !latin || !letter(i + g.after.len()) {
                    break Some(i);
                }
                from = i + g.after.len();
            };
            if let Some(i) = found.filter(|&i| i <= gap_end(rest, most)) {
                on(start - g.before.len()..start + i + g.after.len(), &self.rules[g.rule as usize]);
            }
        }
    }

    /// The rule that ties products to the makers that the dictionary gives, if there is one.
    pub fn known_makers(&self) -> Option<&Rule> {
        self.maker.map(|i| &self.rules[i as usize])
    }

    /// The relation of those who are on a house's staff, without a leading role.
    pub fn staff(&self) -> Option<RelationId> {
        self.titled.map(|i| self.rules[i as usize].relation)
    }

    /// The rule with this name.
    pub fn named(&self, name: &str) -> Option<&Rule> {
        self.by_name.get(name).map(|&i| &self.rules[i as usize])
    }

    /// The rules of one construction, in order.
    pub fn with_construction(&self, construction: Construction) -> impl Iterator<Item = &Rule> {
        self.by_construction[construction as usize].iter().map(|&i| &self.rules[i as usize])
    }
}

/// Where a gap of at most so many characters ends: before a mark, which is none inside a number.
fn gap_end(rest: &str, most: usize) -> usize {
    let ends = |c: char| matches!(c, '，' | '。' | '、' | '；' | '：' | '（' | '”' | ',' | '.' | '(' | ';');
    let stop = rest.char_indices().nth(most).map_or(rest.len(), |(i, _)| i);
    // 4.2%
    let decimal = |i: usize| {
        rest[i..].starts_with('.')
            && rest[..i].ends_with(|c: char| c.is_ascii_digit())
            && rest[i + 1..].starts_with(|c: char| c.is_ascii_digit())
    };
    rest[..stop].match_indices(ends).map(|(i, _)| i).find(|&i| !decimal(i)).unwrap_or(stop)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRelation {
    name: Spanned<String>,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    description: String,
    subject: Vec<EntityKind>,
    object: Vec<EntityKind>,
    #[serde(default)]
    symmetric: bool,
    #[serde(default)]
    color: Option<String>,
    #[serde(default)]
    planless: bool,
    #[serde(default)]
    deal: bool,
    #[serde(default)]
    over: Vec<Spanned<String>>,
    #[serde(default)]
    outranks: Vec<Spanned<String>>,
    #[serde(default)]
    stakes: Vec<Spanned<String>>,
    #[serde(default)]
    verbal: bool,
    #[serde(default)]
    compared: bool,
    #[serde(default)]
    possessed: bool,
    #[serde(default)]
    place: bool,
    #[serde(default)]
    unsourced: bool,
    #[serde(default)]
    lasts: bool,
    #[serde(default)]
    past: bool,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    rules: Vec<RawRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: Spanned<String>,
    #[serde(default)]
    verb: Vec<String>,
    #[serde(default)]
    pair: Vec<String>,
    #[serde(default)]
    noun: Vec<String>,
    #[serde(default)]
    role: Vec<String>,
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    subject: Option<Vec<EntityKind>>,
    #[serde(default)]
    object: Option<Vec<EntityKind>>,
    #[serde(default)]
    swap: bool,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    unless_head: Vec<String>,
    #[serde(default)]
    if_head: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    topic: bool,
    #[serde(default)]
    marked: bool,
    #[serde(default)]
    agent: bool,
    #[serde(default)]
    than: bool,
    #[serde(default)]
    moves: bool,
    #[serde(default)]
    parts: bool,
    #[serde(default)]
    into: bool,
    #[serde(default)]
    titled: bool,
    #[serde(default)]
    minor: Option<bool>,
    #[serde(default)]
    sole: bool,
    #[serde(default)]
    joint: bool,
    #[serde(default)]
    own: Option<bool>,
    #[serde(default)]
    thing: bool,
    #[serde(default)]
    reach: Option<usize>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    means: bool,
    #[serde(default)]
    debut: bool,
    #[serde(default)]
    inside: bool,
    #[serde(default)]
    contest: bool,
    #[serde(default)]
    opens: bool,
    #[serde(default)]
    each: Vec<String>,
    #[serde(default)]
    around: Vec<String>,
    #[serde(default)]
    examples: bool,
    #[serde(default)]
    maker: bool,
    #[serde(default)]
    precision: Option<f32>,
}

const COLORS: [&str; 8] = ["#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#9c755f", "#edc948", "#76b7b2", "#ff9da7"];

/// Checks and gathers the relations, each given as file, content and what was read from it.
pub(super) fn gather(files: Vec<(&str, &str, RawRelation)>) -> Result<(Schema, Rules), Vec<Diagnostic>> {
    let mut schema = Schema::default();
    let mut rules = Rules { triggers: NameIndex::with_capacity(2048), ..Rules::default() };
    let mut errors = Vec::new();
    let mut others = Vec::new();
    for (file, source, mut raw) in files {
        others.push((file, source, [&mut raw.over, &mut raw.outranks, &mut raw.stakes].map(std::mem::take)));
        add(file, source, raw, &mut schema, &mut rules, &mut errors);
    }
    if errors.is_empty() {
        for (traits, (file, source, others)) in rules.traits.iter_mut().zip(others) {
            for (names, list) in others.into_iter().zip([&mut traits.over, &mut traits.outranks, &mut traits.stakes]) {
                for name in names {
                    match schema.find(&name.value) {
                        Some(id) => list.push(id),
                        None => {
                            let message = format!("`{}` is no relation", name.value);
                            errors.push(fault(file, source, &name, message, "name a relation of these files"));
                        }
                    }
                }
            }
        }
    }
    if errors.is_empty() { Ok((schema, rules)) } else { Err(errors) }
}

fn fault(file: &str, source: &str, at: &Spanned<String>, message: String, hint: &str) -> Diagnostic {
    let (line, column) = (at.referenced.line() as u32, at.referenced.column() as u32);
    let snippet = source.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default().trim_end();
    Diagnostic::error(file, message).at(line, column).snippet(snippet).hint(hint)
}

fn add(
    file: &str,
    source: &str,
    raw: RawRelation,
    schema: &mut Schema,
    rules: &mut Rules,
    errors: &mut Vec<Diagnostic>,
) {
    let fault = |at: &Spanned<String>, message: String, hint: &str| fault(file, source, at, message, hint);
    let name = raw.name.value.clone();
    if !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()) || name.is_empty() {
        errors.push(fault(&raw.name, format!("`{name}` is no relation name"), "use lower-case letters, digits and _"));
        return;
    }
    if schema.find(&name).is_some() {
        errors.push(fault(&raw.name, format!("the relation `{name}` is defined twice"), "keep one file per relation"));
        return;
    }
    let id = RelationId(schema.relations.len() as u16);
    let relation = Relation {
        label: raw.label.unwrap_or_else(|| name.clone()),
        description: raw.description,
        subject: raw.subject.into_iter().collect(),
        object: raw.object.into_iter().collect(),
        symmetric: raw.symmetric,
        color: raw.color.unwrap_or_else(|| COLORS[id.0 as usize % COLORS.len()].to_string()),
        name: name.clone(),
    };
    for r in raw.rules {
        let given = [
            (Construction::Verb, r.verb),
            (Construction::Pair, r.pair),
            (Construction::Noun, r.noun),
            (Construction::Role, r.role),
            (Construction::Of, r.of),
        ];
        let mut given = given.into_iter().filter(|(_, words)| !words.is_empty());
        let first = given.next().or(if r.maker { Some((Construction::Of, Vec::new())) } else { None });
        let (Some((construction, words)), None) = (first, given.next()) else {
            errors.push(fault(
                &r.name,
                format!("the rule `{}` must have one construction", r.name.value),
                "give exactly one of verb, pair, noun, role, of, with its words",
            ));
            continue;
        };
        if rules.rules.iter().any(|o| o.name == r.name.value) {
            errors.push(fault(&r.name, format!("two rules are called `{}`", r.name.value), "rename one of them"));
            continue;
        }
        let index = rules.rules.len() as u16;
        if construction != Construction::Of {
            for word in &words {
                if let Some((before, after)) = word.split_once('*') {
                    if before.is_empty() || after.is_empty() || after.contains('*') {
                        errors.push(fault(
                            &r.name,
                            format!("the word `{word}` of rule `{}` has no words around its gap", r.name.value),
                            "put one * between two words",
                        ));
                    }
                    rules.gapped.push(Gapped { before: before.into(), after: after.into(), rule: index });
                    continue;
                }
                let new = NewName {
                    text: word,
                    entity: Some(EntityId(0)),
                    case: Some(if word.bytes().any(|b| b.is_ascii_uppercase()) { Case::Exact } else { Case::Any }),
                    condition: 0,
                    family: false,
                    not_bare: false,
                };
                match rules.triggers.add(new, false) {
                    Some(_) => rules.trigger_rules.push(index),
                    None => errors.push(fault(
                        &r.name,
                        format!("the word `{word}` of rule `{}` is too short", r.name.value),
                        "a trigger has two characters at least",
                    )),
                }
            }
        }
        rules.by_construction[construction as usize].push(index);
        if r.maker {
            rules.maker.get_or_insert(index);
        }
        if r.titled {
            rules.titled.get_or_insert(index);
        }
        // names live as long as the process: there are a few hundred, read once
        let name: &'static str = Box::leak(r.name.value.into_boxed_str());
        rules.by_name.entry(name).or_insert(index);
        rules.rules.push(Rule {
            name,
            relation: id,
            construction,
            subject: r.subject.map_or(relation.subject, |k| k.into_iter().collect()),
            object: r.object.map_or(relation.object, |k| k.into_iter().collect()),
            swap: r.swap,
            status: r.status,
            unless_head: r.unless_head,
            if_head: r.if_head,
            with: r.with,
            topic: r.topic,
            marked: r.marked,
            agent: r.agent,
            than: r.than,
            moves: r.moves,
            parts: r.parts,
            into: r.into,
            titled: r.titled,
            minor: r.minor,
            sole: r.sole,
            joint: r.joint,
            own: r.own,
            thing: r.thing,
            reach: r.reach.unwrap_or(REACH),
            without: r.without,
            not_after: r.not_after,
            not_before: r.not_before,
            means: r.means,
            debut: r.debut,
            inside: r.inside,
            contest: r.contest,
            opens: r.opens,
            each: r.each,
            around: r.around,
            examples: r.examples,
            maker: r.maker,
            precision: r.precision.unwrap_or(0.8),
            words: match construction {
                Construction::Of => words.iter().map(|w| w.trim().to_string()).collect(),
                _ => Vec::new(),
            },
        });
    }
    schema.relations.push(relation);
    rules.traits.push(Traits {
        planless: raw.planless,
        deal: raw.deal,
        over: Vec::new(),
        outranks: Vec::new(),
        stakes: Vec::new(),
        verbal: raw.verbal,
        compared: raw.compared,
        possessed: raw.possessed,
        place: raw.place,
        unsourced: raw.unsourced,
        lasts: raw.lasts,
        past: raw.past,
        whole: raw.whole,
    });
}
