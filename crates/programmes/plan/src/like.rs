//! What stands in a plan as the draft of another year's: its chapters, measures, indicators and lines of the budget, of which
//! the year changes what it wants; without the base values, which were those of a year before.

use std::collections::HashMap;

use database::Id;
use kernel::{Context, Problem, organisation};
use sea_orm::entity::prelude::*;

use crate::{
    draft::{BudgetDraft, IndicatorDraft, MeasureDraft, PlanDraft},
    reach,
    rules::period::in_year,
    tables::{
        budget_line,
        indicator::{Model, codes},
    },
    view::{chapters, measures},
};

/// The titles, names or codes of what has a key.
type Named = HashMap<Id, String>;

/// A draft of this year and title, like a plan that the caller may see.
///
/// # Errors
/// 404.
pub(crate) async fn like(context: &Context, id: Id, (year, title): (i32, String)) -> Result<PlanDraft, Problem> {
    let conn = context.read();
    let plan = reach::seen(conn, context.scope(), id).await?.id;
    let (chapters, measures) = (chapters(conn, plan).await?, measures(conn, plan).await?);
    let indicators = reach::indicators(conn, plan).await?;
    let lines = reach::budget_lines(conn, plan).await?;
    let of_chapter: Named = chapters.iter().filter_map(|one| Some((one.id?, one.title.clone()))).collect();
    let of_measure: Named = measures.iter().filter_map(|one| Some((one.id?, one.title.clone()))).collect();
    let of_indicator: Named = indicators.iter().map(|one| (one.id, one.name.clone())).collect();
    let responsible = codes_of(context, &indicators).await?;
    let name = |names: &Named, id: Option<Id>| id.and_then(|id| names.get(&id).cloned());
    let indicator = |one: &Model| IndicatorDraft {
        chapter: name(&of_chapter, one.chapter_id),
        measure: name(&of_measure, one.measure_id),
        responsible: name(&responsible, one.responsible_id),
        ..drafted(one, year)
    };
    let line = |line: budget_line::Model| BudgetDraft {
        indicator: name(&of_indicator, line.indicator_id),
        name: line.name,
        allotted_fen: line.allotted_fen,
    };
    Ok(PlanDraft {
        year,
        title,
        chapters: chapters.into_iter().map(|one| one.title).collect(),
        measures: measures
            .into_iter()
            .map(|one| MeasureDraft { title: one.title, description: one.description })
            .collect(),
        indicators: indicators.iter().map(indicator).collect(),
        budget: lines.into_iter().map(line).collect(),
    })
}

/// The codes of who is responsible, as far as they are the caller's to name.
async fn codes_of(context: &Context, indicators: &[Model]) -> Result<Named, Problem> {
    let keys = indicators.iter().filter_map(|one| one.responsible_id);
    let found = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(keys))
        .filter(context.scope().within((organisation::Entity, organisation::Column::Id)))
        .all(context.read())
        .await?;
    Ok(found.into_iter().map(|one| (one.id, one.code)).collect())
}

/// An indicator without what it names, due on the same day of a year.
fn drafted(one: &Model, year: i32) -> IndicatorDraft {
    IndicatorDraft {
        chapter: None,
        measure: None,
        responsible: None,
        name: one.name.clone(),
        source: one.source,
        kinds: codes(&one.kinds),
        groups: codes(&one.groups),
        counting: one.counting,
        ranks: codes(&one.ranks),
        unit: one.unit.clone(),
        target: one.target,
        goal: one.goal,
        due_on: one.due_on.map(|due| in_year(due, year)),
        definition: one.definition.clone(),
        base: None,
        base_period: None,
    }
}
