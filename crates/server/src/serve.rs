//! Listening. Nobody holds a connection without saying anything, says it one letter a minute, sends heads without end, or takes
//! nothing of what he asked for.

use std::{future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use kernel::House;
use tokio::{net::TcpListener, task::JoinSet};
use tower::ServiceExt;

use crate::patient::Patient;

/// From the connection, or the answer before, to the end of a request's head.
const HEAD: Duration = Duration::from_secs(15);
/// How long an answer may wait until its reader takes some more of it.
const UNTAKEN: Duration = Duration::from_secs(60);
/// Bytes of a request's head.
const LARGEST_HEAD: usize = 64 << 10;
/// Lines of a request's head.
const MOST_HEADERS: usize = 64;
/// Connections at once; the next wait until one ends. A hall of two thousand phones has some thousand.
const MOST_CONNECTIONS: usize = 10_000;
/// After this long a stop no longer waits for those who are slow.
const PATIENCE: Duration = Duration::from_secs(130);

/// Answers requests, does jobs and delivers events until `stop` resolves; then what is under way is finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    house: &House,
    router: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    house.tasks().start(kernel::keys::run(house.clone()));
    house.tasks().start(kernel::outbox::run(house.clone()));
    house.tasks().start(kernel::ledger::keep_index(house.clone()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(MOST_HEADERS).max_buf_size(LARGEST_HEAD);
    let open = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => match accepted {
                Ok(accepted) => accepted,
                // A connection that was gone before it was taken up, or too many open files: the next may do.
                Err(err) => {
                    tracing::warn!(%err, "a connection was not taken up");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let router = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address));
            request
        });
        let connection =
            http.serve_connection(TokioIo::new(Patient::new(stream, UNTAKEN)), TowerToHyperService::new(router));
        let connection = open.watch(connection);
        connections.spawn(async move {
            if let Err(err) = connection.await {
                tracing::debug!(%err, "a connection broke off");
            }
        });
    }
    drop(listener);
    // Live streams go on until they hear of it, and the server waits for them.
    house.tasks().stopping().cancel();
    if tokio::time::timeout(PATIENCE, open.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end by themselves");
    }
    house.tasks().stop().await;
    Ok(())
}
