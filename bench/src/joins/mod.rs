//! Joining at an event through HTTP, as a phone does: a one-time code, then everything in one request. Only the requests
//! that join are timed.

mod gateway;

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use reqwest::Client;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Outcome, peers,
    people::person,
    program,
    table::{Peer, Row, Table, percentile},
    wire::Wire,
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
    /// The event's path.
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
    let hall = &enter(&program.url, gateway).await?;
    all(&program.url, joins, async |wire, at, phone| hall.ask_for_code(wire, at, phone).await).await?;
    let begun = Instant::now();
    let mut times = all(&program.url, joins, async |wire, at, phone| hall.join(wire, at, phone).await).await?;
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
async fn all(
    url: &str,
    count: usize,
    request: impl AsyncFn(&mut Wire, usize, usize) -> Outcome,
) -> Outcome<Vec<Duration>> {
    let next = AtomicUsize::new(0);
    let (next, request) = (&next, &request);
    let phones = (0..CONNECTIONS).map(|phone| async move {
        let (mut wire, mut times) = (Wire::open(url).await?, Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times);
            }
            let begun = Instant::now();
            request(&mut wire, at, phone).await?;
            times.push(begun.elapsed());
        }
    });
    Ok(futures::future::try_join_all(phones).await?.concat())
}

/// Finds the demo's event that is in progress.
async fn enter(url: &str, gateway: Gateway) -> Outcome<Hall> {
    let api = format!("{url}/api/v1");
    let client = Client::builder().cookie_store(true).build()?;
    let log_in = json!({ "username": "quzong", "password": "Niangjia-2026" });
    client.post(format!("{api}/session")).header("x-niangjia", "web").json(&log_in).send().await?.error_for_status()?;
    let events: Value = client.get(format!("{api}/events")).send().await?.error_for_status()?.json().await?;
    let items = events["items"].as_array().ok_or("no list of events")?;
    for item in items {
        let event = format!("/api/v1/public/events/{}", item["code"].as_str().unwrap_or_default());
        let seen: Value = client.get(format!("{url}{event}")).send().await?.json().await?;
        if seen["open"] == true {
            let consent = seen["consent"]["version"].as_str().unwrap_or_default().to_owned();
            return Ok(Hall { event, consent, union: seen["unions"][0]["id"].clone(), gateway });
        }
    }
    Err("the demo has no open event".into())
}

impl Hall {
    /// Posts to the event from one of the phones, each of which has an address of its own.
    async fn post(&self, wire: &mut Wire, way: &str, (phone, headers): (usize, &str), body: &Value) -> Outcome<String> {
        let headers = format!("content-type: application/json\r\nx-forwarded-for: 10.0.0.{phone}\r\n{headers}");
        let (status, told) = wire.post(&format!("{}/{way}", self.event), &headers, &body.to_string()).await?;
        if status < 300 { Ok(told) } else { Err(format!("{status} {told}").into()) }
    }

    async fn ask_for_code(&self, wire: &mut Wire, at: usize, phone: usize) -> Outcome {
        self.post(wire, "code", (phone, ""), &json!({ "phone": person(at).phone })).await.map(drop)
    }

    async fn join(&self, wire: &mut Wire, at: usize, phone: usize) -> Outcome {
        let who = person(at);
        let code = self.gateway.code(&who.phone).ok_or("no code came")?;
        let body = json!({
            "phone": who.phone, "code": code, "name": who.name, "document_kind": "citizen_number",
            "document_number": who.number, "group": "courier", "organisation_id": self.union,
            "consent_version": self.consent,
        });
        let told = self.post(wire, "join", (phone, &format!("idempotency-key: bench-{at}\r\n")), &body).await?;
        let told: Value = serde_json::from_str(&told)?;
        if told["already"] == false { Ok(()) } else { Err(format!("not joined: {told}").into()) }
    }
}
