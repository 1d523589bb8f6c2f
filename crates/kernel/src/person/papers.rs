//! Keeping the papers that a person holds: one more, one whose number was mistyped, one that never was his. A number that
//! stood in a record by mistake leads to it no more, so its true holder is not taken for somebody else.

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use codes::document::{self, Document, DocumentKind};
use database::{Id, Unit};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    Column, Entity, Model, living, paper, paper_index, paper_indexes,
    permissions::Manage,
    sealed,
    view::{self, PersonDetail},
};
use crate::{
    Caller, Context, Fault, Problem, audit,
    etag::{self, IfMatch},
    keys::Unreadable,
    problem::reason,
};

crate::refusals! {
    /// Why a paper is not kept so.
    pub enum PaperRefusal {
        /// The record has it.
        Held = 409 "paper_held" "这份档案已经登记了这个证件号码。",
        /// Another record that the caller may see has it.
        Taken = 409 "paper_taken"
            "这个证件号码已登记在另一份档案上。请看过证件原件，比对两份档案：是同一个人的，先合并，再删除登记错的证件。",
        /// A record that others look after has it.
        TakenElsewhere = 409 "paper_taken_elsewhere"
            "这个证件号码已登记在其他工会管理的档案上。请看过证件原件，报两家工会共同的上级工会比对；是同一个人的，由上级工会合并。",
        /// Nobody has two.
        SecondCitizenNumber = 409 "paper_second_citizen_number"
            "一个人只有一个居民身份证号码。已登记的号码有误的，请更正号码，不要再添加。",
        /// By no paper nobody is found.
        Last = 409 "paper_last" "这是档案里唯一的证件，不能删除。号码有误的，请更正号码；证件种类有误的，先添加正确的证件。",
    }
}

/// A paper that is added.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct NewPaper {
    /// The kind's code.
    pub kind: String,
    /// The number on it.
    pub number: String,
    /// The first day on which it is valid.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it is valid.
    pub valid_to: Option<NaiveDate>,
}

/// What is put right about a paper. Its kind stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PaperCorrection {
    /// Which paper.
    pub paper_id: Id,
    /// The number on it; absent or empty, the number stays.
    pub number: Option<String>,
    /// The first day on which it is valid, as it is to be.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it is valid, as it is to be.
    pub valid_to: Option<NaiveDate>,
    /// Why, 2 to 200 characters; the person can read it.
    pub reason: String,
}

/// A paper that never was the person's.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PaperRemoval {
    /// Which paper.
    pub paper_id: Id,
    /// Why, 2 to 200 characters; the person can read it.
    pub reason: String,
}

/// Adds a paper that an officer looked at.
///
/// # Errors
/// 404, 409 for a merged or nameless record, 412 if somebody else changed it, 422 naming each field, [`PaperRefusal`].
pub async fn add(caller: &Caller<Manage>, id: Id, seen: &IfMatch, input: &NewPaper) -> Result<PersonDetail, Problem> {
    let context: &Context = caller;
    let done = caller.unit(|unit| async move {
        let person = kept(&unit, context, id, seen).await?;
        let kind = DocumentKind::from_code(&input.kind)
            .ok_or_else(|| Problem::field("kind", "document_kind_unknown", "请选择证件类型。"))?;
        let document = read(context, kind, &input.number)?;
        in_order(input.valid_from, input.valid_to)?;
        let paper = paper::Model {
            id: context.id(),
            person_id: id,
            kind: kind.code().to_owned(),
            number_index: String::new(),
            number_sealed: String::new(),
            valid_from: input.valid_from,
            valid_to: input.valid_to,
        };
        let paper = numbered(&unit, context, paper, &document).await?;
        if kind == DocumentKind::CitizenNumber {
            let same = paper::Entity::find().filter(paper::Column::PersonId.eq(id));
            if same.filter(paper::Column::Kind.eq(kind.code())).count(&unit).await? > 0 {
                return Err(PaperRefusal::SecondCitizenNumber.into());
            }
        }
        let detail = noted(context, &paper, &[], None);
        paper::Entity::insert(paper.into_active_model().reset_all()).exec_without_returning(&unit).await?;
        saved(&unit, context, person, "people.add_paper", detail).await
    });
    done.await
}

/// Puts right what is written of a paper.
///
/// # Errors
/// As [`add`]; 404 too if the person holds no such paper; 422 too without a reason.
pub async fn correct(
    caller: &Caller<Manage>,
    id: Id,
    seen: &IfMatch,
    input: &PaperCorrection,
) -> Result<PersonDetail, Problem> {
    let context: &Context = caller;
    let done = caller.unit(|unit| async move {
        let person = kept(&unit, context, id, seen).await?;
        let reason = reason(&input.reason, "请填写更正原因，2 至 200 字；本人可以看到。")?;
        let before = held(&unit, id, input.paper_id).await?;
        in_order(input.valid_from, input.valid_to)?;
        let mut after = paper::Model { valid_from: input.valid_from, valid_to: input.valid_to, ..before.clone() };
        let number = input.number.as_deref().map(str::trim).filter(|number| !number.is_empty());
        if let Some(number) = number {
            let document = read(context, kind_of(&before)?, number)?;
            // One that can't be read is written down anew, though it be the same.
            if sealed::number(context, &before).ok().as_ref() != Some(&document.number) {
                after = numbered(&unit, context, after, &document).await?;
            }
        }
        if after == before {
            return view::detail(&unit, context, person).await;
        }
        let changed = [
            ("number", before.number_index != after.number_index),
            ("valid_from", before.valid_from != after.valid_from),
            ("valid_to", before.valid_to != after.valid_to),
        ];
        let fields: Vec<&str> = changed.into_iter().filter_map(|(name, changed)| changed.then_some(name)).collect();
        let detail = noted(context, &after, &fields, Some(reason));
        after.into_active_model().reset_all().update(&unit).await?;
        saved(&unit, context, person, "people.correct_paper", detail).await
    });
    done.await
}

/// Takes away a paper that never was the person's, if he holds another one.
///
/// # Errors
/// 404, also if the person holds no such paper; 409 for a merged record; 412 if somebody else changed it; 422 without a
/// reason; [`PaperRefusal`].
pub async fn remove(
    caller: &Caller<Manage>,
    id: Id,
    seen: &IfMatch,
    input: &PaperRemoval,
) -> Result<PersonDetail, Problem> {
    let context: &Context = caller;
    let done = caller.unit(|unit| async move {
        let person = kept(&unit, context, id, seen).await?;
        let reason = reason(&input.reason, "请填写删除原因，2 至 200 字；本人可以看到。")?;
        let wrong = held(&unit, id, input.paper_id).await?;
        if view::papers(&unit, id).await?.len() < 2 {
            return Err(PaperRefusal::Last.into());
        }
        let detail = noted(context, &wrong, &[], Some(reason));
        paper::Entity::delete_by_id(wrong.id).exec(&unit).await?;
        saved(&unit, context, person, "people.remove_paper", detail).await
    });
    done.await
}

/// The person, if his record is his own still and as the caller saw it.
async fn kept(unit: &Unit, context: &Context, id: Id, seen: &IfMatch) -> Result<Model, Problem> {
    let person = living(unit, context.scope(), id).await?;
    etag::check(unit, id, person.version, seen).await?;
    Ok(person)
}

async fn held(unit: &Unit, person: Id, id: Id) -> Result<paper::Model, Problem> {
    let paper = paper::Entity::find_by_id(id).filter(paper::Column::PersonId.eq(person));
    paper.one(unit).await?.ok_or_else(Problem::not_found)
}

fn kind_of(paper: &paper::Model) -> Result<DocumentKind, Fault> {
    DocumentKind::from_code(&paper.kind).ok_or_else(|| Fault::Stored(format!("a paper of the kind {}", paper.kind)))
}

fn read(context: &Context, kind: DocumentKind, number: &str) -> Result<Document, Problem> {
    let read = document::parse(kind, number, context.today());
    read.map_err(|err| Problem::field("number", err.code(), err.message()))
}

fn in_order(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Result<(), Problem> {
    match (from, until) {
        (Some(from), Some(until)) if until < from => {
            Err(Problem::field("valid_to", "valid_to", "有效期的截止日不能早于起始日。"))
        }
        _ => Ok(()),
    }
}

/// The paper under another number, if no other paper has it.
async fn numbered(
    unit: &Unit,
    context: &Context,
    paper: paper::Model,
    document: &Document,
) -> Result<paper::Model, Problem> {
    let keyring = context.house().keyring();
    let same = paper::Entity::find().filter(paper::Column::NumberIndex.is_in(paper_indexes(keyring, document)));
    if let Some(other) = same.filter(paper::Column::Id.ne(paper.id)).one(unit).await? {
        if other.person_id == paper.person_id {
            return Err(PaperRefusal::Held.into());
        }
        let within = context.scope().within((Entity, Column::OrganisationId));
        let holder = Entity::find_by_id(other.person_id).filter(within).one(unit).await?;
        return Err(match holder {
            Some(holder) => Problem::from(PaperRefusal::Taken).with_extra(json!({ "person_id": holder.id })),
            None => PaperRefusal::TakenElsewhere.into(),
        });
    }
    Ok(paper::Model {
        number_index: paper_index(keyring, document).text,
        number_sealed: sealed::seal_number(context, paper.id, &document.number),
        ..paper
    })
}

/// What the chain keeps of an act. It is kept for ever, so no number stands in it, masked or not.
fn noted(context: &Context, paper: &paper::Model, fields: &[&str], reason: Option<&str>) -> Value {
    json!({ "paper": paper.id, "kind": paper.kind, "fields": fields, "reason": reason, "of": context.scope().roots() })
}

/// Saves the record as its papers are now, with what is noted of the act.
async fn saved(
    unit: &Unit,
    context: &Context,
    person: Model,
    action: &str,
    detail: Value,
) -> Result<PersonDetail, Problem> {
    let birth_date = birth(context, &person, &view::papers(unit, person.id).await?)?;
    let mut fields = vec!["papers".to_owned()];
    if birth_date != person.birth_date {
        fields.push("birth_date".to_owned());
    }
    let person = Model { birth_date, version: person.version + 1, ..person };
    person.clone().into_active_model().reset_all().update(unit).await?;
    etag::note(unit, person.id, person.version, &fields).await?;
    audit::record(unit, context, (action, "kernel/person", person.id), person.organisation_id, detail).await?;
    view::detail(unit, context, person).await
}

/// The day of birth that the papers tell, by the oldest that tells one. What stands in the record stays while a damaged paper
/// may be where it came from.
fn birth(context: &Context, person: &Model, papers: &[paper::Model]) -> Result<Option<NaiveDate>, Problem> {
    let mut otherwise = None;
    for paper in papers {
        match sealed::number(context, paper) {
            Err(Unreadable::Damaged) => otherwise = person.birth_date,
            number => {
                let told = document::parse(kind_of(paper)?, &number?, context.today()).ok();
                if let Some(birth) = told.and_then(|document| document.birth) {
                    return Ok(Some(birth));
                }
            }
        }
    }
    Ok(otherwise)
}

/// 添加证件
#[utoipa::path(post, path = "/people/{id}/papers", tag = "person", operation_id = "add_paper",
    extensions(("x-permission" = json!("people.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = NewPaper,
    responses((status = 200, body = PersonDetail, headers(("etag" = String))), PaperRefusal))]
pub(super) async fn add_paper(
    caller: Caller<Manage>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<NewPaper>,
) -> Result<impl IntoResponse, Problem> {
    let detail = add(&caller, id, &seen, &input).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}

/// 更正证件
#[utoipa::path(post, path = "/people/{id}/papers/correct", tag = "person", operation_id = "correct_paper",
    extensions(("x-permission" = json!("people.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = PaperCorrection,
    responses((status = 200, body = PersonDetail, headers(("etag" = String))), PaperRefusal))]
pub(super) async fn correct_paper(
    caller: Caller<Manage>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<PaperCorrection>,
) -> Result<impl IntoResponse, Problem> {
    let detail = correct(&caller, id, &seen, &input).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}

/// 删除证件
#[utoipa::path(post, path = "/people/{id}/papers/remove", tag = "person", operation_id = "remove_paper",
    extensions(("x-permission" = json!("people.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = PaperRemoval,
    responses((status = 200, body = PersonDetail, headers(("etag" = String))), PaperRefusal))]
pub(super) async fn remove_paper(
    caller: Caller<Manage>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<PaperRemoval>,
) -> Result<impl IntoResponse, Problem> {
    let detail = remove(&caller, id, &seen, &input).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}
