//! The demo's unions: federations and township unions of every division, grassroots unions below them.

use chrono::NaiveDate;
use kernel::{
    Context, Id, Problem, Unit,
    organisation::{self, Kind, Level, closure, place},
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::region::{self, Division};

/// How many grassroots unions a township has at most.
const MOST_GRASSROOTS: u32 = 4;
const TRADES: &[&str] = &["物流园区", "外卖配送", "快递网点", "网约车", "商贸", "家政服务", "物业服务", "建筑劳务"];

/// A union of the demo.
#[derive(Clone)]
pub struct Union {
    /// The key.
    pub id: Id,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// The county or upper division it works in, 6 digits.
    pub division: String,
    /// The keys of its ancestors, the nearest first.
    pub ancestors: Vec<Id>,
}

/// All unions of the demo, upper ones first.
pub fn unions(context: &Context, random: &mut ChaCha20Rng) -> Vec<Union> {
    let mut all: Vec<Union> = Vec::new();
    for division in region::divisions() {
        let above = all.iter().find(|union| union.code == division.parent);
        let ancestors = above.map(lineage).unwrap_or_default();
        all.push(federation(context, &division, ancestors));
    }
    let mut grassroots = Vec::new();
    for township in all.iter().filter(|union| union.level == Level::Township) {
        for number in 1..=random.random_range(1..=MOST_GRASSROOTS) {
            grassroots.push(below(context, township, number, random));
        }
    }
    all.extend(grassroots);
    all
}

fn lineage(union: &Union) -> Vec<Id> {
    std::iter::once(union.id).chain(union.ancestors.iter().copied()).collect()
}

fn federation(context: &Context, division: &Division, ancestors: Vec<Id>) -> Union {
    let kind = if division.level == Level::Township { Kind::TownshipUnion } else { Kind::Federation };
    Union {
        id: context.id(),
        code: division.code.to_owned(),
        name: region::union_name(division),
        level: division.level,
        kind,
        division: division.code.chars().take(6).collect(),
        ancestors,
    }
}

fn below(context: &Context, township: &Union, number: u32, random: &mut ChaCha20Rng) -> Union {
    let trade = TRADES.get(random.random_range(0..TRADES.len())).copied().unwrap_or_default();
    let place = township.name.trim_end_matches("工会委员会");
    Union {
        id: context.id(),
        code: format!("{}{number:03}", township.code),
        name: format!("{place}{trade}第{number}联合工会"),
        level: Level::Grassroots,
        kind: Kind::JointUnion,
        division: township.division.clone(),
        ancestors: lineage(township),
    }
}

/// Writes the unions with their places since `founded`.
pub async fn store(unit: &Unit, context: &Context, unions: &[Union], founded: NaiveDate) -> Result<(), Problem> {
    let rows: Vec<_> = unions.iter().map(|union| row(union, founded)).collect();
    for chunk in rows.chunks(1000) {
        organisation::Entity::insert_many(chunk.to_vec()).exec_without_returning(unit).await?;
    }
    let places: Vec<_> = unions.iter().map(|union| edge(context, union, founded)).collect();
    for chunk in places.chunks(2000) {
        place::Entity::insert_many(chunk.to_vec()).exec_without_returning(unit).await?;
    }
    let pairs: Vec<_> = unions.iter().flat_map(pairs).collect();
    for chunk in pairs.chunks(5000) {
        closure::Entity::insert_many(chunk.to_vec()).exec_without_returning(unit).await?;
    }
    Ok(())
}

fn row(union: &Union, founded: NaiveDate) -> organisation::ActiveModel {
    organisation::ActiveModel {
        id: Set(union.id),
        code: Set(union.code.clone()),
        name: Set(union.name.clone()),
        level: Set(union.level),
        kind: Set(union.kind),
        division: Set(Some(union.division.clone())),
        credit_code: Set(None),
        employer_id: Set(None),
        industry: Set(None),
        chair: Set(None),
        contact: Set(Some("12351".to_owned())),
        founded_on: Set(Some(founded)),
        term_ends_on: Set(None),
        closed_on: Set(None),
        workers: Set(None),
        women: Set(None),
        version: Set(1),
    }
}

fn edge(context: &Context, union: &Union, founded: NaiveDate) -> place::ActiveModel {
    place::ActiveModel {
        id: Set(context.id()),
        organisation_id: Set(union.id),
        parent_id: Set(union.ancestors.first().copied()),
        from_day: Set(founded),
        until_day: Set(None),
    }
}

fn pairs(union: &Union) -> impl Iterator<Item = closure::ActiveModel> {
    std::iter::once(union.id).chain(union.ancestors.iter().copied()).zip(0..).map(|(ancestor, depth)| {
        closure::ActiveModel { ancestor: Set(ancestor), descendant: Set(union.id), depth: Set(depth) }
    })
}
