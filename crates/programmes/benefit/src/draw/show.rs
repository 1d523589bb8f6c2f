//! What anybody may see of a draw, so that he can reckon it again: before it the seed's hash, afterwards the seed, the list
//! and who won. Entries are named by their numbers; whose they are only those know who put them in.

use std::{fmt::Write, io};

use axum::{Json, body::Body, extract::Path, response::IntoResponse};
use database::{Id, Moment};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use kernel::{Caller, Context, Problem, download::attachment, permission::Everyone};
use sea_orm::{QueryOrder, QuerySelect, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    claim::Stand,
    tables::{
        draw,
        entry::{self, EntryState},
        offer::Way,
    },
};

/// Entries read at once: a region's draw has hundreds of thousands, and anybody may ask for its list.
const STEP: u64 = 5_000;

/// A draw as anybody sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DrawView {
    /// The round.
    pub round_id: Id,
    /// What is drawn.
    pub title: String,
    /// From when on one could put one's name in.
    pub opens_at: Moment,
    /// Until when; it is drawn then.
    pub closes_at: Moment,
    /// How many have put their names in.
    pub entries: u64,
    /// How many pieces there are, by share.
    pub shares: Vec<DrawShare>,
    /// SHA-256 of the seed, public before anybody put his name in.
    pub seed_hash: String,
    /// The seed, once it is drawn.
    pub seed: Option<String>,
    /// SHA-256 of the list, once it is drawn.
    pub list_hash: Option<String>,
    /// When it was drawn; without a seed, when the offer was ended before it was.
    pub drawn_at: Option<Moment>,
}

/// The pieces of a share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DrawShare {
    /// The share's number, as the list names it.
    pub id: Id,
    /// How many pieces are drawn.
    pub pieces: i64,
}

async fn load(context: &Context, id: Id) -> Result<(Stand, draw::Model), Problem> {
    let stand = Stand::read(context.read(), id).await?;
    if stand.offer.way != Way::Draw {
        return Err(Problem::not_found());
    }
    let drawing = draw::Entity::find_by_id(id).one(context.read()).await?.ok_or_else(Problem::not_found)?;
    Ok((stand, drawing))
}

/// The names of a round that are or were drawn; whoever no longer qualified then is not among them.
fn drawn(round: Id) -> Select<entry::Entity> {
    entry::Entity::find().filter(entry::Column::RoundId.eq(round)).filter(entry::Column::State.ne(EntryState::Out))
}

/// Shows a draw.
///
/// # Errors
/// 404 for a round that is not published or not drawn.
pub async fn show(context: &Context, id: Id) -> Result<DrawView, Problem> {
    let (stand, drawing) = load(context, id).await?;
    let entries = drawn(id).count(context.read()).await?;
    Ok(DrawView {
        round_id: id,
        title: stand.offer.title,
        opens_at: stand.round.opens_at,
        closes_at: stand.round.closes_at,
        entries,
        shares: stand.shares.iter().map(|share| DrawShare { id: share.id, pieces: share.quota }).collect(),
        seed_hash: drawing.seed_hash,
        seed: drawing.seed,
        list_hash: drawing.list_hash,
        drawn_at: drawing.drawn_at,
    })
}

/// The list of a draw that is over, piece by piece: one line an entry, `entry share`, and behind it ` won`, ` moved_up` or
/// ` passed`, if that became of it.
///
/// # Errors
/// 404 before it is drawn, and where it never is.
pub async fn list(context: &Context, id: Id) -> Result<BoxStream<'static, Result<String, io::Error>>, Problem> {
    let (_, drawing) = load(context, id).await?;
    if drawing.list_hash.is_none() {
        return Err(Problem::not_found());
    }
    let context = context.clone();
    let pieces = stream::try_unfold(None, move |after| {
        let context = context.clone();
        async move {
            let read = piece(&context, id, after).await;
            // Broken off, the list is not the one whose hash is published, and nobody takes it for that.
            read.map(|piece| piece.map(|(text, last)| (text, Some(last))))
                .map_err(|problem| io::Error::other(problem.detail))
        }
    });
    Ok(pieces.boxed())
}

/// The next lines behind an entry, and the last entry among them; nothing behind the last one.
async fn piece(context: &Context, round: Id, after: Option<Id>) -> Result<Option<(String, Id)>, Problem> {
    let mut query =
        drawn(round).select_only().columns([entry::Column::Id, entry::Column::ShareId, entry::Column::State]);
    if let Some(after) = after {
        query = query.filter(entry::Column::Id.gt(after));
    }
    let query = query.order_by_asc(entry::Column::Id).limit(STEP);
    let rows: Vec<(Id, Id, EntryState)> = query.into_tuple().all(context.read()).await?;
    let Some(last) = rows.last().map(|(entry, ..)| *entry) else { return Ok(None) };
    let mut text = String::with_capacity(rows.len() * 44);
    for (entry, share, state) in rows {
        // Writing to a string can't fail.
        let _written = writeln!(text, "{entry} {share}{}", became(state));
    }
    Ok(Some((text, last)))
}

/// What became of an entry, as its line says it.
const fn became(state: EntryState) -> &'static str {
    match state {
        EntryState::Won => " won",
        EntryState::MovedUp => " moved_up",
        EntryState::Passed => " passed",
        EntryState::Lost | EntryState::Waiting | EntryState::Out | EntryState::CalledOff => "",
    }
}

/// 抽签公示
#[utoipa::path(
    get, path = "/public/draws/{id}", tag = "public", operation_id = "show_draw",
    extensions(("x-permission" = json!("everyone"))),
    params(("id" = Id, Path)), responses((status = 200, body = DrawView)),
)]
pub async fn get_draw(caller: Caller<Everyone>, Path(id): Path<Id>) -> Result<Json<DrawView>, Problem> {
    show(&caller, id).await.map(Json)
}

/// 抽签名单（编号）
#[utoipa::path(
    get, path = "/public/draws/{id}/list", tag = "public", operation_id = "list_draw",
    extensions(("x-permission" = json!("everyone"))),
    params(("id" = Id, Path)), responses((status = 200, content_type = "text/plain", body = String)),
)]
pub async fn get_list(caller: Caller<Everyone>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let pieces = list(&caller, id).await?;
    Ok((attachment("text/plain; charset=utf-8", "抽签名单.txt"), Body::from_stream(pieces)))
}
