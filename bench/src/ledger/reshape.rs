//! A union that is moved with all its facts, and two people who turn out to be one.

use std::time::Instant;

use chrono::NaiveDate;
use kernel::{
    Caller, Context, House, Id,
    ledger::{self, FigureQuery, Tree},
    organisation::{
        permissions::Reshape,
        relocate::{MoveUnder, relocate},
    },
};

use super::{questions, region::Region};
use crate::{
    Outcome,
    table::{Row, Table},
};

/// Moves a prefecture under another one, and merges two people who both have facts.
pub async fn run(house: &House, region: &Region, [gone, stays]: [Id; 2], table: &mut Table) -> Outcome {
    let context = &Context::system(house, "the benchmark");
    let [to, moved, ..] = region.prefectures.as_slice() else { return Err("the region has no prefectures".into()) };
    let (before, carried) = (today(context, *to).await?, today(context, *moved).await?);
    let input = MoveUnder { parent_id: *to, day: NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default() };
    let begun = Instant::now();
    relocate(&Caller::<Reshape>::system(house, "the benchmark"), *moved, &input).await?;
    let after = today(context, *to).await?;
    let spent = begun.elapsed();
    if after != before + carried {
        return Err(format!("{before} and {carried} facts make {after} after the move").into());
    }
    table.add(Row::time(format!("a union moved with {carried} facts below it, and its new figure"), spent, "1 s"));

    let before = people(context, region).await?;
    let begun = Instant::now();
    context.unit(|unit| async move { ledger::merge_people(&unit, context, gone, stays).await }).await?;
    let after = people(context, region).await?;
    let spent = begun.elapsed();
    if after + 1 != before {
        return Err(format!("{before} people are {after} after two became one").into());
    }
    table.add(Row::time("two people merged, and the new figure of everything", spent, "1 s"));
    Ok(())
}

async fn today(context: &Context, organisation: Id) -> Outcome<i64> {
    let query = FigureQuery { tree: Tree::Today, ..questions::whole_of(organisation) };
    let answer = ledger::figures(context, &query).await?;
    Ok(answer.items.first().map_or(0, |figure| figure.person_times))
}

async fn people(context: &Context, region: &Region) -> Outcome<u64> {
    let answer = ledger::figures(context, &questions::whole(region)).await?;
    Ok(answer.items.first().map_or(0, |figure| figure.people))
}
