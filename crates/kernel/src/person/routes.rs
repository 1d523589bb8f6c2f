use utoipa_axum::{router::OpenApiRouter, routes};

use super::{change, duplicates, erasing::hold, give_up_phone, list, merge, papers, records, reveal, show};
use crate::House;

/// The use cases of people over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::list_people))
        .routes(routes!(duplicates::list_duplicates))
        .routes(routes!(show::show_person, change::change_person))
        .routes(routes!(papers::add_paper))
        .routes(routes!(papers::correct_paper))
        .routes(routes!(papers::remove_paper))
        .routes(routes!(records::person_records))
        .routes(routes!(reveal::reveal_person))
        .routes(routes!(merge::merge_people))
        .routes(routes!(hold::hold_person))
        .routes(routes!(hold::lift_hold))
        .routes(routes!(give_up_phone::post_give_up))
}
