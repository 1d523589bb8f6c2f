//! Figures over HTTP.

use axum::{Json, extract::Query};
use chrono::{Datelike, NaiveDate};
use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{By, FigureQuery, Figures, Tree, figures, permissions::View};
use crate::{Caller, Problem};

/// Which figures are asked for.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct FigureParams {
    /// The top of the subtree.
    pub organisation: Id,
    /// The kinds' codes, separated by commas; all if absent.
    pub kinds: Option<String>,
    /// The worker groups' codes, separated by commas, `-` for facts without a group; all if absent.
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
            groups: group_codes(self.groups.as_deref()),
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

/// The same of worker groups, where a dash stands for facts without one: an empty code.
pub(super) fn group_codes(text: Option<&str>) -> Vec<String> {
    let code = |code: String| if code == "-" { String::new() } else { code };
    codes(text).into_iter().map(code).collect()
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
