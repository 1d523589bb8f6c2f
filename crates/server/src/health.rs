//! What the machine that watches the program asks: is it alive, can it answer, what does it measure.

use std::{fs, sync::OnceLock};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use kernel::{Context, House, pulse::pulse};
use metrics::gauge;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Seconds that answers are counted by, from what nobody notices to what everybody does.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Only one recorder can be installed in a process; tests build many routers.
fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || PrometheusBuilder::new().set_buckets(&BUCKETS).ok()?.install_recorder().ok();
    HANDLE.get_or_init(install).as_ref()
}

pub(crate) fn routes(house: &House) -> Router {
    // From the start, so that nothing counted before the first question is lost.
    let _installed = recorder();
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(measure))
        .with_state(house.clone())
}

async fn ready(State(house): State<House>) -> (StatusCode, String) {
    match kernel::ready::ready(&house).await {
        Ok(()) => (StatusCode::OK, "ready".to_owned()),
        Err(problem) => (StatusCode::SERVICE_UNAVAILABLE, format!("{}: {}", problem.code, problem.detail)),
    }
}

/// What was counted since the start, and how the house is now.
async fn measure(State(house): State<House>) -> String {
    let found = pulse(&Context::system(&house, "measuring")).await;
    gauge!("niangjia_database_up").set(if found.is_ok() { 1.0 } else { 0.0 });
    if let Ok(pulse) = found {
        gauge!("niangjia_ledger_facts").set(pulse.facts as f64);
        gauge!("niangjia_audit_entries").set(pulse.audit_entries as f64);
        gauge!("niangjia_jobs_due").set(pulse.jobs.due as f64);
        gauge!("niangjia_jobs_behind_seconds").set(pulse.jobs.behind_s as f64);
        gauge!("niangjia_jobs_left").set(pulse.jobs.left as f64);
        gauge!("niangjia_listeners_failing").set(pulse.jobs.failing.len() as f64);
        gauge!("niangjia_values_unopened").set(pulse.unopened as f64);
        gauge!("niangjia_key_age_seconds").set(pulse.key_age.num_seconds() as f64);
    }
    gauge!("niangjia_key_version").set(f64::from(house.keyring().current()));
    if let Some(bytes) = resident() {
        gauge!("process_resident_memory_bytes").set(bytes as f64);
    }
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}

/// Memory of this process, as the system counts it.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kib| kib * 1024)
}
