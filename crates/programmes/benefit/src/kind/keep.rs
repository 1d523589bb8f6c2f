//! Adding to the list of kinds, changing one, and no longer offering it. The list is everyone's, so whoever keeps the whole
//! tree keeps it.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use database::Unit;
use kernel::{
    Caller, Context, House, Problem, audit,
    etag::{self, IfMatch},
    ledger::fact_kind,
    organisation::tree,
    problem::{self, Wrong},
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::get;
use crate::{
    offer::uses_kind,
    permissions::KeepKinds,
    tables::kind::{ActiveModel, Column, Entity, Model},
};

kernel::refusals! {
    /// Why the list stays as it is.
    pub enum KindRefusal {
        /// The list is everyone's.
        NotWhole = 403 "not_whole" "普惠服务种类由最上级工会统一维护，请联系上级工会。",
        /// The code is taken.
        Taken = 409 "kind_taken" "这个代码已有别的种类使用，请另填一个。",
    }
}

/// What officers fill in about a kind.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BenefitKindForm {
    /// What people read.
    #[schema(min_length = 1, max_length = 40)]
    pub label: String,
    /// The word behind a number.
    #[schema(min_length = 1, max_length = 8)]
    pub unit: String,
    /// The kind of fact that a redemption writes; it stays once there is an offer of this kind.
    #[schema(max_length = 60)]
    pub fact_kind: String,
    /// Whether it is offered for choice.
    pub offered: bool,
    /// Its place in lists.
    #[serde(default)]
    pub sort: i32,
}

/// A new kind.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewBenefitKind {
    /// The stable code: small letters and underscores.
    #[schema(pattern = "^[a-z][a-z_]{1,39}$")]
    pub code: String,
    /// Its particulars.
    #[serde(flatten)]
    pub form: BenefitKindForm,
}

impl BenefitKindForm {
    fn check(&self, house: &House) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let fits = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
        wrong.demand(fits(&self.label, 40), "label", "label", "请填写名称（不超过40字）。");
        wrong.demand(fits(&self.unit, 8), "unit", "unit", "请填写单位（不超过8字）。");
        let known = fact_kind(house, &self.fact_kind).is_some();
        wrong.demand(known, "fact_kind", "unknown_fact_kind", "请从台账类别中选择核销后计入哪一类。");
        wrong.refuse()
    }

    fn row(&self, code: &str, version: i64) -> Model {
        Model {
            code: code.to_owned(),
            label: self.label.trim().to_owned(),
            unit: self.unit.trim().to_owned(),
            fact_kind: self.fact_kind.clone(),
            offered: self.offered,
            sort: self.sort,
            version,
        }
    }
}

/// Adds a kind.
///
/// # Errors
/// [`KindRefusal`], 422 that names each field.
pub async fn create(caller: &Caller<KeepKinds>, input: &NewBenefitKind) -> Result<Model, Problem> {
    input.form.check(caller.house())?;
    let code = problem::words("code", &input.code, 2..=40, CODE)?;
    if !code.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'_') || code.starts_with('_') {
        return Err(Problem::field("code", "code", CODE));
    }
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            if Entity::find_by_id(code.to_owned()).one(&unit).await?.is_some() {
                return Err(KindRefusal::Taken.into());
            }
            let made = input.form.row(code, 1);
            Entity::insert(ActiveModel::from(made.clone()).reset_all()).exec_without_returning(&unit).await?;
            let detail = serde_json::json!({ "code": made.code, "fact_kind": made.fact_kind });
            audit::record(&unit, caller, ("benefits.add_kind", "benefit/kind", None), None, detail).await?;
            Ok(made)
        })
        .await
}

const CODE: &str = "代码请填写 2 至 40 位小写字母或下划线，以字母开头。";
const LIST: &str = "benefit_kind";

/// Changes a kind; what was given under it stays.
///
/// # Errors
/// 404, 412 if somebody else saved meanwhile, [`KindRefusal`], 422 that names each field.
pub async fn change(
    caller: &Caller<KeepKinds>,
    code: &str,
    seen: &IfMatch,
    input: &BenefitKindForm,
) -> Result<Model, Problem> {
    input.check(caller.house())?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            let old = get(&unit, code).await?;
            etag::check(&unit, etag::code_key(LIST, code), old.version, seen).await?;
            let new = input.row(code, old.version + 1);
            if new.fact_kind != old.fact_kind && uses_kind(&unit, code).await? {
                return Err(Problem::field(
                    "fact_kind",
                    "kind_in_use",
                    "已有服务使用该种类，计入的台账类别不能再改，请新增种类。",
                ));
            }
            let fields = etag::changed(&old, &new);
            let row = ActiveModel::from(new.clone()).reset_all();
            Entity::update_many().set(row).filter(Column::Code.eq(code)).exec(&unit).await?;
            etag::note(&unit, etag::code_key(LIST, code), new.version, &fields).await?;
            let detail = serde_json::json!({ "code": code, "fields": fields });
            audit::record(&unit, caller, ("benefits.kind", "benefit/kind", None), None, detail).await?;
            Ok(new)
        })
        .await
}

/// Refuses to let anybody but the top union change what is everyone's.
async fn whole(unit: &Unit, context: &Context) -> Result<(), Problem> {
    if tree::is_whole(unit, context.scope()).await? { Ok(()) } else { Err(KindRefusal::NotWhole.into()) }
}

/// 新增普惠服务种类
#[utoipa::path(
    post, path = "/benefit-kinds", tag = "benefit", operation_id = "create_benefit_kind",
    extensions(("x-permission" = json!("benefit.kinds"))), request_body = NewBenefitKind,
    responses((status = 201, body = Model), KindRefusal),
)]
pub async fn post_kind(
    caller: Caller<KeepKinds>,
    Json(input): Json<NewBenefitKind>,
) -> Result<(StatusCode, Json<Model>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

/// 修改普惠服务种类
#[utoipa::path(
    put, path = "/benefit-kinds/{code}", tag = "benefit", operation_id = "change_benefit_kind",
    extensions(("x-permission" = json!("benefit.kinds"))),
    params(("code" = String, Path), ("If-Match" = String, Header)), request_body = BenefitKindForm,
    responses((status = 200, body = Model), KindRefusal),
)]
pub async fn put_kind(
    caller: Caller<KeepKinds>,
    Path(code): Path<String>,
    seen: IfMatch,
    Json(input): Json<BenefitKindForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, &code, &seen, &input).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
