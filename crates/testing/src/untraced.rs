//! Which operations may change something without an entry in the audit chain, each with its reason. What a client of a test
//! sends to any other fails the test at once, if it changes something and leaves none.

use axum::http::Method;
use kernel::caller::Trace;

/// An operation that may leave no entry.
#[derive(Debug)]
pub struct Untraced {
    /// Its method, and its path as the OpenAPI document has it.
    pub operation: &'static str,
    /// Whether some calls of it leave one all the same. Both are shown by a test of all such operations, so that none stays here
    /// by which every call leaves one.
    pub sometimes: bool,
    /// Why there need be none.
    pub reason: &'static str,
}

const fn never(operation: &'static str, reason: &'static str) -> Untraced {
    Untraced { operation, sometimes: false, reason }
}

const fn sometimes(operation: &'static str, reason: &'static str) -> Untraced {
    Untraced { operation, sometimes: true, reason }
}

const OWN: &str = "A worker does it for himself: the row is his own, and what others do with it is an act.";
const WRITTEN: &str =
    "What a master writes down is a row of its own that names him and when; what becomes of it later is an act.";
const CODE: &str = "A code goes to a phone: nobody is known yet, and it holds for minutes.";
const STEP: &str = "Half a step: what it leads to, or that the proof was wrong, is an act.";

/// All of them, in the order of their paths.
pub const UNTRACED: &[Untraced] = &[
    never("POST /api/v1/me/benefit-rounds/{id}/claim", OWN),
    never("POST /api/v1/me/benefit-rounds/{id}/enter", OWN),
    never("POST /api/v1/me/benefit-rounds/{id}/leave", OWN),
    never("POST /api/v1/me/privacy/requests", OWN),
    never("POST /api/v1/me/station-activities/{id}/give-up", OWN),
    never("POST /api/v1/me/station-activities/{id}/sign-up", OWN),
    never("POST /api/v1/me/station-bookings/{id}/cancel", OWN),
    never("POST /api/v1/me/station-bookings/{id}/move", OWN),
    never("POST /api/v1/me/station-desks/{id}/book", OWN),
    never("POST /api/v1/me/station-faults", OWN),
    never("POST /api/v1/me/station-gifts/{id}/cancel", OWN),
    never("POST /api/v1/me/station-gifts/{id}/reserve", OWN),
    never("POST /api/v1/me/station-gifts/{id}/thank", OWN),
    never("POST /api/v1/me/station-shifts/{id}/join", OWN),
    never("POST /api/v1/me/station-shifts/{id}/leave", OWN),
    never("POST /api/v1/me/station-shifts/{id}/offer", OWN),
    never(
        "POST /api/v1/me/station-shifts/{id}/take-over",
        "A worker takes a place that its holder offered: the row names who has it, and the other is told.",
    ),
    never("POST /api/v1/me/station-visits/{id}/rate", OWN),
    never("POST /api/v1/me/stations/{id}/alarms", "The alarm's row names who saw it first and when."),
    never("POST /api/v1/me/stations/{id}/entries", WRITTEN),
    never("POST /api/v1/me/stations/{id}/incidents", WRITTEN),
    never("POST /api/v1/me/stations/{id}/orders", "The order's row names who opened the door or switched, and when."),
    never("POST /api/v1/me/stations/{id}/rounds", WRITTEN),
    never("POST /api/v1/me/stations/{id}/supplies", WRITTEN),
    never("POST /api/v1/me/stations/{id}/takings", WRITTEN),
    never("POST /api/v1/me/vouchers/{id}/batch", OWN),
    never("POST /api/v1/me/vouchers/{id}/cancel", OWN),
    never("POST /api/v1/me/vouchers/{id}/leave-batch", OWN),
    never("POST /api/v1/public/events/{code}/code", CODE),
    never(
        "POST /api/v1/public/events/{code}/join",
        "Who joins writes his own application, whose row names him, the event and when; thousands come within minutes.",
    ),
    never(
        "POST /api/v1/public/station-guest",
        "A guest proves his phone and stays nobody; each door that he opens is a row.",
    ),
    never("POST /api/v1/public/station-guest/code", CODE),
    sometimes("DELETE /api/v1/session", "A worker's log-out ends his own log-in; an officer's is an act."),
    never("POST /api/v1/session/enrolment", STEP),
    sometimes("POST /api/v1/session/log-ins/end", "A worker ends his own log-ins; that an officer does is an act."),
    never("POST /api/v1/session/provider/binding", STEP),
    never("POST /api/v1/session/second-factor", STEP),
    sometimes(
        "POST /api/v1/station-inspections/{id}/draft",
        "A draft is kept again and again while it is filled in; who takes it up, and what it comes to, are acts.",
    ),
    never("POST /api/v1/worker/code", CODE),
    never(
        "POST /api/v1/worker/session",
        "A worker's log-in stands in the sessions, where he sees it; the chain is one line, and at an event thousands come.",
    ),
];

/// Fails the test if a call that succeeded changed something and left no entry, left one though it is said to leave none, or
/// left one that nobody has words for.
pub(crate) fn check(method: &Method, trace: &Trace) {
    let operation = format!("{method} {}", trace.path());
    let acts = trace.acts();
    for act in &acts {
        assert!(act.code != act.label, "{operation}: nobody declares what {} is called in the audit chain", act.code);
    }
    match UNTRACED.iter().find(|one| one.operation == operation) {
        None => assert!(
            !acts.is_empty() || !trace.has_changed(),
            "{operation} changed something and left no entry in the audit chain"
        ),
        Some(known) => assert!(
            acts.is_empty() || known.sometimes,
            "{operation} is said to leave no entry in the audit chain, and left {acts:?}"
        ),
    }
}
