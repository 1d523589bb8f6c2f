//! The use cases over HTTP.

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{board, change, create, indicators, list, view};

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_plans, create::post_plan))
        .routes(routes!(view::get_plan, change::put_plan))
        .routes(routes!(change::post_publish))
        .routes(routes!(board::get_board))
        .routes(routes!(indicators::post_indicator))
        .routes(routes!(view::get_indicator, indicators::put_indicator, indicators::delete_indicator))
}
