//! What the machine that watches the program asks: is it alive, can it answer, what does it measure.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use kernel::House;
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

async fn ready(State(house): State<House>) -> (StatusCode, String) {
    match kernel::ready::ready(&house).await {
        Ok(()) => (StatusCode::OK, "ready".to_owned()),
        Err(problem) => (StatusCode::SERVICE_UNAVAILABLE, format!("{}: {}", problem.code, problem.detail)),
    }
}
