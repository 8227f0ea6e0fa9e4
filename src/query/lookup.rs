//! Finding an entity by what a person types: its key, its canonical name, a name that articles use or that the
//! dictionary gives; width, case, blanks and hyphens do not matter. If nothing fits, the nearest names.

use crate::diagnostic::{Diagnostic, Error};
use crate::dictionary::fold;
use crate::graph::Graph;
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;

/// All names of a graph's entities.
#[derive(Debug)]
pub struct Lookup<'g> {
    graph: &'g Graph,
    /// Folded name to nodes, best first: by whose own name it is, then by articles.
    names: FxHashMap<String, Vec<(bool, NodeIndex)>>,
}

impl<'g> Lookup<'g> {
    /// Reads the names of `graph`.
    pub fn new(graph: &'g Graph) -> Lookup<'g> {
        let mut names: FxHashMap<String, Vec<(bool, NodeIndex)>> = FxHashMap::default();
        for n in graph.graph.node_indices() {
            let node = graph.node(n);
            names.entry(fold(&node.name)).or_default().push((true, n));
            for name in node.names.iter().chain(&node.aliases) {
                let entry = names.entry(fold(name)).or_default();
                if entry.iter().all(|(_, m)| *m != n) {
                    entry.push((false, n));
                }
            }
        }
        let better = |&(own, n): &(bool, NodeIndex)| (!own, std::cmp::Reverse(graph.node(n).articles), n);
        names.values_mut().for_each(|nodes| nodes.sort_by_key(better));
        Lookup { graph, names }
    }

    /// The entities that `name` may mean, best first.
    pub fn all(&self, name: &str) -> Vec<NodeIndex> {
        if let Some(node) = self.graph.find(name) {
            return vec![node];
        }
        self.names.get(&fold(name)).map(|nodes| nodes.iter().map(|(_, n)| *n).collect()).unwrap_or_default()
    }

    /// The entity that `name` most likely means, and the others that it may mean.
    ///
    /// # Errors
    /// When there is none: the message names the nearest names.
    pub fn one(&self, name: &str) -> Result<(NodeIndex, Vec<NodeIndex>), Error> {
        let mut found = self.all(name);
        if found.is_empty() {
            let near = self.nearest(name, 5);
            let d = Diagnostic::error("", format!("no entity is called `{name}`"));
            return Err(Error::new(match near.as_slice() {
                [] => d.hint("`guanxi neighbors` knows the entities of the built graph; `guanxi build` makes it anew"),
                [one] => d.hint(format!("did you mean {one}?")),
                many => d.hint(format!("did you mean one of {}?", many.join(", "))),
            }));
        }
        let best = found.remove(0);
        Ok((best, found))
    }

    /// The canonical names, `limit` at most, of entities with a name like `name`: few edits away, or holding it,
    /// or held by it. Nearest first, then by the number of articles.
    pub fn nearest(&self, name: &str, limit: usize) -> Vec<String> {
        let asked = fold(name);
        let length = asked.chars().count();
        if length == 0 {
            return Vec::new();
        }
        let mut near: Vec<(usize, std::cmp::Reverse<u32>, NodeIndex)> = Vec::new();
        #[allow(clippy::iter_over_hash_type, reason = "sorted below")]
        for (known, nodes) in &self.names {
            let size = known.chars().count();
            let allowed = (length.max(size) / 3).max(1);
            let contained = size >= 2 && length >= 2 && (known.contains(&asked) || asked.contains(known.as_str()));
            let distance = match contained {
                true => length.abs_diff(size).min(allowed),
                false if length.abs_diff(size) > allowed => continue,
                false => strsim::osa_distance(&asked, known),
            };
            // one letter of two may be any other word; one Chinese character of two is a slip worth a guess
            if distance <= allowed && (contained || distance < length.max(size)) {
                near.extend(nodes.iter().map(|(_, n)| (distance, std::cmp::Reverse(self.graph.node(*n).articles), *n)));
            }
        }
        near.sort_unstable();
        let mut out: Vec<String> = Vec::new();
        for (_, _, n) in near {
            let name = &self.graph.node(n).name;
            if !out.contains(name) {
                out.push(name.clone());
            }
        }
        out.truncate(limit);
        out
    }
}
