//! How long the kernel's tables are kept.

use crate::{
    export, files, person,
    retention::{End, Kept, Term},
    sweep,
};

const OFFICE: Term = Term::Always("who acted in office must stay known beside what he did");

/// What is said of the kernel's tables.
pub(crate) const ALL: &[Kept] = &[
    Kept {
        table: "person",
        holds: "name, birth date, phone (sealed)",
        term: Term::Rule(person::KEPT_DAYS),
        end: End::Anonymise,
    },
    Kept { table: "person_paper", holds: "document numbers (sealed)", term: Term::Person, end: End::Delete },
    Kept {
        table: "person_erasure",
        holds: "a nameless person's key, when and why he became so",
        term: Term::Always("that it was done must be proved (PIPL art. 47)"),
        end: End::Stay,
    },
    Kept {
        table: "person_hold",
        holds: "why a record must not be erased",
        term: Term::Always("the reason of an exception stays known"),
        end: End::Stay,
    },
    Kept {
        table: "ledger_fact",
        holds: "a person's key; nameless once the person is",
        term: Term::Always("facts are never changed or deleted"),
        end: End::Stay,
    },
    Kept {
        table: "ledger_merge",
        holds: "keys of records that are one person; nameless once he is",
        term: Term::Always("figures count him once"),
        end: End::Stay,
    },
    Kept { table: "ledger_note", holds: "an officer's words beside a fact", term: Term::Person, end: End::Anonymise },
    Kept { table: "account", holds: "an officer's name and user name", term: OFFICE, end: End::Stay },
    Kept {
        table: "past_password",
        holds: "hashes of passwords",
        term: Term::Fixed("the last few (rule access.password_history)"),
        end: End::Delete,
    },
    Kept {
        table: "second_factor",
        holds: "an officer's authenticator (sealed)",
        term: Term::Fixed("until he or who may reset his password takes it away"),
        end: End::Delete,
    },
    Kept {
        table: "recovery_code",
        holds: "hashes of an officer's recovery codes",
        term: Term::Fixed("with the authenticator"),
        end: End::Delete,
    },
    Kept {
        table: "provider_binding",
        holds: "whom the unit's own sign-in knows an officer as",
        term: OFFICE,
        end: End::Stay,
    },
    Kept::nobody("account_grant"),
    Kept::nobody("role"),
    Kept::nobody("key_version"),
    Kept { table: "access_token", holds: "who made it", term: OFFICE, end: End::Stay },
    Kept {
        table: "session",
        holds: "who is logged in since when",
        term: Term::Fixed("officers 15 minutes idle, 8 hours at most; workers 30 days (GB/T 22239-2019)"),
        end: End::Delete,
    },
    Kept {
        table: "one_time_code",
        holds: "a phone's blind index",
        term: Term::Rule(sweep::CODES_HOURS),
        end: End::Delete,
    },
    Kept { table: "given_answer", holds: "answers (sealed)", term: Term::Rule(sweep::ANSWERS_HOURS), end: End::Delete },
    Kept {
        table: "audit_entry",
        holds: "who did what from which address, and why",
        term: Term::Always("a chain loses its proof with its beginning; at least six months (Cybersecurity Law)"),
        end: End::Stay,
    },
    Kept::nobody("audit_checkpoint"),
    Kept {
        table: "export_request",
        holds: "what was sought (sealed), who asked",
        term: Term::Rule(export::numbers::KEPT_DAYS),
        end: End::Anonymise,
    },
    Kept {
        table: "export_chunk",
        holds: "files with masked people (sealed)",
        term: Term::Rule(export::numbers::KEPT_DAYS),
        end: End::Delete,
    },
    Kept { table: "attachment", holds: "a file's name and hash", term: OFFICE, end: End::Stay },
    Kept {
        table: "attachment_content",
        holds: "what was handed in as evidence",
        term: Term::Rule(files::KEPT_DAYS),
        end: End::Delete,
    },
    Kept::nobody("outbox_event"),
    Kept::nobody("outbox_cursor"),
    Kept::nobody("job"),
    Kept::nobody("record_change"),
    Kept { table: "organisation", holds: "chair and contact, in office", term: OFFICE, end: End::Stay },
    Kept { table: "organisation_step", holds: "who was elected to the chair", term: OFFICE, end: End::Stay },
    Kept::nobody("organisation_closure"),
    Kept::nobody("organisation_place"),
    Kept::nobody("tree_change"),
    Kept::nobody("employer"),
    Kept::nobody("head_count"),
    Kept::nobody("platform_branch"),
    Kept::nobody("platform_company"),
    Kept::nobody("worker_group"),
    Kept::nobody("rule_pack"),
    Kept::nobody("calendar_day"),
];
