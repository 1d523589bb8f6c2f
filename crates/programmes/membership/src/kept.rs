//! How long this programme's tables are kept.

use kernel::retention::{End, Kept, Term};

use crate::import::empty;

/// What is said of them.
pub const ALL: &[Kept] = &[
    Kept { table: "membership_member", holds: "employer in his own words", term: Term::Person, end: End::Anonymise },
    Kept { table: "membership_history", holds: "reasons of steps", term: Term::Person, end: End::Anonymise },
    Kept { table: "membership_transfer", holds: "reasons and answers", term: Term::Person, end: End::Anonymise },
    Kept {
        table: "membership_privacy_request",
        holds: "what was asked and answered (sealed)",
        term: Term::Person,
        end: End::Anonymise,
    },
    Kept {
        table: "membership_import_cells",
        holds: "rows of rosters (sealed); of a nameless person those that made or named his membership are blanked at once, \
                those that were wrong or stood twice stay to the end of the term",
        term: Term::Rule(empty::KEPT_DAYS),
        end: End::Delete,
    },
    Kept {
        table: "membership_join",
        holds: "a person's key; nameless once the person is",
        term: Term::Always("who came to an event is counted by it"),
        end: End::Stay,
    },
    Kept {
        table: "membership_due",
        holds: "dues that a member paid; why an entry was taken back is emptied with the person",
        term: Term::Always("money that was taken is accounted for"),
        end: End::Stay,
    },
    Kept { table: "membership_lapse", holds: "what came of talks", term: Term::Person, end: End::Anonymise },
    Kept::nobody("membership_due_file"),
    Kept::nobody("membership_import"),
    Kept::nobody("membership_import_block"),
    Kept::nobody("membership_event"),
    Kept::nobody("membership_event_union"),
    Kept::nobody("membership_kit"),
    Kept::nobody("membership_second_kit"),
    Kept::nobody("membership_told"),
    Kept::nobody("membership_serial"),
];
