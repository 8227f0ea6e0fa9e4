//! What the explorer gets from a server: its page, and pieces of the graph in the form that it reads.

use super::Refused;
use crate::diagnostic::{Diagnostic, Error};
use crate::export::html::data::{Holding, Page, page};
use crate::export::html::{PAGE, PLACE};
use crate::graph::View;
use crate::query::{self, Base, Changed, Taken};
use crate::schema::Status;
use serde::Serialize;

/// A change in few words: source, relation, target, what became of it, its status before and after.
#[derive(Serialize)]
struct Told<'c>(&'c str, &'c str, &'c str, &'c str, Option<Status>, Option<Status>);

#[derive(Serialize)]
struct Document<'g> {
    #[serde(flatten)]
    page: Page<'g>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Told<'g>>,
}

/// A piece as the explorer reads it, with what is told of changes; with `start`, what a page begins with.
pub(super) fn document(
    base: &Base,
    taken: &Taken,
    changes: &[Changed],
    start: bool,
    evidence: usize,
) -> Result<Vec<u8>, Refused> {
    let whole = if start { Some(query::whole(base)?) } else { None };
    let holding = Holding { whole, fit: Some(taken.fit), places: start, evidence };
    let view = View::all(&taken.graph);
    let told = changes.iter().map(|c| {
        let [before, after] = [&c.before, &c.after].map(|s| s.as_ref().map(|s| s.status));
        Told(&c.source.id, &c.relation, &c.target.id, c.change.as_str(), before, after)
    });
    let made = serde_json::to_vec(&Document { page: page(&view, holding), changes: told.collect() });
    made.map_err(|e| Error::new(Diagnostic::error("", e.to_string())).into())
}

/// Where the policy stands that a page on disk must bring along; a server sends its own.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// The page that asks the server that it comes from, and its content security policy.
pub(super) fn shell() -> (String, String) {
    let page =
        PAGE.replace(PLACE, "<script type=\"application/json\" id=\"guanxi-data\" data-from=\"api/v1/\"></script>");
    let Some((head, rest)) = page.split_once(POLICY) else { return (page, "default-src 'none'".into()) };
    let Some((policy, rest)) = rest.split_once("\">") else { return (page, "default-src 'none'".into()) };
    (format!("{head}{rest}"), format!("{policy}; connect-src 'self'; frame-ancestors 'none'"))
}

#[cfg(test)]
mod tests {
    use super::shell;

    #[test]
    fn the_page_asks_its_own_server_and_nobody_else() {
        let (page, policy) = shell();
        assert!(page.contains("id=\"guanxi-data\" data-from=") && !page.contains("Content-Security-Policy"));
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
        assert!(policy.contains("connect-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-") && !policy.contains("http"), "{policy}");
    }
}
