//! Which incidents somebody has to follow up.

use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What happened at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationIncidentKind)]
pub enum IncidentKind {
    /// 受伤
    Injury,
    /// 中暑
    HeatStroke,
    /// 突发疾病
    Illness,
    /// 纠纷
    Quarrel,
    /// 失窃
    Theft,
    /// 火情
    Fire,
    /// 设施故障
    Fault,
    /// 其他
    Other,
}

impl IncidentKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Injury => "受伤",
            Self::HeatStroke => "中暑",
            Self::Illness => "突发疾病",
            Self::Quarrel => "纠纷",
            Self::Theft => "失窃",
            Self::Fire => "火情",
            Self::Fault => "设施故障",
            Self::Other => "其他",
        }
    }
}

/// What is known of an incident that decides whether it is followed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// What happened.
    pub kind: IncidentKind,
    /// Whether the master calls it serious.
    pub said: bool,
    /// Whether an ambulance came.
    pub ambulance: bool,
    /// Whether the police came.
    pub police: bool,
}

/// Whether an incident is serious: the master says so, an ambulance or the police came, or it burned. A serious one stays
/// open until the union closes it with a note; any other is done with what was done.
#[must_use]
pub const fn is_serious(weight: Weight) -> bool {
    weight.said || weight.ambulance || weight.police || matches!(weight.kind, IncidentKind::Fire)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    fn weights() -> impl Strategy<Value = Weight> {
        let kinds: Vec<IncidentKind> = IncidentKind::iter().collect();
        (proptest::sample::select(kinds), any::<[bool; 3]>()).prop_map(|(kind, [said, ambulance, police])| Weight {
            kind,
            said,
            ambulance,
            police,
        })
    }

    proptest! {
        #[test]
        fn whoever_came_makes_it_no_lighter(weight in weights()) {
            let heavier = [
                Weight { said: true, ..weight },
                Weight { ambulance: true, ..weight },
                Weight { police: true, ..weight },
                Weight { kind: IncidentKind::Fire, ..weight },
            ];
            for heavier in heavier {
                prop_assert!(is_serious(heavier));
            }
            let quiet = Weight { said: false, ambulance: false, police: false, ..weight };
            prop_assert_eq!(is_serious(quiet), weight.kind == IncidentKind::Fire);
        }
    }
}
