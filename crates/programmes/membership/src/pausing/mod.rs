//! What waits for an answer here may stand still while something is awaited: applications, transfers, requests about
//! personal data. Who may answer may pause, and whoever waits reads why.

pub mod application;
pub mod privacy;
pub mod transfer;

use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use kernel::{
    Answer, Context, Fault, House, Problem,
    deadline::{self, Term, TermReason, TermStanding, standings},
    outbox::{self, JobKind},
    person,
};
use sea_orm::{
    ActiveValue::Set,
    entity::prelude::*,
    sea_query::{ExprTrait, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    rules::{
        standing::Standing,
        transfer::{Progress, due},
    },
    tables::{
        member,
        privacy_request::{self, Answered},
        transfer as transfers,
    },
};

/// The answer to an application.
pub const APPLICATION: &str = "membership.application";
/// The answer to a transfer.
pub const TRANSFER: &str = "membership.transfer";
/// The answer to a request about personal data.
pub const PRIVACY: &str = "membership.privacy";

/// What people call the matter that waits, by the kind of its term. What one asks about his own data the law calls a request
/// (个人信息保护法, articles 45 to 50).
#[must_use]
pub fn called(kind: &str) -> Option<&'static str> {
    match kind {
        APPLICATION => Some("入会申请"),
        TRANSFER => Some("会籍转接"),
        PRIVACY => Some("个人信息请求"),
        _ => None,
    }
}

/// How one record's term stands, if it was ever paused.
///
/// # Errors
/// A fault of the database.
pub async fn term_of(
    conn: &Connection,
    context: &Context,
    kind: &str,
    subject: Id,
) -> Result<Option<TermStanding>, Problem> {
    Ok(standings(conn, context, kind, &[subject]).await?.remove(&subject))
}

/// Whether a term runs, as one does that was never paused.
#[must_use]
pub fn runs(term: Option<&TermStanding>) -> bool {
    !term.is_some_and(TermStanding::is_paused)
}

/// The last day of a transfer's term; absent while it stands still.
///
/// # Errors
/// A fault of the database.
pub async fn running_until(
    conn: &Connection,
    context: &Context,
    waiting: &transfers::Model,
) -> Result<Option<NaiveDate>, Problem> {
    let term = term_of(conn, context, TRANSFER, waiting.id).await?;
    Ok(runs(term.as_ref()).then_some(waiting.due_on))
}

/// The filter for records, by their key, whose term stands still, or does not.
pub fn paused_or_not(key: impl ColumnTrait, kind: &str, still: bool) -> SimpleExpr {
    let those = deadline::paused(kind);
    if still { key.in_subquery(those) } else { key.not_in_subquery(those) }
}

/// Tells the person whose matter it is by a text, since he may have to do something before it goes on.
pub const TELL: JobKind = person::telling("membership_tell_pause", tell);

/// Whose matter it is, and which.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    person: Id,
    kind: String,
    subject: Id,
}

/// Pauses a person's term, or takes it up again, lets the record's own last day follow, and orders the text to him.
async fn change(
    unit: &Unit,
    context: &Context,
    (term, person): (&Term, Id),
    why: Option<&TermReason>,
) -> Result<TermStanding, Problem> {
    let told = Told { person, kind: term.kind.to_owned(), subject: term.subject };
    outbox::enqueue(unit, context, TELL.code, &told, context.now().into()).await?;
    if let Some(why) = why {
        return deadline::pause(unit, context, term, why).await;
    }
    let standing = deadline::resume(unit, context, term.kind, term.subject).await?;
    let paused: i64 = standing.pauses.iter().filter_map(|pause| Some((pause.until? - pause.from).num_days())).sum();
    let plain = due(standing.started_on, standing.n.saturating_add(paused));
    follow(unit, term.kind, term.subject, standing.due_on, plain).await?;
    Ok(standing)
}

/// Writes the last day of a term that runs into its record while that waits. A transfer needs one: `plain` while the days
/// off of its year are not announced.
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
            use transfers::{ActiveModel, Column, Entity};
            let row = ActiveModel { due_on: Set(due_on.unwrap_or(plain)), ..Default::default() };
            let waits = Column::Id.eq(subject).and(Column::State.eq(Progress::Waiting));
            Entity::update_many().set(row).filter(waits).exec(unit).await?;
        }
        PRIVACY => {
            use privacy_request::{ActiveModel, Column, Entity};
            let row = ActiveModel { due_on: Set(due_on), ..Default::default() };
            let waits = Column::Id.eq(subject).and(Column::State.eq(Answered::Waiting));
            Entity::update_many().set(row).filter(waits).exec(unit).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Tells how the term stands when the text goes out; of what was answered by then nothing more is told.
fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Told = serde_json::from_str(payload)
            .map_err(|err| Fault::Stored(format!("who is told that a term was paused: {err}")))?;
        let Some(what) = called(&told.kind) else { return Ok(()) };
        if !waits(context.read(), &told.kind, told.subject).await? {
            return Ok(());
        }
        if let Some(standing) = term_of(context.read(), context, &told.kind, told.subject).await? {
            person::tell(context, told.person, &text(what, &standing)).await?;
        }
        Ok(())
    })
}

/// Whether it still waits for its answer.
async fn waits(conn: &Connection, kind: &str, subject: Id) -> Result<bool, Problem> {
    let number = match kind {
        APPLICATION => {
            let applied = member::Column::State.eq(Standing::Applied);
            member::Entity::find_by_id(subject).filter(applied).count(conn).await?
        }
        TRANSFER => {
            let waits = transfers::Column::State.eq(Progress::Waiting);
            transfers::Entity::find_by_id(subject).filter(waits).count(conn).await?
        }
        _ => {
            let waits = privacy_request::Column::State.eq(Answered::Waiting);
            privacy_request::Entity::find_by_id(subject).filter(waits).count(conn).await?
        }
    };
    Ok(number > 0)
}

fn text(what: &str, standing: &TermStanding) -> String {
    match (standing.pauses.last().filter(|_| standing.is_paused()), standing.due_on) {
        (Some(pause), _) => {
            let reason = pause.reason.trim_end_matches('。');
            format!("【娘家】您的{what}暂停办理：{reason}。办好后请告知工会，工会接着办理。")
        }
        (None, Some(day)) => format!("【娘家】您的{what}已恢复办理，工会在{}前答复。", calendar::day_in_words(day)),
        (None, None) => format!("【娘家】您的{what}已恢复办理，答复期限等国家公布放假安排后确定。"),
    }
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
