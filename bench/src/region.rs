//! A region of 21,000 unions and a year of facts about its people.

use chrono::{Days, NaiveDate};
use kernel::{
    Context, Id, Problem,
    ledger::{NewFact, Source, services},
    organisation::{self, Kind, Level, closure, graft, place},
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use sea_orm::{ActiveValue::Set, EntityTrait};

/// The kinds of fact.
pub const KINDS: &[kernel::ledger::FactKind] = services::KINDS;
/// Prefectures of the region.
pub const PREFECTURES: u32 = 14;
const COUNTIES: u32 = 10;
const UNIONS: u32 = 149;
/// One person for ten facts of ten million.
const PEOPLE: i64 = 1_000_000;
const GROUPS: &[&str] = &["truck_driver", "ride_hailing_driver", "courier", "delivery_rider"];

/// The unions by level.
pub struct Region {
    /// The region itself.
    pub root: Id,
    /// Every union with others below it, the root first.
    pub upper: Vec<Id>,
    /// The unions at the bottom, which record.
    pub grassroots: Vec<Id>,
}

struct Rows {
    unions: Vec<organisation::ActiveModel>,
    places: Vec<place::ActiveModel>,
    pairs: Vec<closure::ActiveModel>,
}

impl Rows {
    /// Adds a union below others, the nearest first.
    fn add(&mut self, context: &Context, level: Level, above: &[Id]) -> Id {
        let id = context.id();
        self.unions.push(organisation::ActiveModel {
            id: Set(id),
            code: Set(id.to_string()),
            name: Set(format!("第{}工会", self.unions.len() + 1)),
            level: Set(level),
            kind: Set(Kind::Federation),
            division: Set(None),
            credit_code: Set(None),
            employer_id: Set(None),
            industry: Set(None),
            chair: Set(None),
            contact: Set(None),
            founded_on: Set(None),
            term_ends_on: Set(None),
            closed_on: Set(None),
            version: Set(1),
        });
        self.places.push(place::ActiveModel {
            id: Set(context.id()),
            organisation_id: Set(id),
            parent_id: Set(above.first().copied()),
            from_day: Set(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default()),
            until_day: Set(None),
        });
        let lineage = std::iter::once(id).chain(above.iter().copied());
        self.pairs.extend(lineage.zip(0..).map(|(ancestor, depth)| closure::ActiveModel {
            ancestor: Set(ancestor),
            descendant: Set(id),
            depth: Set(depth),
        }));
        id
    }
}

/// Founds the unions.
pub async fn found(context: &Context) -> Result<Region, Problem> {
    let mut rows = Rows { unions: Vec::new(), places: Vec::new(), pairs: Vec::new() };
    let root = rows.add(context, Level::Province, &[]);
    let (mut upper, mut grassroots) = (vec![root], Vec::new());
    for _ in 0..PREFECTURES {
        let prefecture = rows.add(context, Level::Prefecture, &[root]);
        upper.push(prefecture);
        for _ in 0..COUNTIES {
            let county = rows.add(context, Level::County, &[prefecture, root]);
            upper.push(county);
            let below = &[county, prefecture, root];
            grassroots.extend((0..UNIONS).map(|_| rows.add(context, Level::Grassroots, below)));
        }
    }
    let rows = &rows;
    let stored = context.unit(|unit| async move {
        for chunk in rows.unions.chunks(1_000) {
            organisation::Entity::insert_many(chunk.to_vec()).exec_without_returning(&unit).await?;
        }
        for chunk in rows.places.chunks(1_000) {
            place::Entity::insert_many(chunk.to_vec()).exec_without_returning(&unit).await?;
        }
        for chunk in rows.pairs.chunks(5_000) {
            closure::Entity::insert_many(chunk.to_vec()).exec_without_returning(&unit).await?;
        }
        graft::touch(&unit, context, root).await
    });
    stored.await?;
    Ok(Region { root, upper, grassroots })
}

impl Region {
    /// Facts of random kind, place, person and day.
    pub fn facts(&self, context: &Context, count: usize, random: &mut ChaCha20Rng) -> Vec<NewFact> {
        let (first, last) = super::year();
        let days = (last - first).num_days().unsigned_abs();
        let one = |_| {
            let kind = KINDS.get(random.random_range(0..KINDS.len()))?;
            let organisation = *self.grassroots.get(random.random_range(0..self.grassroots.len()))?;
            let group = GROUPS.get(random.random_range(0..GROUPS.len()))?;
            Some(NewFact {
                kind: kind.code,
                organisation,
                person: Some(Id(random.random_range(1..=PEOPLE))),
                group: Some((*group).to_owned()),
                quantity: 1,
                amount_fen: random.random_range(0..10_000),
                day: first.checked_add_days(Days::new(random.random_range(0..=days)))?,
                source: Source { kind: "bench/fact", id: context.id() },
                reverses: None,
            })
        };
        (0..count).filter_map(one).collect()
    }
}
