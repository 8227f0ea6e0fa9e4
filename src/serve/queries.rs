//! The queries by name, with what each takes and how it is answered. Names, parameters and what stands in for them are
//! those of the commands (a test in `cli/serve.rs` holds it), and so are the answers.

use super::asked::{Asked, Form, Parameter, entity, of_address};
use super::{Refused, explore};
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{Bond, View, node_link};
use crate::query::{self, Base, By, Change, Measure, PathOptions, Piece};
use crate::schema::RelationId;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

/// A query that the servers offer.
pub struct Query {
    /// Its name, that of the command.
    pub name: &'static str,
    /// What it answers, for whoever has to choose.
    pub about: &'static str,
    /// The command whose `--format json` gives the same.
    pub command: Option<&'static str>,
    /// Where the answer is an array, what it is called in an object.
    pub array: Option<&'static str>,
    /// The name of the answer's schema in the description of the interface.
    pub(super) schema: &'static str,
    parameters: &'static [&'static [Parameter]],
    ask: fn(&Base, &Asked<'_>) -> Result<Answer, Refused>,
}

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Query").field(&self.name).finish()
    }
}

/// What a query answers.
#[derive(Debug)]
pub struct Answer {
    /// The JSON document, that of the command line.
    pub document: Box<RawValue>,
    /// Whether there is more, or how many there are, where the document does not say.
    rest: Option<(&'static str, Value)>,
}

impl Answer {
    fn of(answer: &impl Serialize) -> Result<Answer, Refused> {
        let document = to_raw_value(answer).map_err(|e| Error::new(Diagnostic::error("", e.to_string())))?;
        Ok(Answer { document, rest: None })
    }

    fn with(answer: &impl Serialize, name: &'static str, rest: impl Into<Value>) -> Result<Answer, Refused> {
        Ok(Answer { rest: Some((name, rest.into())), ..Answer::of(answer)? })
    }
}

/// A parameter in a description: what it is called, its schema, and whether it must be given or may be repeated.
#[derive(Debug)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// JSON Schema of its value.
    pub schema: Value,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it takes several values.
    pub several: bool,
    /// Whether an address parts the values by commas; else the parameter is repeated.
    pub commas: bool,
    /// What stands in where it is left out.
    pub default: Option<&'static str>,
}

impl Query {
    /// The query called `name`.
    pub fn find(name: &str) -> Option<&'static Query> {
        QUERIES.iter().find(|q| q.name == name)
    }

    fn all(&self) -> Vec<&'static Parameter> {
        self.parameters.iter().copied().flatten().collect()
    }

    /// Asks, with the parameters of a JSON object.
    ///
    /// # Errors
    /// When a parameter is missing, unknown or of the wrong form, an entity is unknown, or the store cannot be read.
    pub fn ask(&self, base: &Base, arguments: &Map<String, Value>) -> Result<Answer, Refused> {
        let answer = (self.ask)(base, &Asked::new(&self.all(), arguments)?);
        // what was broken off says all sorts of things
        answer.map_err(|refused| if base.overdue() { Refused::Late } else { refused })
    }

    /// The parameters that the query part of an address gives, for [`ask`](Query::ask).
    ///
    /// # Errors
    /// When one that takes one value is repeated.
    pub fn of_address(&self, query: &str) -> Result<Map<String, Value>, Error> {
        of_address(&self.all(), query)
    }

    /// What it takes.
    pub fn parameters(&self) -> Vec<Described> {
        let described = |p: &Parameter| Described {
            name: p.name,
            about: p.about,
            schema: p.schema(p.default),
            required: p.required,
            several: p.several(),
            commas: p.several() && !matches!(p.form, Form::Names),
            default: p.default,
        };
        self.all().into_iter().map(described).collect()
    }

    /// Whether a model is offered it: what draws pictures is for programs.
    pub fn is_tool(&self) -> bool {
        !matches!(self.name, "graph" | "explorer")
    }

    /// JSON Schema of what it takes as a tool; what is left out stands in for less than on the command line.
    pub fn tool_schema(&self) -> Map<String, Value> {
        let default = |p: &Parameter| short(p.name).map_or(p.default, |(_, text)| Some(text));
        let properties: Map<String, Value> =
            self.all().into_iter().map(|p| (p.name.to_string(), p.schema(default(p)))).collect();
        let required: Vec<&str> = self.all().into_iter().filter(|p| p.required).map(|p| p.name).collect();
        let schema =
            json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
        schema.as_object().cloned().unwrap_or_default()
    }

    /// Asks as a tool: less is told if nothing else is asked for, and the answer is an object.
    ///
    /// # Errors
    /// See [`ask`](Query::ask).
    pub fn call(&self, base: &Base, mut arguments: Map<String, Value>) -> Result<Value, Refused> {
        for p in self.all() {
            if let Some((_, text)) = short(p.name) {
                let number: Value = text.parse::<u64>().unwrap_or_default().into();
                let slot = arguments.entry(p.name).or_insert(Value::Null);
                if slot.is_null() {
                    *slot = number;
                }
            }
        }
        let answer = self.ask(base, &arguments)?;
        let document: Value = serde_json::from_str(answer.document.get())
            .map_err(|e| Error::new(Diagnostic::error("", e.to_string())))?;
        let Some(name) = self.array.filter(|_| document.is_array()) else { return Ok(document) };
        let mut object = Map::from_iter([(name.to_string(), document)]);
        object.extend(answer.rest.map(|(name, rest)| (name.to_string(), rest)));
        Ok(object.into())
    }
}

/// What stands in for the parameters of a tool whose answer a model has to read.
const SHORT: &[(&str, &str)] = &[("limit", "10"), ("evidence", "1")];

fn short(name: &str) -> Option<&'static (&'static str, &'static str)> {
    SHORT.iter().find(|(n, _)| *n == name)
}

const fn optional(name: &'static str, form: Form, about: &'static str) -> Parameter {
    Parameter { name, about, form, required: false, default: None }
}

const ENTITY: Parameter = Parameter {
    name: "entity",
    about: "any name of the entity, in any spelling, or its key such as company/商汤科技",
    form: Form::Text,
    required: true,
    default: None,
};
const ANY_ENTITY: Parameter =
    Parameter { required: false, about: "any name of an entity, or its key; all entities if left out", ..ENTITY };

const fn limit(default: &'static str) -> Parameter {
    Parameter { default: Some(default), ..optional("limit", Form::Number(1, 1000), "at most this many") }
}

const FILTER: &[Parameter] = &[
    optional(
        "relation",
        Form::Words,
        "only these relations, such as invests_in or acquires; co_mention: only mentioned together",
    ),
    optional("kind", Form::Kinds, "only entities of these kinds"),
    optional("status", Form::Statuses, "only relations that stand so"),
    optional("since", Form::Text, "only what was seen on this day or later: YYYY, YYYY-MM or YYYY-MM-DD"),
    optional("until", Form::Text, "only what was seen on this day or earlier: YYYY, YYYY-MM or YYYY-MM-DD"),
    Parameter {
        default: Some("0"),
        ..optional("min_weight", Form::Decimal, "only ties with at least this many independent sentences")
    },
];

const EVIDENCE: Parameter =
    optional("evidence", Form::Number(1, 100), "at most this many sentences for each tie, the best; all if left out");

const PART: &[Parameter] = &[
    Parameter {
        default: Some("200"),
        ..optional(
            "top",
            Form::Number(1, 2000),
            "at most this many entities: with `around` the nearest, else the most important that have a tie which counts",
        )
    },
    optional("community", Form::Number(1, u32::MAX as u64), "only entities of the community with this number"),
    optional("around", Form::Names, "only what lies near these entities: any of their names, or keys; repeat it"),
    Parameter {
        default: Some("1"),
        ..optional("depth", Form::Number(0, 3), "how many ties away is near; 0: only these and the ties between them")
    },
];

fn piece(base: &Base, a: &Asked<'_>) -> Result<Piece, Refused> {
    let around = a.words("around").iter().map(|name| Ok(entity(base, name)?.id)).collect::<Result<_, Refused>>()?;
    let (top, depth, filter) = (a.number("top"), a.number("depth") as u32, a.filter(base)?);
    let community = u32::try_from(a.number("community")).ok();
    Ok(Piece { top, around, depth, community, filter, evidence: usize::MAX, co_evidence: usize::MAX })
}

/// All queries.
pub const QUERIES: &[Query] = &[
    Query {
        name: "search",
        about: "Entities (companies, persons, products, organizations) by what one remembers of a name: any spelling, \
            a part, pinyin, initials of the pinyin, with slips. Use it first when a name is uncertain.",
        command: Some("search"),
        array: Some("matches"),
        schema: "Match",
        parameters: &[&[
            Parameter { name: "text", about: "what the name is like", ..ENTITY },
            optional("kind", Form::Kinds, "only entities of these kinds"),
            limit("20"),
        ]],
        ask: |base, a| {
            let text = a.text("text").unwrap_or_default();
            let (found, more) = query::search(base, &text, a.kinds(), a.limit())?;
            Answer::with(&found, "more", more)
        },
    },
    Query {
        name: "show",
        about: "An entity at a glance: names, mentions, first and last seen, rank, community, strongest ties with a \
            sentence for each.",
        command: Some("show"),
        array: None,
        schema: "Profile",
        parameters: &[&[ENTITY, limit("15"), EVIDENCE]],
        ask: |base, a| {
            let mut found = query::profile(base, a.entity(base, "entity")?, a.limit())?;
            found.ties.iter_mut().for_each(|n| n.tie.tie.evidence.truncate(a.number("evidence")));
            Answer::of(&found)
        },
    },
    Query {
        name: "neighbors",
        about: "The entities tied to one, by relation and strength, with how each relation stands (asserted, planned, \
            rumored, negated, ended) and the sentence that says so.",
        command: Some("neighbors"),
        array: None,
        schema: "Neighbors",
        parameters: &[
            &[
                ENTITY,
                Parameter { default: Some("1"), ..optional("depth", Form::Number(1, 3), "how many ties away") },
                limit("30"),
                EVIDENCE,
            ],
            FILTER,
        ],
        ask: |base, a| {
            let (id, depth) = (a.entity(base, "entity")?, a.number("depth") as u32);
            let mut found = query::neighbors_of(base, id, depth, &a.filter(base)?, a.limit())?;
            found.neighbors.iter_mut().for_each(|n| n.tie.tie.evidence.truncate(a.number("evidence")));
            Answer::of(&found)
        },
    },
    Query {
        name: "evidence",
        about: "The sentences, with article, date and line, behind an entity's ties, or behind those between two entities.",
        command: Some("evidence"),
        array: Some("sentences"),
        schema: "Behind",
        parameters: &[
            &[
                ENTITY,
                Parameter { name: "other", about: "the other entity; all neighbours if left out", ..ANY_ENTITY },
                limit("50"),
            ],
            FILTER,
        ],
        ask: |base, a| {
            let (id, other) = (a.entity(base, "entity")?, a.any_entity(base, "other")?);
            Answer::of(&query::evidence(base, id, other, &a.filter(base)?, a.limit())?.0)
        },
    },
    Query {
        name: "path",
        about: "How two entities are connected: the shortest paths between them, or the strongest, each tie with a sentence.",
        command: Some("path"),
        array: None,
        schema: "Paths",
        parameters: &[
            &[
                Parameter { name: "from", ..ENTITY },
                Parameter { name: "to", ..ENTITY },
                Parameter {
                    default: Some("hops"),
                    ..optional("by", Form::Choice(&["hops", "strength"]), "fewest ties, or greatest strength")
                },
                Parameter { default: Some("3"), ..optional("paths", Form::Number(1, 20), "at most this many paths") },
                Parameter {
                    default: Some("6"),
                    ..optional("max_hops", Form::Number(1, 20), "at most this many ties in a path")
                },
                optional("avoid", Form::Names, "entities that no path goes through; repeat it"),
                optional("co_mentions", Form::Flag, "follow entities only mentioned together too"),
            ],
            FILTER,
        ],
        ask: |base, a| {
            let names = ["from", "to"].map(|name| a.text(name).unwrap_or_default());
            let (from, to) = (a.found(base, "from")?, a.found(base, "to")?);
            query::apart([&names[0], &names[1]], [&from, &to])?;
            let names = a.words("avoid");
            let avoided = names.iter().map(|name| entity(base, name)).collect::<Result<Vec<_>, _>>()?;
            query::between(&names, &avoided, [&from, &to])?;
            let options = PathOptions {
                by: if a.text("by").as_deref() == Some("strength") { By::Strength } else { By::Hops },
                count: a.number("paths"),
                max_hops: a.number("max_hops"),
                avoid: avoided.iter().map(|found| found.id).collect(),
                filter: a.filter(base)?,
                co_mentions: a.flag("co_mentions"),
            };
            Answer::of(&query::paths(base, from.id, to.id, &options)?)
        },
    },
    Query {
        name: "top",
        about: "The most important entities by a measure.",
        command: Some("top"),
        array: Some("entities"),
        schema: "Ranked",
        parameters: &[&[
            Parameter {
                default: Some("pagerank"),
                ..optional(
                    "by",
                    Form::Choice(&["mentions", "articles", "degree", "pagerank", "betweenness"]),
                    "the measure",
                )
            },
            optional("kind", Form::Kinds, "only entities of these kinds"),
            limit("20"),
        ]],
        ask: |base, a| {
            let by = match a.text("by").as_deref() {
                Some("betweenness") => Measure::Betweenness,
                Some("degree") => Measure::Degree,
                Some("articles") => Measure::Articles,
                Some("mentions") => Measure::Mentions,
                _ => Measure::PageRank,
            };
            Answer::of(&query::top(base, by, a.kinds(), a.limit())?)
        },
    },
    Query {
        name: "communities",
        about: "Groups of entities tied more to each other than to the rest; with an entity or a number, that one and \
            its entities.",
        command: Some("communities"),
        array: Some("communities"),
        schema: "Communities",
        parameters: &[&[
            ANY_ENTITY,
            optional("number", Form::Number(1, u32::MAX as u64), "the community with this number"),
            Parameter {
                default: Some("3"),
                ..optional(
                    "min_size",
                    Form::Number(1, u32::MAX as u64),
                    "in the list, only communities of this many entities or more",
                )
            },
            limit("30"),
        ]],
        ask: |base, a| {
            let found = a.text("entity").map(|_| a.found(base, "entity")).transpose()?;
            let missing =
                |message: String, hint: &str| Refused::Missing(Error::new(Diagnostic::error("", message).hint(hint)));
            let number = match (&found, a.number("number")) {
                (Some(_), n) if n != usize::MAX => {
                    let d = Diagnostic::error("", "`entity` and `number` exclude each other");
                    return Err(Error::usage(d.hint("give one of the two")).into());
                }
                (None, usize::MAX) => {
                    let (found, all) = query::communities(base, a.number("min_size") as u64, a.limit())?;
                    return Answer::with(&found, "all", all);
                }
                (Some(found), _) => base.community_of(found.id)?.ok_or_else(|| {
                    let message = format!("{} has no tie, so it is in no community", found.entity.name);
                    missing(message, "`show` tells what is known of it")
                })?,
                (None, n) => u32::try_from(n).unwrap_or(u32::MAX),
            };
            match query::members(base, number, a.limit())? {
                Some(members) => Answer::of(&members),
                None => Err(missing(format!("there is no community {number}"), "without a number, all are listed")),
            }
        },
    },
    Query {
        name: "timeline",
        about: "What happened to an entity, or is said to, by date; each event with its status and the best sentence.",
        command: Some("timeline"),
        array: None,
        schema: "Timeline",
        parameters: &[&[ENTITY, limit("50")], FILTER],
        ask: |base, a| Answer::of(&query::timeline(base, a.entity(base, "entity")?, &a.filter(base)?, a.limit())?),
    },
    Query {
        name: "diff",
        about: "What changed between two dates: relations new, ended, reversed, confirmed, stronger or weaker.",
        command: Some("diff"),
        array: Some("changes"),
        schema: "Changed",
        parameters: &[
            &[
                ANY_ENTITY,
                Parameter { name: "from", about: "the beginning of the period: YYYY, YYYY-MM or YYYY-MM-DD", ..ENTITY },
                optional("to", Form::Text, "its end; the last article's date if left out"),
                optional(
                    "change",
                    Form::Choices(&["new", "ended", "reversed", "confirmed", "stronger", "weaker", "gone"]),
                    "only these changes",
                ),
                limit("50"),
            ],
            FILTER,
        ],
        ask: |base, a| {
            let entity = a.any_entity(base, "entity")?;
            let period = query::period(base, a.text("from").as_deref(), a.text("to").as_deref())?;
            let wanted: Vec<Change> = a.words("change").iter().filter_map(|w| Change::parse(w)).collect();
            let (found, all) = query::changes(base, period, entity, &a.filter(base)?, &wanted, a.limit())?;
            Answer::with(&found, "all", all)
        },
    },
    Query {
        name: "conflicts",
        about: "Claims that contradict each other, with the sentences of both sides; of an entity, or all.",
        command: Some("conflicts"),
        array: Some("conflicts"),
        schema: "Conflict",
        parameters: &[&[ANY_ENTITY, limit("30")], FILTER],
        ask: |base, a| {
            let entity = a.any_entity(base, "entity")?;
            let (found, more) = query::conflicts(base, entity, &a.filter(base)?, a.limit())?;
            Answer::with(&found, "more", more)
        },
    },
    Query {
        name: "graph",
        about: "A part of the graph in the form of graph.json: the most important entities with ties that count and these \
            ties, or what lies near some; the whole store is looked through.",
        command: Some("export"),
        array: None,
        schema: "Graph",
        parameters: &[PART, FILTER, &[EVIDENCE]],
        ask: |base, a| {
            let evidence = a.number("evidence");
            let taken = query::piece(base, &Piece { evidence, co_evidence: evidence, ..piece(base, a)? })?;
            let mut text = Vec::new();
            node_link::write(&View::all(&taken.graph), &mut text)
                .map_err(|e| Error::new(Diagnostic::error("", e.to_string())))?;
            raw(text)
        },
    },
    Query {
        name: "explorer",
        about: "The same in the form that the explorer reads: columns, which change with the program.",
        command: None,
        array: None,
        schema: "Explorer",
        parameters: &[
            PART,
            FILTER,
            &[
                Parameter {
                    default: Some("0"),
                    ..optional("evidence", Form::Number(0, 1000), "at most this many sentences for each tie, the best")
                },
                optional("start", Form::Flag, "relations only, with places for a picture and the counts of the whole"),
                optional(
                    "changed",
                    Form::Text,
                    "only ties that changed from this day on, as `diff` tells; of `around`, or all",
                ),
            ],
        ],
        ask: |base, a| {
            let (mut wanted, evidence) = (piece(base, a)?, a.number("evidence"));
            // how a relation came and went stands in all its evidence; a co-mention is merely there from a day on
            wanted.co_evidence = evidence.max(1);
            if a.flag("start") && wanted.filter.bonds.is_empty() {
                wanted.filter.bonds =
                    (0..base.schema().relations.len()).map(|i| Bond::Relation(RelationId(i as u16))).collect();
            }
            let Some(day) = a.text("changed") else {
                return raw(explore::document(base, &query::piece(base, &wanted)?, &[], a.flag("start"), evidence)?);
            };
            let period = query::period(base, Some(&day), None)?;
            let around = wanted.around.first().copied();
            let (changes, _) = query::changes(base, period, around, &wanted.filter, &[], MOST_CHANGES)?;
            raw(explore::document(base, &query::changed(base, &changes, &wanted)?, &changes, false, evidence)?)
        },
    },
];

/// The most changes that the explorer is given.
const MOST_CHANGES: usize = 1000;

fn raw(text: Vec<u8>) -> Result<Answer, Refused> {
    let made = String::from_utf8(text)
        .map_err(|e| e.to_string())
        .and_then(|text| RawValue::from_string(text).map_err(|e| e.to_string()));
    let document = made.map_err(|e| Error::new(Diagnostic::error("", e)))?;
    Ok(Answer { document, rest: None })
}
