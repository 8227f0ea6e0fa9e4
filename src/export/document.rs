//! One article's entities, mentions and relations as JSON: what `extract` writes a line of, and the form that
//! annotated articles have too.

use crate::article::Article;
use crate::claim::Claim;
use crate::dictionary::Dictionary;
use crate::mention::{How, LocalEntity, Mention, Recognised, Source};
use crate::schema::{EntityKind, Status};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// One article's extraction. What annotated articles do not have is optional when read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The article's path.
    pub doc: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its date, ISO 8601, or empty.
    #[serde(default)]
    pub date: String,
    /// The entities mentioned.
    pub entities: Vec<DocumentEntity>,
    /// Where.
    #[serde(default)]
    pub mentions: Vec<DocumentMention>,
    /// The relations stated; subject and object are ids of `entities`.
    pub relations: Vec<DocumentRelation>,
}

/// An entity of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentEntity {
    /// Canonical name; of two entities with one name, the later has its kind in brackets.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityKind,
    /// The names that the article uses, in order of appearance; pronouns and the like are no names.
    pub names: Vec<String>,
    /// The stable key.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// From the dictionary.
    #[serde(default)]
    pub listed: bool,
}

/// A mention of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentMention {
    /// Id of the entity.
    pub entity: String,
    /// The words.
    pub text: String,
    /// Byte offsets in the article's text.
    pub bytes: (u32, u32),
    /// Offsets in characters (Unicode scalar values), as Python counts.
    pub chars: (u32, u32),
    /// Line in the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// How it was recognised.
    pub how: String,
}

/// A relation of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRelation {
    /// Id of the subject.
    pub s: String,
    /// The relation.
    pub r: String,
    /// Id of the object.
    pub o: String,
    /// How it stands.
    pub status: Status,
    /// The words that state it.
    #[serde(default)]
    pub evidence: String,
    /// Name of the rule.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// When it happened, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// Role, round, amount, share.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// Line of the evidence in the file, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column of the evidence in characters, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

/// A word for how a mention was recognised.
pub fn how_word(how: How) -> String {
    match how {
        How::Name => "name".into(),
        How::Version => "version".into(),
        How::Short => "short form".into(),
        How::Unlisted(cue) => format!("unlisted: {cue}"),
        How::Coreference(rule) => format!("coreference: {rule}"),
    }
}

/// Makes the document of an article.
pub fn document(article: &Article, found: &Recognised, claims: &[Claim], dictionary: &Dictionary) -> Document {
    let ids = ids(&found.entities);
    let mut entities: Vec<DocumentEntity> =
        found.entities.iter().zip(&ids).map(|(e, id)| entity(e, id, dictionary)).collect();
    for m in found.mentions.iter().filter(|m| !matches!(m.how, How::Coreference(_))) {
        let surface = article.slice(m.span);
        let names = &mut entities[m.entity as usize].names;
        if names.iter().all(|n| n != surface) {
            names.push(surface.to_string());
        }
    }
    Document {
        doc: article.path.clone(),
        title: article.title.clone(),
        date: article.date.map(|d| d.to_string()).unwrap_or_default(),
        entities,
        mentions: mentions(article, &found.mentions, &ids),
        relations: claims.iter().map(|c| relation(article, c, &ids, dictionary)).collect(),
    }
}

fn ids(entities: &[LocalEntity]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut fresh = |e: &LocalEntity| {
        let kinded = || format!("{} ({})", e.name, e.kind);
        let numbered = (2..).map(|n| format!("{} ({} {n})", e.name, e.kind));
        let mut options = std::iter::once(e.name.clone()).chain(std::iter::once_with(kinded)).chain(numbered);
        options.find(|id| taken.insert(id.clone())).expect("numbers do not end")
    };
    entities.iter().map(&mut fresh).collect()
}

fn entity(e: &LocalEntity, id: &str, dictionary: &Dictionary) -> DocumentEntity {
    let (key, listed) = match e.source {
        Source::Listed(listed) => (dictionary.entity(listed).key(), true),
        _ => (format!("{}/{}", e.kind, e.name), false),
    };
    DocumentEntity { id: id.to_string(), kind: e.kind, names: Vec::new(), key, listed }
}

fn mentions(article: &Article, mentions: &[Mention], ids: &[String]) -> Vec<DocumentMention> {
    let text = article.text.as_str();
    let (mut bytes, mut chars) = (0, 0);
    let mut chars_at = |at: usize| {
        chars += text[bytes..at].chars().count() as u32;
        bytes = at;
        chars
    };
    let one = |m: &Mention| {
        let place = article.place(m.span.start);
        DocumentMention {
            entity: ids[m.entity as usize].clone(),
            text: article.slice(m.span).to_string(),
            bytes: (m.span.start, m.span.end),
            chars: (chars_at(m.span.start as usize), chars_at(m.span.end as usize)),
            line: place.line,
            column: place.column,
            how: how_word(m.how),
        }
    };
    mentions.iter().map(one).collect()
}

fn relation(article: &Article, c: &Claim, ids: &[String], dictionary: &Dictionary) -> DocumentRelation {
    let place = article.place(c.evidence.start);
    DocumentRelation {
        s: ids[c.subject as usize].clone(),
        r: dictionary.schema.get(c.relation).name.clone(),
        o: ids[c.object as usize].clone(),
        status: c.status,
        evidence: article.slice(c.evidence).to_string(),
        rule: c.rule.to_string(),
        when: c.when.as_ref().map(|d| d.0.clone()).unwrap_or_default(),
        attributes: c.attributes.entries().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        confidence: Some(c.confidence),
        line: Some(place.line),
        column: Some(place.column),
    }
}
