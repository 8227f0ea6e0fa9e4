//! Stage 7, ask. On a graph in memory: entities by any of their names, and the part worth a picture. On the store,
//! which is read only as far as an answer needs: neighbours, profiles, evidence, paths, search, rankings, communities,
//! timelines, differences, conflicts. Answers are plain data that serialises; printing is not done here.

mod answer;
mod around;
mod base;
mod check;
mod conflicts;
mod course;
mod history;
mod lookup;
mod near;
mod path;
mod piece;
mod rank;
mod said;
mod search;
mod select;
mod typed;
mod walk;

pub use crate::graph::Standing;
pub use crate::store::Contradiction;
pub use answer::{
    Behind, Brief, Change, Changed, CommunityBrief, Conflict, Direction, Event, How, Match, Members, Near, Neighbors,
    Path, PathStep, Paths, Profile, Ranked, Side, TieAnswer, Timeline,
};
pub use around::{Filter, Neighbor, neighbors};
pub use base::{Base, subgraph};
pub use check::{apart, between, period};
pub use conflicts::conflicts;
pub use course::course;
pub use history::{changes, differences, timeline};
pub use lookup::Lookup;
pub use near::{evidence, neighbors_of, profile};
pub use path::{By, PathOptions, paths, strength};
pub use piece::{Piece, Taken, Whole, changed, piece, whole};
pub use rank::{Measure, communities, members, top};
pub use said::{Said, activity, behind};
pub use search::{Found, find, resolve, search, unknown};
pub use select::{Selection, part, select};
pub use typed::{bonds, day};
