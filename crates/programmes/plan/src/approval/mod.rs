//! A quarter's figures go up level by level: who submits them writes nothing by hand into the quarter any more, the union
//! above approves or returns them, and submits its own only when all below it are approved. (The rules are those of
//! DHIS2's data approval.)

pub mod decide;
pub mod list;
pub mod lock;
pub mod submit;

use calendar::{Period, PeriodKind};
use database::Connection;
use kernel::{
    Context, Id, Problem,
    organisation::{self, Level, tree},
};
use sea_orm::entity::prelude::*;

pub use crate::tables::approval::ApprovalState;
use crate::tables::approval::{self, Model};

/// Whether unions of a level take part: the grassroots' records are their county's to check.
#[must_use]
pub fn takes_part(level: Level) -> bool {
    level <= Level::County
}

/// Reads a quarter: `2026Q2`.
fn quarter(text: &str) -> Result<Period, Problem> {
    let period: Option<Period> = text.trim().parse().ok();
    period
        .filter(|period| period.kind() == PeriodKind::Quarter)
        .ok_or_else(|| Problem::field("quarter", "quarter", "请选择季度。"))
}

/// What stands of an organisation's quarter.
async fn of(conn: &Connection, organisation: Id, quarter: &str) -> Result<Option<Model>, Problem> {
    let query = approval::Entity::find()
        .filter(approval::Column::OrganisationId.eq(organisation))
        .filter(approval::Column::Quarter.eq(quarter));
    Ok(query.one(conn).await?)
}

/// Those directly below an organisation that take part.
async fn below(conn: &Connection, context: &Context, organisation: Id) -> Result<Vec<organisation::Model>, Problem> {
    let all = tree::children(conn, context.scope(), organisation).await?;
    Ok(all.into_iter().filter(|child| takes_part(child.level)).collect())
}
