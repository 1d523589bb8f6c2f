//! Writing places of redemption down, and changing them.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    organisation,
    problem::Wrong,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    list::{BenefitPartnerView, view},
    register::{known_once, registered},
};
use crate::{
    permissions::KeepPartners,
    tables::partner::{self, BenefitPartnerKind},
};

/// A place as officers fill it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BenefitPartnerForm {
    /// The union that keeps it.
    pub organisation_id: Id,
    /// The station of the register that it is; then name, number, address, telephone and union are the register's.
    #[serde(default)]
    pub site_id: Option<Id>,
    /// What files and other systems call it.
    #[serde(default)]
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What kind of place.
    pub kind: BenefitPartnerKind,
    /// Where.
    #[serde(default)]
    pub address: String,
    /// A public telephone number.
    #[serde(default)]
    pub contact: String,
    /// Whether it redeems.
    pub active: bool,
}

impl BenefitPartnerForm {
    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let length = |text: &str| text.trim().chars().count();
        wrong.demand((1..=80).contains(&length(&self.name)), "name", "length", "请填写名称（不超过80字）。");
        wrong.demand(length(&self.code) <= 40, "code", "length", "编号不超过40字。");
        wrong.demand(length(&self.address) <= 120, "address", "length", "地址不超过120字。");
        wrong.demand(length(&self.contact) <= 40, "contact", "length", "联系电话不超过40字。");
        wrong.refuse()
    }

    pub(super) fn of(partner: &partner::Model) -> Self {
        Self {
            organisation_id: partner.organisation_id,
            site_id: partner.site_id,
            code: partner.code.clone(),
            name: partner.name.clone(),
            kind: partner.kind,
            address: partner.address.clone(),
            contact: partner.contact.clone(),
            active: partner.active,
        }
    }

    pub(super) fn row(&self, id: Id, key_hash: Option<String>, version: i64) -> partner::Model {
        partner::Model {
            id,
            organisation_id: self.organisation_id,
            site_id: self.site_id,
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            kind: self.kind,
            address: self.address.trim().to_owned(),
            contact: self.contact.trim().to_owned(),
            key_hash,
            active: self.active,
            version,
        }
    }
}

/// Writes a place down.
///
/// # Errors
/// 404 if the union is absent or foreign, 422 that names each field.
pub async fn create(caller: &Caller<KeepPartners>, form: BenefitPartnerForm) -> Result<BenefitPartnerView, Problem> {
    let form = &registered(caller, form).await?;
    form.check()?;
    let id = caller.id();
    caller
        .unit(|unit| async move {
            known_once(&unit, id, form).await?;
            organisation::get(&unit, caller.scope(), form.organisation_id).await?;
            let model = form.row(id, None, 1);
            let row = partner::ActiveModel::from(model.clone()).reset_all();
            partner::Entity::insert(row).exec_without_returning(&unit).await?;
            record(&unit, caller, &model, "benefits.partner").await?;
            view(&unit, caller, model).await
        })
        .await
}

/// Changes a place.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, 422 that names each field.
pub async fn change(
    caller: &Caller<KeepPartners>,
    id: Id,
    seen: &IfMatch,
    form: BenefitPartnerForm,
) -> Result<BenefitPartnerView, Problem> {
    let form = &registered(caller, form).await?;
    caller
        .unit(|unit| async move {
            let old = partner::in_scope(&unit, caller.scope(), id).await?;
            form.check()?;
            known_once(&unit, id, form).await?;
            etag::check(&unit, id, old.version, seen).await?;
            organisation::get(&unit, caller.scope(), form.organisation_id).await?;
            let fields = etag::changed(&BenefitPartnerForm::of(&old), form);
            let new = form.row(id, old.key_hash, old.version + 1);
            save(&unit, caller, &new, (&fields, "benefits.change_partner")).await?;
            view(&unit, caller, new).await
        })
        .await
}

pub(super) async fn save(
    unit: &Unit,
    context: &Context,
    new: &partner::Model,
    (fields, action): (&[String], &str),
) -> Result<(), Problem> {
    let row = partner::ActiveModel::from(new.clone()).reset_all();
    partner::Entity::update_many().set(row).filter(partner::Column::Id.eq(new.id)).exec(unit).await?;
    etag::note(unit, new.id, new.version, fields).await?;
    record(unit, context, new, action).await
}

pub(super) async fn record(
    unit: &Unit,
    caller: &Context,
    partner: &partner::Model,
    action: &str,
) -> Result<(), Problem> {
    let detail = serde_json::json!({ "name": partner.name, "active": partner.active });
    audit::record(unit, caller, (action, "benefit/partner", partner.id), partner.organisation_id, detail).await
}

/// 登记核销点
#[utoipa::path(
    post, path = "/benefit-partners", tag = "benefit", operation_id = "create_benefit_partner",
    extensions(("x-permission" = json!("benefit.partners"))),
    request_body = BenefitPartnerForm, responses((status = 201, body = BenefitPartnerView)),
)]
pub async fn post_partner(
    caller: Caller<KeepPartners>,
    Json(form): Json<BenefitPartnerForm>,
) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, form).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}

/// 修改核销点
#[utoipa::path(
    put, path = "/benefit-partners/{id}", tag = "benefit", operation_id = "change_benefit_partner",
    extensions(("x-permission" = json!("benefit.partners"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = BenefitPartnerForm,
    responses((status = 200, body = BenefitPartnerView)),
)]
pub async fn put_partner(
    caller: Caller<KeepPartners>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<BenefitPartnerForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
