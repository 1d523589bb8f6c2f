//! Adding to the checklist, changing an item, and no longer marking one. What was marked keeps the words and weights of its day.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use kernel::{
    Caller, Problem, audit,
    etag::{self, IfMatch},
    problem::Wrong,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StandardItem, Strength, items::StandardRow};
use crate::{
    catalogue::keep::{CatalogueRefusal, check_code, whole},
    permissions::KeepCatalogue,
    tables::standard::Entity,
};

/// What officers fill in about an item of the checklist.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StandardForm {
    /// Of which strength.
    pub strength: Strength,
    /// What is wanted, 1 to 60 characters.
    #[schema(min_length = 1, max_length = 60)]
    pub label: String,
    /// How it is looked at and marked, up to 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub guide: String,
    /// The most points it gives, 1 to 100.
    #[schema(minimum = 1, maximum = 100)]
    pub weight: i64,
    /// Whether a station without any point of it is below standard whatever else it has.
    #[serde(default)]
    pub critical: bool,
    /// Whether inspections to come mark it.
    pub offered: bool,
    /// Its place in lists.
    #[serde(default)]
    pub sort: i32,
}

/// A new item.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewStandardItem {
    /// The stable code: small letters, digits and underscores.
    #[schema(pattern = "^[a-z][a-z0-9_]{1,39}$")]
    pub code: String,
    /// Its particulars.
    #[serde(flatten)]
    pub form: StandardForm,
}

impl StandardForm {
    fn item(&self, code: &str, version: i64) -> Result<StandardItem, Problem> {
        let (label, guide) = (self.label.trim(), self.guide.trim());
        let mut wrong = Wrong::default();
        wrong.want((1..=60).contains(&label.chars().count()), "label", "检查内容请填写 1 至 60 个字。");
        wrong.want(guide.chars().count() <= 200, "guide", "评分说明不超过 200 字。");
        wrong.want((1..=100).contains(&self.weight), "weight", "分值请填写 1 至 100。");
        wrong.refuse()?;
        Ok(StandardItem {
            code: code.to_owned(),
            strength: self.strength,
            label: label.to_owned(),
            guide: guide.to_owned(),
            weight: self.weight,
            critical: self.critical,
            offered: self.offered,
            sort: self.sort,
            version,
        })
    }
}

const LIST: &str = "station_standard";

/// Adds an item.
///
/// # Errors
/// [`CatalogueRefusal`], 422 that names the field.
pub async fn create(caller: &Caller<KeepCatalogue>, input: &NewStandardItem) -> Result<StandardRow, Problem> {
    check_code(&input.code)?;
    let item = &input.form.item(&input.code, 1)?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            if Entity::find_by_id(item.code.clone()).one(&unit).await?.is_some() {
                return Err(CatalogueRefusal::Taken.into());
            }
            Entity::insert(item.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let detail = serde_json::json!({ "code": item.code });
            audit::record(&unit, caller, ("station_standard.create", "station/standard", None), None, detail).await?;
            Ok(item.clone().into())
        })
        .await
}

/// Changes an item.
///
/// # Errors
/// 404, 412, [`CatalogueRefusal`], 422 that names the field.
pub async fn change(
    caller: &Caller<KeepCatalogue>,
    code: &str,
    seen: &IfMatch,
    input: &StandardForm,
) -> Result<StandardRow, Problem> {
    let item = &input.item(code, 0)?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            let before = Entity::find_by_id(code).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let key = etag::code_key(LIST, code);
            etag::check(&unit, key, before.version, seen).await?;
            let after = StandardItem { version: before.version + 1, ..item.clone() };
            let fields = etag::changed(&before, &after);
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, key, after.version, &fields).await?;
            let detail = serde_json::json!({ "code": code, "fields": fields });
            audit::record(&unit, caller, ("station_standard.change", "station/standard", None), None, detail).await?;
            Ok(after.into())
        })
        .await
}

/// 新增标准条目
#[utoipa::path(
    post, path = "/station-standard", tag = "station", operation_id = "create_station_standard_item",
    extensions(("x-permission" = json!("station.catalogue"))), request_body = NewStandardItem,
    responses((status = 201, body = StandardRow), CatalogueRefusal),
)]
pub async fn post_item(
    caller: Caller<KeepCatalogue>,
    Json(input): Json<NewStandardItem>,
) -> Result<(StatusCode, Json<StandardRow>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

/// 修改标准条目
#[utoipa::path(
    put, path = "/station-standard/{code}", tag = "station", operation_id = "change_station_standard_item",
    extensions(("x-permission" = json!("station.catalogue"))),
    params(("code" = String, Path), ("If-Match" = String, Header)), request_body = StandardForm,
    responses((status = 200, body = StandardRow), CatalogueRefusal),
)]
pub async fn put_item(
    caller: Caller<KeepCatalogue>,
    Path(code): Path<String>,
    seen: IfMatch,
    Json(input): Json<StandardForm>,
) -> Result<impl IntoResponse, Problem> {
    let row = change(&caller, &code, &seen, &input).await?;
    Ok((etag::etag(row.item.version), Json(row)))
}
