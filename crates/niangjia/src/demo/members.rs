//! The demo's people, most of them members: written through the same use case that imports a roster.

use chrono::{Datelike, Days, NaiveDate};
use codes::document::DocumentKind;
use database::insert_all;
use kernel::{
    Context, Id, Problem, Unit,
    person::{self, NewPerson},
};
use membership::enrol_many::{CHUNK, Newcomer, Prepared, enrol_many};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

use super::{organisations::Union, people};

/// People in the demo; more would only make the loading longer.
const PEOPLE: u32 = 24_000;
/// Of 100 people, how many are members.
const MEMBERS: u32 = 80;

/// Someone of the demo whom services reach.
pub struct Known {
    /// The key.
    pub id: Id,
    /// The worker group's code.
    pub group: &'static str,
    /// The grassroots union that looks after him.
    pub organisation: Id,
    /// The county federation above it.
    pub county: Id,
    /// Whether he is a member.
    pub is_member: bool,
}

/// Writes the people and enrols most of them.
pub async fn load(
    context: &Context,
    grassroots: &[&Union],
    platforms: &[Id],
    random: &mut ChaCha20Rng,
) -> Result<Vec<Known>, Problem> {
    let (mut known, mut others, mut newcomers) = (Vec::new(), Vec::new(), Vec::new());
    for serial in 0..PEOPLE {
        let Some(union) = grassroots.get(random.random_range(0..grassroots.len().max(1))) else { continue };
        let worker = people::worker(random, &union.division, serial);
        let person = NewPerson {
            name: worker.name,
            document_kind: DocumentKind::CitizenNumber,
            document_number: worker.number,
            phone: Some(worker.phone),
            worker_group: Some(worker.group.to_owned()),
            organisation_id: union.id,
        };
        let checked = person::check(&person, context.today())?;
        let is_member = random.random_range(0..100) < MEMBERS;
        let platform_id = platforms.get(random.random_range(0..platforms.len().max(1))).copied();
        let member_since = since(context.today(), random);
        let newcomer = Newcomer { person, checked, platform_id, employer: None, member_since };
        let prepared = Prepared::new(context, newcomer);
        known.push(Known {
            id: *prepared.person.id.as_ref(),
            group: worker.group,
            organisation: union.id,
            county: union.ancestors.get(1).copied().unwrap_or(union.id),
            is_member,
        });
        let list = if is_member { &mut newcomers } else { &mut others };
        list.push(prepared);
    }
    for others in others.chunks(CHUNK) {
        context.unit(|unit| async move { store(&unit, others).await }).await?;
    }
    for newcomers in newcomers.chunks(CHUNK) {
        context.unit(|unit| async move { enrol_many(&unit, context, (None, None), newcomers).await.map(drop) }).await?;
    }
    Ok(known)
}

/// Two thirds joined in the years before, the others in the course of this one.
fn since(today: NaiveDate, random: &mut ChaCha20Rng) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let days = match random.random_range(0..3) {
        0 => (today - first).num_days(),
        _ => -1_400,
    };
    let offset = Days::new(random.random_range(0..=days.unsigned_abs()));
    let day = if days < 0 { first.checked_sub_days(offset) } else { first.checked_add_days(offset) };
    day.unwrap_or(first)
}

async fn store(unit: &Unit, others: &[Prepared]) -> Result<(), Problem> {
    let (people, papers) = others.iter().map(|one| (one.person.clone(), one.paper.clone())).unzip();
    insert_all::<person::Entity>(unit, people).await?;
    insert_all::<person::paper::Entity>(unit, papers).await?;
    Ok(())
}
