//! Files that come with an answer: each is kept in the unit whose answer it is, done from the start, and is listed, fetched and
//! deleted as the others are.

use chrono::TimeDelta;
use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use secret::digest::Digests;

use super::{
    ask::{Asked, row, sealed},
    expire::expire,
    kind::{ExportKind, RowPage},
    numbers::KEPT_DAYS,
    store,
    tables::{ActiveModel, Column, Entity, ExportFormat, ExportState},
};
use crate::{Context, Problem, rulebook};

/// A kind of which nobody asks for a file; its own declares it by its code, label and permission.
pub const MADE: ExportKind = ExportKind {
    code: "",
    label: "",
    permission: "",
    personal: false,
    headings: &[],
    words: &[],
    count: |_, _| Box::pin(async { Ok(0) }),
    next: |_, _, _| Box::pin(async { Ok(RowPage::default()) }),
};

/// How many files of a kind somebody keeps: what he may send is not limited by the day, as what he may ask for is.
const KEPT: u64 = 20;

/// Keeps a workbook that was made, with so many rows, and answers the export's key. His oldest one of this kind goes if he has
/// more than [`KEPT`].
pub(crate) async fn keep(
    unit: &Unit,
    context: &Context,
    kind: &ExportKind,
    (title, place, rows): (String, Id, usize),
    bytes: &[u8],
) -> Result<Id, Problem> {
    let days = rulebook::number(unit, context, &KEPT_DAYS, place, context.today()).await?;
    let filter = "{}".to_owned();
    let asked = Asked { title, organisation: Some(place), format: ExportFormat::Xlsx, reason: None, filter };
    let Digests { sm3, sha256 } = Digests::of(bytes);
    let made = ActiveModel {
        state: Set(ExportState::Done),
        done: Set(i64::try_from(rows).unwrap_or(i64::MAX)),
        size: Set(i64::try_from(bytes.len()).ok()),
        hash: Set(Some(sm3)),
        sha256: Set(Some(sha256)),
        finished_at: Set(Some(context.now().into())),
        expires_at: Set(Some((context.now() + TimeDelta::days(days)).into())),
        ..row(context, kind, &asked, place, rows as u64, false)?
    };
    let id = context.id();
    Entity::insert(sealed(context, id, made, &asked.filter)).exec_without_returning(unit).await?;
    store::keep_bytes(unit, context, id, bytes).await?;
    let his = Entity::find().filter(Column::Actor.eq(context.actor().word())).filter(Column::Kind.eq(kind.code));
    let there = his.filter(Column::State.eq(ExportState::Done)).order_by_desc(Column::Id);
    // Each that comes displaces one, so there is never more than one over.
    if let Some(over) = there.offset(KEPT).one(unit).await? {
        expire(unit, context, &over).await?;
    }
    Ok(id)
}
