//! The kernel's own value in the list of programmes.

use std::sync::LazyLock;

use utoipa_axum::router::OpenApiRouter;

use crate::{
    House, Programme, access, assessment, audit, export, files, kept, keys,
    keys::{Indexed, Sealed},
    ledger, migrations, organisation,
    outbox::JobKind,
    permission::Listed,
    person,
    rulebook::{self, RuleDefinition},
    sweep,
};

/// The permissions of all modules.
static PERMISSIONS: LazyLock<Vec<Listed>> = LazyLock::new(|| {
    [
        organisation::PERMISSIONS,
        rulebook::PERMISSIONS,
        ledger::permissions::ALL,
        person::PERMISSIONS,
        access::PERMISSIONS,
        audit::PERMISSIONS,
        files::PERMISSIONS,
        export::PERMISSIONS,
    ]
    .concat()
});

/// The numbers of all modules that differ by place or year.
static RULES: LazyLock<Vec<RuleDefinition>> = LazyLock::new(|| {
    [
        access::numbers::ALL,
        organisation::terms::RULES,
        organisation::founding::RULES,
        &[organisation::employer::set_up::LEAST],
        export::numbers::ALL,
        sweep::RULES,
        &[files::KEPT_DAYS, person::KEPT_DAYS, person::misses::MISSES],
    ]
    .concat()
});

/// The work of all modules.
static JOBS: LazyLock<Vec<JobKind>> = LazyLock::new(|| {
    let own =
        [sweep::JOB, keys::JOB, keys::FILES, audit::checkpoint::JOB, files::EXPIRE, person::EXPIRE, person::TELL_PHONE];
    [&own[..], &export::JOBS].concat()
});

/// What the acts of all modules are called.
static ACTS: LazyLock<Vec<audit::Label>> = LazyLock::new(|| [audit::LABELS, &export::ACTS, &assessment::ACTS].concat());
const PHONE: Indexed = Indexed { column: "phone_index", purpose: "phone", behind: None };
const NUMBER: Indexed = Indexed { column: "number_index", purpose: "paper", behind: Some("kind") };
const SEALED: &[Sealed] = &[
    Sealed {
        table: "person",
        column: "phone_sealed",
        place: "phone",
        keys: &["id"],
        index: Some(PHONE),
        large: false,
        under: None,
    },
    Sealed {
        table: "person_paper",
        column: "number_sealed",
        place: "number",
        keys: &["id"],
        index: Some(NUMBER),
        large: false,
        under: None,
    },
    Sealed {
        table: "export_request",
        column: "filter_sealed",
        place: "filter",
        keys: &["id"],
        index: None,
        large: false,
        under: None,
    },
    Sealed {
        table: "given_answer",
        column: "answer",
        place: "answer",
        keys: &["key"],
        index: None,
        large: false,
        under: None,
    },
    Sealed {
        table: "second_factor",
        column: "secret",
        place: "secret",
        keys: &["account_id"],
        index: None,
        large: false,
        under: None,
    },
    Sealed {
        table: "second_factor",
        column: "pending",
        place: "secret",
        keys: &["account_id"],
        index: None,
        large: false,
        under: None,
    },
    files::SEALED,
];

/// What the kernel brings to the house.
#[must_use]
pub fn programme() -> Programme {
    Programme {
        name: "kernel",
        label: "基础",
        routes,
        fact_kinds: ledger::services::KINDS,
        permissions: &PERMISSIONS,
        rules: &RULES,
        subscriptions: &[],
        jobs: &JOBS,
        acts: &ACTS,
        consents: &[],
        sealed: SEALED,
        on_merge: &[],
        before_hand_entry: &[],
        on_erase: &[],
        on_show: &[],
        kept: kept::ALL,
        exports: &[ledger::FACTS, ledger::FIGURES, audit::ENTRIES, assessment::export::ASSESSMENTS],
        on_close: &[],
        sites: None,
        hands_over: None,
        migrations,
    }
}

fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .merge(access::routes())
        .merge(organisation::routes())
        .merge(rulebook::routes())
        .merge(ledger::routes())
        .merge(person::routes())
        .merge(audit::routes())
        .merge(files::routes())
        .merge(export::routes())
        .merge(keys::routes())
        .merge(assessment::routes())
}
