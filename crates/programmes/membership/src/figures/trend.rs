//! The enrolment share over the last twelve months, each at the month's end (this month: today).

use axum::{Json, extract::Query};
use database::Id;
use kernel::{Caller, Problem, organisation};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::shares::{DENOMINATOR, Share, groups, share};
use crate::permissions::SeeEnrolment;

/// Which trend.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrendFilter {
    /// The organisation; its whole subtree counts.
    pub organisation: Id,
    /// One group, instead of the focus groups together.
    pub group: Option<String>,
}

/// The shares, month by month; keys are months.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Trend {
    /// What the denominator is.
    pub denominator: String,
    /// The oldest month first.
    pub items: Vec<Share>,
}

/// Reads the trend.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn trend(caller: &Caller<SeeEnrolment>, filter: &TrendFilter) -> Result<Trend, Problem> {
    organisation::get(caller.read(), caller.scope(), filter.organisation).await?;
    let groups = groups(caller, filter.group.as_deref()).await?;
    let codes: Vec<String> = groups.into_iter().map(|group| group.code).collect();
    let mut items = Vec::with_capacity(12);
    for day in calendar::month_ends(caller.today(), 12) {
        let month = (day.format("%Y-%m").to_string(), day.format("%Y年%-m月").to_string());
        items.push(share(caller, filter.organisation, &codes, day, month).await?);
    }
    Ok(Trend { denominator: DENOMINATOR.to_owned(), items })
}

/// 入会率走势
#[utoipa::path(
    get, path = "/enrolment/trend", tag = "membership", operation_id = "enrolment_trend",
    extensions(("x-permission" = json!("membership.view_enrolment"))),
    params(TrendFilter), responses((status = 200, body = Trend)),
)]
pub async fn get_trend(
    caller: Caller<SeeEnrolment>,
    Query(filter): Query<TrendFilter>,
) -> Result<Json<Trend>, Problem> {
    trend(&caller, &filter).await.map(Json)
}
