//! Joining at an event through HTTP, as a phone does: a one-time code, then everything in one request. Only the requests
//! that join are timed.

mod gateway;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Outcome, peers,
    people::person,
    program,
    table::{Peer, Row, Table, percentile},
};
use gateway::Gateway;

const CONNECTIONS: usize = 64;

/// What pgbench reaches: plain inserts a second from as many clients, each durable.
#[derive(Deserialize)]
struct Theirs {
    rate: f64,
}

/// Where everything happens.
struct Hall {
    client: Client,
    /// The event's address.
    event: String,
    consent: String,
    union: Value,
    gateway: Gateway,
}

/// Adds the lines of the joins.
pub async fn run(table: &mut Table) -> Outcome {
    let joins = crate::size("BENCH_JOINS", 20_000);
    let dir = tempfile::tempdir()?;
    let gateway = Gateway::open().await?;
    let environment = [
        ("NIANGJIA_SMS_URL", gateway.url.clone()),
        ("NIANGJIA_SMS_KEY", "bench".to_owned()),
        ("NIANGJIA_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#.to_owned()),
    ];
    let program = program::serve(dir.path(), &environment).await?;
    let hall = &Arc::new(enter(&format!("{}/api/v1", program.url), gateway).await?);
    all(joins, |at, phone| {
        let hall = hall.clone();
        async move { hall.ask_for_code(at, phone).await }
    })
    .await?;
    let begun = Instant::now();
    let mut times = all(joins, |at, phone| {
        let hall = hall.clone();
        async move { hall.join(at, phone).await }
    })
    .await?;
    let spent = begun.elapsed();
    drop(program);
    let theirs: Theirs = peers::ask("joins.py", dir.path())?;
    let peer = Peer { name: "pgbench, one plain insert", time: Duration::from_secs_f64(joins as f64 / theirs.rate) };
    let what = format!("{joins} joins through HTTP, durable, {CONNECTIONS} connections");
    table.add(Row::rate(what, joins, spent, "3000/s").beside(spent, &[peer]));
    table.add(Row::time("one such join, p99", percentile(&mut times, 99), "60 ms"));
    Ok(())
}

/// Runs a request for each of so many people over all connections. Answers how long each took.
async fn all<F>(count: usize, request: impl Fn(usize, usize) -> F) -> Outcome<Vec<Duration>>
where
    F: Future<Output = Outcome>,
{
    let next = AtomicUsize::new(0);
    let (next, request) = (&next, &request);
    let phones = (0..CONNECTIONS).map(|phone| async move {
        let mut times = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times);
            }
            let begun = Instant::now();
            request(at, phone).await?;
            times.push(begun.elapsed());
        }
    });
    Ok(futures::future::try_join_all(phones).await?.concat())
}

/// Finds the demo's event that is in progress.
async fn enter(api: &str, gateway: Gateway) -> Outcome<Hall> {
    let client = Client::builder().cookie_store(true).pool_max_idle_per_host(CONNECTIONS).build()?;
    let log_in = json!({ "username": "quzong", "password": "Niangjia-2026" });
    client.post(format!("{api}/session")).header("x-niangjia", "web").json(&log_in).send().await?.error_for_status()?;
    let events: Value = client.get(format!("{api}/events")).send().await?.error_for_status()?.json().await?;
    let items = events["items"].as_array().ok_or("no list of events")?;
    for item in items {
        let event = format!("{api}/public/events/{}", item["code"].as_str().unwrap_or_default());
        let seen: Value = client.get(&event).send().await?.json().await?;
        if seen["open"] == true {
            let consent = seen["consent"]["version"].as_str().unwrap_or_default().to_owned();
            let client = Client::builder().pool_max_idle_per_host(CONNECTIONS).build()?;
            return Ok(Hall { client, event, consent, union: seen["unions"][0]["id"].clone(), gateway });
        }
    }
    Err("the demo has no open event".into())
}

impl Hall {
    fn post(&self, path: &str, phone: usize) -> RequestBuilder {
        let request = self.client.post(format!("{}/{path}", self.event));
        request.header("x-niangjia", "web").header("x-forwarded-for", format!("10.0.0.{phone}"))
    }

    async fn ask_for_code(&self, at: usize, phone: usize) -> Outcome {
        self.post("code", phone).json(&json!({ "phone": person(at).phone })).send().await?.error_for_status()?;
        Ok(())
    }

    async fn join(&self, at: usize, phone: usize) -> Outcome {
        let who = person(at);
        let code = self.gateway.code(&who.phone).ok_or("no code came")?;
        let body = json!({
            "phone": who.phone, "code": code, "name": who.name, "document_kind": "citizen_number",
            "document_number": who.number, "group": "courier", "organisation_id": self.union,
            "consent_version": self.consent,
        });
        let request = self.post("join", phone).header("idempotency-key", format!("bench-{at}"));
        let told: Value = request.json(&body).send().await?.error_for_status()?.json().await?;
        if told["already"] == false { Ok(()) } else { Err(format!("not joined: {told}").into()) }
    }
}
