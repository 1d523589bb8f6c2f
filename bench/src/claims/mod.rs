//! A rush for a benefit through HTTP: more people than pieces, each answered only once it is on disk. Beside it what pgbench
//! reaches without HTTP by three ways of giving a piece away, and the disk's own syncs.

use std::{
    fs::OpenOptions,
    io::Write,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use database::{Database, Moment, Settings};
use kernel::{Id, access::session, person};
use reqwest::Client;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Outcome, peers, program,
    table::{Peer, Row, Table, percentile},
    wire::Wire,
};

const CONNECTIONS: usize = 64;
/// Of so many who ask, four get one.
const OF: usize = 5;

/// What pgbench reaches, pieces a second.
#[derive(Deserialize)]
struct Theirs {
    hot_row: f64,
    one_statement: f64,
    skip_locked: f64,
}

/// How long each took: those who got a piece, and those who came too late.
#[derive(Default)]
struct Times {
    given: Vec<Duration>,
    late: Vec<Duration>,
    /// When the last piece was given.
    sold_out: Duration,
}

/// Adds the lines of the claims.
pub async fn run(table: &mut Table) -> Outcome {
    let people = crate::size("BENCH_CLAIMS", 20_000);
    let dir = tempfile::tempdir()?;
    table.add(Row::text("the disk's own syncs of 4 kB", format!("{}/s", syncs(dir.path())?), ""));
    let theirs: Theirs = peers::ask("claims.py", dir.path())?;
    let file = format!("sqlite://{}", dir.path().join("niangjia.sqlite").display());
    rush(table, (dir.path(), &file, "SQLite"), people, &theirs).await?;
    if let Ok(server) = std::env::var("BENCH_POSTGRES") {
        let other = tempfile::tempdir()?;
        rush(table, (other.path(), &server, "PostgreSQL"), people, &theirs).await?;
    }
    Ok(())
}

async fn rush(
    table: &mut Table,
    (data, address, kind): (&Path, &str, &str),
    people: usize,
    theirs: &Theirs,
) -> Outcome {
    let environment =
        [("NIANGJIA_DATABASE", address.to_owned()), ("NIANGJIA_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#.to_owned())];
    let first = program::serve(data, &environment).await?;
    let pieces = people * (OF - 1) / OF;
    let round = offer(&format!("{}/api/v1", first.url), pieces).await?;
    drop(first);
    let cookies = log_in(address, people).await?;
    let program = program::serve(data, &environment).await?;
    let mut times = ask_all(&program.url, &round, &cookies).await?;
    if times.given.len() != pieces {
        return Err(format!("{} given of {pieces}", times.given.len()).into());
    }
    let (spent, secs) = (times.sold_out, Duration::from_secs_f64);
    let peer = |name, rate: f64| Peer { name, time: secs(pieces as f64 / rate) };
    let beside = [
        peer("pgbench, hot row", theirs.hot_row),
        peer("pgbench, one statement", theirs.one_statement),
        peer("pgbench, skip locked", theirs.skip_locked),
    ];
    let what = format!("{pieces} claims through HTTP on {kind}, durable, {CONNECTIONS} connections");
    table.add(Row::rate(what, pieces, spent, "3× pgbench").beside(spent, &beside));
    table.add(Row::time(format!("one such claim on {kind}, p99"), percentile(&mut times.given, 99), "50 ms"));
    table.add(Row::time(format!("one who comes too late on {kind}, p99"), percentile(&mut times.late, 99), "50 ms"));
    Ok(())
}

/// Publishes an offer of so many meals that is open; answers its round.
async fn offer(api: &str, pieces: usize) -> Outcome<String> {
    let client = Client::builder().cookie_store(true).build()?;
    let send = async |path: &str, body: Value| -> Outcome<Value> {
        let told = client.post(format!("{api}{path}")).header("x-niangjia", "web").json(&body).send().await?;
        let text = told.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    };
    send("/session", json!({ "username": "quzong", "password": "Niangjia-2026" })).await?;
    let session: Value = client.get(format!("{api}/session")).send().await?.json().await?;
    let top = &session["organisations"][0]["id"];
    let place = json!({ "organisation_id": top, "name": "驿站", "kind": "station", "active": true });
    let place = send("/benefit-partners", place).await?;
    let now = chrono::Utc::now();
    let day = now.format("%Y-%m-%d").to_string();
    let form = json!({
        "organisation_id": top, "kind": "meal", "title": "爱心餐", "unit_fen": 1500,
        "redeem_from": day, "redeem_until": (now + chrono::TimeDelta::days(9)).format("%Y-%m-%d").to_string(),
        "places": [place["id"]],
        "rounds": [{
            "opens_at": (now - chrono::TimeDelta::hours(1)).to_rfc3339(),
            "closes_at": (now + chrono::TimeDelta::days(1)).to_rfc3339(), "total": pieces,
        }],
    });
    let made = send("/benefit-offers", form).await?;
    let id = made["id"].as_str().ok_or("no offer")?;
    let published = send(&format!("/benefit-offers/{id}/publish"), json!({})).await?;
    Ok(published["rounds"][0]["id"].as_str().ok_or("no round")?.to_owned())
}

/// Logs so many of the demo's people in on their phones, without the program: that is not what is measured.
async fn log_in(address: &str, people: usize) -> Outcome<Vec<String>> {
    let database = Database::open(&Settings::new(address)).await?;
    let ids: Vec<Id> = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .order_by_asc(person::Column::Id)
        .limit(u64::try_from(people)?)
        .into_tuple()
        .all(database.reader())
        .await?;
    if ids.len() < people {
        return Err(format!("the demo has {} people only", ids.len()).into());
    }
    let now = Moment::from(chrono::Utc::now());
    let ids = &ids;
    let row = |id: &Id| session::ActiveModel {
        hash: Set(secret::digest::sm3_hex(secret_of(*id).as_bytes())),
        account_id: Set(None),
        person_id: Set(Some(*id)),
        begun_at: Set(now),
        used_at: Set(now),
        device: Set(None),
    };
    database
        .unit(|unit| async move {
            database::insert_all::<session::Entity>(&unit, ids.iter().map(row).collect()).await?;
            Ok::<_, database::Fault>(())
        })
        .await?;
    database.close().await?;
    Ok(ids.iter().map(|id| secret_of(*id)).collect())
}

fn secret_of(person: Id) -> String {
    format!("bench-{person}")
}

/// All of them ask, over all connections, until each was answered.
async fn ask_all(url: &str, round: &str, cookies: &[String]) -> Outcome<Times> {
    let next = AtomicUsize::new(0);
    let (next, path) = (&next, &format!("/api/v1/me/benefit-rounds/{round}/claim"));
    let begun = Instant::now();
    let phones = (0..CONNECTIONS).map(|_| async move {
        let (mut wire, mut times) = (Wire::open(url).await?, Times::default());
        loop {
            let phone = next.fetch_add(1, Ordering::Relaxed);
            let Some(cookie) = cookies.get(phone) else { break };
            // As many phones share an address as share one of a carrier.
            let address = phone / 1_000;
            let headers = format!(
                "cookie: niangjia_session={cookie}\r\nidempotency-key: {cookie}\r\nx-forwarded-for: 10.0.{}.{}\r\n",
                address / 250,
                address % 250,
            );
            let asked = Instant::now();
            let (status, told) = wire.post(path, &headers, "").await?;
            match status {
                201 => {
                    times.given.push(asked.elapsed());
                    times.sold_out = begun.elapsed();
                }
                409 if told.contains("all_gone") => times.late.push(asked.elapsed()),
                _ => return Err(format!("{status} {told}").into()),
            }
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times)
    });
    let mut all = Times::default();
    for times in futures::future::try_join_all(phones).await? {
        all.given.extend(times.given);
        all.late.extend(times.late);
        all.sold_out = all.sold_out.max(times.sold_out);
    }
    Ok(all)
}

/// How often a second the disk takes a page and says that it is there.
fn syncs(dir: &Path) -> Outcome<u128> {
    let mut file = OpenOptions::new().create(true).append(true).open(dir.join("syncs"))?;
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(2) {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(crate::table::a_second(count, begun.elapsed()))
}
