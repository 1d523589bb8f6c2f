use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a device is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationOrderKind)]
pub enum OrderKind {
    /// 开门
    Open,
    /// 送电
    PowerOn,
    /// 断电
    PowerOff,
}

impl OrderKind {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PowerOn => "power_on",
            Self::PowerOff => "power_off",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "开门",
            Self::PowerOn => "送电",
            Self::PowerOff => "断电",
        }
    }
}

/// What a device was told to do: written down first, carried then, and done when the device says so.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_order")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// The device.
    pub device_id: Id,
    /// The name under which it was asked for. Unique with the device.
    pub sent_as: String,
    /// What to do.
    pub kind: OrderKind,
    /// Who wants to come in, if he is known.
    pub person_id: Option<Id>,
    /// A guest's phone, as a keyed hash of this purpose alone.
    pub guest: Option<String>,
    /// When it was asked for.
    pub asked_at: Moment,
    /// Until when it may be carried out.
    pub until: Moment,
    /// When it was last carried to the broker.
    pub carried_at: Option<Moment>,
    /// When the device did it, by its own clock.
    pub done_at: Option<Moment>,
    /// Why it is not to be done, in words.
    pub refused: Option<String>,
    /// The visit that it counts as.
    pub entry_id: Option<Id>,
    /// Who gave it.
    pub actor: String,
}

database::plain_table!();
