//! The kernel's own value in the list of programmes.

use std::sync::LazyLock;

use utoipa_axum::router::OpenApiRouter;

use crate::{
    House, Programme, access, audit, files, keys,
    keys::{Indexed, Sealed},
    ledger, migrations, organisation,
    permission::Listed,
    person, rulebook, sweep,
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

const PHONE: Indexed = Indexed { column: "phone_index", purpose: "phone", behind: None };
const NUMBER: Indexed = Indexed { column: "number_index", purpose: "paper", behind: Some("kind") };
const SEALED: &[Sealed] = &[
    Sealed { table: "person", column: "phone_sealed", place: "phone", keys: &["id"], index: Some(PHONE), large: false },
    Sealed {
        table: "person_paper",
        column: "number_sealed",
        place: "number",
        keys: &["id"],
        index: Some(NUMBER),
        large: false,
    },
    Sealed { table: "given_answer", column: "answer", place: "answer", keys: &["key"], index: None, large: false },
    Sealed {
        table: "second_factor",
        column: "secret",
        place: "secret",
        keys: &["account_id"],
        index: None,
        large: false,
    },
    Sealed {
        table: "second_factor",
        column: "pending",
        place: "secret",
        keys: &["account_id"],
        index: None,
        large: false,
    },
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
        rules: access::numbers::ALL,
        subscriptions: &[],
        jobs: &[sweep::JOB, keys::JOB],
        acts: audit::LABELS,
        sealed: SEALED,
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
