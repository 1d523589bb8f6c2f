//! What nobody looks after climbs the tree: a missed look round, what is not mended in time, what visitors reported and nobody
//! answered, what nobody has confirmed for too long. The master is told by text on the same day; from the next day on the union
//! that answers for the station finds it in its list, and later the union above.

mod late;
mod look;
mod tell;
mod unseen;
pub mod view;

use kernel::rulebook::RuleDefinition;
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::SelectStatement};

use crate::tables::neglect::{Column, Entity};

pub use crate::tables::neglect::{Level, NeglectKind};
pub use look::{JOB, begin};
pub use tell::TELL;

/// How long after somebody is first there the look round should have been.
pub const CHECK_HOURS: RuleDefinition = RuleDefinition {
    code: "station.check_hours",
    label: "驿站开门后多少小时还没有检查，短信提醒站长",
    unit: "小时",
    default: 2,
    source: "系统默认值，请按当地驿站管理规定核定",
};

/// After how many days the union above looks after what is neglected.
pub const CLIMB_DAYS: RuleDefinition = RuleDefinition {
    code: "station.climb_days",
    label: "驿站漏检、整改逾期、反映的问题没有核实、设施超期没有确认，多少天后列入上级督办",
    unit: "天",
    default: 5,
    source: "系统默认值，不少于2天，请按当地驿站管理规定核定",
};

/// The keys of stations where something, or something of a kind, is neglected that has climbed to the union, or to the union
/// above.
pub(crate) fn climbed(above: bool, kind: Option<NeglectKind>) -> SelectStatement {
    let lasting = Entity::find().select_only().column(Column::StationId).filter(Column::OverOn.is_null());
    let climbed = if above { Column::Level.eq(Level::Above) } else { Column::Level.ne(Level::Master) };
    lasting.filter(climbed).apply_if(kind, |query, kind| query.filter(Column::Kind.eq(kind))).into_query()
}
