//! Visits and what was said of them, at once, for who sets a house up.

use chrono::{DateTime, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};

use crate::{
    days::many::{Tally, enter_many},
    tables::rating,
};

/// A visit of somebody who showed his code.
#[derive(Debug, Clone)]
pub struct Visited {
    /// The visit.
    pub visit: Tally,
    /// What he said of it, if he did.
    pub said: Option<Said>,
}

/// What somebody said of his visit.
#[derive(Debug, Clone)]
pub struct Said {
    /// 1 to 5.
    pub points: i32,
    /// In words.
    pub words: Option<&'static str>,
    /// When.
    pub at: DateTime<Utc>,
    /// What the master answered, and when.
    pub reply: Option<(&'static str, DateTime<Utc>)>,
}

/// Writes visits with their facts, and what was said of them.
///
/// # Errors
/// A fault.
pub async fn visit_many(unit: &Unit, context: &Context, all: &[Visited]) -> Result<(), Problem> {
    let visits: Vec<Tally> = all.iter().map(|one| one.visit.clone()).collect();
    let entries = enter_many(unit, context, &visits).await?;
    let rating = |(one, entry_id): (&Visited, Id)| {
        let said = one.said.as_ref()?;
        Some(rating::Model {
            entry_id,
            id: context.id(),
            station_id: one.visit.station,
            person_id: one.visit.person?,
            points: said.points,
            said: said.words.map(str::to_owned),
            said_at: said.at.into(),
            reply: said.reply.map(|(words, _)| words.to_owned()),
            replied_at: said.reply.map(|(_, at)| at.into()),
            hidden: None,
        })
    };
    insert_all::<rating::Entity>(unit, all.iter().zip(entries).filter_map(rating).collect()).await?;
    Ok(())
}
