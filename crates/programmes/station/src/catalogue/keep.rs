//! Adding to the catalogue, changing its words, and no longer offering an entry.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use kernel::{
    Caller, Context, Problem, Unit, audit,
    etag::{self, IfMatch},
    organisation::tree,
    permission::LoggedIn,
    problem,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CatalogueEntry, CatalogueKind, list};
use crate::{
    files::columns::BETWEEN,
    permissions::KeepCatalogue,
    tables::catalogue::{Column, Entity},
};

kernel::refusals! {
    /// Why the catalogue stays as it is.
    pub enum CatalogueRefusal {
        /// The list is everyone's.
        NotWhole = 403 "not_whole" "设施与服务目录由最上级工会统一维护，请联系上级工会。",
        /// The code is taken.
        Taken = 409 "catalogue_code_taken" "这个代码已有别的目录项使用，请另填一个。",
    }
}

/// What officers fill in about an entry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CatalogueForm {
    /// What people read, 1 to 30 characters.
    #[schema(min_length = 1, max_length = 30)]
    pub label: String,
    /// Whether it is offered for choice.
    pub offered: bool,
    /// Its place in lists.
    #[serde(default)]
    pub sort: i32,
}

/// A new entry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewCatalogueEntry {
    /// The stable code: small letters, digits and underscores.
    #[schema(pattern = "^[a-z][a-z0-9_]{1,39}$")]
    pub code: String,
    /// What it is.
    pub kind: CatalogueKind,
    /// Its particulars.
    #[serde(flatten)]
    pub form: CatalogueForm,
}

impl CatalogueForm {
    fn checked(&self) -> Result<&str, Problem> {
        problem::words("label", &self.label, 1..=30, "名称请填写 1 至 30 个字。")
    }
}

/// Adds an entry.
///
/// # Errors
/// [`CatalogueRefusal`], 422 that names the field.
pub async fn create(caller: &Caller<KeepCatalogue>, input: &NewCatalogueEntry) -> Result<CatalogueEntry, Problem> {
    let label = input.form.checked()?;
    check_code(&input.code)?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            if Entity::find_by_id(input.code.clone()).one(&unit).await?.is_some() {
                return Err(CatalogueRefusal::Taken.into());
            }
            let entry = CatalogueEntry {
                code: input.code.clone(),
                kind: input.kind,
                label: label.to_owned(),
                offered: input.form.offered,
                sort: input.form.sort,
                version: 1,
            };
            check_label(&unit, &entry).await?;
            let row = entry.clone().into_active_model().reset_all();
            Entity::insert(row).exec_without_returning(&unit).await?;
            let detail = serde_json::json!({ "code": entry.code });
            audit::record(&unit, caller, ("station_catalogue.create", "station/catalogue", None), None, detail).await?;
            Ok(entry)
        })
        .await
}

/// Changes an entry; what was chosen or recorded under it stays.
///
/// # Errors
/// 404, 412, [`CatalogueRefusal`], 422 that names the field.
pub async fn change(
    caller: &Caller<KeepCatalogue>,
    code: &str,
    seen: &IfMatch,
    input: &CatalogueForm,
) -> Result<CatalogueEntry, Problem> {
    let label = input.checked()?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller).await?;
            let before = Entity::find_by_id(code).one(&unit).await?.ok_or_else(Problem::not_found)?;
            etag::check(&unit, etag::code_key(LIST, code), before.version, seen).await?;
            let after = CatalogueEntry {
                label: label.to_owned(),
                offered: input.offered,
                sort: input.sort,
                version: before.version + 1,
                ..before.clone()
            };
            if after.label != before.label {
                check_label(&unit, &after).await?;
            }
            let fields = etag::changed(&before, &after);
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, etag::code_key(LIST, code), after.version, &fields).await?;
            let detail = serde_json::json!({ "code": code, "fields": fields });
            audit::record(&unit, caller, ("station_catalogue.change", "station/catalogue", None), None, detail).await?;
            Ok(after)
        })
        .await
}

const LIST: &str = "station_catalogue";

/// Refuses what is no code.
pub(crate) fn check_code(code: &str) -> Result<(), Problem> {
    let fits = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_';
    let starts = code.bytes().next().is_some_and(|sign| sign.is_ascii_lowercase());
    if starts && (2..=40).contains(&code.len()) && code.bytes().all(fits) {
        return Ok(());
    }
    Err(Problem::field("code", "code", "代码请填写 2 至 40 位小写字母、数字或下划线，以字母开头。"))
}

/// Refuses a label by which no file of stations could name an entry: it holds what stands between labels there, or another
/// entry of the kind is called so. Daily checks stand in no file.
async fn check_label(unit: &Unit, entry: &CatalogueEntry) -> Result<(), Problem> {
    if entry.kind == CatalogueKind::Check {
        return Ok(());
    }
    if entry.label.contains(BETWEEN) {
        let divides = "名称里不要用顿号、逗号和分号：导入导出驿站表格时，各项用它们隔开。";
        return Err(Problem::field("label", "label_divides", divides));
    }
    let called_so = Entity::find().filter(Column::Kind.eq(entry.kind)).filter(Column::Label.eq(&entry.label));
    if called_so.filter(Column::Code.ne(&entry.code)).count(unit).await? > 0 {
        let taken = "同类别里已有这个名称的目录项，请改用它，或另取一个名称。";
        return Err(Problem::field("label", "label_taken", taken));
    }
    Ok(())
}

/// Refuses to let anybody but the top union change what is everyone's.
pub(crate) async fn whole(unit: &Unit, context: &Context) -> Result<(), Problem> {
    if tree::is_whole(unit, context.scope()).await? { Ok(()) } else { Err(CatalogueRefusal::NotWhole.into()) }
}

/// 设施与服务目录
#[utoipa::path(
    get, path = "/station-catalogue", tag = "station", operation_id = "list_station_catalogue",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 200, body = Vec<CatalogueEntry>)),
)]
pub async fn get_catalogue(caller: Caller<LoggedIn>) -> Result<Json<Vec<CatalogueEntry>>, Problem> {
    list(caller.read()).await.map(Json)
}

/// 新增目录项
#[utoipa::path(
    post, path = "/station-catalogue", tag = "station", operation_id = "create_station_catalogue_entry",
    extensions(("x-permission" = json!("station.catalogue"))), request_body = NewCatalogueEntry,
    responses((status = 201, body = CatalogueEntry), CatalogueRefusal),
)]
pub async fn post_entry(
    caller: Caller<KeepCatalogue>,
    Json(input): Json<NewCatalogueEntry>,
) -> Result<(StatusCode, Json<CatalogueEntry>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

/// 修改目录项
#[utoipa::path(
    put, path = "/station-catalogue/{code}", tag = "station", operation_id = "change_station_catalogue_entry",
    extensions(("x-permission" = json!("station.catalogue"))),
    params(("code" = String, Path), ("If-Match" = String, Header)), request_body = CatalogueForm,
    responses((status = 200, body = CatalogueEntry), CatalogueRefusal),
)]
pub async fn put_entry(
    caller: Caller<KeepCatalogue>,
    Path(code): Path<String>,
    seen: IfMatch,
    Json(input): Json<CatalogueForm>,
) -> Result<impl IntoResponse, Problem> {
    let entry = change(&caller, &code, &seen, &input).await?;
    Ok((etag::etag(entry.version), Json(entry)))
}
