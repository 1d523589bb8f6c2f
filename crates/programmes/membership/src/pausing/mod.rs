//! What waits for an answer here may stand still while something is awaited: applications, transfers, requests about
//! personal data. Who may answer may pause, and whoever waits reads why.

pub mod application;
pub mod privacy;
pub mod transfer;

use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{
    Context, House, Problem,
    deadline::{self, Term, TermStanding, standings},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    rules::transfer::due,
    tables::{privacy_request, transfer as transfers},
};

/// The answer to an application.
pub const APPLICATION: &str = "membership.application";
/// The answer to a transfer.
pub const TRANSFER: &str = "membership.transfer";
/// The answer to a request about personal data.
pub const PRIVACY: &str = "membership.privacy";

/// How one record's term stands, if it was ever paused.
///
/// # Errors
/// A fault of the database.
pub async fn standing_of(
    conn: &impl ConnectionTrait,
    context: &Context,
    kind: &str,
    subject: Id,
) -> Result<Option<TermStanding>, Problem> {
    Ok(standings(conn, context, kind, &[subject]).await?.remove(&subject))
}

/// Pauses a term, or takes it up again, and lets the record's own last day follow.
async fn change(unit: &Unit, context: &Context, term: &Term, why: Option<&deadline::TermReason>) -> Result<TermStanding, Problem> {
    let standing = match why {
        Some(why) => deadline::pause(unit, context, term, why).await?,
        None => deadline::resume(unit, context, term.kind, term.subject).await?,
    };
    if standing.paused_since.is_none() {
        let paused: i64 = standing.pauses.iter().filter_map(|pause| Some((pause.until? - pause.from).num_days())).sum();
        let plain = due(standing.started_on, standing.n.saturating_add(paused));
        follow(unit, term.kind, term.subject, standing.due_on, plain).await?;
    }
    Ok(standing)
}

/// Writes the last day of a term that runs into its record. A transfer needs one: `plain` while the days off of its year are
/// not announced.
///
/// # Errors
/// A fault of the database.
pub async fn follow(
    unit: &Unit,
    kind: &str,
    subject: Id,
    due_on: Option<NaiveDate>,
    plain: NaiveDate,
) -> Result<(), Problem> {
    match kind {
        TRANSFER => {
            let row = transfers::ActiveModel { due_on: Set(due_on.unwrap_or(plain)), ..Default::default() };
            let update = transfers::Entity::update_many().set(row);
            update.filter(transfers::Column::Id.eq(subject)).exec(unit).await?;
        }
        PRIVACY => {
            let row = privacy_request::ActiveModel { due_on: Set(due_on), ..Default::default() };
            let update = privacy_request::Entity::update_many().set(row);
            update.filter(privacy_request::Column::Id.eq(subject)).exec(unit).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Pausing over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(application::post_pause))
        .routes(routes!(application::post_resume))
        .routes(routes!(transfer::post_pause))
        .routes(routes!(transfer::post_resume))
        .routes(routes!(privacy::post_pause))
        .routes(routes!(privacy::post_resume))
}
