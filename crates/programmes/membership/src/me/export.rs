//! All that is kept about me as a file: my own secrets opened, memberships, history, consents, requests, the record.

use std::collections::HashMap;

use axum::response::IntoResponse;
use codes::document::DocumentKind;
use kernel::{
    Caller, Fault, Problem, audit,
    download::attachment,
    ledger::life_line,
    listing::Paging,
    organisation::{tree, worker_group},
    permission::Oneself,
    person,
};
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use super::{
    dues, parts, privacy,
    requests::{self, PrivacyRequestRow},
};
use crate::tables::{history, member};

/// What it is called in the audit chain.
pub(super) const EXPORTED: &str = "privacy.export";
/// Tables whose rows are told in words; and why a record must not be erased yet, which may be an investigation's matter.
const TOLD: [&str; 6] =
    ["ledger_fact", "membership_member", "membership_privacy_request", "person_consent", "person_hold", "person_paper"];

/// What the file says of itself.
const ABOUT: &str = "工会在本平台保存的您的信息。parts 说明 person 等各部分的名称（heading）和各栏的名称（columns）；others \
                     是各项业务的明细，每项自带名称和各栏的名称。时间为北京时间；amount_fen 为金额，单位为分。";

/// Gathers all that is kept about me.
///
/// # Errors
/// 401 if no worker calls; 429 if he took too many.
pub async fn export(caller: &Caller<Oneself>) -> Result<Value, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    caller.house().limits().copies.by(&caller.actor().word())?;
    let found = person::Entity::find_by_id(me).one(conn).await?.ok_or_else(Problem::not_found)?;
    let mut papers = Vec::new();
    for paper in person::paper::Entity::find().filter(person::paper::Column::PersonId.eq(me)).all(conn).await? {
        let kind = DocumentKind::from_code(&paper.kind).map_or(paper.kind.as_str(), |kind| kind.label());
        papers.push(json!({
            "kind": kind, "number": person::told_number(caller, &paper),
            "valid_from": paper.valid_from, "valid_to": paper.valid_to,
        }));
    }
    let phone = person::told_phone(caller, &found);
    let groups = worker_group::labels(conn).await?;
    let group = found.worker_group.map(|code| in_words(&groups, code));
    let kept = privacy::show(caller).await?;
    let file = json!({
        "about": ABOUT,
        "parts": parts::called(),
        "exported_at": kernel::Moment::from(caller.now()),
        "person": {
            "name": found.name, "papers": papers, "phone": phone, "birth_date": found.birth_date,
            "worker_group": group,
            "organisation": tree::name(conn, found.organisation_id).await?,
        },
        "memberships": memberships(caller, me).await?,
        "dues": dues::paid(conn, me).await?.into_iter().map(|due| json!({
            "month": due.month, "amount_fen": due.amount_fen, "paid_on": due.paid_on,
        })).collect::<Vec<_>>(),
        "consents": kept.consents,
        "looked": kept.looked,
        "requests": requests::mine(caller, me).await?.into_iter().map(request).collect::<Vec<_>>(),
        "records": records(caller, me, &groups).await?,
        "others": person::copy(caller, me, &TOLD).await?,
    });
    caller
        .unit(|unit| async move {
            audit::record(&unit, caller, (EXPORTED, "kernel/person", me), None, Value::Null).await
        })
        .await?;
    Ok(file)
}

async fn memberships(caller: &Caller<Oneself>, me: kernel::Id) -> Result<Vec<Value>, Problem> {
    let conn = caller.read();
    let mut memberships = Vec::new();
    for found in member::Entity::find().filter(member::Column::PersonId.eq(me)).all(conn).await? {
        let steps = history::Entity::find().filter(history::Column::MemberId.eq(found.id)).all(conn).await?;
        let steps = steps.into_iter().map(|step| {
            let reason = step.reason.filter(|_| !step.step.is_between_unions());
            json!({ "step": step.step.label(), "day": step.day, "reason": reason, "at": step.at })
        });
        memberships.push(json!({
            "organisation": tree::name(conn, found.organisation_id).await?,
            "state": found.state.label(), "card_number": found.card_number, "applied_on": found.applied_on,
            "member_since": found.member_since, "ended_on": found.ended_on, "employer": found.employer,
            "history": steps.collect::<Vec<_>>(),
        }));
    }
    Ok(memberships)
}

/// A worker group's code as people read it.
fn in_words(groups: &HashMap<String, String>, code: String) -> String {
    groups.get(&code).cloned().unwrap_or(code)
}

/// What I asked of my data; of its term what I was told.
fn request(row: PrivacyRequestRow) -> Value {
    let pauses = row.term.map(|term| term.pauses).unwrap_or_default().into_iter();
    let pauses = pauses.map(|pause| json!({ "from": pause.from, "until": pause.until, "reason": pause.reason }));
    json!({
        "id": row.id, "kind": row.kind.label(), "text": row.text, "asked_at": row.asked_at, "due_on": row.due_on,
        "pauses": pauses.collect::<Vec<_>>(), "state": row.state.label(), "answer": row.answer,
        "answered_at": row.answered_at,
    })
}

/// The whole record; a person's is short, and pages bound each question.
async fn records(
    caller: &Caller<Oneself>,
    me: kernel::Id,
    groups: &HashMap<String, String>,
) -> Result<Vec<Value>, Problem> {
    let mut records = Vec::new();
    let mut paging = Paging { cursor: None, limit: Some(200) };
    loop {
        let page = life_line(caller, me, &paging).await?;
        records.extend(page.items.into_iter().map(|row| {
            json!({
                "id": row.id, "day": row.day, "kind": row.kind, "kind_label": row.kind_label, "unit": row.unit,
                "organisation": row.organisation.name, "organisation_id": row.organisation.id,
                "place": row.place.map(|place| place.name),
                "group": row.group.map(|code| in_words(groups, code)), "quantity": row.quantity,
                "amount_fen": row.amount_fen, "source": row.source.label, "reversed": row.reversed,
                "reverses": row.reverses, "recorded_at": row.recorded_at,
            })
        }));
        if page.next.is_none() {
            return Ok(records);
        }
        paging.cursor = page.next;
    }
}

/// 导出我的个人信息
#[utoipa::path(
    post, path = "/me/privacy/export", tag = "me", operation_id = "export_my_data",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, content_type = "application/json", body = Object)),
)]
pub async fn post_export(caller: Caller<Oneself>) -> Result<impl IntoResponse, Problem> {
    let file = export(&caller).await?;
    let text = serde_json::to_string_pretty(&file).map_err(|err| Fault::Stored(err.to_string()))?;
    Ok((attachment("application/json", "我的个人信息.json"), text))
}
