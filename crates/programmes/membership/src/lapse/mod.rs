//! Members who neither pay dues nor take part for months: the union is told, talks to them, and ends a membership only by an
//! officer's act, never by itself.

pub mod leave;
pub mod list;
pub mod notice;
pub mod seen;
pub mod talk;

use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{
    Context, House, Problem,
    rulebook::{self, RuleDefinition},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::rules;

/// After how many months.
pub const MONTHS: RuleDefinition = RuleDefinition {
    code: "membership.lapse_months",
    label: "连续未缴会费且未参加活动，需谈话的月数",
    unit: "个月",
    default: 6,
    source: "《中国工会章程》：没有正当理由连续六个月不交纳会费、不参加工会活动，经教育拒不改正，应当视为自动退会",
};

/// How long after the talk.
pub const TALK_DAYS: RuleDefinition = RuleDefinition {
    code: "membership.lapse_talk_days",
    label: "谈话后仍无改变，可按自动退会办理的天数",
    unit: "天",
    default: 30,
    source: "系统默认值，请按当地规定核定",
};

/// From when on a membership that lapsed may be ended: by the rule of the talk's day, as what was said to the member then
/// holds.
async fn may_end_on(
    conn: &Connection,
    context: &Context,
    union: Id,
    talked_on: NaiveDate,
) -> Result<NaiveDate, Problem> {
    let days = rulebook::number(conn, context, &TALK_DAYS, union, talked_on).await?;
    Ok(rules::lapse::may_end_on(talked_on, days))
}

/// Lapses over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_lapses))
        .routes(routes!(talk::post_talk))
        .routes(routes!(leave::post_leave))
}
