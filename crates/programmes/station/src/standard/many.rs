//! Many inspections at once, each with its fact and stars, for who sets a house up.

use chrono::NaiveDate;
use database::insert_all;
use kernel::{Context, Id, Problem, Unit, ledger, rulebook};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{
    FindingState, InspectionKind, InspectionState,
    finish::{fact, judged},
    items::offered,
    marks::InspectionMark,
    numbers::GRACE_DAYS,
};
use crate::{
    find::turn,
    register::form::text,
    rules::standard::shut_from,
    tables::{finding, inspection, station},
};

/// A station was inspected.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// The station; each once.
    pub station: Id,
    /// How it came.
    pub kind: InspectionKind,
    /// Who looked.
    pub team: String,
    /// The day.
    pub day: NaiveDate,
    /// Items that lost points.
    pub lost: Vec<Lost>,
    /// Whether what was wrong is mended.
    pub mended: bool,
}

/// An item that lost points.
#[derive(Debug, Clone)]
pub struct Lost {
    /// The checklist's code.
    pub code: &'static str,
    /// How many points.
    pub points: i64,
    /// What is to be mended, and by when.
    pub found: Option<(&'static str, NaiveDate)>,
}

/// Writes inspections down.
///
/// # Errors
/// A fault, or 422 for marks that make no sense.
pub async fn inspect_many(unit: &Unit, context: &Context, all: &[Inspected]) -> Result<(), Problem> {
    let (items, mut inspections, mut findings, mut facts) = (offered(unit).await?, Vec::new(), Vec::new(), Vec::new());
    for one in all {
        let Some(row) = station::Entity::find_by_id(one.station).one(unit).await? else { continue };
        let (id, union) = (context.id(), row.organisation_id);
        let mut marks: Vec<InspectionMark> = items.iter().map(InspectionMark::blank).collect();
        for mark in &mut marks {
            let lost = one.lost.iter().find(|lost| lost.code == mark.code);
            mark.score = Some((mark.weight - lost.map_or(0, |lost| lost.points)).max(0));
            if let Some((wrong, by)) = lost.and_then(|lost| lost.found) {
                mark.note = Some(wrong.to_owned());
                findings.push(finding_row(context, (id, one), mark, (wrong, by)));
            }
        }
        let verdict = judged(unit, context, &row, &marks, one.day).await?;
        let grace = rulebook::number(unit, context, &GRACE_DAYS, union, one.day).await?;
        inspections.push(inspection::Model {
            id,
            station_id: one.station,
            kind: one.kind,
            state: InspectionState::Done,
            planned_on: one.day,
            team: one.team.clone(),
            done_on: Some(one.day),
            marks: text(&marks)?,
            points: verdict.points,
            out_of: verdict.out_of,
            star: Some(verdict.star),
            note: None,
            actor: context.actor().word(),
            planned_by: Some(union),
            made_at: context.now().into(),
        });
        facts.push(fact(union, id, one.day));
        let saved = station::ActiveModel {
            star: Set(Some(verdict.star)),
            inspected_on: Set(Some(one.day)),
            shut_from: Set(shut_from(verdict.star, one.day, grace, row.shut_from)),
            ..Default::default()
        };
        station::Entity::update_many().set(saved).filter(station::Column::Id.eq(row.id)).exec(unit).await?;
    }
    insert_all::<inspection::Entity>(unit, inspections).await?;
    insert_all::<finding::Entity>(unit, findings).await?;
    ledger::post(unit, context, &facts).await?;
    let stations: Vec<Id> = all.iter().map(|one| one.station).collect();
    turn::note(unit, &stations).await
}

fn finding_row(
    context: &Context,
    (inspection_id, one): (Id, &Inspected),
    mark: &InspectionMark,
    (wrong, mend_by): (&str, NaiveDate),
) -> finding::Model {
    finding::Model {
        id: context.id(),
        station_id: one.station,
        inspection_id,
        item: mark.code.clone(),
        item_label: mark.label.clone(),
        wrong: wrong.to_owned(),
        mend_by,
        state: if one.mended { FindingState::Mended } else { FindingState::Open },
        mending: one.mended.then(|| "已按要求整改".to_owned()),
        proof: "[]".to_owned(),
        reported_at: one.mended.then(|| calendar::day_start(mend_by).into()),
        answer: None,
        mended_on: one.mended.then_some(mend_by),
    }
}
