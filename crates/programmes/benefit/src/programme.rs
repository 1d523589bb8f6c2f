//! What the server knows of this programme.

use kernel::{
    Programme,
    keys::Sealed,
    ledger::{FactKind, Measure},
    outbox::Subscription,
    rulebook::RuleDefinition,
};

use crate::{
    batch, claim, copied, draw, expire, follow_merger,
    hand_over_claims::hand_over_claims,
    kept,
    migrations::migrations,
    no_offers_left::no_offers_left,
    nominate,
    offer::{
        limits::{UNIT_MOST, YEAR_MOST},
        over_budget::OVER_BUDGET,
    },
    partner, permissions, promised, redeem,
    routes::routes,
    settlement, tells,
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

/// A seed is secret until it is drawn; why somebody is nominated or objected to is his own matter, and so is who comes along.
const SEALED: &[Sealed] = &[
    Sealed::text("benefit_draw", "seed_sealed", "seed", &["round_id"]),
    Sealed::text("benefit_nomination", "reason_sealed", "reason", &["id"]),
    Sealed::text("benefit_objection", "reason_sealed", "reason", &["id"]),
    Sealed::text("benefit_companion", "name_sealed", "name", &["id"]),
    Sealed::text("benefit_companion", "number_sealed", "number", &["id"]),
];

/// For how many working days those who were approved are publicly shown.
pub const PUBLICITY_DAYS: RuleDefinition = RuleDefinition {
    code: "benefit.publicity_working_days",
    label: "普惠服务推荐公示期",
    unit: "个工作日",
    default: 5,
    source: "各地办法5至7个工作日不等；系统默认5个工作日，请按当地规定核定",
};

/// Until how many days before a batch begins one may choose it, change it or give it back.
pub const BATCH_DAYS: RuleDefinition = RuleDefinition {
    code: "benefit.batch_change_days",
    label: "体检、疗休养批次报名、改期和退订截止（开始前）",
    unit: "天",
    default: 3,
    source: "系统默认值，请按与体检机构、疗休养基地的约定核定",
};

/// For how many days after a batch is known who came along.
pub const COMPANION_DAYS: RuleDefinition = RuleDefinition {
    code: "benefit.companion_kept_days",
    label: "同行人员信息的保存时间（批次结束后）",
    unit: "天",
    default: 30,
    source: "《中华人民共和国个人信息保护法》第十九条；天数为系统默认值",
};

/// How many pieces may be handed over at a place within a minute before who settles is told to look; 0 means that he is not.
pub const BURST_PIECES: RuleDefinition = RuleDefinition {
    code: "benefit.burst_pieces",
    label: "核销点每分钟核销份数提示线（0为不提示）",
    unit: "份",
    default: 15,
    source: "系统默认值，请按核销点同时扫码的人数核定",
};

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
    partner::register::SUBSCRIPTION,
    follow_merger::SUBSCRIPTION,
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
        rules: &[
            VOUCHER_SECONDS,
            PUBLICITY_DAYS,
            BATCH_DAYS,
            COMPANION_DAYS,
            BURST_PIECES,
            UNIT_MOST,
            YEAR_MOST,
            OVER_BUDGET,
        ],
        subscriptions: SUBSCRIPTIONS,
        jobs: &[
            expire::JOB,
            promised::JOB,
            draw::run::JOB,
            draw::move_up::JOB,
            nominate::give::JOB,
            batch::companions::JOB,
            batch::call_off::TELL,
            batch::remind::JOB,
            batch::remind::TELL,
            claim::tell_given::TELL,
            claim::void::TELL,
            claim::void_all::JOB,
        ],
        acts: permissions::ACTS,
        tells: tells::ALL,
        consents: &[batch::guardian::GUARDIAN],
        sealed: SEALED,
        on_merge: &[hand_over_claims],
        before_hand_entry: &[],
        on_erase: &[nominate::forget::forget, batch::companions::forget, claim::forget::forget],
        still_needs: &[],
        on_show: &[],
        copied: copied::ALL,
        kept: kept::ALL,
        exports: &[
            claim::export::CLAIMS,
            redeem::export::REDEMPTIONS,
            nominate::export::NOMINATIONS,
            nominate::read_table::WRONG_NOMINATIONS,
            batch::export::BATCH,
            settlement::export::SETTLEMENTS,
        ],
        on_close: &[no_offers_left],
        sites: None,
        hands_over: Some(redeem::at_site::redeemed),
        budget_left: None,
        where_done: Some(redeem::where_done::where_done),
        migrations,
    }
}
