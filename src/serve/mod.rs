//! Stage 9, show: the queries for other programs. [`QUERIES`] lists them with what each takes; the servers ask by name
//! and describe themselves from the list: the Model Context Protocol ([`mcp`]), and HTTP ([`http`]) with the explorer's
//! page. Both get their answers at a [`Desk`].

mod asked;
mod desk;
mod explore;
pub mod http;
pub mod mcp;
mod queries;

pub use desk::Desk;
pub use queries::{Answer, Described, QUERIES, Query};

use crate::diagnostic::Error;

/// Why a question has no answer.
#[derive(Clone, Debug)]
pub enum Refused {
    /// It is no such question.
    Wrong(Error),
    /// What it asks about is not there.
    Missing(Error),
    /// The store cannot be read.
    Failed(Error),
    /// There is no store, or not now.
    NoStore(Error),
    /// Too many ask at once.
    Busy,
    /// The answer takes too long.
    Late,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        match error.exit_code {
            2 => Refused::Wrong(error),
            _ => Refused::Failed(error),
        }
    }
}

impl Refused {
    /// What is wrong, and what to do.
    pub fn words(&self) -> (String, Option<String>) {
        match self {
            Refused::Wrong(e) | Refused::Missing(e) | Refused::Failed(e) | Refused::NoStore(e) => {
                let first = e.diagnostics.first();
                (first.map(|d| d.message.clone()).unwrap_or_default(), first.and_then(|d| d.hint.clone()))
            }
            Refused::Busy => ("too many questions at once".into(), Some("ask again in a moment".into())),
            Refused::Late => ("the answer takes too long".into(), Some("ask for less".into())),
        }
    }
}
