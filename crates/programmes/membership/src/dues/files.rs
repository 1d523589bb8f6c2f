//! Tables of dues that were entered, and taking one back as a whole. Its entries stay, each with the reason, and the months may
//! be entered again; what was taken back before stays as it is.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Page, Problem, access::Actors, audit, caller::below, listing::Paging, organisation::tree, person,
    problem::reason,
};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{enter::DuesRefused, take_back::DuesTakenBack};
use crate::{
    permissions::KeepDues,
    tables::{due, due_file, member},
};

kernel::refusals! {
    /// Why a table is not taken back.
    pub enum DuesFileRefusal {
        /// It was before, or each of its entries.
        Nothing = 409 "nothing_to_take_back" "这张表登记的会费都已经撤回，请刷新后查看。",
    }
}

/// The most entries of which it is told one by one that they stay.
const TOLD: usize = 200;

/// Which tables.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DuesFileFilter {
    /// Of this organisation or one below it.
    pub organisation: Option<Id>,
}

/// A table from which dues were entered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuesFile {
    /// The key.
    pub id: Id,
    /// The union that was chosen for it.
    pub organisation: String,
    /// The file's name.
    pub file_name: String,
    /// How many entries it made.
    pub entered: i64,
    /// How much together, in fen.
    pub amount_fen: i64,
    /// Who sent it.
    pub actor: String,
    /// When.
    pub at: Moment,
    /// Why it was taken back, if it was.
    pub undone: Option<String>,
    /// By whom.
    pub undone_by: Option<String>,
    /// When.
    pub undone_at: Option<Moment>,
}

/// What is taken back of a table, or would be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DuesFileUndo {
    /// How many entries.
    pub entries: u64,
    /// How much together, in fen.
    pub amount_fen: i64,
    /// How many stay as they are.
    pub left: u64,
    /// These, some 200 at most, and why.
    pub why: Vec<DuesRefused>,
}

/// Lists tables, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<KeepDues>,
    filter: &DuesFileFilter,
    paging: &Paging,
) -> Result<Page<DuesFile>, Problem> {
    let (conn, place) = (caller.read(), (due_file::Entity, due_file::Column::OrganisationId));
    let mut query = due_file::Entity::find().filter(caller.scope().within(place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below(organisation, place));
    }
    let page = paging.newest_first(conn, query, due_file::Column::Id, |row| row.id).await?;
    let unions = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let words = page.items.iter().flat_map(|row| [Some(row.actor.as_str()), row.undone_by.as_deref()]);
    let actors = Actors::of(conn, words.flatten().collect::<Vec<_>>()).await?;
    Ok(page.map(|row: due_file::Model| DuesFile {
        id: row.id,
        organisation: unions.get(&row.organisation_id).cloned().unwrap_or_default(),
        file_name: row.file_name,
        entered: row.entered,
        amount_fen: row.amount_fen,
        actor: actors.label(&row.actor),
        at: row.at,
        undone: row.undone,
        undone_by: row.undone_by.map(|word| actors.label(&word)),
        undone_at: row.undone_at,
    }))
}

/// What taking a table back would do.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn look(caller: &Caller<KeepDues>, id: Id) -> Result<DuesFileUndo, Problem> {
    let file = get(caller.read(), caller, id).await?;
    Ok(judge(caller.read(), caller, &file).await?.0)
}

/// Takes a table back: each of its entries that stands, in one unit of work, which is noted once for each union.
///
/// # Errors
/// 404 if it is absent or foreign, 422 without a reason, [`DuesFileRefusal`].
pub async fn undo(caller: &Caller<KeepDues>, id: Id, input: &DuesTakenBack) -> Result<DuesFileUndo, Problem> {
    let context: &Context = caller;
    let why = reason(&input.reason, "请写明为什么撤回（2 至 200 字）。")?;
    caller
        .unit(|unit| async move {
            let file = get(&unit, context, id).await?;
            let (undone, sums) = judge(&unit, context, &file).await?;
            if undone.entries == 0 {
                return Err(DuesFileRefusal::Nothing.into());
            }
            let row = due::ActiveModel {
                taken_back: Set(Some(why.to_owned())),
                standing_member_id: Set(None),
                ..Default::default()
            };
            due::Entity::update_many()
                .set(row)
                .filter(due::Column::FileId.eq(id))
                .filter(due::Column::StandingMemberId.is_not_null())
                .filter(context.scope().within((due::Entity, due::Column::OrganisationId)))
                .exec(&unit)
                .await?;
            let row = due_file::ActiveModel {
                id: Set(id),
                undone: Set(Some(why.to_owned())),
                undone_by: Set(Some(context.actor().word())),
                undone_at: Set(Some(context.now().into())),
                ..Default::default()
            };
            row.update(&unit).await?;
            for (union, (count, amount_fen)) in sums {
                let detail = serde_json::json!({ "count": count, "amount_fen": amount_fen, "reason": why });
                audit::record(&unit, context, ("dues.undo_table", "membership/due_file", id), union, detail).await?;
            }
            Ok(undone)
        })
        .await
}

async fn get(conn: &Connection, context: &Context, id: Id) -> Result<due_file::Model, Problem> {
    let own = context.scope().within((due_file::Entity, due_file::Column::OrganisationId));
    due_file::Entity::find_by_id(id).filter(own).one(conn).await?.ok_or_else(Problem::not_found)
}

/// How many entries of each union, and how much together, in fen.
type Sums = HashMap<Id, (u64, i64)>;

/// What of a table is taken back, and what stays; the first also by union.
async fn judge(conn: &Connection, context: &Context, file: &due_file::Model) -> Result<(DuesFileUndo, Sums), Problem> {
    let all = due::Entity::find().filter(due::Column::FileId.eq(file.id)).order_by_asc(due::Column::Id);
    let standing = all.clone().filter(due::Column::StandingMemberId.is_not_null()).count(conn).await?;
    let own = all.filter(context.scope().within((due::Entity, due::Column::OrganisationId))).all(conn).await?;
    let (goes, stays): (Vec<_>, Vec<_>) = own.into_iter().partition(|row| row.standing_member_id.is_some());
    let elsewhere = standing.saturating_sub(u64::try_from(goes.len()).unwrap_or(u64::MAX));
    let mut sums = Sums::new();
    for row in goes {
        let sum = sums.entry(row.organisation_id).or_default();
        *sum = (sum.0 + 1, sum.1.saturating_add(row.amount_fen));
    }
    let left = u64::try_from(stays.len()).unwrap_or(u64::MAX).saturating_add(elsewhere);
    let told = stays.into_iter().take(TOLD).collect::<Vec<_>>();
    let members = member::Entity::find().filter(member::Column::Id.is_in(told.iter().map(|row| row.member_id)));
    let holders: HashMap<Id, Id> =
        members.all(conn).await?.into_iter().map(|member| (member.id, member.person_id)).collect();
    let people = person::masked(conn, context, holders.values().copied()).await?;
    let refused = |row: due::Model| DuesRefused {
        row: None,
        name: holders.get(&row.member_id).map(|person| people.name(*person)).unwrap_or_default(),
        reason: format!(
            "{}的会费已经撤回（{}）。",
            row.month.format("%Y年%-m月"),
            row.taken_back.as_deref().unwrap_or_default()
        ),
    };
    let mut why: Vec<DuesRefused> = told.into_iter().map(refused).collect();
    if elsewhere > 0 {
        let reason = format!("有{elsewhere}笔的会员已不在您的管辖范围，请由现在的工会办理。");
        why.push(DuesRefused { row: None, name: String::new(), reason });
    }
    let (entries, amount_fen) = sums.values().fold((0, 0_i64), |all, sum| (all.0 + sum.0, all.1.saturating_add(sum.1)));
    Ok((DuesFileUndo { entries, amount_fen, left, why }, sums))
}

/// 登记过的会费表
#[utoipa::path(
    get, path = "/dues-files", tag = "dues", operation_id = "list_dues_tables",
    extensions(("x-permission" = json!("membership.keep_dues"))),
    params(DuesFileFilter, Paging), responses((status = 200, body = Page<DuesFile>)),
)]
pub async fn get_tables(
    caller: Caller<KeepDues>,
    Query(filter): Query<DuesFileFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<DuesFile>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 撤回会费表前查看
#[utoipa::path(
    get, path = "/dues-files/{id}/undo", tag = "dues", operation_id = "look_dues_table_undo",
    extensions(("x-permission" = json!("membership.keep_dues"))), params(("id" = Id, Path)),
    responses((status = 200, body = DuesFileUndo)),
)]
pub async fn get_undo(caller: Caller<KeepDues>, Path(id): Path<Id>) -> Result<Json<DuesFileUndo>, Problem> {
    look(&caller, id).await.map(Json)
}

/// 撤回整张会费表
#[utoipa::path(
    post, path = "/dues-files/{id}/undo", tag = "dues", operation_id = "undo_dues_table",
    extensions(("x-permission" = json!("membership.keep_dues"))), params(("id" = Id, Path)),
    request_body = DuesTakenBack, responses((status = 200, body = DuesFileUndo), DuesFileRefusal),
)]
pub async fn post_undo(
    caller: Caller<KeepDues>,
    Path(id): Path<Id>,
    Json(input): Json<DuesTakenBack>,
) -> Result<Json<DuesFileUndo>, Problem> {
    undo(&caller, id, &input).await.map(Json)
}
