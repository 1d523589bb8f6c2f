//! Finding assessments.

use axum::{Json, extract::Query};
use chrono::{Days, NaiveDate};
use database::{Connection, Id};
use sea_orm::{
    Condition, QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait, Query as Statement},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Column, Entity, Model,
    attached::{self, AssessmentFile},
    keep::AssessmentForm,
};
use crate::{
    Caller, Context, Problem, Scope,
    access::permissions::Assess,
    caller::below,
    consent,
    listing::{Page, Paging},
    organisation::{closure, tree},
};

/// Which assessments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct AssessmentFilter {
    /// Part of what is done, or of who assessed it.
    #[serde(default, deserialize_with = "crate::listing::sought")]
    pub q: Option<String>,
    /// Made by this organisation or one below it.
    pub organisation: Option<Id>,
    /// Only those that ran out and were not done anew (`true`).
    pub expired: Option<bool>,
    /// Only those that run out within sixty days and were not done anew (`true`).
    pub soon: Option<bool>,
}

/// To assess anew takes its time: so long before one runs out it is told.
const AHEAD: Days = Days::new(60);

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentRow {
    /// The key.
    pub id: Id,
    /// What was filled in.
    #[serde(flatten)]
    pub form: AssessmentForm,
    /// The union's name.
    pub organisation: String,
    /// The separate consent, in words.
    pub purpose_label: Option<String>,
    /// The conclusion, in words.
    pub conclusion_label: String,
    /// Whether it ran out.
    pub expired: bool,
    /// Whether a later one took its place.
    pub displaced: bool,
    /// What it rests on.
    pub files: Vec<AssessmentFile>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// Those in a scope that pass a filter on a day.
pub(super) fn found(scope: &Scope, filter: &AssessmentFilter, today: NaiveDate) -> Select<Entity> {
    let mut query = Entity::find().filter(scope.within((Entity, Column::OrganisationId)));
    if let Some(text) = filter.q.as_deref() {
        let named = Condition::any().add(Column::Subject.contains(text)).add(Column::Assessor.contains(text));
        query = query.filter(named);
    }
    if let Some(organisation) = filter.organisation {
        query = query.filter(below(organisation, (Entity, Column::OrganisationId)));
    }
    if filter.expired == Some(true) {
        query = query.filter(Column::ValidUntil.lt(today)).filter(done_anew().not());
    }
    if filter.soon == Some(true) {
        let last = today.checked_add_days(AHEAD).unwrap_or(today);
        query = query.filter(Column::ValidUntil.between(today, last)).filter(done_anew().not());
    }
    query
}

/// Whether another took its place, as [`stands`](super::stands) says: a later one of the same subject, by the same union or by
/// one above it.
fn done_anew() -> Expr {
    let later = Alias::new("later");
    let of = |column: Column| Expr::col((later.clone(), column));
    let own = |column: Column| Expr::col((Entity, column));
    let covering = closure::Entity::find()
        .select_only()
        .column(closure::Column::Ancestor)
        .filter(Expr::col((closure::Entity, closure::Column::Descendant)).equals((Entity, Column::OrganisationId)))
        .into_query();
    let same_day = of(Column::AssessedOn).equals((Entity, Column::AssessedOn));
    let made_later =
        of(Column::AssessedOn).gt(own(Column::AssessedOn)).or(same_day.and(of(Column::Id).gt(own(Column::Id))));
    let anew = Statement::select()
        .expr(Expr::val(1))
        .from_as(Entity, later.clone())
        .and_where(of(Column::OrganisationId).in_subquery(covering))
        .and_where(of(Column::Subject).equals((Entity, Column::Subject)))
        .and_where(made_later)
        .to_owned();
    Expr::exists(anew)
}

/// Assessments as lists show them; the caller has loaded them in his scope.
///
/// # Errors
/// A fault of the database.
pub(super) async fn rows(
    conn: &Connection,
    context: &Context,
    found: Vec<Model>,
) -> Result<Vec<AssessmentRow>, Problem> {
    let unions = tree::names(conn, found.iter().map(|row| row.organisation_id)).await?;
    let displaced: Vec<Id> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(found.iter().map(|row| row.id)))
        .filter(done_anew())
        .into_tuple()
        .all(conn)
        .await?;
    let mut files = attached::of(conn, found.iter().map(|row| row.id)).await?;
    let label = |code: &str| consent::purpose(context.house(), code);
    let row = |row: Model| AssessmentRow {
        id: row.id,
        organisation: unions.get(&row.organisation_id).cloned().unwrap_or_default(),
        purpose_label: row.purpose.as_deref().and_then(label).map(|purpose| purpose.label.to_owned()),
        conclusion_label: row.conclusion.label().to_owned(),
        expired: row.valid_until < context.today(),
        displaced: displaced.contains(&row.id),
        files: files.remove(&row.id).unwrap_or_default(),
        version: row.version,
        form: AssessmentForm::of(&row),
    };
    Ok(found.into_iter().map(row).collect())
}

/// The assessments in the caller's scope, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<Assess>,
    filter: &AssessmentFilter,
    paging: &Paging,
) -> Result<Page<AssessmentRow>, Problem> {
    let query = found(caller.scope(), filter, caller.today());
    let page = paging.newest_first(caller.read(), query, Column::Id, |row| row.id).await?;
    let items = rows(caller.read(), caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// 个人信息保护影响评估
#[utoipa::path(get, path = "/impact-assessments", tag = "access", operation_id = "list_impact_assessments",
    extensions(("x-permission" = json!("access.assess"))), params(AssessmentFilter, Paging),
    responses((status = 200, body = Page<AssessmentRow>)))]
pub(super) async fn list_assessments(
    caller: Caller<Assess>,
    Query(filter): Query<AssessmentFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<AssessmentRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}
