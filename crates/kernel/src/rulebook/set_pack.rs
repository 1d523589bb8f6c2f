//! Setting a number for a region from a day on. One set for the same region and day before is corrected; the audit chain
//! keeps what it was.

use axum::{Json, http::StatusCode};
use chrono::NaiveDate;
use database::Unit;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Column, Entity, Pack, definitions, packs_around, permissions::Manage, region};
use crate::{Caller, Problem, audit};

/// A number for a region.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewRulePack {
    /// The definition's code.
    pub code: String,
    /// The division code of the region, or its stem; empty for the nation.
    #[serde(default)]
    pub region: String,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day; absent while it holds.
    pub valid_to: Option<NaiveDate>,
    /// The number, in the definition's unit.
    pub value: i64,
    /// The paper it is taken from.
    #[schema(min_length = 2, max_length = 300)]
    pub source: String,
}

crate::refusals! {
    /// Why a number is not set.
    pub enum RulePackRefusal {
        /// No programme asks for it.
        Unknown = 422 "unknown_rule" "没有这项规定，请从列表中选择。",
        /// Ends before it begins.
        Ends = 422 "ends_before_it_begins" "失效日期不能早于生效日期。",
        /// No number of days, people or fen is negative.
        Negative = 422 "negative" "数值不能是负数。",
        /// It would shut people out, or do away with what is needed still.
        TooSmall { least: i64 } = 422 "rule_too_small" "数值不能小于 {least}。",
        /// More days than the calendar counts, or none of the ways to choose from.
        TooLarge { most: i64 } = 422 "rule_too_large" "数值不能超过 {most}。",
        /// A region may only be stricter in this.
        Looser { holds: i64 } = 422 "looser" "这是安全和个人信息保护方面的规定，下级只能比上级更严；上级规定为 {holds}。",
        /// It is the program's own and no union's.
        HouseWide = 422 "house_wide" "这项规定全系统统一，只能由最上级工会设定，不能按地区另设。",
        /// Without a paper nobody can check it.
        NoSource = 422 "no_source" "请写明依据的文件名称和文号。",
    }
}

/// Sets a number.
///
/// # Errors
/// See [`RulePackRefusal`]; 403 for a region that the caller's unions don't reach over.
pub async fn set(caller: &Caller<Manage>, input: &NewRulePack) -> Result<Pack, Problem> {
    let wanted = &normal(caller, input)?;
    caller
        .unit(|unit| async move {
            region::reaches(&unit, caller.scope(), &wanted.region).await?;
            refuse_part(&unit, caller, wanted).await?;
            refuse_looser(&unit, caller, wanted).await?;
            let same = Entity::find()
                .filter(Column::Code.eq(&wanted.code))
                .filter(Column::Region.eq(&wanted.region))
                .filter(Column::ValidFrom.eq(wanted.valid_from));
            let before = same.one(&unit).await?;
            let pack = Pack { id: before.as_ref().map_or(wanted.id, |before| before.id), ..wanted.clone() };
            let active = pack.clone().into_active_model().reset_all();
            if before.is_some() {
                active.update(&unit).await?;
            } else {
                Entity::insert(active).exec_without_returning(&unit).await?;
            }
            let detail = serde_json::json!({ "before": before, "after": pack });
            audit::record(&unit, caller, ("rule_packs.set", "kernel/rule_pack", pack.id), None, detail).await?;
            Ok(pack)
        })
        .await
}

/// What is one number for all is not set for a part of the house.
async fn refuse_part(unit: &Unit, caller: &Caller<Manage>, wanted: &Pack) -> Result<(), Problem> {
    if !definitions(caller).any(|(_, rule)| rule.code == wanted.code && rule.is_house_wide()) {
        return Ok(());
    }
    let top = region::of_the_house(unit).await?;
    if region::around(&top).contains(&wanted.region.as_str()) { Ok(()) } else { Err(RulePackRefusal::HouseWide.into()) }
}

/// What a wider region says on the pack's first day stands as the floor.
async fn refuse_looser(unit: &Unit, caller: &Caller<Manage>, wanted: &Pack) -> Result<(), Problem> {
    let rule = definitions(caller).map(|(_, rule)| rule).find(|rule| rule.code == wanted.code);
    let Some((rule, strict)) = rule.and_then(|rule| Some((rule, rule.strict()?))) else { return Ok(()) };
    if wanted.region.is_empty() {
        return Ok(());
    }
    let mut wider = packs_around(unit, &wanted.code, &wanted.region).await?;
    wider.retain(|pack| pack.region.len() < wanted.region.len());
    let holds = rule.holds(&wider, wanted.valid_from).map_or(rule.default, |pack| pack.value);
    if strict.keeps(holds, wanted.value) { Ok(()) } else { Err(RulePackRefusal::Looser { holds }.into()) }
}

fn normal(caller: &Caller<Manage>, input: &NewRulePack) -> Result<Pack, Problem> {
    let rule = definitions(caller).map(|(_, rule)| rule).find(|rule| rule.code == input.code);
    let bounds = rule.ok_or(RulePackRefusal::Unknown)?.bounds();
    if input.valid_to.is_some_and(|last| last < input.valid_from) {
        return Err(RulePackRefusal::Ends.into());
    }
    if input.value < 0 {
        return Err(RulePackRefusal::Negative.into());
    }
    if input.value < *bounds.start() {
        return Err(RulePackRefusal::TooSmall { least: *bounds.start() }.into());
    }
    if input.value > *bounds.end() {
        return Err(RulePackRefusal::TooLarge { most: *bounds.end() }.into());
    }
    let source = codes::text::plain(&input.source).trim().to_owned();
    if !(2..=300).contains(&source.chars().count()) {
        return Err(RulePackRefusal::NoSource.into());
    }
    Ok(Pack {
        id: caller.id(),
        code: input.code.clone(),
        region: region::read(&input.region)?,
        valid_from: input.valid_from,
        valid_to: input.valid_to,
        value: input.value,
        source,
    })
}

#[utoipa::path(post, path = "/rule-packs", tag = "rulebook", operation_id = "set_rule_pack",
    extensions(("x-permission" = json!("rulebook.manage"))), request_body = NewRulePack,
    responses((status = 201, body = Pack), RulePackRefusal))]
pub(super) async fn set_rule_pack(
    caller: Caller<Manage>,
    Json(input): Json<NewRulePack>,
) -> Result<(StatusCode, Json<Pack>), Problem> {
    Ok((StatusCode::CREATED, Json(set(&caller, &input).await?)))
}
