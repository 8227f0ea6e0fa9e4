//! Stage 9, show: the queries for other programs. [`QUERIES`] lists them with what each takes; a server asks by name, and
//! describes itself from the list. So far there is one server, for the Model Context Protocol ([`mcp`]).

mod asked;
pub mod mcp;

use crate::diagnostic::Error;
use crate::query::{self, Base, By, Measure, PathOptions};
use asked::{Asked, Kind, Parameter};
use serde_json::{Map, Value, json};

/// A query that a server offers.
pub struct Query {
    /// Its name, that of the command.
    pub name: &'static str,
    /// What it answers, for whoever has to choose.
    pub about: &'static str,
    parameters: &'static [&'static [Parameter]],
    ask: fn(&Base, &Asked<'_>) -> Result<Value, Error>,
}

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Query").field(&self.name).finish()
    }
}

impl Query {
    /// The query called `name`.
    pub fn find(name: &str) -> Option<&'static Query> {
        QUERIES.iter().find(|q| q.name == name)
    }

    /// Asks.
    ///
    /// # Errors
    /// When a parameter is missing, unknown or of the wrong form, an entity is unknown, or the store cannot be read.
    pub fn ask(&self, base: &Base, arguments: &Map<String, Value>) -> Result<Value, Error> {
        let parameters: Vec<&Parameter> = self.parameters.iter().copied().flatten().collect();
        (self.ask)(base, &Asked::new(&parameters, arguments)?)
    }

    /// JSON Schema of what it takes.
    pub fn schema(&self) -> Value {
        let all = || self.parameters.iter().copied().flatten();
        let properties: Map<String, Value> = all().map(|p| (p.name.to_string(), p.schema())).collect();
        let required: Vec<&str> = all().filter(|p| p.required).map(|p| p.name).collect();
        json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
    }
}

const ENTITY: Parameter = Parameter {
    name: "entity",
    about: "any name of the entity, in any spelling, or its key such as company/商汤科技",
    kind: Kind::Text,
    required: true,
};
const ANY_ENTITY: Parameter =
    Parameter { required: false, about: "any name of an entity, or its key; all entities if left out", ..ENTITY };

const LIMIT: Parameter = Parameter {
    name: "limit",
    about: "at most this many; 10 if left out",
    kind: Kind::Number(1, 500),
    required: false,
};

const FILTER: &[Parameter] = &[
    Parameter {
        name: "relation",
        about: "only these relations, such as invests_in or acquires; co_mention: only mentioned together",
        kind: Kind::Words,
        required: false,
    },
    Parameter { name: "kind", about: "only entities of these kinds", kind: Kind::Kinds, required: false },
    Parameter { name: "status", about: "only relations that stand so", kind: Kind::Statuses, required: false },
    Parameter {
        name: "since",
        about: "only what was seen on this day or later: YYYY, YYYY-MM or YYYY-MM-DD",
        kind: Kind::Text,
        required: false,
    },
    Parameter {
        name: "until",
        about: "only what was seen on this day or earlier: YYYY, YYYY-MM or YYYY-MM-DD",
        kind: Kind::Text,
        required: false,
    },
];

const EVIDENCE: Parameter = Parameter {
    name: "evidence",
    about: "at most this many sentences for each tie; 1 if left out",
    kind: Kind::Number(1, 20),
    required: false,
};

/// All queries.
pub const QUERIES: &[Query] = &[
    Query {
        name: "search",
        about: "Entities (companies, persons, products, organizations) by what one remembers of a name: any spelling, \
            a part, pinyin, initials of the pinyin, with slips. Use it first when a name is uncertain.",
        parameters: &[
            &[Parameter { name: "text", about: "what the name is like", kind: Kind::Text, required: true }],
            &[
                Parameter { name: "kind", about: "only entities of these kinds", kind: Kind::Kinds, required: false },
                LIMIT,
            ],
        ],
        ask: |base, a| {
            let (found, more) = query::search(base, a.text("text").unwrap_or(""), a.kinds(), a.limit())?;
            Ok(json!({"matches": found, "more": more}))
        },
    },
    Query {
        name: "show",
        about: "An entity at a glance: names, mentions, first and last seen, rank, community, strongest ties with a \
            sentence for each.",
        parameters: &[&[ENTITY, LIMIT, EVIDENCE]],
        ask: |base, a| {
            let mut found = query::profile(base, a.entity(base, "entity")?, a.limit())?;
            found.ties.iter_mut().for_each(|n| n.tie.tie.evidence.truncate(a.number("evidence", 1)));
            Ok(json!(found))
        },
    },
    Query {
        name: "neighbors",
        about: "The entities tied to one, by relation and strength, with how each relation stands (asserted, planned, \
            rumored, negated, ended) and the sentence that says so.",
        parameters: &[
            &[
                ENTITY,
                Parameter {
                    name: "depth",
                    about: "how many ties away; 1 if left out",
                    kind: Kind::Number(1, 3),
                    required: false,
                },
                LIMIT,
                EVIDENCE,
            ],
            FILTER,
        ],
        ask: |base, a| {
            let (id, depth) = (a.entity(base, "entity")?, a.number("depth", 1) as u32);
            let mut found = query::neighbors_of(base, id, depth, &a.filter(base)?, a.limit())?;
            found.neighbors.iter_mut().for_each(|n| n.tie.tie.evidence.truncate(a.number("evidence", 1)));
            Ok(json!(found))
        },
    },
    Query {
        name: "evidence",
        about: "The sentences, with article, date and line, behind an entity's ties, or behind those between two entities.",
        parameters: &[
            &[
                ENTITY,
                Parameter { name: "other", about: "the other entity; all neighbours if left out", ..ANY_ENTITY },
                LIMIT,
            ],
            FILTER,
        ],
        ask: |base, a| {
            let id = a.entity(base, "entity")?;
            let other = a.text("other").map(|_| a.entity(base, "other")).transpose()?;
            let (found, _) = query::evidence(base, id, other, &a.filter(base)?, a.limit())?;
            Ok(json!({"sentences": found}))
        },
    },
    Query {
        name: "path",
        about: "How two entities are connected: the shortest paths between them, or the strongest, each tie with a sentence.",
        parameters: &[
            &[
                Parameter { name: "from", ..ENTITY },
                Parameter { name: "to", ..ENTITY },
                Parameter {
                    name: "by",
                    about: "fewest ties (hops, if left out) or greatest strength",
                    kind: Kind::Choice(&["hops", "strength"]),
                    required: false,
                },
                Parameter {
                    name: "max_hops",
                    about: "at most this many ties; 6 if left out",
                    kind: Kind::Number(1, 20),
                    required: false,
                },
                Parameter {
                    name: "avoid",
                    about: "entities that no path goes through",
                    kind: Kind::Words,
                    required: false,
                },
                Parameter {
                    name: "co_mentions",
                    about: "follow entities only mentioned together too",
                    kind: Kind::Flag,
                    required: false,
                },
                Parameter {
                    name: "limit",
                    about: "at most this many paths; 3 if left out",
                    kind: Kind::Number(1, 20),
                    required: false,
                },
            ],
            FILTER,
        ],
        ask: |base, a| {
            let (from, to) = (a.entity(base, "from")?, a.entity(base, "to")?);
            let avoid = a.words("avoid").into_iter().map(|name| Ok(query::resolve(base, name)?.id));
            let options = PathOptions {
                by: if a.text("by") == Some("strength") { By::Strength } else { By::Hops },
                count: a.number("limit", 3),
                max_hops: a.number("max_hops", 6),
                avoid: avoid.collect::<Result<_, Error>>()?,
                filter: a.filter(base)?,
                co_mentions: a.flag("co_mentions"),
            };
            Ok(json!(query::paths(base, from, to, &options)?))
        },
    },
    Query {
        name: "top",
        about: "The most important entities by a measure.",
        parameters: &[&[
            Parameter {
                name: "by",
                about: "the measure; pagerank if left out",
                kind: Kind::Choice(&["pagerank", "betweenness", "degree", "articles", "mentions"]),
                required: false,
            },
            Parameter { name: "kind", about: "only entities of these kinds", kind: Kind::Kinds, required: false },
            LIMIT,
        ]],
        ask: |base, a| {
            let by = match a.text("by") {
                Some("betweenness") => Measure::Betweenness,
                Some("degree") => Measure::Degree,
                Some("articles") => Measure::Articles,
                Some("mentions") => Measure::Mentions,
                _ => Measure::PageRank,
            };
            Ok(json!({"entities": query::top(base, by, a.kinds(), a.limit())?}))
        },
    },
    Query {
        name: "communities",
        about: "Groups of entities tied more to each other than to the rest; with an entity, the one that it belongs to.",
        parameters: &[&[ANY_ENTITY, LIMIT]],
        ask: |base, a| {
            if a.text("entity").is_none() {
                let (found, all) = query::communities(base, 3, a.limit())?;
                return Ok(json!({"communities": found, "all": all}));
            }
            let community = base.community_of(a.entity(base, "entity")?)?;
            Ok(json!({"community": match community {
                Some(number) => query::members(base, number, a.limit())?,
                None => None,
            }}))
        },
    },
    Query {
        name: "timeline",
        about: "What happened to an entity, or is said to, by date; each event with its status and the best sentence.",
        parameters: &[&[ENTITY, LIMIT], FILTER],
        ask: |base, a| Ok(json!(query::timeline(base, a.entity(base, "entity")?, &a.filter(base)?, a.limit())?)),
    },
    Query {
        name: "diff",
        about: "What changed between two dates: relations new, ended, reversed, confirmed, stronger or weaker.",
        parameters: &[
            &[
                ANY_ENTITY,
                Parameter {
                    name: "from",
                    about: "the beginning of the period: YYYY, YYYY-MM or YYYY-MM-DD",
                    kind: Kind::Text,
                    required: true,
                },
                Parameter {
                    name: "to",
                    about: "its end; the last article's date if left out",
                    kind: Kind::Text,
                    required: false,
                },
                LIMIT,
            ],
            &[FILTER[0], FILTER[1], FILTER[2]],
        ],
        ask: |base, a| {
            let entity = a.text("entity").map(|_| a.entity(base, "entity")).transpose()?;
            let from = query::day(a.text("from"), false)?.before();
            let to = match a.text("to") {
                None => base.last_day()?,
                to => query::day(to, true)?,
            };
            let mut found = query::changes(base, from, to, entity, &a.filter(base)?)?;
            let all = found.len();
            found.truncate(a.limit());
            Ok(json!({"changes": found, "all": all}))
        },
    },
    Query {
        name: "conflicts",
        about: "Claims that contradict each other, with the sentences of both sides; of an entity, or all.",
        parameters: &[&[ANY_ENTITY, LIMIT], FILTER],
        ask: |base, a| {
            let entity = a.text("entity").map(|_| a.entity(base, "entity")).transpose()?;
            let (found, more) = query::conflicts(base, entity, &a.filter(base)?, a.limit())?;
            Ok(json!({"conflicts": found, "more": more}))
        },
    },
];
