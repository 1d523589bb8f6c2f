//! An application at the desk, written down by an officer.

use axum::Json;
use codes::document::DocumentKind;
use database::{Connection, Id};
use kernel::{
    Caller, Context, Problem, audit, organisation,
    person::{self, NewPerson},
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ask_transfer::waits_in_words,
    enter::{Applicant, Came, EnterRefusal, Entered, LeftOut, enter},
    event::{join::settle_at_desk, view::in_scope},
    permissions::TakeApplications,
    rules::standing::Standing,
    tables::{event, event_union},
};

kernel::refusals! {
    /// Why no application is taken.
    pub enum ApplyRefusal {
        /// Not a kind of paper.
        DocumentKindUnknown = 422 "unknown_document_kind" "请从列表中选择证件类型。",
        /// Not on the list.
        PlatformUnknown = 422 "unknown_platform" "请从列表中选择平台企业。",
        /// The union no longer exists.
        UnionClosed = 422 "union_closed" "该工会已撤销或合并，请选择接续的工会。",
        /// It takes no part in the event.
        NotInEvent = 422 "union_not_in_event" "该工会没有参加本次活动，请选择参加活动的工会。",
    }
}

/// An application.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NewApplication {
    /// The name.
    pub name: String,
    /// The kind of paper: `citizen_number`, `passport`, …
    pub document_kind: String,
    /// The paper's number.
    pub document_number: String,
    /// The mobile number.
    pub phone: Option<String>,
    /// The worker group's code.
    pub group: String,
    /// The union.
    pub organisation_id: Id,
    /// The employer.
    pub employer: Option<String>,
    /// The platform company.
    pub platform_id: Option<Id>,
    /// The enrolment event at whose desk it is taken, for who has no phone to join with.
    pub event_id: Option<Id>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationOutcome {
    /// It was written down.
    Applied,
    /// The person has an application or a membership with this union.
    Already,
    /// The person is a member elsewhere; that union is asked to let him go.
    TransferAsked,
}

impl ApplicationOutcome {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Applied => "已提交申请",
            Self::Already => "已是会员或已申请",
            Self::TransferAsked => "已提出转接",
        }
    }
}

/// What became of an application.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ApplicationAnswer {
    /// The membership.
    pub id: Id,
    /// Where it stands.
    pub state: Standing,
    /// What became of the application.
    pub outcome: ApplicationOutcome,
    /// In words.
    pub message: String,
    /// What of the form was left out, and where it is changed.
    #[serde(default)]
    pub warning: Option<String>,
}

/// What is said of a phone that is not written down.
const PHONE_LEFT_OUT: &str = "本次填写的手机号码没有写入此人的档案，档案里的号码不变。本人换了号码的，请由管理其档案的工会有“维护职工档案”权限的人员更正。";

/// What is said of one that another record has. It may be his by now, which he alone can prove.
const PHONE_TAKEN: &str = "这个手机号码已登记在另一份档案上，没有写入此人的档案。请核对号码；号码换过主人、现在归此人的，请他用它登录“我的娘家”，选“不是我，号码换过主人”，再到此人的页面登记手机；两份档案是同一个人的，请合并重复档案。";

/// The kind of paper that a code stands for.
///
/// # Errors
/// It stands for none.
pub fn document_kind(code: &str) -> Result<DocumentKind, Problem> {
    DocumentKind::from_code(code).ok_or_else(|| ApplyRefusal::DocumentKindUnknown.into())
}

/// Checks that a platform company is on the list.
///
/// # Errors
/// It is not, or a fault of the database.
pub async fn check_platform(conn: &Connection, platform: Option<Id>) -> Result<(), Problem> {
    let Some(id) = platform else { return Ok(()) };
    match organisation::platform::Entity::find_by_id(id).one(conn).await? {
        Some(_) => Ok(()),
        None => Err(ApplyRefusal::PlatformUnknown.into()),
    }
}

/// Takes an application.
///
/// # Errors
/// 404 if the union or the event is absent or foreign, [`ApplyRefusal`], [`EnterRefusal`].
pub async fn apply(caller: &Caller<TakeApplications>, input: &NewApplication) -> Result<ApplicationAnswer, Problem> {
    let answer = caller
        .unit(|unit| async move {
            let union = organisation::get(&unit, caller.scope(), input.organisation_id).await?;
            if union.is_closed(caller.today()) {
                return Err(ApplyRefusal::UnionClosed.into());
            }
            organisation::worker_group::check(&unit, &input.group).await?;
            check_platform(&unit, input.platform_id).await?;
            let event = match input.event_id {
                Some(id) => Some(event_of(&unit, caller, id, union.id).await?),
                None => None,
            };
            let applicant = applicant(caller, input, union.id)?;
            let mut came = enter(&unit, caller, &applicant).await?;
            if let Some(event) = &event {
                came.entered = settle_at_desk(&unit, caller, event, came.entered).await?;
            }
            let answer = answer(&unit, caller, came, &union.name).await?;
            let detail = serde_json::json!({ "outcome": answer.outcome });
            audit::record(&unit, caller, ("members.apply", "membership/member", answer.id), union.id, detail).await?;
            Ok(answer)
        })
        .await?;
    if let Some(event) = input.event_id {
        caller.house().live().changed(format!("event/{event}"));
    }
    Ok(answer)
}

fn applicant(context: &Context, input: &NewApplication, union: Id) -> Result<Applicant, Problem> {
    let new = NewPerson {
        name: input.name.clone(),
        document_kind: document_kind(&input.document_kind)?,
        document_number: input.document_number.clone(),
        phone: input.phone.clone(),
        worker_group: Some(input.group.clone()),
        organisation_id: union,
    };
    Ok(Applicant {
        checked: person::check(&new, context.today())?,
        person: new,
        platform_id: input.platform_id,
        employer: input.employer.clone(),
        event_id: input.event_id,
        phone_is_proved: false,
    })
}

/// The event at whose desk somebody applies to one of its unions.
async fn event_of(conn: &Connection, context: &Context, id: Id, union: Id) -> Result<event::Model, Problem> {
    let event = in_scope(conn, context, id).await?;
    match event_union::Entity::find_by_id((id, union)).one(conn).await? {
        Some(_) => Ok(event),
        None => Err(ApplyRefusal::NotInEvent.into()),
    }
}

async fn answer(
    conn: &Connection,
    context: &Context,
    Came { entered, left_out }: Came,
    union: &str,
) -> Result<ApplicationAnswer, Problem> {
    let (member, outcome, message) = match entered {
        Entered::Unknown(member) | Entered::Applied(member) => {
            let message = if member.state.is_member() {
                format!("已按活动的规则批准加入“{union}”，会员证已生成。")
            } else {
                format!("已登记向“{union}”提出的入会申请，请审批。")
            };
            (member, ApplicationOutcome::Applied, message)
        }
        Entered::Already(member) => {
            let message = format!("此人在“{union}”的会籍状态是“{}”，不用再次申请。", member.state.label());
            (member, ApplicationOutcome::Already, message)
        }
        Entered::TransferAsked(member, waiting) => {
            let waits = waits_in_words(conn, context, &waiting).await?;
            (member, ApplicationOutcome::TransferAsked, format!("此人已是其他工会的会员，一人只有一个会籍。{waits}"))
        }
    };
    let warning = left_out.map(|why| match why {
        LeftOut::Kept => PHONE_LEFT_OUT.to_owned(),
        LeftOut::Taken => PHONE_TAKEN.to_owned(),
    });
    Ok(ApplicationAnswer { id: member.id, state: member.state, outcome, message, warning })
}

/// 登记入会申请
#[utoipa::path(
    post, path = "/members", tag = "membership", operation_id = "apply",
    extensions(("x-permission" = json!("membership.apply"))),
    request_body = NewApplication,
    responses((status = 200, body = ApplicationAnswer), ApplyRefusal, EnterRefusal),
)]
pub async fn post_member(
    caller: Caller<TakeApplications>,
    Json(input): Json<NewApplication>,
) -> Result<Json<ApplicationAnswer>, Problem> {
    apply(&caller, &input).await.map(Json)
}
