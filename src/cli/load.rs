//! `guanxi load`: the built graph into a running database over Bolt.

use super::Outcome;
use super::options::{Built, Picking};
use crate::diagnostic::{Diagnostic, Error};
use clap::ValueHint;
use std::io::Write;

/// Write the built graph, or a part of it, into a running Neo4j or Memgraph over Bolt
///
/// Adds what is missing, changes what differs, and deletes what an earlier load wrote and the graph no longer has; what
/// others have put into the database stays. A load that broke off goes on where it stopped when it is run again.
///
/// The login comes from the environment: NEO4J_USER (neo4j if unset) and NEO4J_PASSWORD; with NEO4J_AUTH=none there is
/// no login.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  NEO4J_PASSWORD=… guanxi load bolt://localhost:7687
  guanxi load bolt+s://graph.example.com:7687 --database news --relation invests_in,acquires")]
pub(super) struct Args {
    /// The database's address, such as bolt://localhost:7687; bolt+s:// or neo4j+s:// for TLS
    #[arg(value_hint = ValueHint::Url)]
    uri: String,
    /// The database on the server, if not its usual one
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// Whose Cypher it speaks
    #[arg(long, value_name = "NAME", default_value = "neo4j", value_parser = ["neo4j", "memgraph"])]
    dialect: String,
    #[command(flatten)]
    picking: Picking,
    #[command(flatten)]
    built: Built,
}

#[cfg(not(feature = "bolt"))]
pub(super) fn run(args: Args, _: &mut dyn Write) -> Outcome {
    let Args { uri: _, database: _, dialect: _, picking: _, built: _ } = args;
    let d = Diagnostic::error("", "this guanxi was built without Bolt");
    let hint = "build it with `cargo install --features bolt`, or pipe `guanxi export cypher` into cypher-shell";
    Err(Error::usage(d.hint(hint)).into())
}

#[cfg(feature = "bolt")]
pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
    let target = target(&args)?;
    let graph = args.built.load()?;
    let view = args.picking.view(&graph)?;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} rows").expect("a template"));
    let loaded = crate::load::load(&view, &target, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let loaded = loaded?;
    write!(out, "{} entities and {} ties written", loaded.nodes, loaded.ties)?;
    if loaded.resumed > 0 {
        write!(out, "; {} rows were there from a load that broke off", loaded.resumed)?;
    }
    if loaded.deleted_nodes + loaded.deleted_ties > 0 {
        let (nodes, ties) = (loaded.deleted_nodes, loaded.deleted_ties);
        write!(out, "; {nodes} entities and {ties} ties deleted that the graph no longer has")?;
    }
    writeln!(out)?;
    Ok(0)
}

/// Where to load; nothing secret is taken from the command line.
#[cfg(feature = "bolt")]
fn target(args: &Args) -> Result<crate::load::Target, Error> {
    let given = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let authority = args.uri.split_once("://").map_or(&*args.uri, |u| u.1);
    if authority.split('/').next().is_some_and(|a| a.contains('@')) {
        let d = Diagnostic::error("", "the address holds a login, which others on this machine can see");
        return Err(Error::usage(d.hint("set NEO4J_USER and NEO4J_PASSWORD in the environment instead")));
    }
    let login = match given("NEO4J_AUTH").as_deref() {
        Some("none") => (String::new(), String::new()),
        _ => {
            let user = given("NEO4J_USER").or_else(|| given("NEO4J_USERNAME")).unwrap_or_else(|| "neo4j".into());
            let Some(password) = given("NEO4J_PASSWORD") else {
                let d = Diagnostic::error("", "no password is given");
                let hint = "set NEO4J_PASSWORD in the environment, or NEO4J_AUTH=none where the database asks for none";
                return Err(Error::usage(d.hint(hint)));
            };
            (user, password)
        }
    };
    Ok(crate::load::Target {
        uri: args.uri.clone(),
        database: args.database.clone(),
        user: login.0,
        password: login.1,
        memgraph: args.dialect == "memgraph",
    })
}
