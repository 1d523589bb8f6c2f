//! How long this programme's tables are kept.

use kernel::retention::{End, Kept, Term};

use crate::{door::numbers::ORDERS_DAYS, incidents::HELPED_DAYS};

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
        holds: "a visitor's key; nameless once the person is; why a visit was taken back is emptied with him",
        term: Term::Always("the source of facts, which are never deleted"),
        end: End::Stay,
    },
    Kept {
        table: "station_booking",
        holds: "who was advised when, and what was said (sealed); the words go when he is nameless",
        term: Term::Person,
        end: End::Anonymise,
    },
    Kept::nobody("station_desk"),
    Kept::nobody("station_desk_off"),
    Kept {
        table: "station_order",
        holds: "whom a door was opened for: a person's key, or a keyed hash of a guest's phone",
        term: Term::Rule(ORDERS_DAYS),
        end: End::Delete,
    },
    Kept {
        table: "station_alarm",
        holds: "the key of who on duty saw an alarm; nameless once the person is",
        term: Term::Always("who answered for a station must stay known beside what was done there"),
        end: End::Stay,
    },
    Kept {
        table: "station_gift",
        holds: "the key of a worker who gives; none once the person is nameless",
        term: Term::Always("what was given to a station must be accounted for"),
        end: End::Stay,
    },
    Kept {
        table: "station_gift_claim",
        holds: "a person's key and his words of thanks; none once he is nameless",
        term: Term::Person,
        end: End::Anonymise,
    },
    Kept {
        table: "station_fault",
        holds: "what a visitor was answered who alone reported it; emptied when he is made nameless",
        term: Term::Person,
        end: End::Anonymise,
    },
    Kept {
        table: "station_fault_report",
        holds: "what a visitor says is broken at a station; emptied when he is made nameless",
        term: Term::Person,
        end: End::Anonymise,
    },
    Kept::nobody("station_good"),
    Kept::nobody("station_batch"),
    Kept::nobody("station_supply_move"),
    Kept::nobody("station_device"),
    Kept::nobody("station_headcount"),
    Kept {
        table: "station_guest",
        holds: "which official took a turn as master for a day",
        term: Term::Always("who acted in office must stay known beside what he did"),
        end: End::Stay,
    },
    Kept {
        table: "station_incident",
        holds: "who was helped at a station (sealed), if he said so; what happened and was done (sealed)",
        term: Term::Rule(HELPED_DAYS),
        end: End::Anonymise,
    },
    Kept::nobody("station_incident_use"),
    Kept {
        table: "station_rating",
        holds: "what a visitor says of his visit, what he was answered, why it was hidden; emptied when he is made nameless",
        term: Term::Person,
        end: End::Anonymise,
    },
    Kept {
        table: "station_request",
        holds: "what workers asked a master for a day for (sealed), without who asked",
        term: Term::Always("what was asked for must be answered, and it must stay known that it was asked"),
        end: End::Stay,
    },
    Kept {
        table: "station_signup",
        holds: "a person's key; nameless once the person is",
        term: Term::Always("who came to an activity is the source of facts, which are never deleted"),
        end: End::Stay,
    },
    Kept {
        table: "station_volunteer",
        holds: "a volunteer's key; nameless once the person is",
        term: Term::Always("who helped for how long is the source of facts, which are never deleted"),
        end: End::Stay,
    },
    Kept::nobody("station_activity"),
    Kept::nobody("station_station"),
    Kept::nobody("station_file"),
    Kept::nobody("station_file_row"),
    Kept::nobody("station_catalogue"),
    Kept::nobody("station_item"),
    Kept::nobody("station_round"),
    Kept::nobody("station_shift"),
    Kept::nobody("station_standard"),
    Kept::nobody("station_inspection"),
    Kept::nobody("station_inspection_draft"),
    Kept::nobody("station_finding"),
    Kept::nobody("station_neglect"),
    Kept::nobody("station_turn"),
    Kept::nobody("station_use"),
    Kept::nobody("station_use_hours"),
    Kept::nobody("station_use_service"),
];
