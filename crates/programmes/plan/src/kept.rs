//! How long this programme's tables are kept.

use kernel::retention::{End, Kept, Term};

const OFFICE: Term = Term::Always("who acted in office must stay known beside what he did");

/// What is said of them.
pub const ALL: &[Kept] = &[
    Kept { table: "plan_payment", holds: "payee, in office or trade", term: OFFICE, end: End::Stay },
    Kept { table: "plan_manual_value", holds: "who reported a value", term: OFFICE, end: End::Stay },
    Kept { table: "plan_reminder", holds: "who reminded whom", term: OFFICE, end: End::Stay },
    Kept { table: "plan_quarter_approval", holds: "who approved", term: OFFICE, end: End::Stay },
    Kept { table: "plan_report", holds: "who made it", term: OFFICE, end: End::Stay },
    Kept::nobody("plan_plan"),
    Kept::nobody("plan_chapter"),
    Kept::nobody("plan_indicator"),
    Kept::nobody("plan_measure"),
    Kept::nobody("plan_target"),
    Kept::nobody("plan_breakdown"),
    Kept::nobody("plan_budget_line"),
];
