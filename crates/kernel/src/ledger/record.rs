use axum::{Json, http::StatusCode};
use chrono::{Months, NaiveDate};
use codes::document::DocumentKind;
use database::{Id, Unit};
use sea_orm::{EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{FactKind, Measure, NewFact, hand_entry, kind, note, permissions::Record, post};
use crate::{Caller, Context, Problem, audit, organisation, person, problem::Wrong};

crate::refusals! {
    /// Why a service is not recorded by hand.
    pub enum RecordRefusal {
        /// A programme records it at its source.
        NotByHand = 409 "not_by_hand" "这类事项由业务系统自动记入台账，不能手工登记；请到对应的业务页面办理。",
    }
}

/// A person, by his papers, as an officer types them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ServedPerson {
    /// The name.
    pub name: String,
    /// The kind of paper.
    #[schema(value_type = String)]
    pub document_kind: DocumentKind,
    /// The paper's number.
    pub document_number: String,
    /// The mobile number.
    pub phone: Option<String>,
}

/// A service as an officer records it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RecordFact {
    /// The kind's code; one that is recorded by hand.
    pub kind: String,
    /// Who did it.
    pub organisation_id: Id,
    /// For whom, where he is known.
    pub person_id: Option<Id>,
    /// For whom, by his papers: he is found by them, or written down.
    pub person: Option<ServedPerson>,
    /// The worker group's code; the person's own if absent.
    pub group: Option<String>,
    /// How many.
    pub quantity: i64,
    /// How much money, in fen.
    #[serde(default)]
    pub amount_fen: i64,
    /// The day it happened.
    pub day: NaiveDate,
    /// What else is to be remembered, up to 200 characters; no personal data.
    #[serde(default)]
    pub note: String,
}

/// The fact that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recorded {
    /// Its key.
    pub id: Id,
}

/// The most of anything in one record.
const MOST: i64 = 1_000_000;
/// The most money in one record, in fen: ten thousand million yuan.
const MOST_FEN: i64 = 1_000_000_000_000;
/// A number decides who somebody is, and a wrong one would put the service on a stranger's record.
const NAME_DIFFERS: &str = "该证件号码已登记在另一个姓名下，请核对姓名和证件号码。";
/// How far back a record may reach.
const OLDEST: Months = Months::new(60);

/// Records a service by hand.
///
/// # Errors
/// [`RecordRefusal`]; 404 for an organisation or a person out of scope; 422 that names each field.
pub async fn record(caller: &Caller<Record>, input: &RecordFact) -> Result<Recorded, Problem> {
    let kind = kind::find(caller.house(), &input.kind)
        .ok_or_else(|| Problem::field("kind", "unknown_kind", "请从列表中选择事项。"))?;
    if !kind.by_hand {
        return Err(RecordRefusal::NotByHand.into());
    }
    check(kind, input, caller.today())?;
    let context: &Context = caller;
    let (kind, input) = (&kind, input);
    caller.unit(|unit| async move { work(&unit, context, kind, input).await }).await
}

/// Refuses what is wrong with what was typed; pure.
fn check(kind: &FactKind, input: &RecordFact, today: NaiveDate) -> Result<(), Problem> {
    let mut wrong = Wrong::default();
    let money = kind.measures.contains(&Measure::Yuan);
    let named = input.person_id.is_some() || input.person.is_some();
    if !(i64::from(!money)..=MOST).contains(&input.quantity) {
        wrong.tell("quantity", "quantity", "数量请填写 1 至 1000000 的整数。");
    }
    if !(i64::from(money)..=MOST_FEN).contains(&input.amount_fen) {
        wrong.tell("amount_fen", "amount", "金额请填写大于零且不超过一百亿元的数。");
    }
    if input.day > today || today.checked_sub_months(OLDEST).is_some_and(|oldest| input.day < oldest) {
        wrong.tell("day", "day", "日期不能晚于今天，也不能早于五年前。");
    }
    if input.note.chars().count() > note::LONGEST {
        wrong.tell("note", "too_long", "备注请控制在 200 字以内。");
    }
    if input.person_id.is_some() && input.person.is_some() {
        wrong.tell("person", "twice", "请选择已有人员，或填写证件信息，不要两样都填。");
    }
    if kind.measures == [Measure::People] {
        if !named {
            wrong.tell("person", "person_missing", "这类事项按人计数，请填写服务对象。");
        } else if input.quantity != 1 {
            wrong.tell("quantity", "one_each", "按人计数的事项每人登记一条，数量填 1。");
        }
    }
    wrong.refuse()
}

async fn work(unit: &Unit, context: &Context, kind: &FactKind, input: &RecordFact) -> Result<Recorded, Problem> {
    organisation::get(unit, context.scope(), input.organisation_id).await?;
    hand_entry::allowed(unit, context, input.organisation_id, input.day).await?;
    if let Some(group) = &input.group {
        organisation::worker_group::check(unit, group).await?;
    }
    let served = served(unit, context, input).await?;
    let source = note::write(unit, context, note::SOURCE, input.note.trim()).await?;
    let fact = NewFact {
        kind: kind.code,
        organisation: input.organisation_id,
        person: served.as_ref().map(|person| person.id),
        group: input.group.clone().or_else(|| served.and_then(|person| person.worker_group)),
        quantity: input.quantity,
        amount_fen: input.amount_fen,
        day: input.day,
        source,
        reverses: None,
    };
    let ids = post(unit, context, &[fact]).await?;
    let id = ids.first().copied().ok_or_else(Problem::not_found)?;
    let act = ("ledger.record", "ledger/fact", id);
    let detail =
        json!({ "kind": kind.code, "day": input.day, "quantity": input.quantity, "amount_fen": input.amount_fen });
    audit::record(unit, context, act, input.organisation_id, detail).await?;
    Ok(Recorded { id })
}

/// The person that was named, found by key in scope or by papers wherever he is.
async fn served(unit: &Unit, context: &Context, input: &RecordFact) -> Result<Option<person::Model>, Problem> {
    if let Some(id) = input.person_id {
        let within = context.scope().within((person::Entity, person::Column::OrganisationId));
        let found = person::Entity::find_by_id(id).filter(within).one(unit).await?;
        return found.map(Some).ok_or_else(Problem::not_found);
    }
    let Some(typed) = &input.person else { return Ok(None) };
    let new = person::NewPerson {
        name: typed.name.clone(),
        document_kind: typed.document_kind,
        document_number: typed.document_number.clone(),
        phone: typed.phone.clone(),
        worker_group: input.group.clone(),
        organisation_id: input.organisation_id,
    };
    let registered = person::register(unit, context, &new).await.map_err(|problem| problem.of_part("person"))?;
    let known = person::Entity::find_by_id(registered.id).one(unit).await?;
    if known.as_ref().is_some_and(|known| known.name_key != codes::name::match_key(&typed.name)) {
        return Err(Problem::field("person.name", "name_differs", NAME_DIFFERS));
    }
    Ok(known)
}

#[utoipa::path(post, path = "/facts", tag = "ledger", operation_id = "record_fact",
    extensions(("x-permission" = json!("ledger.record"))), request_body = RecordFact,
    responses((status = 201, body = Recorded), RecordRefusal))]
pub(super) async fn record_fact(
    caller: Caller<Record>,
    Json(input): Json<RecordFact>,
) -> Result<(StatusCode, Json<Recorded>), Problem> {
    Ok((StatusCode::CREATED, Json(record(&caller, &input).await?)))
}
