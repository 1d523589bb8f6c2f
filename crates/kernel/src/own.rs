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
    Sealed { index: Some(PHONE), ..Sealed::text("person", "phone_sealed", "phone", &["id"]) },
    Sealed { index: Some(NUMBER), ..Sealed::text("person_paper", "number_sealed", "number", &["id"]) },
    Sealed::text("export_request", "filter_sealed", "filter", &["id"]),
    Sealed::text("given_answer", "answer", "answer", &["key"]),
    Sealed::text("second_factor", "secret", "secret", &["account_id"]),
    Sealed::text("second_factor", "pending", "secret", &["account_id"]),
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
        tells: audit::TELLS,
        consents: &[],
        sealed: SEALED,
        on_merge: &[],
        before_hand_entry: &[],
        on_erase: &[],
        still_needs: &[],
        on_show: &[],
        copied: person::COPIED,
        kept: kept::ALL,
        exports: &[
            ledger::FACTS,
            ledger::FIGURES,
            audit::ENTRIES,
            assessment::export::ASSESSMENTS,
            organisation::import::WRONG_ORGANISATIONS,
        ],
        on_close: &[],
        sites: None,
        hands_over: None,
        budget_left: None,
        where_done: None,
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
