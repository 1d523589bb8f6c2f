//! The use cases over HTTP.

use std::sync::Arc;

use axum::Extension;
use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    activities, catalogue, days, duty, files,
    find::{self, Finder},
    guests, posts, ratings,
    register::{change, create, list, show, state},
    standard,
};

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_stations, create::post_station))
        .routes(routes!(show::get_station, change::put_station))
        .routes(routes!(state::post_open))
        .routes(routes!(state::post_pause))
        .routes(routes!(state::post_close))
        .routes(routes!(posts::appoint::post_post))
        .routes(routes!(posts::relieve::post_relieve))
        .routes(routes!(catalogue::keep::get_catalogue, catalogue::keep::post_entry))
        .routes(routes!(catalogue::keep::put_entry))
        .routes(routes!(days::usage::get_use))
        .routes(routes!(days::list::get_entries))
        .routes(routes!(days::list::get_rounds))
        .routes(routes!(days::take_back::post_take_back))
        .routes(routes!(files::export::post_export))
        .routes(routes!(files::geojson::get_geojson))
        .routes(routes!(files::import::post_import))
        .routes(routes!(files::template::get_template))
        .routes(routes!(days::need::get_need))
        .merge(activities::routes())
        .merge(guests::routes())
        .merge(ratings::routes())
        .merge(standard::routes())
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
        .routes(routes!(duty::item::post_item))
}

/// What is open to everyone. The stations in memory are the house's own: each router has one house.
fn everyone() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(find::nearest::get_nearest))
        .routes(routes!(find::search::get_places))
        .layer(Extension(Arc::new(Finder::default())))
}
