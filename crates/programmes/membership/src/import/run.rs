//! Enrolling the good rows, batch by batch.

use std::collections::HashMap;

use database::{Id, Unit};
use kernel::{Context, Problem, outbox::JobKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{
    check::{companies, newcomer},
    keep,
};
use crate::{
    enrol_many::{Newcomer, Outcome, enrol_many},
    rules::roster::check_row,
    tables::{
        import::{self, ImportState},
        import_row::{self, Verdict},
    },
};

/// The work.
pub const JOB: JobKind = keep::job("membership_import_run", |context, payload| Box::pin(work(context, payload)));

/// Rows that go in.
const GOOD: &[Verdict] = &[Verdict::Join, Verdict::Transfer];

async fn work(context: &Context, payload: &str) -> Result<(), Problem> {
    let id = keep::of_job(payload)?;
    let companies = &companies(context).await?;
    let mut after = 0;
    loop {
        let rows = &keep::next(context.read(), id, after, Some(GOOD)).await?;
        let Some(last) = rows.last() else { break };
        after = last.row;
        let stopped = context.unit(|unit| async move {
            let Some(import) = keep::still(&unit, id, ImportState::Running).await? else { return Ok(true) };
            enrol(&unit, context, &import, rows, companies).await?;
            let done = import.done + i64::try_from(rows.len()).unwrap_or(0);
            keep::progress(&unit, context, id, done, ImportState::Running).await?;
            Ok(false)
        });
        let stopped = stopped.await?;
        keep::tell(context, id);
        if stopped {
            return Ok(());
        }
    }
    let ended = context.unit(|unit| async move {
        match keep::still(&unit, id, ImportState::Running).await? {
            Some(import) => keep::progress(&unit, context, id, import.done, ImportState::Done).await,
            None => Ok(()),
        }
    });
    ended.await?;
    keep::tell(context, id);
    Ok(())
}

async fn enrol(
    unit: &Unit,
    context: &Context,
    import: &import::Model,
    rows: &[import_row::Model],
    companies: &HashMap<String, Id>,
) -> Result<(), Problem> {
    let fields = keep::fields(import)?;
    let mut newcomers: Vec<Newcomer> = Vec::with_capacity(rows.len());
    let mut marked = Vec::with_capacity(rows.len());
    let mut places = Vec::new();
    for row in rows {
        let checked = check_row(&keep::open(context, row)?, &fields, context.today()).unwrap_or_default();
        let mut active = row.clone().into_active_model().reset_all();
        match newcomer(import.organisation_id, &checked, companies, context.today()) {
            Ok(newcomer) => {
                newcomers.push(newcomer);
                places.push(marked.len());
            }
            Err(message) => (active.verdict, active.message) = (Set(Some(Verdict::Bad)), Set(message)),
        }
        marked.push(active);
    }
    let outcomes = enrol_many(unit, context, Some(import.id), &newcomers).await?;
    for (place, outcome) in places.into_iter().zip(outcomes) {
        if let Some(row) = marked.get_mut(place) {
            mark(row, &outcome);
        }
    }
    keep::save_rows(unit, marked).await
}

/// What became of a row since it was checked may differ from what was foreseen: somebody else may have enrolled the person.
fn mark(row: &mut import_row::ActiveModel, outcome: &Outcome) {
    let (verdict, message, member, done) = match outcome {
        Outcome::Joined { member, card_number } => {
            (Verdict::Join, format!("已入会，会员证号{card_number}。"), Some(*member), true)
        }
        Outcome::TransferAsked { member, .. } => {
            (Verdict::Transfer, "已向原工会提出转接。".to_owned(), Some(*member), true)
        }
        Outcome::Already { member } => (Verdict::Already, "已是本工会会员。".to_owned(), Some(*member), false),
        Outcome::TransferWaits { member, .. } => (Verdict::Already, "转接正在办理。".to_owned(), Some(*member), false),
        Outcome::Applied { .. } => (Verdict::Bad, "此人的入会申请正在办理，请先办结。".to_owned(), None, false),
        Outcome::NameDiffers => (Verdict::Bad, "该证件号码已登记在另一个姓名下，请核对。".to_owned(), None, false),
        Outcome::Repeated { .. } => (Verdict::Repeated, "与前面的行是同一个人。".to_owned(), None, false),
    };
    row.verdict = Set(Some(verdict));
    row.message = Set(message);
    row.member_id = Set(member);
    row.done = Set(done);
}
