//! How long this programme's tables are kept.

use kernel::retention::{End, Kept, Term};

use crate::programme::COMPANION_DAYS;

/// What is said of them.
pub const ALL: &[Kept] = &[
    Kept {
        table: "benefit_claim",
        holds: "a person's key and why his voucher was voided; nameless, without the reason, once the person is",
        term: Term::Always("who was given what union money paid for must be proved (Trade Union Law art. 45)"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_entry",
        holds: "a person's key; nameless once the person is",
        term: Term::Always("that a draw was fair must be proved by its list"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_draw",
        holds: "the seed of a draw (sealed until it is drawn), nothing of people",
        term: Term::Always("that a draw was fair must be proved by its seed"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_joined",
        holds: "a person's key, and whether he has an event's kit",
        term: Term::Person,
        end: End::Delete,
    },
    Kept::nobody("benefit_redemption"),
    Kept {
        table: "benefit_settlement",
        holds: "who settled in office",
        term: Term::Always("where union money was spent must be proved"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_dispute",
        holds: "who disputed and who answered, in office or trade",
        term: Term::Always("where union money was spent must be proved"),
        end: End::Stay,
    },
    Kept::nobody("benefit_booking"),
    Kept {
        table: "benefit_nomination",
        holds: "a person's key and why he was nominated (sealed); nameless, without the reason, once the person is",
        term: Term::Always("who was given what union money paid for must be proved (Trade Union Law art. 45)"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_objection",
        holds: "who objected and why (sealed); without the reason once the nominated is nameless",
        term: Term::Always("that a nomination was publicly shown and examined must be proved"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_publicity",
        holds: "who showed a list in office",
        term: Term::Always("that a nomination was publicly shown and examined must be proved"),
        end: End::Stay,
    },
    Kept::nobody("benefit_batch"),
    Kept::nobody("benefit_seat"),
    Kept {
        table: "benefit_companion",
        holds: "names and numbers of those who come along (sealed)",
        term: Term::Rule(COMPANION_DAYS),
        end: End::Delete,
    },
    Kept::nobody("benefit_kind"),
    Kept {
        table: "benefit_partner",
        holds: "addresses and public telephone numbers of places, none of a person's",
        term: Term::Always("where union money was spent must be proved"),
        end: End::Stay,
    },
    Kept {
        table: "benefit_offer",
        holds: "who let an offer go beyond its budget, when and why",
        term: Term::Always("who acted in office must stay known beside what he did"),
        end: End::Stay,
    },
    Kept::nobody("benefit_offer_place"),
    Kept::nobody("benefit_round"),
    Kept::nobody("benefit_share"),
];
