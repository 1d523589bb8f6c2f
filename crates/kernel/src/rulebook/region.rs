//! Regions as stems of division codes, so that what holds in `1522` holds in `152201` by its beginning alone.

use std::collections::HashMap;

use database::{Connection, Id};
use sea_orm::{JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, entity::prelude::*};

use crate::{
    Problem, Scope,
    organisation::{self, closure, tree},
};

/// Wanted only that what was sent is a region.
const REFUSAL: &str = "请填写 6 位行政区划代码（全国适用请留空）。";

/// The stem of a division code: without the zeros that only fill it up. Empty stands for the nation.
#[must_use]
pub fn stem(code: &str) -> &str {
    match code.len() {
        6 => code.strip_suffix("0000").or_else(|| code.strip_suffix("00")).unwrap_or(code),
        _ => code,
    }
}

/// Every region that the division `code` lies in, the nation first and the division itself last.
#[must_use]
pub fn around(code: &str) -> Vec<&str> {
    let stem = stem(code);
    let mut regions: Vec<&str> = [0, 2, 4, 6].into_iter().filter_map(|length| stem.get(..length)).collect();
    if regions.last().is_some_and(|last| last.len() < stem.len()) {
        regions.push(stem);
    }
    regions
}

/// Reads a region as people send it: nothing, a division code, or its stem.
///
/// # Errors
/// 422 naming the field `region`.
pub fn read(raw: &str) -> Result<String, Problem> {
    let code = codes::text::compact(raw);
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    let known = code.is_empty() || codes::division::province_name(&code).is_some();
    let whole = matches!(code.len(), 0 | 2 | 4 | 6 | 9);
    if digits && known && whole { Ok(stem(&code).to_owned()) } else { Err(Problem::field("region", "region", REFUSAL)) }
}

/// The division that an organisation works in: its own, or the nearest upper one's. Empty where none has one.
pub(super) async fn of(conn: &Connection, organisation: Id) -> Result<String, Problem> {
    Ok(of_many(conn, &[organisation]).await?.remove(&organisation).unwrap_or_default())
}

/// The division of the house's top organisation; of several trees the first one's, by its code. Empty where it has none.
pub(super) async fn of_the_house(conn: &Connection) -> Result<String, Problem> {
    let tops = tree::tops(conn, &Scope::everything()).await?;
    Ok(tops.into_iter().next().and_then(|top| top.division).unwrap_or_default())
}

/// The divisions of many organisations, as [`of`] answers each; those that it leaves empty are absent.
pub(super) async fn of_many(conn: &Connection, organisations: &[Id]) -> Result<HashMap<Id, String>, Problem> {
    let mut nearest = HashMap::with_capacity(organisations.len());
    for some in organisations.chunks(database::KEYS_AT_ONCE) {
        let upper: RelationDef = closure::Entity::belongs_to(organisation::Entity)
            .from(closure::Column::Ancestor)
            .to(organisation::Column::Id)
            .into();
        let query = closure::Entity::find()
            .select_only()
            .column(closure::Column::Descendant)
            .column(organisation::Column::Division)
            .join(JoinType::InnerJoin, upper)
            .filter(closure::Column::Descendant.is_in(some.iter().copied()))
            .filter(organisation::Column::Division.is_not_null())
            .order_by_asc(closure::Column::Depth);
        let found: Vec<(Id, String)> = query.into_tuple().all(conn).await?;
        for (organisation, division) in found {
            nearest.entry(organisation).or_insert(division);
        }
    }
    Ok(nearest)
}

/// Refuses to set what holds in a region to somebody whose unions don't reach over all of it.
///
/// # Errors
/// 403 if no union of the scope works in the region or around it.
pub(super) async fn reaches(conn: &Connection, scope: &Scope, region: &str) -> Result<(), Problem> {
    let Some(roots) = scope.roots() else { return Ok(()) };
    let divisions: Vec<Option<String>> = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Division)
        .filter(organisation::Column::Id.is_in(roots.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    let covers = |division: &str| !division.is_empty() && region.starts_with(stem(division));
    if divisions.iter().flatten().any(|division| covers(division)) || tree::is_whole(conn, scope).await? {
        return Ok(());
    }
    Err(Problem::new(403, "region_above", "只能设定本级工会所在地区及以下的规定，请联系上级工会。"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn regions_lie_around_a_division() {
        assert_eq!(around("152201"), ["", "15", "1522", "152201"]);
        assert_eq!(around("152200"), ["", "15", "1522"]);
        assert_eq!(around("152201103"), ["", "15", "1522", "152201", "152201103"]);
        assert_eq!(around(""), [""]);
        assert_eq!(read(" 150000 ").unwrap(), "15");
        assert_eq!(read("").unwrap(), "");
        assert_eq!(read("1522").unwrap(), "1522");
        for wrong in ["99", "1", "150", "abc", "15220110"] {
            assert_eq!(read(wrong).unwrap_err().status, 422, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_region_around_covers_the_division(code in "(15|37|50)[0-9]{4}([0-9]{3})?") {
            let regions = around(&code);
            prop_assert!(regions.iter().all(|region| code.starts_with(region)));
            prop_assert!(regions.is_sorted_by_key(|region| region.len()));
            prop_assert_eq!(regions.last().copied(), Some(stem(&code)));
        }
    }
}
