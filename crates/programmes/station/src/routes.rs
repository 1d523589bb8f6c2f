//! The use cases over HTTP.

use kernel::House;
use utoipa_axum::router::OpenApiRouter;

/// All routes of this programme, below `/api/v1`.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
}
