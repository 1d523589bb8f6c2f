//! What the server knows of this programme.

use kernel::{
    Programme,
    keys::Sealed,
    ledger::{FactKind, Measure},
    outbox::Subscription,
    rulebook::RuleDefinition,
};

use crate::{
    draw, expire, hand_over_claims::hand_over_claims, kept, migrations::migrations, no_offers_left::no_offers_left,
    permissions, promised, routes::routes, settlement,
};

/// Kinds that nobody counted before; meals, kits, checks, stays and protection are the kernel's, which plans count already.
const FACT_KINDS: &[FactKind] = &[
    FactKind {
        code: "benefit_ticket",
        label: "文体票券",
        unit: "张",
        measures: &[Measure::Items, Measure::People],
        by_hand: false,
    },
    FactKind {
        code: "benefit_given",
        label: "其他普惠服务",
        unit: "份",
        measures: &[Measure::Items, Measure::People],
        by_hand: false,
    },
];

/// A seed is secret until it is drawn.
const SEALED: &[Sealed] = &[Sealed {
    table: "benefit_draw",
    column: "seed_sealed",
    place: "seed",
    keys: &["round_id"],
    index: None,
    large: false,
}];

/// How long the code of a voucher is good.
pub const VOUCHER_SECONDS: RuleDefinition = RuleDefinition {
    code: "benefit.voucher_seconds",
    label: "普惠凭证二维码有效时间",
    unit: "秒",
    default: 60,
    source: "系统默认值，可设为30至300秒",
};

/// What others did that concerns benefits.
const SUBSCRIPTIONS: &[Subscription] = &[
    promised::SUBSCRIPTIONS[0],
    promised::SUBSCRIPTIONS[1],
    settlement::hear::SUBSCRIPTIONS[0],
    settlement::hear::SUBSCRIPTIONS[1],
];

/// The benefits as one value.
#[must_use]
pub fn programme() -> Programme {
    Programme {
        name: "benefit",
        label: "普惠服务",
        routes,
        fact_kinds: FACT_KINDS,
        permissions: permissions::ALL,
        rules: &[VOUCHER_SECONDS],
        subscriptions: SUBSCRIPTIONS,
        jobs: &[expire::JOB, promised::JOB, draw::run::JOB],
        acts: permissions::ACTS,
        sealed: SEALED,
        on_merge: &[hand_over_claims],
        before_hand_entry: &[],
        on_erase: &[],
        kept: kept::ALL,
        exports: &[],
        on_close: &[no_offers_left],
        migrations,
    }
}
