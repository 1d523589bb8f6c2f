//! The numbers that passwords are held to, from the rulebook; the defaults after GB/T 22239-2019 8.1.4.1.

use database::{Connection, Id};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{grant, second_factor};
use crate::{Context, Problem, rulebook, rulebook::RuleDefinition};

const SOURCE: &str = "GB/T 22239-2019 8.1.4.1 身份鉴别";
pub(crate) const DAYS: RuleDefinition =
    RuleDefinition {
        code: "access.password_days", label: "密码更换周期", unit: "天", default: 90, source: SOURCE
    };
pub(crate) const LENGTH: RuleDefinition = RuleDefinition {
    code: "access.password_length",
    label: "密码最短长度",
    unit: "个字符",
    default: 10,
    source: SOURCE,
};
pub(crate) const HISTORY: RuleDefinition = RuleDefinition {
    code: "access.password_history",
    label: "不得重复使用的最近密码个数",
    unit: "个",
    default: 5,
    source: SOURCE,
};
/// On how many devices an officer may be logged in; one more ends the one that was left longest.
pub(crate) const AT_ONCE: RuleDefinition = RuleDefinition {
    code: "access.log_ins_at_once",
    label: "同一账号最多同时登录的设备数",
    unit: "台",
    default: 10,
    source: "OWASP ASVS 5.0 7.1.2；台数为系统默认值",
};
/// The definitions, for the rulebook.
pub const ALL: &[RuleDefinition] = &[AT_ONCE, DAYS, LENGTH, HISTORY, second_factor::RULE];

/// What holds for one account's password: of the places where it has roles the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordNumbers {
    /// Days after which it must be changed.
    pub days: i64,
    /// The fewest characters.
    pub length: i64,
    /// How many of the last passwords may not come again.
    pub history: i64,
}

/// What holds today where these organisations are.
///
/// # Errors
/// A fault of the database.
pub async fn at(conn: &Connection, context: &Context, places: &[Id]) -> Result<PasswordNumbers, Problem> {
    let number = async |rule| rulebook::strictest(conn, context, rule, places.iter().copied()).await;
    Ok(PasswordNumbers { days: number(&DAYS).await?, length: number(&LENGTH).await?, history: number(&HISTORY).await? })
}

/// What holds today for an account.
///
/// # Errors
/// A fault of the database.
pub async fn of(conn: &Connection, context: &Context, account: Id) -> Result<PasswordNumbers, Problem> {
    at(conn, context, &places(conn, account).await?).await
}

/// Where an account has roles.
///
/// # Errors
/// A fault of the database.
pub(super) async fn places(conn: &Connection, account: Id) -> Result<Vec<Id>, Problem> {
    let query = grant::Entity::find()
        .select_only()
        .column(grant::Column::OrganisationId)
        .distinct()
        .filter(grant::Column::AccountId.eq(account));
    Ok(query.into_tuple().all(conn).await?)
}
