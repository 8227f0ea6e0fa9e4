//! Stage 7, ask: entities by any of their names, their neighbours, profiles, evidence, and the part of a graph
//! worth a picture. Every answer points into the graph; nothing is copied.

mod around;
mod lookup;
mod select;

pub use around::{Filter, Neighbor, Profile, between, neighbors, profile};
pub use lookup::{Lookup, fold};
pub use select::{Selection, part, select};
