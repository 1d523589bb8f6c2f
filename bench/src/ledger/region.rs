//! A region of 21,000 unions and a year of facts about its people.

use std::{collections::HashMap, io::Write};

use chrono::{Days, NaiveDate};
use kernel::{
    Context, Id, Problem,
    ledger::{FactKind, Measure, NewFact, Source},
    organisation::{self, Kind, Level, closure, graft, place},
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use sea_orm::{ActiveValue::Set, EntityTrait};

/// Forty kinds of fact.
pub const KINDS: &[FactKind] = &kinds([
    "k00", "k01", "k02", "k03", "k04", "k05", "k06", "k07", "k08", "k09", "k10", "k11", "k12", "k13", "k14", "k15",
    "k16", "k17", "k18", "k19", "k20", "k21", "k22", "k23", "k24", "k25", "k26", "k27", "k28", "k29", "k30", "k31",
    "k32", "k33", "k34", "k35", "k36", "k37", "k38", "k39",
]);
/// Prefectures of the region.
pub const PREFECTURES: u32 = 14;
const COUNTIES: u32 = 10;
/// Unions at the bottom of each county.
pub const UNIONS: u32 = 149;
/// One person for ten facts of ten million.
const PEOPLE: i64 = 1_000_000;
/// The groups of workers.
pub const GROUPS: &[&str] = &["truck_driver", "ride_hailing_driver", "courier", "delivery_rider"];

const fn kinds<const N: usize>(codes: [&'static str; N]) -> [FactKind; N] {
    let measures = &[Measure::PersonTimes, Measure::People, Measure::Yuan];
    let mut kinds = [FactKind { code: "", label: "服务", unit: "人次", measures, by_hand: false }; N];
    let mut at = 0;
    while at < N {
        kinds[at].code = codes[at];
        at += 1;
    }
    kinds
}

/// The unions by level.
pub struct Region {
    /// The region itself.
    pub root: Id,
    /// Every union with others below it, the root first.
    pub upper: Vec<Id>,
    /// The prefectures.
    pub prefectures: Vec<Id>,
    /// The unions at the bottom, which record.
    pub grassroots: Vec<Id>,
    /// For the peers: the number of each union in an order in which those below it follow it, and the last of those.
    numbers: HashMap<Id, (usize, usize)>,
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
            workers: Set(None),
            women: Set(None),
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

impl Rows {
    /// The unions stand in such an order already; the last one below another is the last that names it as an ancestor.
    fn numbers(&self) -> HashMap<Id, (usize, usize)> {
        let ids = self.unions.iter().map(|union| *union.id.as_ref()).enumerate();
        let mut numbers: HashMap<Id, (usize, usize)> = ids.map(|(at, id)| (id, (at, at))).collect();
        for pair in &self.pairs {
            let below = numbers.get(pair.descendant.as_ref()).map_or(0, |(at, _)| *at);
            if let Some((_, last)) = numbers.get_mut(pair.ancestor.as_ref()) {
                *last = below.max(*last);
            }
        }
        numbers
    }
}

/// Founds the unions.
pub async fn found(context: &Context) -> Result<Region, Problem> {
    let mut rows = Rows { unions: Vec::new(), places: Vec::new(), pairs: Vec::new() };
    let root = rows.add(context, Level::Province, &[]);
    let (mut upper, mut prefectures, mut grassroots) = (vec![root], Vec::new(), Vec::new());
    for _ in 0..PREFECTURES {
        let prefecture = rows.add(context, Level::Prefecture, &[root]);
        upper.push(prefecture);
        prefectures.push(prefecture);
        for _ in 0..COUNTIES {
            let county = rows.add(context, Level::County, &[prefecture, root]);
            upper.push(county);
            let below = &[county, prefecture, root];
            grassroots.extend((0..UNIONS).map(|_| rows.add(context, Level::Grassroots, below)));
        }
    }
    let numbers = rows.numbers();
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
    Ok(Region { root, upper, prefectures, grassroots, numbers })
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

    /// The counties.
    pub fn counties(&self) -> impl Iterator<Item = Id> {
        self.upper.iter().copied().filter(|union| *union != self.root && !self.prefectures.contains(union))
    }

    /// The union's number, and that of the last one below it.
    pub fn numbers(&self, union: Id) -> (usize, usize) {
        self.numbers.get(&union).copied().unwrap_or_default()
    }

    /// Writes facts down for the peers: everything as a number.
    pub fn write(&self, facts: &[NewFact], to: &mut impl Write) -> std::io::Result<()> {
        for fact in facts {
            let kind = KINDS.iter().position(|kind| kind.code == fact.kind).unwrap_or(KINDS.len());
            let group = GROUPS.iter().position(|group| Some(*group) == fact.group.as_deref()).unwrap_or(GROUPS.len());
            let (union, _) = self.numbers(fact.organisation);
            let person = fact.person.map_or(0, |person| person.0);
            writeln!(to, "{kind},{union},{},{group},{person},{},{}", fact.day, fact.quantity, fact.amount_fen)?;
        }
        Ok(())
    }
}
