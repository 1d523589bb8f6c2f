//! A union that is moved with all its facts, two people who turn out to be one, and a year with many moves.

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

use super::{
    questions,
    region::{Region, UNIONS},
};
use crate::{
    Outcome,
    table::{Row, Table},
};

/// As many moves as a year has working days.
const MOVES: usize = 250;

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
    many(house, region, table).await
}

/// Moves a union at the bottom to the next county on each of so many days, and asks for the board.
async fn many(house: &House, region: &Region, table: &mut Table) -> Outcome {
    let context = &Context::system(house, "the benchmark");
    let before = questions::quantity(context, region).await?;
    let (first, _) = super::year();
    for (turn, day) in first.iter_days().enumerate().take(MOVES) {
        let at = turn * region.grassroots.len() / MOVES;
        let county = region.counties().nth(at / UNIONS as usize + 1).or(region.counties().next());
        let (Some(union), Some(parent_id)) = (region.grassroots.get(at), county) else {
            return Err("the region has too few unions".into());
        };
        relocate(&Caller::<Reshape>::system(house, "the benchmark"), *union, &MoveUnder { parent_id, day }).await?;
    }
    let begun = Instant::now();
    let after = questions::quantity(context, region).await?;
    let spent = begun.elapsed();
    if after != before {
        return Err(format!("{before} facts are {after} after {MOVES} moves").into());
    }
    table.add(Row::time(
        format!("first figure after {MOVES} unions were moved, each on a day of its own"),
        spent,
        "1 s",
    ));
    let board = questions::board(region);
    let begun = Instant::now();
    ledger::figures_of(context, &board).await?;
    table.add(Row::time("the board after that", begun.elapsed(), "15 ms"));
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
