//! The use cases over HTTP.

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    activities, catalogue, days, desk, donations, door, duty, faults, files, find, guests, incidents, posts, ratings,
    register::{change, convert, create, list, picture, show, state, state_many},
    roster, standard, supplies, year,
};

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    door::numbers::begin();
    OpenApiRouter::new()
        .routes(routes!(list::get_stations, create::post_station))
        .routes(routes!(show::get_station, change::put_station))
        .routes(routes!(picture::get_picture))
        .routes(routes!(convert::get_position))
        .routes(routes!(state::post_open))
        .routes(routes!(state::post_pause))
        .routes(routes!(state::post_close))
        .routes(routes!(state::post_reopen))
        .routes(routes!(state_many::post_open))
        .routes(routes!(state_many::post_pause))
        .routes(routes!(posts::appoint::post_post))
        .routes(routes!(posts::relieve::post_relieve))
        .routes(routes!(catalogue::keep::get_catalogue, catalogue::keep::post_entry))
        .routes(routes!(catalogue::keep::put_entry))
        .routes(routes!(days::usage::get_use))
        .routes(routes!(days::ranks::get_ranks))
        .routes(routes!(days::ranks::post_export))
        .routes(routes!(days::records::get_records))
        .routes(routes!(days::records::post_export))
        .routes(routes!(days::list::get_entries, days::enter_late::post_entry))
        .routes(routes!(days::list::get_rounds))
        .routes(routes!(days::take_back::post_take_back))
        .routes(routes!(files::export::post_export))
        .routes(routes!(files::geojson::get_geojson))
        .routes(routes!(files::import::post_import))
        .routes(routes!(files::template::get_template))
        .routes(routes!(files::past::get_files))
        .routes(routes!(files::undo::get_undo, files::undo::post_undo))
        .routes(routes!(days::need::get_need))
        .routes(routes!(year::get_year))
        .routes(routes!(year::export::post_export))
        .merge(activities::routes())
        .merge(desk::routes())
        .merge(faults::routes())
        .merge(guests::routes())
        .merge(incidents::routes())
        .merge(ratings::routes())
        .merge(roster::routes())
        .merge(standard::routes())
        .routes(routes!(donations::list::get_gifts))
        .routes(routes!(donations::export::post_export))
        .routes(routes!(door::alarms::get_alarms))
        .routes(routes!(door::devices::get_devices))
        .routes(routes!(door::devices::post_device))
        .routes(routes!(door::devices::put_device))
        .routes(routes!(door::openings::get_openings))
        .routes(routes!(supplies::list::get_supplies))
        .routes(routes!(supplies::export::post_export))
        .routes(routes!(supplies::moves::get_moves))
        .routes(routes!(supplies::take_back::post_take_back))
        .merge(oneself())
        .merge(everyone())
}

fn oneself() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(duty::code::get_code))
        .routes(routes!(duty::mine::get_mine))
        .routes(routes!(duty::mine::get_day))
        .routes(routes!(duty::enter::post_entry))
        .routes(routes!(duty::take_back::post_take_back))
        .routes(routes!(duty::round::post_round))
        .routes(routes!(duty::correct::post_correction))
        .routes(routes!(duty::item::post_item))
        .routes(routes!(duty::findings::get_findings))
        .routes(routes!(duty::findings::post_photo))
        .routes(routes!(duty::findings::post_mending))
        .routes(routes!(donations::give::get_corner, donations::give::post_gift))
        .routes(routes!(donations::give::post_closing))
        .routes(routes!(donations::hand_over::post_hand_over))
        .routes(routes!(donations::mine::get_mine))
        .routes(routes!(donations::offered::get_offered))
        .routes(routes!(donations::reserve::post_cancel))
        .routes(routes!(donations::reserve::post_reserve))
        .routes(routes!(donations::take_back::post_take_back))
        .routes(routes!(donations::thank::post_thank))
        .routes(routes!(door::duty::get_room))
        .routes(routes!(door::duty::post_order))
        .routes(routes!(door::duty::post_seen))
        .routes(routes!(door::vacate::post_vacate))
        .routes(routes!(door::openings::get_own))
        .routes(routes!(supplies::show::get_supplies, supplies::receive::post_receipt))
        .routes(routes!(supplies::take::post_taking))
        .routes(routes!(supplies::moves::get_own_moves))
        .routes(routes!(supplies::take_back::post_own_take_back))
}

/// What is open to everyone.
fn everyone() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(find::nearest::get_nearest))
        .routes(routes!(find::search::get_places))
        .routes(routes!(find::outlines::get_outlines))
        .routes(routes!(find::photos::get_photos))
        .routes(routes!(find::photos::get_photo))
        .routes(routes!(door::guest::post_code))
        .routes(routes!(door::guest::post_guest))
        .routes(routes!(door::guest::post_pass))
}
