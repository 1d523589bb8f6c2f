//! What the machine that watches the program asks: is it alive, can it answer, what does it measure.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use kernel::{Context, House};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

pub(crate) fn routes(house: &House) -> Router {
    // Only one recorder can be installed in a process; tests build many routers.
    static HANDLE: std::sync::OnceLock<Option<PrometheusHandle>> = std::sync::OnceLock::new();
    let handle = HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok());
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(async || handle.as_ref().map(PrometheusHandle::render).unwrap_or_default()))
        .with_state(house.clone())
}

async fn ready(State(house): State<House>) -> (StatusCode, &'static str) {
    let context = Context::system(&house, "readiness");
    match kernel::organisation::tree::version(context.read()).await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
