//! `graph.json`: the node-link form that `networkx.node_link_graph(json.load(f))` reads as it is (3.4 and later:
//! key `edges`), one node or tie a line, written as a stream, and read back without loss. Its schema ships as
//! `schema/graph.schema.json`.

use super::evidence::{ClaimFacts, End, Evidence, Origin, Passage, Row};
use super::{Bond, CO_MENTION, Claims, CoMention, Day, Graph, Node, Tie, Totals, View};
use crate::diagnostic::{Diagnostic, Error};
use crate::schema::{EntityKind, KindSet, Relation, Schema, Status};
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The form's version, in the file's `graph.format`; it changes when readers would have to.
pub const FORMAT: u32 = 1;

/// Writes the nodes and ties of a view.
///
/// # Errors
/// Those of `out`.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\"directed\":true,\"multigraph\":true,\"graph\":")?;
    serde_json::to_writer(&mut *out, &HeadForm::of(view.graph))?;
    out.write_all(b",\n\"nodes\":[")?;
    rows(&view.nodes, out, |&n, line| serde_json::to_writer(line, &NodeForm::of(view.graph.node(n))))?;
    out.write_all(b"\n],\n\"edges\":[")?;
    rows(&view.edges, out, |&e, line| {
        let (a, b, tie) = view.graph.tie(e);
        serde_json::to_writer(line, &EdgeForm::of(&TieOf::of(view.graph, a, b, tie)))
    })?;
    out.write_all(b"\n]}\n")
}

/// Writes the elements of an array, a line each; they are made ready in parallel, some at a time.
fn rows<T: Sync>(
    items: &[T],
    out: &mut dyn Write,
    form: impl Fn(&T, &mut Vec<u8>) -> serde_json::Result<()> + Sync,
) -> io::Result<()> {
    const PART: usize = 256;
    const PARTS: usize = 64;
    for (i, some) in items.chunks(PART * PARTS).enumerate() {
        let made: Vec<serde_json::Result<Vec<u8>>> = some
            .par_chunks(PART)
            .enumerate()
            .map(|(j, part)| {
                let mut lines = Vec::with_capacity(part.len() * 512);
                for (k, item) in part.iter().enumerate() {
                    lines.extend_from_slice(if i + j + k == 0 { b"\n" } else { b",\n" });
                    form(item, &mut lines)?;
                }
                Ok(lines)
            })
            .collect();
        for lines in made {
            out.write_all(&lines?)?;
        }
    }
    Ok(())
}

/// Writes the same nodes and ties one a line, each with its `type` (`node`, `tie`) first.
///
/// # Errors
/// Those of `out`.
pub fn write_lines(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |what: &str, form: &dyn Fn(&mut Vec<u8>) -> serde_json::Result<()>| -> io::Result<()> {
        let mut object = Vec::with_capacity(1024);
        form(&mut object)?;
        write!(out, "{{\"type\":\"{what}\",")?;
        out.write_all(&object[1..])?;
        out.write_all(b"\n")
    };
    for &n in &view.nodes {
        line("node", &|buffer| serde_json::to_writer(buffer, &NodeForm::of(view.graph.node(n))))?;
    }
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        line("tie", &|buffer| serde_json::to_writer(buffer, &EdgeForm::of(&TieOf::of(view.graph, a, b, tie))))?;
    }
    Ok(())
}

/// A tie with all that files tell of it; serialised as they have it.
#[derive(Clone, Copy, Debug)]
pub struct TieOf<'a> {
    /// Key of the source.
    pub source: &'a str,
    /// Key of the target.
    pub target: &'a str,
    /// The relation's name, or that of co-mentions.
    pub relation: &'a str,
    /// Whether source and target may be swapped.
    pub symmetric: bool,
    /// The tie.
    pub tie: &'a Tie,
}

impl<'a> TieOf<'a> {
    fn of(graph: &'a Graph, a: NodeIndex, b: NodeIndex, tie: &'a Tie) -> TieOf<'a> {
        let (source, target) = (graph.node(a).key.as_str(), graph.node(b).key.as_str());
        TieOf { source, target, relation: graph.bond_name(tie.bond), symmetric: graph.symmetric(tie.bond), tie }
    }
}

impl Serialize for TieOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EdgeForm::of(self).serialize(serializer)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        NodeForm::of(self).serialize(serializer)
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EvidenceForm::of(self).serialize(serializer)
    }
}

/// A node as files have it.
pub fn node_value(node: &Node) -> serde_json::Value {
    serde_json::to_value(NodeForm::of(node)).expect("plain data")
}

/// A tie as files have it.
pub fn tie_value(graph: &Graph, a: NodeIndex, b: NodeIndex, tie: &Tie) -> serde_json::Value {
    serde_json::to_value(EdgeForm::of(&TieOf::of(graph, a, b, tie))).expect("plain data")
}

/// A piece of evidence as files have it.
pub fn evidence_value(evidence: &Evidence) -> serde_json::Value {
    serde_json::to_value(EvidenceForm::of(evidence)).expect("plain data")
}

/// Reads a whole graph back.
///
/// # Errors
/// When the file is missing, is no graph of this form, or has a tie whose end is no node.
pub fn read(path: &Path) -> Result<Graph, Error> {
    let file = path.display().to_string().replace('\\', "/");
    let text = std::fs::read_to_string(path).map_err(|e| {
        let hint = match e.kind() {
            io::ErrorKind::NotFound => "run `guanxi build` first, or give its output folder with --output",
            _ => "give the folder that `guanxi build` wrote with --output",
        };
        Error::new(Diagnostic::error(&file, format!("cannot read the graph: {e}")).hint(hint))
    })?;
    parse(&text).map_err(|fault| {
        let mut d = Diagnostic::error(&file, format!("this is no graph that guanxi wrote: {}", fault.message));
        if let Some((line, column)) = fault.place {
            d = d.at(line, column);
        }
        Error::new(d.hint("run `guanxi build` again"))
    })
}

/// Why a text is no graph.
#[derive(Debug)]
struct Fault {
    message: String,
    place: Option<(u32, u32)>,
}

impl From<String> for Fault {
    fn from(message: String) -> Fault {
        Fault { message, place: None }
    }
}

fn parse(text: &str) -> Result<Graph, Fault> {
    let file: FileForm<'_> = serde_json::from_str(text).map_err(|e| Fault {
        message: e.to_string(),
        place: (e.line() > 0).then(|| (e.line() as u32, e.column().max(1) as u32)),
    })?;
    if file.graph.format != FORMAT {
        return Err(Fault::from(format!("it has form {}, this program reads form {FORMAT}", file.graph.format)));
    }
    let schema = Schema { relations: file.graph.relations.into_iter().map(RelationForm::relation).collect() };
    let mut graph = DiGraph::with_capacity(file.nodes.len(), file.edges.len());
    let mut index = FxHashMap::default();
    for form in file.nodes {
        let node = form.node();
        let key = node.key.clone();
        index.insert(key, graph.add_node(node));
    }
    let mut origins = FxHashMap::default();
    let mut passages = FxHashMap::default();
    for form in file.edges {
        let end = |key: &str| index.get(key).copied().ok_or_else(|| format!("a tie's end `{key}` is no node"));
        let (a, b) = (end(&form.source)?, end(&form.target)?);
        graph.add_edge(a, b, form.tie(&schema, &mut origins, &mut passages)?);
    }
    Ok(Graph::new(graph, schema, file.graph.totals))
}

#[derive(Deserialize)]
struct FileForm<'a> {
    #[serde(borrow)]
    graph: HeadForm<'a>,
    #[serde(borrow)]
    nodes: Vec<NodeForm<'a>>,
    #[serde(borrow)]
    edges: Vec<EdgeForm<'a>>,
}

#[derive(Serialize, Deserialize)]
struct HeadForm<'a> {
    generator: Cow<'a, str>,
    format: u32,
    #[serde(flatten)]
    totals: Totals,
    #[serde(borrow)]
    relations: Vec<RelationForm<'a>>,
}

impl HeadForm<'_> {
    fn of(graph: &Graph) -> HeadForm<'_> {
        HeadForm {
            generator: Cow::Borrowed(concat!("guanxi ", env!("CARGO_PKG_VERSION"))),
            format: FORMAT,
            totals: graph.totals.clone(),
            relations: graph.schema.relations.iter().map(RelationForm::of).collect(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct RelationForm<'a> {
    name: Cow<'a, str>,
    label: Cow<'a, str>,
    description: Cow<'a, str>,
    subject: Vec<EntityKind>,
    object: Vec<EntityKind>,
    symmetric: bool,
    color: Cow<'a, str>,
}

impl RelationForm<'_> {
    fn of(r: &Relation) -> RelationForm<'_> {
        let kinds = |set: KindSet| EntityKind::ALL.into_iter().filter(|k| set.has(*k)).collect();
        RelationForm {
            name: Cow::Borrowed(&r.name),
            label: Cow::Borrowed(&r.label),
            description: Cow::Borrowed(&r.description),
            subject: kinds(r.subject),
            object: kinds(r.object),
            symmetric: r.symmetric,
            color: Cow::Borrowed(&r.color),
        }
    }

    fn relation(self) -> Relation {
        Relation {
            name: self.name.into_owned(),
            label: self.label.into_owned(),
            description: self.description.into_owned(),
            subject: self.subject.into_iter().collect(),
            object: self.object.into_iter().collect(),
            symmetric: self.symmetric,
            color: self.color.into_owned(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct NodeForm<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    kind: EntityKind,
    listed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    family: Option<Cow<'a, str>>,
    mentions: u64,
    articles: u32,
    sentences: u32,
    paragraphs: u32,
    first_seen: Day,
    last_seen: Day,
    names: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    aliases: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    tickers: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wikidata: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<Cow<'a, str>>,
    degree: u32,
    weighted_degree: f64,
    pagerank: f64,
    betweenness: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    community: Option<u32>,
}

impl NodeForm<'_> {
    fn of(n: &Node) -> NodeForm<'_> {
        NodeForm {
            id: Cow::Borrowed(&n.key),
            name: Cow::Borrowed(&n.name),
            kind: n.kind,
            listed: n.listed,
            family: n.family.as_deref().map(Cow::Borrowed),
            mentions: n.mentions,
            articles: n.articles,
            sentences: n.sentences,
            paragraphs: n.paragraphs,
            first_seen: n.first_seen,
            last_seen: n.last_seen,
            names: Cow::Borrowed(&n.names),
            aliases: Cow::Borrowed(&n.aliases),
            tickers: Cow::Borrowed(&n.tickers),
            wikidata: n.wikidata.as_deref().map(Cow::Borrowed),
            site: n.site.as_deref().map(Cow::Borrowed),
            degree: n.degree,
            weighted_degree: n.weighted_degree,
            pagerank: n.pagerank,
            betweenness: n.betweenness,
            community: n.community,
        }
    }

    fn node(self) -> Node {
        Node {
            key: self.id.into_owned(),
            kind: self.kind,
            name: self.name.into_owned(),
            listed: self.listed,
            family: self.family.map(Cow::into_owned),
            mentions: self.mentions,
            articles: self.articles,
            sentences: self.sentences,
            paragraphs: self.paragraphs,
            first_seen: self.first_seen,
            last_seen: self.last_seen,
            names: self.names.into_owned(),
            aliases: self.aliases.into_owned(),
            tickers: self.tickers.into_owned(),
            wikidata: self.wikidata.map(Cow::into_owned),
            site: self.site.map(Cow::into_owned),
            degree: self.degree,
            weighted_degree: self.weighted_degree,
            pagerank: self.pagerank,
            betweenness: self.betweenness,
            community: self.community,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct EdgeForm<'a> {
    source: Cow<'a, str>,
    target: Cow<'a, str>,
    key: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    symmetric: bool,
    weight: f64,
    articles: u32,
    first_seen: Day,
    last_seen: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    /// Claims by status, those there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statuses: Option<BTreeMap<Status, u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    belief: Option<f64>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    first_event: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    last_event: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sentences: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paragraphs: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    npmi: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    g2: Option<f64>,
    #[serde(borrow)]
    evidence: Vec<EvidenceForm<'a>>,
}

impl<'a> EdgeForm<'a> {
    fn of(of: &TieOf<'a>) -> EdgeForm<'a> {
        let tie = of.tie;
        let claims = tie.claims.as_ref();
        let counted = |c: &Claims| {
            let all = Status::ALL.into_iter().map(|s| (s, c.by_status[s as usize]));
            all.filter(|(_, n)| *n > 0).collect()
        };
        EdgeForm {
            source: Cow::Borrowed(of.source),
            target: Cow::Borrowed(of.target),
            key: Cow::Borrowed(of.relation),
            symmetric: of.symmetric,
            weight: tie.weight,
            articles: tie.articles,
            first_seen: tie.first_seen,
            last_seen: tie.last_seen,
            status: claims.map(|c| c.status),
            statuses: claims.map(counted),
            belief: claims.map(|c| c.belief),
            first_event: Cow::Borrowed(claims.map_or("", |c| &c.first_event)),
            last_event: Cow::Borrowed(claims.map_or("", |c| &c.last_event)),
            sentences: tie.counts.map(|c| c.sentences),
            paragraphs: tie.counts.map(|c| c.paragraphs),
            npmi: tie.counts.and_then(|c| c.npmi),
            g2: tie.counts.and_then(|c| c.g2),
            evidence: tie.evidence.iter().map(EvidenceForm::of).collect(),
        }
    }

    fn tie(self, schema: &Schema, origins: &mut Origins, passages: &mut Passages) -> Result<Tie, String> {
        let bond = match &*self.key {
            CO_MENTION => Bond::CoMention,
            name => Bond::Relation(schema.find(name).ok_or_else(|| format!("unknown relation `{name}`"))?),
        };
        let statuses = self.statuses.unwrap_or_default();
        let claims = self.status.map(|status| Claims {
            status,
            by_status: Status::ALL.map(|s| statuses.get(&s).copied().unwrap_or(0)),
            belief: self.belief.unwrap_or(0.0),
            first_event: self.first_event.into_owned(),
            last_event: self.last_event.into_owned(),
        });
        let counts = (bond == Bond::CoMention).then(|| CoMention {
            sentences: self.sentences.unwrap_or(0),
            paragraphs: self.paragraphs.unwrap_or(0),
            npmi: self.npmi,
            g2: self.g2,
        });
        Ok(Tie {
            bond,
            weight: self.weight,
            articles: self.articles,
            first_seen: self.first_seen,
            last_seen: self.last_seen,
            claims,
            counts,
            evidence: self.evidence.into_iter().map(|e| e.evidence(origins, passages)).collect(),
        })
    }
}

type Origins = FxHashMap<String, Arc<Origin>>;
type Passages = FxHashMap<(String, u32), Arc<Passage>>;

/// One piece of evidence as files have it.
#[derive(Serialize, Deserialize)]
struct EvidenceForm<'a> {
    article: Cow<'a, str>,
    title: Cow<'a, str>,
    date: Day,
    line: u32,
    column: u32,
    /// Byte offset of the sentence in the article's text.
    start: u32,
    sentence: Cow<'a, str>,
    /// The words for the source, and where in the sentence (bytes), if there.
    subject: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject_span: Option<(u32, u32)>,
    object: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    object_span: Option<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Cow<'a, str>>,
    /// The words that state it (bytes of the sentence).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    span: Option<(u32, u32)>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    when: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
}

impl<'a> EvidenceForm<'a> {
    fn of(e: &'a Evidence) -> EvidenceForm<'a> {
        let (passage, claim) = (&*e.passage, e.claim.as_ref());
        let span = |end: &End| match end {
            End::Here(start, stop) => Some((*start, *stop)),
            End::Elsewhere(_) => None,
        };
        let attributes = claim.map(|c| c.attributes.iter().map(|(k, v)| (Cow::Borrowed(&**k), Cow::Borrowed(&**v))));
        EvidenceForm {
            article: Cow::Borrowed(&passage.article.path),
            title: Cow::Borrowed(&passage.article.title),
            date: passage.article.date,
            line: passage.line,
            column: passage.column,
            start: passage.start,
            sentence: Cow::Borrowed(&passage.text),
            subject: Cow::Borrowed(e.surface(0)),
            subject_span: span(&e.ends[0]),
            object: Cow::Borrowed(e.surface(1)),
            object_span: span(&e.ends[1]),
            status: claim.map(|c| c.status),
            rule: claim.map(|c| Cow::Borrowed(&*c.rule)),
            span: claim.map(|c| c.stated),
            when: Cow::Borrowed(claim.map_or("", |c| &c.when)),
            attributes: attributes.map(Iterator::collect).unwrap_or_default(),
            confidence: claim.map(ClaimFacts::exact_confidence),
        }
    }

    fn evidence(self, origins: &mut Origins, passages: &mut Passages) -> Evidence {
        let path = self.article.into_owned();
        let passage = passages.entry((path.clone(), self.start)).or_insert_with(|| {
            let origin = Origin { path: path.clone(), title: self.title.into_owned(), date: self.date };
            let article = Arc::clone(origins.entry(path).or_insert_with(|| Arc::new(origin)));
            let text = self.sentence.into_owned().into();
            let (start, line, column) = (self.start, self.line, self.column);
            Arc::new(Passage { article, start, line, column, text, row: Row::default() })
        });
        let end = |span: Option<(u32, u32)>, words: Cow<'_, str>| match span {
            Some((start, stop)) => End::Here(start, stop),
            None => End::Elsewhere(words.into()),
        };
        let claim = self.status.map(|status| ClaimFacts {
            status,
            rule: Cow::Owned(self.rule.unwrap_or_default().into_owned()),
            when: self.when.into(),
            attributes: self
                .attributes
                .into_iter()
                .map(|(k, v)| (Cow::Owned(k.into_owned()), v.into_owned()))
                .collect(),
            confidence: self.confidence.unwrap_or(0.0) as f32,
            stated: self.span.unwrap_or_default(),
            row: Row::default(),
        });
        let ends = [end(self.subject_span, self.subject), end(self.object_span, self.object)];
        Evidence { passage: Arc::clone(passage), ends, claim }
    }
}
