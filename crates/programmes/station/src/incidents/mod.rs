//! The log of incidents and first aid at stations: written down on the master's phone, followed up by the union. What is
//! told may be of somebody's health, so words are sealed; who was helped is opened one by one, with a reason. What was used
//! from the cupboard leaves the stock with it. Whoever wrote one down wrongly corrects it; what it said before stays to be read.

pub mod before;
pub mod close;
pub mod correct;
pub mod export;
pub mod helped;
pub mod list;
pub mod many;
pub mod mine;
pub mod reopen;
pub mod uses;
pub mod write_down;

use kernel::{
    Context, House, Id,
    keys::{self, Sealed},
    outbox::JobKind,
    rulebook::RuleDefinition,
};
use secret::Place;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use crate::tables::incident::IncidentKind;

/// How long it is known who was helped, and what was told of it in words.
pub const HELPED_DAYS: RuleDefinition = RuleDefinition {
    code: "station.incident_helped_days",
    label: "驿站事件记录中被救助人信息和经过、处理文字的保存期限",
    unit: "天",
    default: 365,
    source: "系统默认值，请按当地规定核定",
};

/// Empties what is told of people once the time is over.
pub const JOB: JobKind =
    JobKind::new("station_incidents", 1, |context, _| Box::pin(helped::forget(context))).every(3_600);

const fn sealed(table: &'static str, column: &'static str, place: &'static str) -> Sealed {
    Sealed::text(table, column, place, &["id"])
}

const TABLE: &str = "station_incident";
/// Places of the sealed columns.
const WHAT: &str = "what";
const DID: &str = "did";
const HELPED: &str = "helped";
const NOTE: &str = "note";

/// The columns whose values are sealed.
pub const SEALED: &[Sealed] = &[
    sealed(TABLE, "what_sealed", WHAT),
    sealed(TABLE, "did_sealed", DID),
    sealed(TABLE, "helped_sealed", HELPED),
    sealed(TABLE, "note_sealed", NOTE),
    sealed(before::TABLE, "what_sealed", WHAT),
    sealed(before::TABLE, "did_sealed", DID),
    sealed(before::TABLE, "helped_sealed", HELPED),
];

const fn place(id: Id, column: &'static str) -> Place<'static> {
    Place { table: TABLE, column, row_key: id.0 }
}

fn seal(context: &Context, id: Id, column: &'static str, text: &str) -> String {
    let house = context.house();
    house.keyring().seal(place(id, column), text, house.ambient().bytes())
}

/// What happened and what was done, in words; that they are deleted, where their time is over.
fn told(
    context: &Context,
    place: impl Fn(&'static str) -> Place<'static>,
    (what, did): (&str, &str),
) -> (String, String) {
    if what.is_empty() {
        return ("（已到保存期限，内容已删除）".to_owned(), String::new());
    }
    (keys::told(context, place(WHAT), what), keys::told(context, place(DID), did))
}

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_incidents))
        .routes(routes!(close::post_close))
        .routes(routes!(reopen::post_reopen))
        .routes(routes!(helped::post_helped))
        .routes(routes!(export::post_export))
        .routes(routes!(mine::get_mine, write_down::post_incident))
        .routes(routes!(correct::post_correction))
}
