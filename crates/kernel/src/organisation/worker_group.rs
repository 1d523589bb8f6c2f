//! The editable list of worker groups.

use std::collections::HashMap;

use database::Connection;
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Fault, Problem};

/// Keeping the list, over HTTP.
pub mod keep;

/// A group of workers, for instance 货车司机.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "worker_group")]
#[schema(as = WorkerGroup)]
pub struct Model {
    /// The stable code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// What people read.
    pub label: String,
    /// Whether it is one of the focus groups, which figures show first.
    pub focus: bool,
    /// Whether it is offered for choice; what was recorded under a group stays when it no longer is.
    pub offered: bool,
    /// Its place in lists.
    pub sort: i32,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

/// The groups that every house starts with: the four focus groups of the 2021 campaign first.
pub(super) const FIRST: &[(&str, &str, bool)] = &[
    ("truck_driver", "货车司机", true),
    ("ride_hailing_driver", "网约车司机", true),
    ("courier", "快递员", true),
    ("delivery_rider", "外卖配送员", true),
    ("domestic_worker", "家政服务员", false),
    ("care_worker", "护工护理员", false),
    ("security_guard", "保安员", false),
    ("cleaner", "环卫工", false),
    ("other", "其他", false),
];

/// All groups, in their order.
///
/// # Errors
/// A fault of the database.
pub async fn list(conn: &Connection) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().order_by_asc(Column::Sort).order_by_asc(Column::Code).all(conn).await?)
}

/// What people read for each group's code.
///
/// # Errors
/// A fault of the database.
pub async fn labels(conn: &Connection) -> Result<HashMap<String, String>, Fault> {
    Ok(list(conn).await?.into_iter().map(|group| (group.code, group.label)).collect())
}

/// Checks that a group is on the list and offered.
///
/// # Errors
/// 422 naming the field `group`.
pub async fn check(conn: &Connection, code: &str) -> Result<(), Problem> {
    match Entity::find_by_id(code.to_owned()).one(conn).await? {
        Some(group) if group.offered => Ok(()),
        _ => Err(Problem::field("group", "unknown_group", "请从列表中选择职工群体。")),
    }
}
