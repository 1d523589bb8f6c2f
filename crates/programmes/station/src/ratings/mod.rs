//! What visitors say of their visits: points and a comment, answered by the master, hidden by officers with a reason. Others read
//! it without a name.

pub mod answer;
pub mod hide;
pub mod list;
pub mod many;
pub mod rate;
pub mod view;

use kernel::{House, rulebook::RuleDefinition};
use utoipa_axum::{router::OpenApiRouter, routes};

/// For how many days after a visit it can be rated.
pub const RATING_DAYS: RuleDefinition = RuleDefinition {
    code: "station.rating_days",
    label: "到站后可以评价的天数",
    unit: "天",
    default: 30,
    source: "系统默认值",
};

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(rate::get_visits))
        .routes(routes!(rate::post_rating))
        .routes(routes!(answer::get_ratings_here))
        .routes(routes!(answer::post_reply))
        .routes(routes!(list::get_ratings))
        .routes(routes!(list::get_public_ratings))
        .routes(routes!(hide::post_hide))
        .routes(routes!(hide::post_show))
}
