//! HTTP over a store: the explorer's page, the queries as a JSON interface described by OpenAPI, and the Model Context
//! Protocol at `/mcp`. What may come in is decided by `gate.rs`; connections, time and threads are bounded here.

mod api;
mod gate;
mod openapi;

pub use openapi::document as openapi;

use super::{Desk, desk};
use crate::diagnostic::{Diagnostic, Error};
use gate::Gate;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

/// What is served, where, and to whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with the store.
    pub folder: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    pub address: SocketAddr,
    /// Host names under which the server may be asked for, besides its address and those of loopback.
    pub hosts: Vec<String>,
    /// The most requests a second from one address; 0 for no limit.
    pub rate: u32,
    /// The most time for an answer.
    pub patience: Duration,
}

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    options: Options,
}

/// The most connections at a time; more wait.
const CONNECTIONS: usize = 512;

/// How long a client may take to say what it wants: for the head of a request, and for its body.
const SLOWEST: Duration = Duration::from_secs(10);

/// How long a client may take none of its answer.
const STALLED: Duration = Duration::from_secs(20);

/// How long answers that are on their way may take when the server ends.
const GRACE: Duration = Duration::from_secs(5);

/// Threads for whatever waits, and for the questions of a desk.
pub(super) fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // a hand that is late keeps its thread for a while
        .max_blocking_threads(4 * desk::hands() + 4)
        .thread_keep_alive(Duration::from_secs(600))
        .enable_all()
        .build()
}

impl Server {
    /// Listens.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub fn listen(options: Options) -> Result<Server, Error> {
        let listen = || {
            let listener = TcpListener::bind(options.address)?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        match listen() {
            Ok((listener, address)) => Ok(Server { listener, address, options }),
            Err(e) => {
                let e: io::Error = e;
                let d = Diagnostic::error("", format!("cannot listen on {}: {e}", options.address));
                Err(Error::new(d.hint("give another address with --addr; port 0 takes a free one")))
            }
        }
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is told to end (SIGINT, SIGTERM); what is being answered then is answered yet.
    ///
    /// # Errors
    /// When the system refuses threads or signals.
    pub fn run(self) -> Result<(), Error> {
        let fault = |e: io::Error| Error::new(Diagnostic::error("", format!("cannot serve: {e}")));
        let runtime = runtime().map_err(fault)?;
        let ended = runtime.block_on(self.accept());
        runtime.shutdown_timeout(Duration::from_secs(1));
        ended.map_err(fault)
    }

    async fn accept(self) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let desk = Arc::new(Desk::new(self.options.folder.clone(), self.options.patience));
        let gate = Arc::new(Gate::new(self.address.ip(), &self.options));
        let service = TowerToHyperService::new(api::router(desk));
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        // dropping the sender ends the connections; each holds a receiver until it has ended
        let (ending, ended) = watch::channel(());
        let mut told = Box::pin(told_to_end()?);
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut told => break,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                // no files left, or a client that is gone: the others go on
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            };
            let (gate, service, mut ended) = (Arc::clone(&gate), service.clone(), ended.clone());
            tokio::spawn(async move {
                let answer = service_fn(move |request| {
                    let (gate, service) = (Arc::clone(&gate), service.clone());
                    async move { Ok::<_, std::convert::Infallible>(gate.pass(request, peer.ip(), service).await) }
                });
                let mut builder = http1::Builder::new();
                builder.timer(TokioTimer::new()).header_read_timeout(SLOWEST).max_buf_size(64 << 10);
                let mut stream = TimeoutStream::new(stream);
                stream.set_write_timeout(Some(STALLED));
                let mut connection = Box::pin(builder.serve_connection(TokioIo::new(Box::pin(stream)), answer));
                tokio::select! {
                    _ = connection.as_mut() => {}
                    _ = ended.changed() => {
                        connection.as_mut().graceful_shutdown();
                        let _ = connection.await;
                    }
                }
                drop(place);
            });
        }
        drop((listener, ended));
        let _ = ending.send(());
        let _ = tokio::time::timeout(GRACE, ending.closed()).await;
        Ok(())
    }
}

/// Waits for the signal to end.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
