//! Stage 8, too: a [`View`] into a running Neo4j, Memgraph or other database that speaks Bolt.
//!
//! Every batch is one transaction that also notes how far the load has come, in a node `GuanxiLoad`; a load that broke
//! off goes on from there when the same graph is loaded again. What is written carries the load's mark, a digest of the
//! graph, in the property `guanxi_load`; in the end, whatever carries another mark has fallen out of the graph and is
//! deleted. Nodes and relationships without a mark are somebody else's and stay.
//! Source: <https://neo4j.com/docs/bolt/current/>.

use crate::diagnostic::{Diagnostic, Error};
use crate::export::flat::Cell;
use crate::export::{Batch, Dialect, batches};
use crate::graph::{Graph, View, node_link};
use neo4rs::{
    BoltList, BoltMap, BoltNull, BoltString, BoltType, ConfigBuilder, Neo4jClientErrorKind, Neo4jErrorKind, Query,
    query,
};
use std::hash::Hasher;
use std::io::{self, Write};
use std::time::Duration;

/// Where to load, and as whom.
#[derive(Clone, Debug)]
pub struct Target {
    /// Such as `bolt://localhost:7687`; `bolt+s://` and `neo4j+s://` for TLS.
    pub uri: String,
    /// The database, if not the server's usual one.
    pub database: Option<String>,
    /// Empty where the server asks for none.
    pub user: String,
    /// Empty where the server asks for none.
    pub password: String,
    /// Whether it is a Memgraph, which has its own words for constraints.
    pub memgraph: bool,
}

/// What a load did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Nodes written.
    pub nodes: usize,
    /// Ties written.
    pub ties: usize,
    /// Rows that an earlier load of the same graph, broken off, had written.
    pub resumed: usize,
    /// Nodes that had fallen out of the graph.
    pub deleted_nodes: usize,
    /// Ties that had.
    pub deleted_ties: usize,
}

/// Loads a view; `progress` hears of rows done, of all rows.
///
/// # Errors
/// When the database cannot be reached, refuses the credentials or a statement, or stays busy. What was written until
/// then stays, and the next load of the same graph goes on from there.
pub fn load(view: &View<'_>, target: &Target, progress: &mut dyn FnMut(usize, usize)) -> Result<Loaded, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|e| Error::new(Diagnostic::error(&target.uri, format!("cannot open sockets: {e}"))))?;
    runtime.block_on(run(view, target, progress)).map_err(|e| explained(&e, target))
}

/// How long the first answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Attempts at a statement that the database puts off.
const ATTEMPTS: u32 = 6;

async fn run(view: &View<'_>, target: &Target, progress: &mut dyn FnMut(usize, usize)) -> neo4rs::Result<Loaded> {
    let mut config = ConfigBuilder::default()
        .uri(&target.uri)
        .user(&target.user)
        .password(&target.password)
        .connection_timeout(Duration::from_secs(120))
        .max_connections(1);
    if let Some(database) = &target.database {
        config = config.db(database.as_str());
    }
    let database = neo4rs::Graph::connect(config.build()?)?;
    // whoever listens without a word would be waited for without end
    let answer = tokio::time::timeout(PATIENCE, database.run(query("RETURN 1")));
    answer.await.map_err(|_| neo4rs::Error::ConnectionTimedOut)??;
    let dialect = if target.memgraph { Dialect::Memgraph } else { Dialect::Neo4j };
    for statement in dialect.before() {
        database.run(query(statement)).await?;
    }
    let mark = digest(view);
    let batches = batches(view);
    let total: usize = batches.iter().map(Batch::len).sum();
    let start = done(&database, &mark, batches.len()).await?;
    let mut loaded = Loaded { resumed: batches[..start].iter().map(Batch::len).sum(), ..Loaded::default() };
    let mut rows = loaded.resumed;
    for (i, batch) in batches.iter().enumerate().skip(start) {
        let text = format!("UNWIND $rows AS r {}", dialect.merge(view, batch));
        let steps = [
            query(&text).param("rows", rows_of(view.graph, batch, &mark)),
            query(NOTE).param("mark", mark.as_str()).param("done", i as i64 + 1),
        ];
        transaction(&database, &steps).await?;
        match batch {
            Batch::Nodes(..) => loaded.nodes += batch.len(),
            Batch::Ties(..) => loaded.ties += batch.len(),
        }
        rows += batch.len();
        progress(rows, total);
    }
    loaded.deleted_ties = delete(&database, FALLEN_TIES, &mark).await?;
    loaded.deleted_nodes = delete(&database, FALLEN_NODES, &mark).await?;
    // whole: the next load of the same graph checks all of it
    transaction(&database, &[query(NOTE).param("mark", mark.as_str()).param("done", 0)]).await?;
    Ok(loaded)
}

const NOTE: &str = "MERGE (l:GuanxiLoad {id: 'guanxi'}) SET l.mark = $mark, l.done = $done";
const FALLEN_TIES: &str = "MATCH (:Entity)-[t]->(:Entity) WHERE t.guanxi_load <> $mark \
    WITH t LIMIT 2000 DELETE t RETURN count(*) AS n";
const FALLEN_NODES: &str = "MATCH (e:Entity) WHERE e.guanxi_load <> $mark \
    WITH e LIMIT 2000 DETACH DELETE e RETURN count(*) AS n";

/// How many batches of this graph a load that broke off has written.
async fn done(database: &neo4rs::Graph, mark: &str, all: usize) -> neo4rs::Result<usize> {
    let ask = query("MATCH (l:GuanxiLoad {id: 'guanxi'}) RETURN l.mark AS mark, l.done AS done");
    let mut rows = database.execute(ask).await?;
    let mut done = 0;
    while let Some(row) = rows.next().await? {
        let same = row.get::<String>("mark").is_ok_and(|m| m == mark);
        done = row.get::<i64>("done").ok().filter(|_| same).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    }
    Ok(if done > all { 0 } else { done })
}

/// Deletes in portions that a transaction can hold, until nothing is left.
async fn delete(database: &neo4rs::Graph, text: &str, mark: &str) -> neo4rs::Result<usize> {
    let mut all = 0;
    loop {
        let mut rows = database.execute(query(text).param("mark", mark)).await?;
        let mut some = 0;
        while let Some(row) = rows.next().await? {
            some += row.get::<i64>("n").unwrap_or(0);
        }
        if some <= 0 {
            return Ok(all);
        }
        all += some as usize;
    }
}

/// Runs the statements in one transaction, again if the database was busy.
async fn transaction(database: &neo4rs::Graph, steps: &[Query]) -> neo4rs::Result<()> {
    let mut attempt = 1;
    loop {
        match attempt_once(database, steps).await {
            Err(neo4rs::Error::Neo4j(e)) if e.kind() == Neo4jErrorKind::Transient && attempt < ATTEMPTS => {
                tokio::time::sleep(Duration::from_millis(100 << attempt)).await;
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

async fn attempt_once(database: &neo4rs::Graph, steps: &[Query]) -> neo4rs::Result<()> {
    let mut transaction = database.start_txn().await?;
    for step in steps {
        transaction.run(step.clone()).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The load's mark: the same for the same graph.
fn digest(view: &View<'_>) -> String {
    struct Hash(std::hash::DefaultHasher);
    impl Write for Hash {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hash = Hash(std::hash::DefaultHasher::new());
    // a hasher takes everything
    let _ = node_link::write(view, &mut hash);
    format!("{:016x}", hash.0.finish())
}

fn rows_of(graph: &Graph, batch: &Batch, mark: &str) -> BoltType {
    let row = |(keys, values): crate::export::Row<'_>| {
        let mut map = BoltMap::default();
        for (name, key) in keys {
            map.put(name.into(), key.into());
        }
        let mut props: BoltMap = values.iter().map(|(name, cell)| (BoltString::from(*name), value(cell))).collect();
        props.put("guanxi_load".into(), mark.into());
        map.put("props".into(), BoltType::Map(props));
        BoltType::Map(map)
    };
    BoltType::List(BoltList::from(batch.rows(graph).map(row).collect::<Vec<_>>()))
}

fn value(cell: &Cell<'_>) -> BoltType {
    match cell {
        Cell::Empty => BoltType::Null(BoltNull),
        Cell::Text(text) => BoltType::from(&**text),
        Cell::List(items) => BoltType::List(BoltList::from(items.iter().map(|i| (&**i).into()).collect::<Vec<_>>())),
        Cell::Int(n) => BoltType::from(i64::try_from(*n).unwrap_or(i64::MAX)),
        Cell::Real(n) => BoltType::from(*n),
        Cell::Flag(is) => BoltType::from(*is),
        Cell::Date(day) => match day.to_string().parse::<chrono::NaiveDate>() {
            Ok(date) => BoltType::from(date),
            Err(_) => BoltType::Null(BoltNull),
        },
    }
}

/// What went wrong, in words that say what to do.
fn explained(error: &neo4rs::Error, target: &Target) -> Error {
    let d = |message: String| Diagnostic::error(&target.uri, message);
    let credentials = "set NEO4J_USER and NEO4J_PASSWORD in the environment to what the database knows";
    Error::new(match error {
        neo4rs::Error::IOError { detail } => match detail.kind() {
            io::ErrorKind::ConnectionRefused => d("nothing listens there".into())
                .hint("start the database, or give its Bolt address (the port is usually 7687)"),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                d(format!("the connection broke: {detail}"))
                    .hint("give the Bolt address (usually port 7687), with bolt+s:// if the server wants TLS")
            }
            _ => d(format!("cannot reach the database: {detail}")).hint("check the address and the network"),
        },
        neo4rs::Error::ProtocolMismatch(_) | neo4rs::Error::UnsupportedVersion(..) => {
            d(format!("what listens there does not speak Bolt: {error}"))
                .hint("give the Bolt address, not the HTTP one (the port is usually 7687)")
        }
        neo4rs::Error::ConnectionTimedOut => d("no answer in Bolt came in time".into())
            .hint("check that the database is up, and that this is its Bolt address (the port is usually 7687)"),
        neo4rs::Error::UrlParseError(_) | neo4rs::Error::UnsupportedScheme(_) | neo4rs::Error::InvalidDnsName(_) => {
            return Error::usage(
                d(format!("this is no Bolt address: {error}")).hint("write bolt://HOST:PORT, or bolt+s:// for TLS"),
            );
        }
        neo4rs::Error::AuthenticationError(why) => {
            d(format!("the database refused the login: {why}")).hint(credentials)
        }
        neo4rs::Error::Neo4j(e) => match e.kind() {
            Neo4jErrorKind::Client(Neo4jClientErrorKind::Security(_)) => {
                d(format!("the database refused the login: {}", e.message())).hint(credentials)
            }
            Neo4jErrorKind::Client(Neo4jClientErrorKind::FatalDiscovery) => {
                d(format!("there is no such database: {}", e.message())).hint("give one that exists with --database")
            }
            _ => d(format!("the database answered {}: {}", e.code(), e.message()))
                .hint("what was loaded so far stays; loading the same graph again goes on from there"),
        },
        e => {
            d(format!("the load failed: {e}")).hint("loading the same graph again goes on from where this one stopped")
        }
    })
}
