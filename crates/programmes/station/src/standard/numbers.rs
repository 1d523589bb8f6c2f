//! The numbers of the standard, which differ by place, and what counts an inspection.

use chrono::NaiveDate;
use database::Connection;
use kernel::{
    Context, Id, Problem,
    ledger::{FactKind, Measure},
    rulebook::{self, RuleDefinition},
};

use crate::rules::standard::{Lines, Size};

/// A station was inspected.
pub const INSPECTED: &str = "station_inspected";

/// The fact that a station was inspected.
pub const INSPECTION_KIND: FactKind =
    FactKind { code: INSPECTED, label: "驿站检查", unit: "次", measures: &[Measure::Items], by_hand: false };

const fn line(code: &'static str, label: &'static str, default: i64) -> RuleDefinition {
    RuleDefinition {
        code, label, unit: "分", default, source: "系统默认值（百分制），请按当地驿站星级评定办法核定"
    }
}

/// From how many points of 100 on a station has one star (which is the standard), two, up to five.
pub const STAR_LINES: [RuleDefinition; 5] = [
    line("station.star_one", "驿站达标（一星）最低分", 60),
    line("station.star_two", "驿站二星最低分", 70),
    line("station.star_three", "驿站三星最低分", 80),
    line("station.star_four", "驿站四星最低分", 90),
    line("station.star_five", "驿站五星最低分", 95),
];

/// How large a station with five stars is at least.
pub const FIVE_STAR_AREA: RuleDefinition = RuleDefinition {
    code: "station.five_star_area",
    label: "五星驿站最小面积",
    unit: "平方米",
    default: 30,
    source: "福州市驿站星级评定做法；DB34/T 4720-2024（安徽）原则上30平方米以上，请按当地标准核定",
};

/// How many people a station with five stars holds at least.
pub const FIVE_STAR_CAPACITY: RuleDefinition = RuleDefinition {
    code: "station.five_star_capacity",
    label: "五星驿站最少容纳人数",
    unit: "人",
    default: 20,
    source: "福州市驿站星级评定做法，请按当地标准核定",
};

/// For how many days after the inspection a station below standard may still be open.
pub const GRACE_DAYS: RuleDefinition = RuleDefinition {
    code: "station.grace_days",
    label: "驿站未达标后的整改宽限期（期满不再显示为开放）",
    unit: "天",
    default: 30,
    source: "系统默认值，请按当地规定核定",
};

/// How many days there are to mend what an inspection found, unless it says otherwise.
pub const MEND_DAYS: RuleDefinition = RuleDefinition {
    code: "station.mend_days",
    label: "驿站检查问题的整改期限（检查时可另定）",
    unit: "天",
    default: 15,
    source: "系统默认值，请按当地规定核定",
};

/// After how many months a station is inspected again.
pub const INSPECT_MONTHS: RuleDefinition = RuleDefinition {
    code: "station.inspect_months",
    label: "驿站“五强”标准检查的间隔（逾期列入待办）",
    unit: "个月",
    default: 12,
    source: "系统默认值（每年至少检查一次），请按当地规定核定",
};

/// The lines that hold for a union on a day.
///
/// # Errors
/// A fault of the database.
pub async fn lines(conn: &Connection, context: &Context, union: Id, day: NaiveDate) -> Result<Lines, Problem> {
    let mut lines = Lines([0; 5]);
    for (line, rule) in lines.0.iter_mut().zip(&STAR_LINES) {
        *line = rulebook::number(conn, context, rule, union, day).await?;
    }
    Ok(lines)
}

/// How large a station with five stars is at least, for a union on a day.
///
/// # Errors
/// A fault of the database.
pub async fn five_star_size(conn: &Connection, context: &Context, union: Id, day: NaiveDate) -> Result<Size, Problem> {
    Ok(Size {
        area: rulebook::number(conn, context, &FIVE_STAR_AREA, union, day).await?,
        capacity: rulebook::number(conn, context, &FIVE_STAR_CAPACITY, union, day).await?,
    })
}
