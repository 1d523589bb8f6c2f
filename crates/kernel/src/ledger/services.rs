//! The services of a union's year that no programme records at its source yet, so that officers record them by hand.

use super::{FactKind, Measure};

/// The kinds that the kernel itself declares.
pub const KINDS: &[FactKind] = &[
    times("legal_outreach", "普法宣传"),
    times("consolation_visit", "走访慰问"),
    people("health_check", "免费体检"),
    people("recuperation_stay", "疗休养"),
    items("medical_protection_gift", "医疗互助保障赠送", "份"),
    items("love_meal", "爱心餐", "份"),
    items("warm_kit", "暖心礼包", "份"),
    times("political_lecture", "思政宣讲"),
    times("skills_training", "技能培训"),
    times("collective_contract_cover", "集体协商覆盖职工"),
    items("hotline_answered", "12351热线办理", "件"),
    people("exemplary_worker", "选树先进"),
    items("open_affairs", "厂务公开", "家"),
    by_hand("federation_funds_paid", "行业工会联合会专项经费", "元", &[Measure::Yuan]),
];

const fn by_hand(
    code: &'static str,
    label: &'static str,
    unit: &'static str,
    measures: &'static [Measure],
) -> FactKind {
    FactKind { code, label, unit, measures, by_hand: true }
}

/// Done for many at once, or for one who is named.
const fn times(code: &'static str, label: &'static str) -> FactKind {
    by_hand(code, label, "人次", &[Measure::PersonTimes, Measure::People])
}

/// Counted by person, so the person must be named.
const fn people(code: &'static str, label: &'static str) -> FactKind {
    by_hand(code, label, "人", &[Measure::People])
}

/// Things given or cases handled.
const fn items(code: &'static str, label: &'static str, unit: &'static str) -> FactKind {
    by_hand(code, label, unit, &[Measure::Items, Measure::People])
}
