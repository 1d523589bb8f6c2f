//! Medicine and goods of a station: what comes in by batch and expiry, what is taken on the master's phone (also without a
//! network), and what wants looking after. Nothing goes that is not there, and nothing that has expired; what was mistyped is
//! taken back.

pub mod export;
pub(crate) mod first_aid;
pub mod list;
pub mod many;
pub mod moves;
pub mod receive;
pub mod show;
pub mod take;
pub mod take_back;

pub use crate::tables::good::GoodKind;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Context, Id, Problem, Unit, rulebook::RuleDefinition};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};

use crate::{
    register::form::text,
    rules::supplies::Batch,
    tables::{
        batch, station,
        supply_move::{self, Way},
    },
};

/// How long before its last day something is warned of.
pub const EXPIRY_DAYS: RuleDefinition = RuleDefinition {
    code: "station.expiry_days",
    label: "驿站药品、物资到期前多少天开始提醒",
    unit: "天",
    default: 30,
    source: "系统默认值，请按当地药品管理要求核定",
};

/// The batches of some things, as rules know them.
///
/// # Errors
/// A fault of the database.
async fn batches(conn: &Connection, goods: &[Id]) -> Result<Vec<batch::Model>, Problem> {
    let query = batch::Entity::find().filter(batch::Column::GoodId.is_in(goods.iter().copied()));
    Ok(query.filter(batch::Column::Left.gt(0)).all(conn).await?)
}

fn known(row: &batch::Model) -> Batch {
    Batch { id: row.id, expires_on: row.expires_on, left: row.left }
}

/// Of which thing a phone sent something before under this name, if it did.
async fn told(conn: &Connection, station: Id, sent_as: &str) -> Result<Option<Id>, Problem> {
    let query = supply_move::Entity::find()
        .filter(supply_move::Column::StationId.eq(station))
        .filter(supply_move::Column::SentAs.eq(sent_as));
    Ok(query.one(conn).await?.map(|row| row.good_id))
}

/// A move to be written down.
struct Moved<'a> {
    good: Id,
    sent_as: &'a str,
    way: Way,
    /// Of which batches how much.
    parts: &'a [(Id, i64)],
    at: chrono::DateTime<chrono::Utc>,
    /// The move that it takes back, and why.
    back: Option<(Id, &'a str)>,
}

async fn note(unit: &Unit, context: &Context, station: &station::Model, moved: Moved<'_>) -> Result<(), Problem> {
    let row = supply_move::Model {
        id: context.id(),
        station_id: station.id,
        organisation_id: station.organisation_id,
        good_id: moved.good,
        sent_as: moved.sent_as.to_owned(),
        way: moved.way,
        quantity: moved.parts.iter().map(|(_, some)| some).sum(),
        happened_at: moved.at.into(),
        actor: context.actor().word(),
        heard_at: context.now().into(),
        parts: Some(text(&moved.parts)?),
        reverses: moved.back.map(|(id, _)| id),
        reason: moved.back.map(|(_, reason)| reason.to_owned()),
    };
    supply_move::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(unit).await?;
    Ok(())
}

/// The most of one thing at once.
const MOST: i64 = 10_000;

fn amount(quantity: i64) -> Result<i64, Problem> {
    if (1..=MOST).contains(&quantity) {
        Ok(quantity)
    } else {
        Err(Problem::field("quantity", "quantity", "数量请填写1至10000。"))
    }
}

/// An expiry that can be meant.
fn expiry(last: Option<NaiveDate>, today: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    match last {
        Some(last) if last < today => {
            Err(Problem::field("expires_on", "expired", "有效期已过，过期的药品和物资不能入库。"))
        }
        last => Ok(last),
    }
}
