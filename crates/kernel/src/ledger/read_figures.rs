//! Figures over HTTP, on the page and as files.

use axum::{Json, extract::Query, response::IntoResponse};
use chrono::{Datelike, NaiveDate};
use database::Id;
use documents::Value;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    By, FigureQuery, Figures, Tree, export, figures,
    permissions::{Export, View},
};
use crate::{Caller, Context, Problem, organisation};

/// Which figures are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// The top of the subtree.
    pub organisation: Id,
    /// The kinds' codes, separated by commas; all if absent.
    pub kinds: Option<String>,
    /// The worker groups' codes, separated by commas; all if absent.
    pub groups: Option<String>,
    /// The first day; this year's first if absent.
    pub from: Option<NaiveDate>,
    /// The last day; today if absent.
    pub to: Option<NaiveDate>,
    /// Which tree; `dated` if absent.
    #[serde(default)]
    #[param(inline)]
    pub tree: Tree,
    /// What figures are divided by; nothing if absent.
    #[serde(default)]
    #[param(inline)]
    pub by: By,
}

impl FigureParams {
    /// The question, with what was left open filled in.
    #[must_use]
    pub fn query(&self, today: NaiveDate) -> FigureQuery {
        FigureQuery {
            organisation: self.organisation,
            kinds: codes(self.kinds.as_deref()),
            groups: codes(self.groups.as_deref()),
            from: self.from.or_else(|| NaiveDate::from_ymd_opt(today.year(), 1, 1)).unwrap_or(today),
            to: self.to.unwrap_or(today),
            tree: self.tree,
            by: self.by,
        }
    }
}

/// The codes of a list with commas.
pub(super) fn codes(text: Option<&str>) -> Vec<String> {
    let codes = text.unwrap_or("").split(',').map(str::trim);
    codes.filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

#[utoipa::path(get, path = "/figures", tag = "ledger", operation_id = "read_figures",
    extensions(("x-permission" = json!("ledger.view"))), params(FigureParams),
    responses((status = 200, body = Figures)))]
pub(super) async fn read_figures(
    caller: Caller<View>,
    Query(params): Query<FigureParams>,
) -> Result<Json<Figures>, Problem> {
    Ok(Json(figures(&caller, &params.query(caller.today())).await?))
}

#[utoipa::path(get, path = "/figures/export.csv", tag = "ledger", operation_id = "export_figures_csv",
    extensions(("x-permission" = json!("ledger.export"))), params(FigureParams),
    responses((status = 200, body = Vec<u8>, content_type = "text/csv")))]
pub(super) async fn export_figures_csv(
    caller: Caller<Export>,
    Query(params): Query<FigureParams>,
) -> Result<impl IntoResponse, Problem> {
    let (title, rows) = table(&caller, &params).await?;
    export::note(&caller, "figures", params.organisation, rows.len()).await?;
    let file = export::csv(HEADINGS, &rows)?;
    Ok(export::download(file, "csv", &title))
}

#[utoipa::path(get, path = "/figures/export.xlsx", tag = "ledger", operation_id = "export_figures_xlsx",
    extensions(("x-permission" = json!("ledger.export"))), params(FigureParams),
    responses((status = 200, body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(super) async fn export_figures_xlsx(
    caller: Caller<Export>,
    Query(params): Query<FigureParams>,
) -> Result<impl IntoResponse, Problem> {
    let (title, rows) = table(&caller, &params).await?;
    export::note(&caller, "figures", params.organisation, rows.len()).await?;
    let file = export::xlsx(&caller, &title, HEADINGS, &rows)?;
    Ok(export::download(file, "xlsx", &title))
}

const HEADINGS: &[&str] = &["名称", "人次", "人数", "件（份）数", "净增（人）", "金额（元）"];

async fn table(context: &Context, params: &FigureParams) -> Result<(String, Vec<Vec<Value<'static>>>), Problem> {
    let query = params.query(context.today());
    let organisation = organisation::get(context.read(), context.scope(), query.organisation).await?;
    let figures = figures(context, &query).await?;
    let tree = match query.tree {
        Tree::Dated => "按发生时隶属关系",
        Tree::Today => "按当前隶属关系",
    };
    let title = format!("{} {}至{} 服务数据（{tree}）", organisation.name, query.from, query.to);
    let row = |figure: super::Figure| {
        let people = i64::try_from(figure.people).unwrap_or(i64::MAX);
        let numbers = [figure.person_times, people, figure.items, figure.standing].map(Value::Integer);
        std::iter::once(Value::from(figure.label)).chain(numbers).chain([Value::Fen(figure.amount_fen)]).collect()
    };
    Ok((title, figures.items.into_iter().map(row).collect()))
}
