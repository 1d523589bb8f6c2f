//! How long this programme's tables are kept.

use kernel::retention::{End, Kept, Term};

/// What is said of them.
pub const ALL: &[Kept] = &[
    Kept {
        table: "station_post",
        holds: "a station master's key; nameless once the person is",
        term: Term::Always("who answered for a station must stay known beside what was done there"),
        end: End::Stay,
    },
    Kept {
        table: "station_entry",
        holds: "a visitor's key; nameless once the person is",
        term: Term::Always("the source of facts, which are never deleted"),
        end: End::Stay,
    },
    Kept::nobody("station_station"),
    Kept::nobody("station_catalogue"),
    Kept::nobody("station_item"),
    Kept::nobody("station_round"),
    Kept::nobody("station_standard"),
    Kept::nobody("station_inspection"),
    Kept::nobody("station_finding"),
    Kept::nobody("station_turn"),
];
