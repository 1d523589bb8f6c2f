//! How an import goes, growing while its officer watches.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::sse::{Event, KeepAlive, Sse},
};
use database::Id;
use futures::{Stream, StreamExt, stream};
use kernel::{Caller, Problem};

use super::{keep, show};
use crate::permissions::ImportMembers;

/// How often the page is told anew.
const BEAT: Duration = Duration::from_millis(500);

/// 导入进度
#[utoipa::path(
    get, path = "/imports/{id}/live", tag = "imports", operation_id = "watch_import",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, content_type = "text/event-stream", body = show::ImportView)),
)]
pub async fn get_live(
    caller: Caller<ImportMembers>,
    Path(id): Path<Id>,
    parts: Parts,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    keep::get(caller.read(), &caller, id).await?;
    let stopping = caller.house().tasks().stopping();
    let start = (caller.house().clone(), parts, None);
    let frames = stream::unfold(start, move |(house, mut parts, mut shown)| async move {
        loop {
            if shown.is_some() {
                tokio::time::sleep(BEAT).await;
            }
            // Who watches may have lost the right meanwhile, or logged out.
            let caller = Caller::<ImportMembers>::from_request_parts(&mut parts, &house).await.ok()?;
            let now = show::show(&caller, id).await.ok()?;
            if shown.as_ref() != Some(&now) {
                let frame = Event::default().json_data(&now).ok()?;
                shown = Some(now);
                return Some((Ok(frame), (house, parts, shown)));
            }
        }
    });
    let frames = frames.take_until(async move { stopping.cancelled().await });
    Ok(Sse::new(frames).keep_alive(KeepAlive::default()))
}
