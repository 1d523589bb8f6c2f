use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationBookingState)]
pub enum BookingState {
    /// 已预约
    Booked,
    /// 已咨询
    Held,
    /// 未到
    Missed,
    /// 本人已取消
    Cancelled,
    /// 窗口已取消
    CalledOff,
}

impl BookingState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Booked => "已预约",
            Self::Held => "已咨询",
            Self::Missed => "未到",
            Self::Cancelled => "已取消",
            Self::CalledOff => "窗口暂停，预约取消",
        }
    }

    /// Those whose time nobody else can have.
    pub const TAKING: [Self; 3] = [Self::Booked, Self::Held, Self::Missed];
}

/// Somebody booked a time at a desk, or came without.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_booking")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The desk.
    pub desk_id: Id,
    /// The desk's station; the scope.
    pub station_id: Id,
    /// The account of who advises; it stays once the consultation was held, whoever sits there later.
    pub adviser_id: Id,
    /// Who booked or came; absent for one who came and stays nobody known.
    pub person_id: Option<Id>,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Where it stands.
    pub state: BookingState,
    /// Why the desk called it off, if it did; or why it was taken back that he came without having booked.
    pub reason: Option<String>,
    /// The fact that it was held.
    pub fact_id: Option<Id>,
    /// What was said and advised, sealed.
    pub record_sealed: Option<String>,
    /// When that was written last.
    pub recorded_at: Option<Moment>,
    /// When it was booked, or written down that he came.
    pub made_at: Moment,
    /// Who wrote down that he came without having booked, or after he had missed his time.
    pub actor: Option<String>,
    /// From when he had booked who missed his time and came later; he stands at the time when he came.
    pub missed_from: Option<Moment>,
    /// Until when.
    pub missed_until: Option<Moment>,
}

database::plain_table!();

impl Model {
    /// Whether he came without having booked: it was written down when the time had begun.
    #[must_use]
    pub fn walked_in(&self) -> bool {
        self.missed_from.is_none() && self.made_at >= self.starts_at
    }

    /// Whether it was taken back that he came without having booked.
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        self.walked_in() && self.state == BookingState::Cancelled
    }
}
