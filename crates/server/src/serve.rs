use std::{future::Future, net::SocketAddr};

use axum::Router;
use kernel::House;
use tokio::net::TcpListener;

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
    let stopping = house.tasks().stopping();
    let stop = async move {
        stop.await;
        // Live streams go on until they hear of it, and the server waits for them.
        stopping.cancel();
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    house.tasks().stop().await;
    Ok(())
}
