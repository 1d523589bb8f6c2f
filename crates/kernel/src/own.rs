//! The kernel's own value in the list of programmes.

use std::sync::LazyLock;

use utoipa_axum::router::OpenApiRouter;

use crate::{
    House, Programme, access, audit, files, ledger, migrations, organisation,
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
    ]
    .concat()
});

/// The numbers of all modules that differ by place or year.
static RULES: LazyLock<Vec<RuleDefinition>> = LazyLock::new(|| {
    [access::numbers::ALL, organisation::terms::RULES, &[organisation::employer::set_up::LEAST]].concat()
});

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
        jobs: &[sweep::JOB],
        acts: audit::LABELS,
        on_merge: &[],
        before_hand_entry: &[],
        on_close: &[],
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
}
