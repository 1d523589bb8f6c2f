//! What waits for an officer in this programme, for the home page: what he may do himself, in his scope.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use axum::Json;
use calendar::WorkingCalendar;
use chrono::NaiveDate;
use kernel::{
    Actor, Caller, Context, Id, Problem,
    caller::Find,
    deadline::{due_before, moved, nearly_due},
    permission::Permission,
    rulebook,
};
use sea_orm::{Condition, QuerySelect, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer_transfer::mine_to_answer,
    lapse::{self, list::LapseFilter},
    list::{MemberFilter, filtered},
    pausing::{APPLICATION, PRIVACY, TRANSFER, paused_or_not},
    permissions::{AnswerPrivacy, ApproveMembers, KeepMembers, SeeMembers, TransferMembers},
    programme::{ANSWER_DAYS, PRIVACY_DAYS, TRANSFER_DAYS},
    rules::{
        approval::{four_fifths, overdue_until},
        standing::Standing,
        transfer::due,
    },
    tables::{
        member,
        privacy_request::{self, Answered},
        transfer,
    },
};

/// Something that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// The stable code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// How many.
    pub count: u64,
    /// The page.
    pub path: String,
}

/// Counts what waits for the caller; what nothing waits for, or he may not do, is left out.
///
/// # Errors
/// A fault of the database.
pub async fn todo(caller: &Caller<SeeMembers>) -> Result<Vec<Waiting>, Problem> {
    let mut waiting = Vec::new();
    let mut wait = |code: &str, label: &str, count: u64, path: &str| {
        if count > 0 {
            waiting.push(Waiting { code: code.into(), label: label.into(), count, path: path.into() });
        }
    };
    if may::<ApproveMembers>(caller) {
        let found = applications(caller).await?;
        wait("applications", "待审批的入会申请", found.all, "/members?state=applied");
        let oldest = "/members?state=applied&sort=oldest";
        wait("applications_nearly_due", "其中临近答复期限的入会申请", found.nearly_due, oldest);
        wait("late_applications", "其中超过答复期限的入会申请", found.late, oldest);
        wait("paused_applications", "其中暂停办理的入会申请", found.paused, "/members?state=applied&paused=true");
        let find = MemberFilter { phone_lost: Some(true), ..MemberFilter::default() };
        let lost = filtered(Find::ByPlace, caller, &find).await?.count(caller.read()).await?;
        wait("lost_phones", "手机号码换了主人、待登记新号码的会员", lost, "/members?phone_lost=true");
    }
    if may::<TransferMembers>(caller) {
        let mine = async |overdue: bool| {
            transfer::Entity::find().filter(mine_to_answer(caller, overdue)).count(caller.read()).await
        };
        wait("transfers", "待确认的会籍转接", mine(false).await?, "/transfers?overdue=false");
        wait(
            "transfers_nearly_due",
            "其中临近确认期限的会籍转接",
            nearly_due_transfers(caller).await?,
            "/transfers?overdue=false",
        );
        let paused = transfer::Entity::find().filter(mine_to_answer(caller, false));
        let paused = paused.filter(paused_or_not(transfer::Column::Id, TRANSFER, true)).count(caller.read()).await?;
        wait("paused_transfers", "其中暂停办理的会籍转接", paused, "/transfers?overdue=false&paused=true");
        wait("overdue_transfers", "逾期未确认、待上级决定的会籍转接", mine(true).await?, "/transfers?overdue=true");
    }
    if may::<KeepMembers>(caller) {
        let find = lapse::list::found_by(caller, &LapseFilter::default()).await?;
        let [silent, ended] = [
            LapseFilter { talked: Some(false), ..LapseFilter::default() },
            LapseFilter { may_end: true, ..LapseFilter::default() },
        ];
        let silent = lapse::list::open(find, caller, &silent).count(caller.read()).await?;
        let over = lapse::list::over(caller, &ended).await?;
        let over = lapse::list::open(find, caller, &ended).filter(over).count(caller.read()).await?;
        wait("lapses", "久未缴费和参加活动、待谈话的会员", silent, "/lapses?talked=false");
        wait("talked_lapses", "谈话期满、待办结的会员", over, "/lapses?talked=over");
    }
    if may::<AnswerPrivacy>(caller) {
        let found = privacy_requests(caller).await?;
        let path = "/privacy-requests?state=waiting";
        wait("privacy_requests", "待答复的个人信息请求", found.all, path);
        wait("privacy_requests_nearly_due", "其中临近答复期限的个人信息请求", found.nearly_due, path);
        wait("late_privacy_requests", "其中超过答复期限的个人信息请求", found.late, path);
        let paused = "/privacy-requests?state=waiting&paused=true";
        wait("paused_privacy_requests", "其中暂停办理的个人信息请求", found.paused, paused);
    }
    Ok(waiting)
}

/// Whether the caller holds the permission anywhere; commands and tests hold all.
fn may<P: Permission>(caller: &Context) -> bool {
    matches!(caller.actor(), Actor::System { .. }) || caller.permissions().iter().any(|held| held == P::CODE)
}

/// What waits, how much of it stands still, and how much has used up four fifths of its term, or all of it.
#[derive(Default)]
struct Terms {
    all: u64,
    paused: u64,
    nearly_due: u64,
    late: u64,
}

/// The caller's first place, whose terms hold for what he is told of; that of what waits if he sees everything.
fn first_place(caller: &Context, other: Id) -> Id {
    caller.scope().roots().and_then(<[_]>::first).copied().unwrap_or(other)
}

/// Applications that wait.
async fn applications(caller: &Context) -> Result<Terms, Problem> {
    let conn = caller.read();
    let waiting = member::Entity::find()
        .filter(caller.scope().within((member::Entity, member::Column::OrganisationId)))
        .filter(member::Column::State.eq(Standing::Applied));
    let all = waiting.clone().count(conn).await?;
    let those = async |which| waiting.clone().filter(which).count(conn).await;
    let kept = member::Column::Id;
    let mut found = Terms {
        all,
        paused: those(paused_or_not(kept, APPLICATION, true)).await?,
        nearly_due: those(kept.in_subquery(nearly_due(APPLICATION, caller.today()))).await?,
        late: those(kept.in_subquery(due_before(APPLICATION, caller.today()))).await?,
    };
    // Those whose term was never paused: it stands nowhere, and is reckoned backwards from today, as it holds at each union.
    let plain: Vec<(Id, NaiveDate, i64)> = waiting
        .clone()
        .filter(kept.not_in_subquery(moved(APPLICATION)))
        .select_only()
        .columns([member::Column::OrganisationId, member::Column::AppliedOn])
        .column_as(kept.count(), "number")
        .group_by(member::Column::OrganisationId)
        .group_by(member::Column::AppliedOn)
        .into_tuple()
        .all(conn)
        .await?;
    let unions: BTreeSet<Id> = plain.iter().map(|(union, ..)| *union).collect();
    let days = rulebook::numbers(conn, caller, &ANSWER_DAYS, &unions).await?;
    let calendars = rulebook::working_calendars(conn, unions).await?;
    let (nearly_due, late) = reckoned(&plain, (&days, &calendars), caller.today());
    found.nearly_due += nearly_due;
    found.late += late;
    Ok(found)
}

/// So many working days, and the calendar by which they are reckoned.
type Term<'a> = (i64, &'a Arc<WorkingCalendar>);

/// How many applications have used up four fifths of their term, and how many all of it, by the days and the calendar of each
/// union; given by union and day of application.
fn reckoned(
    applications: &[(Id, NaiveDate, i64)],
    (days, calendars): (&HashMap<Id, i64>, &HashMap<Id, Arc<WorkingCalendar>>),
    today: NaiveDate,
) -> (u64, u64) {
    // Most unions share both, and to reckon back takes long.
    let mut known: Vec<(Term<'_>, [Option<NaiveDate>; 2])> = Vec::new();
    let (mut nearly_due, mut late) = (0, 0);
    for (union, applied_on, number) in applications {
        let (Some(days), Some(calendar)) = (days.get(union), calendars.get(union)) else { continue };
        let term = (*days, calendar);
        let lines = known.iter().find(|(other, _)| *other == term).map(|(_, lines)| *lines);
        let [near, over] = lines.unwrap_or_else(|| {
            let lines = [four_fifths(*days), *days].map(|days| overdue_until(calendar, days, today));
            known.push((term, lines));
            lines
        });
        let by = |line: Option<NaiveDate>| line.is_some_and(|line| *applied_on <= line);
        let number = u64::try_from(*number).unwrap_or(0);
        if by(over) {
            late += number;
        } else if by(near) {
            nearly_due += number;
        }
    }
    (nearly_due, late)
}

/// Transfers that wait for the caller's answer and have used up four fifths of their term.
async fn nearly_due_transfers(caller: &Context) -> Result<u64, Problem> {
    let (conn, mine) = (caller.read(), transfer::Entity::find().filter(mine_to_answer(caller, false)));
    let Some(one) = mine.clone().one(conn).await? else { return Ok(0) };
    let place = first_place(caller, one.from_organisation_id);
    let days = rulebook::number(conn, caller, &TRANSFER_DAYS, place, caller.today()).await?;
    let Some(near) = due(caller.today(), days - four_fifths(days)).pred_opt() else { return Ok(0) };
    let runs = mine.filter(paused_or_not(transfer::Column::Id, TRANSFER, false));
    Ok(runs.filter(transfer::Column::DueOn.lte(near)).count(conn).await?)
}

/// Requests about personal data that wait.
async fn privacy_requests(caller: &Context) -> Result<Terms, Problem> {
    use privacy_request::{Column, Entity};
    let conn = caller.read();
    let waiting = Entity::find()
        .filter(caller.scope().within((Entity, Column::OrganisationId)))
        .filter(Column::State.eq(Answered::Waiting));
    let all = waiting.clone().count(conn).await?;
    let Some(one) = waiting.clone().one(conn).await?.filter(|_| all > 0) else { return Ok(Terms::default()) };
    let place = first_place(caller, one.organisation_id);
    let today = caller.today();
    let paused = waiting.clone().filter(paused_or_not(Column::Id, PRIVACY, true)).count(conn).await?;
    let waiting = waiting.filter(paused_or_not(Column::Id, PRIVACY, false));
    let late = waiting.clone().filter(Column::DueOn.lt(today)).count(conn).await?;
    let days = rulebook::number(conn, caller, &PRIVACY_DAYS, place, today).await?;
    let calendar = rulebook::working_calendar(conn, place).await?;
    let left = u32::try_from(days - four_fifths(days)).unwrap_or(0);
    let near = today.pred_opt().and_then(|day| calendar.add_working_days(day, left).ok());
    // A day in a year not loaded is later than every term that could be reckoned.
    let by = near.map(|near| Column::DueOn.lte(near));
    let nearly_due =
        waiting.filter(Column::DueOn.gte(today)).filter(Condition::all().add_option(by)).count(conn).await?;
    Ok(Terms { all, paused, nearly_due, late })
}

/// 会员待办
#[utoipa::path(
    get, path = "/enrolment/todo", tag = "membership", operation_id = "enrolment_todo",
    extensions(("x-permission" = json!("membership.view"))),
    responses((status = 200, body = [Waiting])),
)]
pub async fn get_todo(caller: Caller<SeeMembers>) -> Result<Json<Vec<Waiting>>, Problem> {
    todo(&caller).await.map(Json)
}
