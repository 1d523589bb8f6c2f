//! Figures as a file. Nobody is in them, so no second officer is asked.

use axum::{Json, http::StatusCode};
use database::Fault;
use documents::Value;

use super::{
    By, Figure, FigureParams, FigureQuery, Tree, figures_of,
    kind::{self, KINDS},
    permissions::Export,
};
use crate::{
    Caller, Context, Problem,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, words::Says},
    organisation,
};

/// Figures, to take away.
pub const FIGURES: ExportKind = ExportKind {
    code: "figures",
    label: "服务数据汇总",
    permission: "ledger.export",
    personal: false,
    headings: &["名称", "人次", "人数", "件（份）数", "净增（人）", "金额（元）", "计量单位"],
    words: crate::filter_words! { FigureParams {
        organisation, kinds: "事项" = KINDS, groups, from, to, tree: "隶属关系" as Tree,
        by: "分组" = Says::Nothing,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, _| Box::pin(all(context, filter)),
};

#[utoipa::path(post, path = "/figures/exports", tag = "ledger", operation_id = "export_figures",
    extensions(("x-permission" = json!("ledger.export"))), request_body = ExportForm<FigureParams>,
    responses((status = 201, body = ExportView), ExportRefusal))]
pub(super) async fn export_figures(
    caller: Caller<Export>,
    Json(form): Json<ExportForm<FigureParams>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    let context: &Context = &caller;
    let place = organisation::get(context.read(), context.scope(), form.filter.organisation).await?;
    let query = form.filter.query(context.today());
    let days = calendar::days_between(query.from, query.to);
    let title = format!("{} {days} 服务数据（{}）", place.name, query.tree.label());
    let asked = Asked { organisation: Some(place.id), ..Asked::new(title, &form)? };
    Ok((StatusCode::CREATED, Json(ask(context, &FIGURES, &asked).await?)))
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(u64::try_from(all(context, filter).await?.rows.len()).unwrap_or(u64::MAX))
}

/// All rows: they are as many as there are organisations, kinds or days at most. What they come to together stands last, for
/// different people are no sum of rows; not of kinds, whose hours and meals nobody adds up.
async fn all(context: &Context, filter: &str) -> Result<RowPage, Problem> {
    let params: FigureParams = serde_json::from_str(filter).map_err(|err| Fault::Stored(err.to_string()))?;
    let query = params.query(context.today());
    let mut asked = vec![query.clone()];
    if !matches!(query.by, By::None | By::Kind) {
        asked.push(FigureQuery { by: By::None, ..query.clone() });
    }
    let mut told = figures_of(context, &asked).await?.into_iter();
    let rows = told.next().map(|figures| figures.items).unwrap_or_default();
    let whole = told.next().filter(|_| !rows.is_empty()).map(|figures| figures.items).unwrap_or_default();
    // Hours, sessions and gifts stand in one column: what is counted is said where a row is of one kind.
    let unit = |key: &str| {
        let code = match (query.by, query.kinds.as_slice()) {
            (By::Kind, _) => key,
            (_, [only]) => only.as_str(),
            _ => return None,
        };
        kind::find(context.house(), code).map(|kind| kind.unit)
    };
    let row = |figure: Figure| {
        let people = i64::try_from(figure.people).unwrap_or(i64::MAX);
        let numbers = [figure.person_times, people, figure.items, figure.standing].map(Value::Integer);
        let last = [Value::Fen(figure.amount_fen), unit(&figure.key).into()];
        std::iter::once(Value::from(figure.label)).chain(numbers).chain(last).collect()
    };
    Ok(RowPage { rows: rows.into_iter().chain(whole).map(row).collect(), next: None })
}
