//! Enrolment shares (入会率): members ÷ active workers, by group or by organisation. The denominator is named with the
//! day of its count.

use std::slice;

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Context, Problem,
    ledger::Tree,
    organisation::{
        self,
        head_count::{self, HeadCount, Whose},
        tree, worker_group,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{permissions::SeeEnrolment, programme::MEMBERSHIP, rules::share::basis_points};

/// By what the shares are divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharesBy {
    /// By worker group.
    #[default]
    Group,
    /// By the organisations directly below.
    Organisation,
}

/// Which shares.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShareFilter {
    /// The organisation; its whole subtree counts.
    pub organisation: Id,
    /// On this day; today unless told.
    pub on: Option<NaiveDate>,
    /// By what they are divided.
    #[param(inline)]
    pub by: Option<SharesBy>,
    /// One group only, instead of the focus groups together (by organisation).
    pub group: Option<String>,
}

/// A share.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Share {
    /// A group's code or an organisation's key; `all` for the whole.
    pub key: String,
    /// What people read.
    pub label: String,
    /// Members on the day where somebody counted the workers of their group.
    pub members: i64,
    /// Members elsewhere, who are not in the share.
    pub outside: i64,
    /// Active workers by the latest counts at or before the day.
    pub workers: i64,
    /// The day of the oldest of these counts; absent if nobody counted.
    pub counted_on: Option<NaiveDate>,
    /// The share in basis points; absent where nobody counted.
    pub share_bp: Option<i64>,
}

/// Shares, with what they are shares of.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Shares {
    /// The day.
    pub on: NaiveDate,
    /// What the denominator is.
    pub denominator: String,
    /// One a key.
    pub items: Vec<Share>,
    /// All together, from summed numerators and denominators.
    pub total: Share,
}

/// What the denominator is, in words.
pub const DENOMINATOR: &str = "在岗职工数（各级工会登记的最近一次在岗人数，按群体）";

/// One share of one organisation and some groups.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn share(
    caller: &Context,
    organisation: Id,
    groups: &[String],
    on: NaiveDate,
    (key, label): (String, String),
) -> Result<Share, Problem> {
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let counted = head_count::counted(caller, organisation, &groups, on, Tree::Dated).await?;
    let found = counted.share(caller, MEMBERSHIP, Some(groups.as_slice())).await?;
    Ok(Share::of(found, (key, label)))
}

impl Share {
    fn of(found: head_count::Share, (key, label): (String, String)) -> Self {
        let head_count::Share { members, outside, heads: HeadCount { workers, counted_on } } = found;
        Self { key, label, members, outside, workers, counted_on, share_bp: basis_points(members, workers) }
    }
}

/// The groups of the campaign, or the one asked for.
///
/// # Errors
/// A fault of the database.
pub async fn groups(caller: &Context, only: Option<&str>) -> Result<Vec<worker_group::Model>, Problem> {
    let all = worker_group::list(caller.read()).await?;
    let wanted = |group: &worker_group::Model| only.map_or(group.focus, |only| group.code == only);
    Ok(all.into_iter().filter(wanted).collect())
}

/// Reads shares.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn shares(caller: &Caller<SeeEnrolment>, filter: &ShareFilter) -> Result<Shares, Problem> {
    let on = filter.on.unwrap_or(caller.today());
    let top = organisation::get(caller.read(), caller.scope(), filter.organisation).await?;
    let groups = groups(caller, filter.group.as_deref()).await?;
    let codes: Vec<&str> = groups.iter().map(|group| group.code.as_str()).collect();
    let counted = &head_count::counted(caller, top.id, &codes, on, Tree::Dated).await?;
    let children = match filter.by.unwrap_or_default() {
        SharesBy::Group => None,
        SharesBy::Organisation => Some(tree::children(caller.read(), caller.scope(), top.id).await?),
    };
    let keys: Vec<Id> = children.iter().flatten().map(|child| child.id).collect();
    let below = head_count::counted_each(caller, &keys, &codes, on, Tree::Dated).await?;
    let all = Some(codes.as_slice());
    let mut names = Vec::new();
    let mut wanted: Vec<Whose<'_>> = Vec::new();
    for (child, counted) in children.iter().flatten().zip(&below) {
        names.push((child.id.to_string(), child.name.clone()));
        wanted.push((counted, all));
    }
    if children.is_none() {
        names.extend(groups.iter().map(|group| (group.code.clone(), group.label.clone())));
        wanted.extend(codes.iter().map(|code| (counted, Some(slice::from_ref(code)))));
    }
    names.push(("all".to_owned(), top.name));
    wanted.push((counted, all));
    let found = head_count::shares(caller, MEMBERSHIP, &wanted).await?;
    let mut items: Vec<Share> = found.into_iter().zip(names).map(|(found, name)| Share::of(found, name)).collect();
    let total = items.pop().ok_or_else(Problem::not_found)?;
    Ok(Shares { on, denominator: DENOMINATOR.to_owned(), items, total })
}

/// 入会率
#[utoipa::path(
    get, path = "/enrolment/shares", tag = "membership", operation_id = "enrolment_shares",
    extensions(("x-permission" = json!("membership.view_enrolment"))),
    params(ShareFilter), responses((status = 200, body = Shares)),
)]
pub async fn get_shares(
    caller: Caller<SeeEnrolment>,
    Query(filter): Query<ShareFilter>,
) -> Result<Json<Shares>, Problem> {
    shares(&caller, &filter).await.map(Json)
}
