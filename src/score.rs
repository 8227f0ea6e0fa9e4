//! Precision and recall of extracted [documents](Document) against annotated ones.
//!
//! A predicted entity is an annotated one when the two share a name (width, case, blanks, dots and hyphens
//! folded), one to one, most shared names first. A relation counts when subject, relation and object agree; the
//! symmetric ones in either direction; of several with the same three, the last stands.

use crate::diagnostic::{Diagnostic, Error};
use crate::export::document::{Document, DocumentRelation};
use crate::schema::{EntityKind, Schema};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Hits among so many predicted and so many annotated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// In both.
    pub hits: usize,
    /// Predicted.
    pub predicted: usize,
    /// Annotated.
    pub gold: usize,
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Tally {
    /// Share of the predicted that is right; 0 if none was predicted.
    pub fn precision(self) -> f64 {
        share(self.hits, self.predicted)
    }

    /// Share of the annotated that was predicted; 0 if none was annotated.
    pub fn recall(self) -> f64 {
        share(self.hits, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Annotated articles.
    pub documents: usize,
    /// Entities.
    pub entities: Tally,
    /// Of the entities found, those with the right kind, and all.
    pub kinds: (usize, usize),
    /// Entities by annotated kind (`predicted` is not counted).
    pub by_kind: BTreeMap<EntityKind, Tally>,
    /// Relations.
    pub relations: Tally,
    /// By relation.
    pub by_relation: BTreeMap<String, Tally>,
    /// Annotated relations both ends of which were found.
    pub linked: usize,
    /// Of the relations found, those with the right status, and all.
    pub statuses: (usize, usize),
    /// Relations missed and relations predicted wrongly.
    pub misses: Vec<Miss>,
}

/// One relation on which prediction and annotation differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// Annotated and not predicted; else the other way round.
    pub missed: bool,
    /// The article.
    pub doc: String,
    /// Subject, relation, object; an end that is no annotated entity begins with `?`.
    pub relation: (String, String, String),
    /// The words that state it.
    pub evidence: String,
}

/// A document's name without its folder.
fn base(doc: &str) -> &str {
    doc.rsplit('/').next().unwrap_or(doc)
}

/// Reads the annotated articles of a folder, one JSON file each.
///
/// # Errors
/// When the folder cannot be read, holds none, or one is no annotation.
pub fn read(folder: &Path) -> Result<Vec<Document>, Error> {
    let name = folder.display().to_string();
    let hint = "give a folder of annotated articles, one JSON file each";
    let fault = |file: &str, e: &dyn std::fmt::Display| {
        Error::usage(Diagnostic::error(file, format!("cannot read the annotations: {e}")).hint(hint))
    };
    let entries = std::fs::read_dir(folder).map_err(|e| fault(&name, &e))?;
    let mut paths =
        entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(|e| fault(&name, &e))?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    if paths.is_empty() {
        return Err(fault(&name, &"no .json file in it"));
    }
    let one = |path: &Path| {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| fault(&file, &e))?;
        serde_json::from_str(&text).map_err(|e| fault(&file, &e))
    };
    paths.iter().map(|p| one(p)).collect()
}

/// Compares.
pub fn score(gold: &[Document], predicted: &[Document], schema: &Schema) -> Score {
    let mut by_name: HashMap<&str, &Document> = HashMap::new();
    for d in predicted {
        by_name.insert(base(&d.doc), d);
    }
    let mut annotated: BTreeMap<&str, &Document> = BTreeMap::new();
    for d in gold {
        annotated.insert(base(&d.doc), d);
    }
    let mut out = Score { documents: annotated.len(), ..Score::default() };
    let nothing = Document {
        doc: String::new(),
        title: String::new(),
        date: String::new(),
        entities: vec![],
        mentions: vec![],
        relations: vec![],
    };
    for (name, g) in annotated {
        out.add(name, g, by_name.get(name).copied().unwrap_or(&nothing), schema);
    }
    out
}

type Key = (String, String, String);

impl Score {
    fn add(&mut self, name: &str, gold: &Document, predicted: &Document, schema: &Schema) {
        let same = align(gold, predicted);
        let kinds: HashMap<&str, EntityKind> = gold.entities.iter().map(|e| (e.id.as_str(), e.kind)).collect();
        self.entities.hits += same.len();
        self.entities.predicted += predicted.entities.len();
        self.entities.gold += gold.entities.len();
        for e in &gold.entities {
            self.by_kind.entry(e.kind).or_default().gold += 1;
        }
        for e in &predicted.entities {
            if let Some(kind) = same.get(e.id.as_str()).map(|g| kinds[g]) {
                self.by_kind.entry(kind).or_default().hits += 1;
                self.kinds.0 += (kind == e.kind) as usize;
                self.kinds.1 += 1;
            }
        }
        let symmetric = |r: &str| schema.find(r).is_some_and(|id| schema.get(id).symmetric);
        let key = |r: &DocumentRelation, id: &dyn Fn(&str) -> String| -> Key {
            let (s, o) = (id(&r.s), id(&r.o));
            if symmetric(&r.r) && s > o { (o, r.r.clone(), s) } else { (s, r.r.clone(), o) }
        };
        let as_is = |id: &str| id.to_string();
        let as_gold = |id: &str| same.get(id).map_or_else(|| format!("\0{id}"), |g| g.to_string());
        let gold_relations: BTreeMap<Key, &DocumentRelation> =
            gold.relations.iter().map(|r| (key(r, &as_is), r)).collect();
        let found: BTreeMap<Key, &DocumentRelation> =
            predicted.relations.iter().map(|r| (key(r, &as_gold), r)).collect();
        self.relations.predicted += found.len();
        self.relations.gold += gold_relations.len();
        let linked: HashSet<&str> = same.values().copied().collect();
        for (k, r) in &gold_relations {
            let tally = self.by_relation.entry(k.1.clone()).or_default();
            tally.gold += 1;
            self.linked += (linked.contains(k.0.as_str()) && linked.contains(k.2.as_str())) as usize;
            match found.get(k) {
                Some(p) => {
                    tally.hits += 1;
                    self.relations.hits += 1;
                    self.statuses.0 += (p.status == r.status) as usize;
                    self.statuses.1 += 1;
                }
                None => self.miss(true, name, k, &r.evidence),
            }
        }
        for (k, r) in &found {
            self.by_relation.entry(k.1.clone()).or_default().predicted += 1;
            if !gold_relations.contains_key(k) {
                self.miss(false, name, k, &r.evidence);
            }
        }
    }

    fn miss(&mut self, missed: bool, doc: &str, key: &Key, evidence: &str) {
        let shown = |id: &str| id.replace('\0', "?");
        let relation = (shown(&key.0), key.1.clone(), shown(&key.2));
        self.misses.push(Miss { missed, doc: doc.to_string(), relation, evidence: evidence.to_string() });
    }
}

/// NFKC, without blanks, dots, hyphens and underscores, in small letters.
fn folded(name: &str) -> String {
    let idle = |c: &char| !c.is_whitespace() && !matches!(c, '·' | '・' | '-' | '_' | '.');
    let small = |c: char| if c == 'ß' { vec!['s', 's'] } else { c.to_lowercase().collect() };
    name.nfkc().filter(idle).flat_map(small).collect()
}

/// Predicted id → annotated id, one to one, most shared names first, then by id.
fn align<'a>(gold: &'a Document, predicted: &'a Document) -> BTreeMap<&'a str, &'a str> {
    fn names(d: &Document) -> BTreeMap<&str, BTreeSet<String>> {
        let all = |id: &str, names: &[String]| names.iter().map(|n| folded(n)).chain([folded(id)]).collect();
        d.entities.iter().map(|e| (e.id.as_str(), all(&e.id, &e.names))).collect()
    }
    let (gold, predicted) = (names(gold), names(predicted));
    let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
    for (id, names) in &gold {
        names.iter().for_each(|n| holders.entry(n).or_default().push(id));
    }
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (id, names) in &predicted {
        for g in names.iter().filter_map(|n| holders.get(n.as_str())).flatten() {
            *shared.entry((*g, *id)).or_default() += 1;
        }
    }
    let mut pairs: Vec<_> = shared.into_iter().collect();
    pairs.sort_by_key(|&(ids, n)| (std::cmp::Reverse(n), ids));
    let mut used = HashSet::new();
    let mut out = BTreeMap::new();
    for ((g, p), _) in pairs {
        if !used.contains(g) && !out.contains_key(p) {
            used.insert(g);
            out.insert(p, g);
        }
    }
    out
}
