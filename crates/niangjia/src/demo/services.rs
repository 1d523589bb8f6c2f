//! A year of services up to the day of loading: each target of story 1 is brought to a believable share, some ahead of
//! the calendar and some behind it.

use chrono::{Days, NaiveDate};
use kernel::{
    Context, Problem,
    ledger::{self, NewFact, Source},
};
use rand::{Rng, seq::index};
use rand_chacha::ChaCha20Rng;

use super::members::Known;

/// Facts in one unit of work.
const CHUNK: usize = 4_000;

/// How a kind of service is recorded.
#[derive(Clone, Copy)]
enum Way {
    /// For one person at a time, who may come again.
    Again,
    /// For one person once a year.
    Once,
    /// By tally: up to so many at once, without names.
    Tally(i64),
}

/// A kind of service: its code, the year's target, how many per cent of the calendar's share the demo reaches, the
/// amount of one in fen, and how it is recorded.
const SERVICES: &[(&str, i64, i64, i64, Way)] = &[
    ("legal_outreach", 50_000, 96, 0, Way::Tally(90)),
    ("consolation_visit", 30_000, 104, 50_000, Way::Again),
    ("health_check", 14_000, 91, 20_000, Way::Once),
    ("recuperation_stay", 1_000, 79, 150_000, Way::Once),
    ("medical_protection_gift", 6_000, 115, 10_000, Way::Once),
    ("love_meal", 100_000, 93, 1_500, Way::Tally(60)),
    ("warm_kit", 10_000, 108, 6_800, Way::Again),
    ("political_lecture", 8_000, 88, 0, Way::Tally(120)),
    ("skills_training", 3_000, 70, 0, Way::Again),
    ("collective_contract_cover", 100_000, 97, 0, Way::Tally(900)),
];

/// Writes what was done in each year of the demo, up to the day of loading.
pub async fn load(context: &Context, known: &[Known], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let today = context.today();
    let mut facts = Vec::new();
    for year in super::years(today) {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
        let last = NaiveDate::from_ymd_opt(year, 12, 31).map_or(today, |last| last.min(today));
        let passed = (last - first).num_days() + 1;
        for (kind, target, pace, amount_fen, way) in SERVICES {
            let wanted = target * passed * pace / 36_500;
            serve(context, known, (kind, wanted, *amount_fen, *way), (first, passed), &mut facts, random);
        }
    }
    facts.sort_by_key(|fact| fact.day);
    for chunk in facts.chunks(CHUNK) {
        context.unit(|unit| async move { ledger::post(&unit, context, chunk).await.map(drop) }).await?;
    }
    Ok(())
}

fn serve(
    context: &Context,
    known: &[Known],
    (kind, wanted, amount_fen, way): (&'static str, i64, i64, Way),
    (first, passed): (NaiveDate, i64),
    facts: &mut Vec<NewFact>,
    random: &mut ChaCha20Rng,
) {
    let once = usize::try_from(wanted).unwrap_or(0).min(known.len());
    let mut turns = index::sample(random, known.len(), once).into_iter();
    let mut left = wanted;
    while left > 0 {
        let place = match way {
            Way::Once => turns.next(),
            Way::Again | Way::Tally(_) => Some(random.random_range(0..known.len().max(1))),
        };
        let Some(who) = place.and_then(|place| known.get(place)) else { break };
        let quantity = match way {
            Way::Tally(most) => random.random_range(most / 3..=most).min(left),
            Way::Again | Way::Once => 1,
        };
        left -= quantity;
        let named = !matches!(way, Way::Tally(_));
        facts.push(NewFact {
            kind,
            organisation: if named { who.organisation } else { who.county },
            person: named.then_some(who.id),
            group: Some(who.group.to_owned()),
            quantity,
            amount_fen: amount_fen * quantity,
            day: first
                .checked_add_days(Days::new(random.random_range(0..passed.unsigned_abs().max(1))))
                .unwrap_or(first),
            source: Source { kind: "ledger/note", id: context.id() },
            reverses: None,
        });
    }
}
