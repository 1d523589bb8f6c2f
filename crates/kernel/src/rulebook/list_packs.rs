//! All rules, with what holds for an organisation today.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Id;
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, Entity, Pack, definitions, permissions::View, region};
use crate::{
    Caller, Problem,
    organisation::{self, tree},
};

/// For whom and when.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RuleQuestion {
    /// The organisation for which the rules hold; without it, the top of what the caller may see.
    pub organisation: Option<Id>,
    /// The day on which they hold; today unless told.
    pub on: Option<NaiveDate>,
}

/// A rule, and what holds.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RuleStanding {
    /// The stable code.
    pub code: String,
    /// What officers read.
    pub label: String,
    /// The programme it belongs to.
    pub programme: String,
    /// 个工作日, 天, 个月, 基点, 分, 人 …
    pub unit: String,
    /// What holds where no pack says otherwise.
    pub default: i64,
    /// The paper behind the default.
    pub default_source: String,
    /// Whether it is one number for all, which the house's top organisation sets.
    pub is_house_wide: bool,
    /// What holds for the organisation on the day.
    pub value: i64,
    /// The paper behind it.
    pub source: String,
    /// The pack it comes from; absent where the default holds.
    pub pack_id: Option<Id>,
    /// The packs of all regions around the organisation, or around the top one, the nation's first, the oldest first.
    pub packs: Vec<Pack>,
}

/// All rules with what holds.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn list(caller: &Caller<View>, question: &RuleQuestion) -> Result<Vec<RuleStanding>, Problem> {
    let division = match question.organisation {
        Some(id) => {
            let organisation = organisation::get(caller.read(), caller.scope(), id).await?;
            region::of(caller.read(), organisation.id).await?
        }
        None => match tree::tops(caller.read(), caller.scope()).await?.first() {
            Some(top) => region::of(caller.read(), top.id).await?,
            None => String::new(),
        },
    };
    let top = region::of_the_house(caller.read()).await?;
    let packs = Entity::find()
        .filter(Column::Region.is_in(region::around(&division).into_iter().chain(region::around(&top))))
        .order_by_asc(Column::Region)
        .order_by_asc(Column::ValidFrom)
        .all(caller.read())
        .await?;
    let on = question.on.unwrap_or_else(|| caller.today());
    let standing = |(programme, rule): (&str, super::RuleDefinition)| {
        let around = region::around(if rule.is_house_wide() { &top } else { &division });
        let its = |pack: &&Pack| pack.code == rule.code && around.contains(&pack.region.as_str());
        let packs: Vec<Pack> = packs.iter().filter(its).cloned().collect();
        let holds = rule.holds(&packs, on);
        RuleStanding {
            code: rule.code.to_owned(),
            label: rule.label.to_owned(),
            programme: programme.to_owned(),
            unit: rule.unit.to_owned(),
            default: rule.default,
            default_source: rule.source.to_owned(),
            is_house_wide: rule.is_house_wide(),
            value: holds.map_or(rule.default, |pack| pack.value),
            source: holds.map_or_else(|| rule.source.to_owned(), |pack| pack.source.clone()),
            pack_id: holds.map(|pack| pack.id),
            packs,
        }
    };
    Ok(definitions(caller).map(standing).collect())
}

#[utoipa::path(get, path = "/rule-packs", tag = "rulebook", operation_id = "list_rule_packs",
    extensions(("x-permission" = json!("rulebook.view"))), params(RuleQuestion),
    responses((status = 200, body = Vec<RuleStanding>)))]
pub(super) async fn list_rule_packs(
    caller: Caller<View>,
    Query(question): Query<RuleQuestion>,
) -> Result<Json<Vec<RuleStanding>>, Problem> {
    Ok(Json(list(&caller, &question).await?))
}
