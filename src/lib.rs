//! guanxi (关系, *ties*): a folder of Chinese and English news articles becomes a knowledge graph.
//!
//! `path → Article → Text → [Mention] → [Claim] → Graph → bytes`, one way; each module uses only those
//! above it in this list.

pub mod span;
pub mod schema;
pub mod diagnostic;
pub mod article;
pub mod dictionary;
pub mod mention;
pub mod claim;
pub mod graph;
pub mod query;
pub mod export;
pub mod score;
pub mod workbench;
pub mod cli;
