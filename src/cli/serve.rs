//! `guanxi serve`: the explorer and the queries over HTTP.

use super::Outcome;
use crate::diagnostic::Diagnostic;
use crate::query::Base;
use crate::serve::http::{Options, Server};
use clap::ValueHint;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Open the explorer over the store in a browser, with a JSON interface and MCP under it
///
/// The page at the address fetches what one looks at, so that graphs too large for one page work. Under it, /api/v1/
/// answers the queries as `--format json` does (described by /api/v1/openapi.json), and /mcp speaks the Model Context
/// Protocol. Only this machine is served unless --addr says otherwise; nothing can be changed through it. The store may
/// be built anew meanwhile. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi serve
  guanxi serve --addr 127.0.0.1:9000 --output other/
  curl 'http://127.0.0.1:7878/api/v1/neighbors?entity=商汤&relation=invests_in,acquires'")]
pub(super) struct Args {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:7878")]
    addr: SocketAddr,
    /// A further host name under which the server may be asked for (may be repeated)
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// At most this many requests a second from one address; 0 for no limit
    #[arg(long, value_name = "N", default_value_t = 500)]
    rate: u32,
    /// At most this many seconds for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// The folder that `guanxi build` wrote
    #[arg(long, alias = "store", value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    // better said now than with the first question
    Base::open(&args.output)?;
    let server = Server::listen(Options {
        folder: args.output,
        address: args.addr,
        hosts: args.allow_host,
        rate: args.rate,
        patience: Duration::from_secs(args.timeout),
    })?;
    if !server.address().ip().is_loopback() {
        let message = format!("{} can be reached from other machines; there is no password", server.address());
        let d = Diagnostic::warning("", message);
        super::report(&[d.hint("serve on 127.0.0.1, or behind a server that asks who it is")]);
    }
    writeln!(out, "http://{}/", server.address())?;
    out.flush()?;
    server.run()?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use crate::cli::Cli;
    use crate::serve::{Described, QUERIES};
    use clap::{Arg, CommandFactory};
    use std::collections::BTreeSet;

    /// What is about printing, and what would read another folder, is the command line's alone.
    const OWN: [&str; 7] = ["format", "output", "no_pager", "help", "with", "to", "part"];

    fn same(command: &str, p: &Described, arg: &Arg) {
        let what = format!("{} of {command}", p.name);
        let defaults: Vec<_> = arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
        // a whole graph fits a file, not a reply
        if p.name != "top" {
            assert_eq!(p.default.map(str::to_owned).into_iter().collect::<Vec<_>>(), defaults, "{what}: default");
        }
        let words: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_string()).collect();
        let listed = p.schema.get("enum").or_else(|| p.schema.pointer("/items/enum"));
        let listed: Vec<String> = listed.map(|l| serde_json::from_value(l.clone()).unwrap()).unwrap_or_default();
        if p.schema["type"] != "boolean" {
            assert_eq!(listed, words, "{what}: words");
        }
        let required = arg.is_required_set() || (command == "diff" && p.name == "from");
        assert_eq!(p.required, required, "{what}: required");
        let several = matches!(arg.get_action(), clap::ArgAction::Append);
        assert_eq!(p.several, several, "{what}: several values");
        assert_eq!(p.commas, arg.get_value_delimiter() == Some(','), "{what}: commas");
    }

    #[test]
    fn the_queries_take_what_the_commands_take() {
        let cli = Cli::command();
        for query in QUERIES {
            let Some(command) = query.command.and_then(|name| cli.find_subcommand(name)) else { continue };
            let mut known = BTreeSet::new();
            for p in query.parameters() {
                // a reply may have less evidence than is kept; a file has all
                if p.name == "evidence" {
                    continue;
                }
                let arg = command.get_arguments().find(|a| a.get_id() == p.name);
                same(query.name, &p, arg.unwrap_or_else(|| panic!("{} has no {}", query.name, p.name)));
                known.insert(p.name);
            }
            for arg in command.get_arguments() {
                let name = arg.get_id().as_str();
                let own = OWN.contains(&name) || (query.name == "graph" && name == "dialect");
                assert!(known.contains(name) || own, "{} lacks {name}", query.name);
            }
        }
    }
}
