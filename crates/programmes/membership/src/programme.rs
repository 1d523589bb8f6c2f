//! What the server knows of this programme.

use kernel::{
    Programme,
    keys::Sealed,
    ledger::{self, FactKind, Measure},
    outbox::JobKind,
    rulebook::RuleDefinition,
};

use crate::{
    card_token,
    consent::JOINING,
    copied, dues,
    empty_person::{empty_person, still_members},
    event, export, follow_group, follow_merger, import, kept, lapse,
    merge_memberships::merge_memberships,
    migrations::migrations,
    no_members_left::no_members_left,
    pausing, permissions,
    routes::routes,
    tell_transfers, tells, terms,
};

/// Somebody's membership begins or ends: the sum is the number of members.
pub const MEMBERSHIP: &str = ledger::MEMBERSHIP;
/// Somebody joined.
pub const MEMBER_JOINED: &str = "member_joined";
/// A gift kit was handed over.
pub const KIT_HANDED_OVER: &str = "kit_handed_over";

const SEALED: &[Sealed] = &[
    Sealed::text("membership_privacy_request", "words_sealed", "words", &["id"]),
    Sealed::text("membership_privacy_request", "answer_sealed", "answer", &["id"]),
    Sealed { large: true, ..Sealed::text("membership_import_cells", "cells", "cells", &["import_id", "block"]) },
];

const FACT_KINDS: &[FactKind] = &[
    FactKind { code: MEMBERSHIP, label: "会员", unit: "人", measures: &[Measure::Standing], by_hand: false },
    FactKind {
        code: MEMBER_JOINED,
        label: "新入会",
        unit: "人次",
        measures: &[Measure::PersonTimes, Measure::People],
        by_hand: false,
    },
    FactKind {
        code: KIT_HANDED_OVER,
        label: "入会礼包发放",
        unit: "份",
        measures: &[Measure::Items, Measure::People],
        by_hand: false,
    },
];

/// In how many working days an application is answered.
pub const ANSWER_DAYS: RuleDefinition = RuleDefinition {
    code: "membership.answer_working_days",
    label: "入会申请答复期限",
    unit: "个工作日",
    default: 5,
    source: "《工会会员会籍管理办法》第五条；天数为系统默认值，请按当地规定核定",
};

/// In how many days the transfer of a member is answered, by the rule of his home union, whichever side asked for it.
pub const TRANSFER_DAYS: RuleDefinition = RuleDefinition {
    code: "membership.transfer_days",
    label: "会籍转接确认期限",
    unit: "天",
    default: 30,
    source: "《工会会员会籍管理办法》；天数为系统默认值，请按当地规定核定",
};

/// The least age for approval by rule.
pub const LEAST_AGE: RuleDefinition = RuleDefinition {
    code: "membership.least_age",
    label: "自动批准入会的最低年龄",
    unit: "周岁",
    default: 16,
    source: "《中华人民共和国劳动法》第十五条",
};

/// How long the code on the card page is valid.
pub const CARD_SECONDS: RuleDefinition = RuleDefinition {
    code: "membership.card_seconds",
    label: "电子会员证二维码有效时间",
    unit: "秒",
    default: 120,
    source: "系统默认值，可设为60至300秒",
};

/// In how many working days a request about personal data is answered.
pub const PRIVACY_DAYS: RuleDefinition = RuleDefinition {
    code: "membership.privacy_answer_working_days",
    label: "个人信息请求答复期限",
    unit: "个工作日",
    default: 15,
    source: "《中华人民共和国个人信息保护法》第五十条；天数为系统默认值",
};

/// The work that goes on after an answer, or returns by itself.
const JOBS: &[JobKind] = &[
    import::check::JOB,
    import::run::JOB,
    import::undo::JOB,
    import::empty::JOB,
    pausing::TELL,
    tell_transfers::JOB,
    terms::JOB,
    lapse::notice::JOB,
];

const RULES: &[RuleDefinition] = &[
    ANSWER_DAYS,
    TRANSFER_DAYS,
    LEAST_AGE,
    CARD_SECONDS,
    PRIVACY_DAYS,
    import::empty::KEPT_DAYS,
    lapse::MONTHS,
    lapse::TALK_DAYS,
];

/// Story 6 as one value.
#[must_use]
pub fn programme() -> Programme {
    Programme {
        name: "membership",
        label: "会员",
        routes,
        fact_kinds: FACT_KINDS,
        permissions: permissions::ALL,
        rules: RULES,
        subscriptions: &[follow_group::SUBSCRIPTION, follow_merger::SUBSCRIPTION, event::kit_elsewhere::SUBSCRIPTION],
        jobs: JOBS,
        acts: permissions::ACTS,
        tells: tells::ALL,
        consents: &[JOINING],
        sealed: SEALED,
        on_merge: &[merge_memberships],
        before_hand_entry: &[],
        on_erase: &[empty_person],
        still_needs: &[still_members],
        on_show: &[card_token::on_show],
        copied: copied::ALL,
        kept: kept::ALL,
        exports: &[export::MEMBERS, dues::read_table::WRONG_DUES],
        on_close: &[no_members_left],
        sites: None,
        hands_over: None,
        budget_left: None,
        where_done: None,
        migrations,
    }
}
