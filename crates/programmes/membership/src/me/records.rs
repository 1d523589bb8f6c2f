//! Everything that my union did for me, from the ledger.

use axum::{Json, extract::Query};
use kernel::{
    Caller, Page, Problem,
    ledger::{FactRow, life_line},
    listing::Paging,
    permission::Oneself,
};

/// 工会为我做的每件事
#[utoipa::path(
    get, path = "/me/records", tag = "me", operation_id = "my_records",
    extensions(("x-permission" = json!("oneself"))),
    params(Paging), responses((status = 200, body = Page<FactRow>)),
)]
pub async fn get_records(
    caller: Caller<Oneself>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<FactRow>>, Problem> {
    life_line(&caller, caller.person()?, &paging).await.map(Json)
}
