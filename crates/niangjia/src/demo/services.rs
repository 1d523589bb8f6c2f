//! Half a year of services: each target of story 1 is brought to a believable share by facts about generated people.

use chrono::{Datelike, Days, NaiveDate};
use codes::document::DocumentKind;
use kernel::{
    Context, Id, Problem, Unit,
    ledger::{self, NewFact, Source},
    person::{self, NewPerson},
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use sea_orm::EntityTrait;

use super::{organisations::Union, people};

/// People in the demo; more would only make the loading longer.
const PEOPLE: u32 = 24_000;
/// Rows in one unit of work.
const CHUNK: usize = 2_000;

/// A kind of service: its code, how many facts, the highest quantity of one, the amount of one in fen.
const SERVICES: &[(&str, u32, i64, i64)] = &[
    ("legal_outreach", 9_000, 1, 0),
    ("consolation_visit", 7_000, 1, 50_000),
    ("health_check", 6_500, 1, 20_000),
    ("recuperation_stay", 430, 1, 150_000),
    ("medical_protection_gift", 2_700, 1, 10_000),
    ("love_meal", 16_000, 3, 1_500),
    ("warm_kit", 5_200, 1, 6_800),
];

struct Known {
    id: Id,
    group: &'static str,
    organisation: Id,
}

/// Writes people and what was done for them from January to the day of loading.
pub async fn load(context: &Context, grassroots: &[&Union], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let known = people(context, grassroots, random).await?;
    let last = context.today();
    let first = NaiveDate::from_ymd_opt(last.year(), 1, 1).unwrap_or(last);
    let span = u64::try_from((last - first).num_days()).unwrap_or(0).min(180);
    let mut facts = Vec::new();
    for (kind, times, most, amount_fen) in SERVICES {
        for _ in 0..*times {
            let Some(who) = known.get(random.random_range(0..known.len().max(1))) else { continue };
            let quantity = random.random_range(1..=*most);
            facts.push(NewFact {
                kind,
                organisation: who.organisation,
                person: Some(who.id),
                group: Some(who.group.to_owned()),
                quantity,
                amount_fen: amount_fen * quantity,
                day: first.checked_add_days(Days::new(random.random_range(0..=span))).unwrap_or(first),
                source: Source { kind: "kernel/hand_record", id: context.id() },
                reverses: None,
            });
        }
    }
    facts.sort_by_key(|fact| fact.day);
    for chunk in facts.chunks(CHUNK * 2) {
        context.unit(|unit| async move { ledger::post(&unit, context, chunk).await.map(drop) }).await?;
    }
    Ok(())
}

async fn people(context: &Context, grassroots: &[&Union], random: &mut ChaCha20Rng) -> Result<Vec<Known>, Problem> {
    let (mut known, mut rows, mut papers) = (Vec::new(), Vec::new(), Vec::new());
    for serial in 0..PEOPLE {
        let Some(union) = grassroots.get(random.random_range(0..grassroots.len().max(1))) else { continue };
        let worker = people::worker(random, &union.division, serial);
        let new = NewPerson {
            name: worker.name,
            document_kind: DocumentKind::CitizenNumber,
            document_number: worker.number,
            phone: Some(worker.phone),
            worker_group: Some(worker.group.to_owned()),
            organisation_id: union.id,
        };
        let (row, paper) = person::rows(context, &new, &person::check(&new, context.today())?);
        known.push(Known { id: *row.id.as_ref(), group: worker.group, organisation: union.id });
        rows.push(row);
        papers.push(paper);
    }
    for (rows, papers) in rows.chunks(CHUNK).zip(papers.chunks(CHUNK)) {
        context.unit(|unit| async move { store(&unit, rows, papers).await }).await?;
    }
    Ok(known)
}

async fn store(
    unit: &Unit,
    rows: &[person::ActiveModel],
    papers: &[person::paper::ActiveModel],
) -> Result<(), Problem> {
    person::Entity::insert_many(rows.to_vec()).exec_without_returning(unit).await?;
    person::paper::Entity::insert_many(papers.to_vec()).exec_without_returning(unit).await?;
    Ok(())
}
