//! The editable list of kinds of benefits, each with the kind of fact that it counts as.

use axum::Json;
use kernel::{Caller, Context, House, Problem, audit, ledger::FactKind};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    permissions::{KeepKinds, SeeOffers},
    tables::kind::{ActiveModel, Column, Entity, Model},
};

/// A kind as it is kept.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct BenefitKindForm {
    /// The stable code: a new one makes a kind, a known one changes it.
    #[schema(max_length = 40)]
    pub code: String,
    /// What people read.
    #[schema(max_length = 40)]
    pub label: String,
    /// The word behind a number.
    #[schema(max_length = 8)]
    pub unit: String,
    /// The kind of fact that a redemption writes; it stays once something was given.
    #[schema(max_length = 60)]
    pub fact_kind: String,
    /// Whether it is offered for choice.
    pub offered: bool,
}

/// The kind with this code.
///
/// # Errors
/// 404 if there is none.
pub async fn get(conn: &impl ConnectionTrait, code: &str) -> Result<Model, Problem> {
    Entity::find_by_id(code.to_owned()).one(conn).await?.ok_or_else(Problem::not_found)
}

/// All kinds, in their order.
///
/// # Errors
/// A fault of the database.
pub async fn all(conn: &impl ConnectionTrait) -> Result<Vec<Model>, Problem> {
    Ok(Entity::find().order_by_asc(Column::Sort).order_by_asc(Column::Code).all(conn).await?)
}

/// The declared kind of fact with this code.
#[must_use]
pub fn fact_kind(house: &House, code: &str) -> Option<&'static FactKind> {
    house.programmes().iter().flat_map(|programme| programme.fact_kinds).find(|kind| kind.code == code)
}

/// Makes or changes a kind.
///
/// # Errors
/// 422 that names the field.
pub async fn keep(caller: &Caller<KeepKinds>, form: &BenefitKindForm) -> Result<Model, Problem> {
    let code = form.code.trim();
    let is_code = !code.is_empty() && code.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
    if !is_code {
        return Err(Problem::field("code", "code", "代码只用小写字母和下划线。"));
    }
    if !(1..=40).contains(&form.label.trim().chars().count()) || !(1..=8).contains(&form.unit.trim().chars().count()) {
        return Err(Problem::field("label", "label", "请填写名称（不超过40字）和单位（不超过8字）。"));
    }
    if fact_kind(caller.house(), &form.fact_kind).is_none() {
        return Err(Problem::field("fact_kind", "unknown_fact_kind", "请从台账类别中选择核销后计入哪一类。"));
    }
    caller.unit(|unit| async move { write(&unit, caller, code, form).await }).await
}

async fn write(unit: &database::Unit, context: &Context, code: &str, form: &BenefitKindForm) -> Result<Model, Problem> {
    let known = Entity::find_by_id(code.to_owned()).one(unit).await?;
    let kept = Model {
        code: code.to_owned(),
        label: form.label.trim().to_owned(),
        unit: form.unit.trim().to_owned(),
        fact_kind: form.fact_kind.clone(),
        offered: form.offered,
        sort: known.as_ref().map_or(100, |known| known.sort),
        version: known.as_ref().map_or(1, |known| known.version + 1),
    };
    let row = ActiveModel::from(kept.clone()).reset_all();
    match &known {
        Some(known) if known.fact_kind != kept.fact_kind && crate::offer::uses_kind(unit, code).await? => {
            return Err(Problem::field(
                "fact_kind",
                "kind_in_use",
                "已有服务使用该种类，计入的台账类别不能再改，请新增种类。",
            ));
        }
        Some(_) => {
            Entity::update_many().set(row).filter(Column::Code.eq(code)).exec(unit).await?;
        }
        None => {
            Entity::insert(row).exec_without_returning(unit).await?;
        }
    }
    let detail = serde_json::json!({ "code": code, "fact_kind": kept.fact_kind, "offered": kept.offered });
    audit::record(unit, context, ("benefits.kind", "benefit/kind", None), None, detail).await?;
    Ok(kept)
}

/// 普惠服务种类
#[utoipa::path(
    get, path = "/benefit-kinds", tag = "benefit", operation_id = "list_benefit_kinds",
    extensions(("x-permission" = json!("benefit.view"))), responses((status = 200, body = Vec<Model>)),
)]
pub async fn get_kinds(caller: Caller<SeeOffers>) -> Result<Json<Vec<Model>>, Problem> {
    all(caller.read()).await.map(Json)
}

/// 新增或修改普惠服务种类
#[utoipa::path(
    put, path = "/benefit-kinds", tag = "benefit", operation_id = "keep_benefit_kind",
    extensions(("x-permission" = json!("benefit.kinds"))), request_body = BenefitKindForm,
    responses((status = 200, body = Model)),
)]
pub async fn put_kind(caller: Caller<KeepKinds>, Json(form): Json<BenefitKindForm>) -> Result<Json<Model>, Problem> {
    keep(&caller, &form).await.map(Json)
}
