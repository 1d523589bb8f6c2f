use utoipa_axum::{router::OpenApiRouter, routes};

use super::{checkpoint, export, list};
use crate::House;

/// The audit chain over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::list_audit))
        .routes(routes!(list::list_actions))
        .routes(routes!(export::export_audit))
        .routes(routes!(checkpoint::fetch::list_checkpoints))
        .routes(routes!(checkpoint::fetch::download_checkpoints))
}
