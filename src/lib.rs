//! guanxi (关系, *ties*): a folder of Chinese and English news articles becomes a knowledge graph.
//!
//! `path → Article → Text → [Mention] → [Claim] → Graph → bytes`, one way; each module uses only those
//! above it in this list.
//!
//! ```
//! use guanxi::article::{Options, Outcome, parse_markdown};
//! use guanxi::claim::Extractor;
//! use guanxi::dictionary::{Dictionary, Sources};
//! use guanxi::graph::record::record;
//! use guanxi::graph::{AssembleOptions, Assembler};
//! use guanxi::mention::{self, Recogniser};
//! use guanxi::query::{Filter, Lookup, neighbors};
//!
//! // know
//! let (dictionary, _) = Dictionary::load(&Sources { paths: vec!["dictionaries".into()] })?;
//! let recogniser = Recogniser::new(&dictionary, mention::Options::default());
//! let extractor = Extractor::new(&dictionary);
//! // read, recognise, extract, assemble
//! let mut graph = Assembler::new(&dictionary.schema, AssembleOptions::default());
//! let text = "---\ntitle: 商汤\ndate: 2025-06-24\n---\n商汤科技联合创始人徐冰出席。";
//! if let Outcome::Article(article, _) = parse_markdown("a.md", text, &Options::default()) {
//!     let found = recogniser.recognise(&article);
//!     let claims = extractor.extract(&article, &found);
//!     graph.add(&record(&article, &found, &claims, &dictionary));
//! }
//! // ask
//! let graph = graph.finish();
//! let (xu_bing, _) = Lookup::new(&graph).one("徐冰")?;
//! let found = neighbors(&graph, xu_bing, 1, &Filter::default());
//! let (from, to, tie) = graph.tie(found[0].edge);
//! assert_eq!(graph.node(from).key, "person/徐冰");
//! assert_eq!(graph.bond_name(tie.bond), "founded");
//! assert_eq!(graph.node(to).key, "company/商汤科技");
//! assert_eq!(tie.evidence[0].surface(1), "商汤科技");
//! # Ok::<(), guanxi::diagnostic::Error>(())
//! ```

pub mod find;
pub mod span;
pub mod schema;
pub mod diagnostic;
pub mod article;
pub mod dictionary;
pub mod mention;
pub mod claim;
pub mod graph;
pub mod store;
pub mod query;
pub mod layout;
pub mod export;
pub mod render;
pub mod report;
#[cfg(feature = "bolt")]
pub mod load;
pub mod serve;
pub mod score;
pub mod workbench;
pub mod cli;
