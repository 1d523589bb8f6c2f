//! Fetching a file: only by whoever asked for it, as long as he holds the right, and each time noted.

use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderName, HeaderValue},
    response::IntoResponse,
};
use database::{Fault, Id};
use futures::{Stream, StreamExt, stream};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};
use serde_json::json;

use super::{
    kind::kind,
    list::own,
    right, store,
    tables::{Column, Entity, ExportFormat, ExportState, Model},
    work::note,
};
use crate::{
    Caller, Context, Problem,
    download::{CSV, PDF, XLSX, attachment},
    permission::LoggedIn,
};

crate::refusals! {
    /// Why no file comes.
    pub enum FetchRefusal {
        /// Not there yet, or not there any more.
        NoFile = 409 "export_no_file" "文件还没有生成，或已到期删除，请在“导出”页查看状态，必要时重新导出。",
    }
}

/// A file that is fetched.
pub struct Taken {
    /// Its name.
    pub name: String,
    /// What kind of file.
    pub format: ExportFormat,
    /// SM3 of the file.
    pub hash: String,
    /// Its pieces, one after another.
    pub pieces: std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, std::io::Error>> + Send>>,
}

/// Fetches a file that the caller asked for.
///
/// # Errors
/// 404 if it is absent or another's; 403 if the right is gone; [`FetchRefusal`].
pub async fn fetch(caller: &Caller<LoggedIn>, id: Id) -> Result<Taken, Problem> {
    let context: &Context = caller;
    let export = own(context.read(), context, id).await?;
    let expired = export.expires_at.is_none_or(|at| at.at() <= context.now());
    let Some(hash) = export.hash.clone().filter(|_| export.state == ExportState::Done && !expired) else {
        return Err(FetchRefusal::NoFile.into());
    };
    right::scope(context, kind(context.house(), &export.kind)?, &export).await?;
    let (row, sm3) = (&export, &hash);
    let noted = context.unit(|unit| async move {
        // In the database, for another one may be fetching it at this moment.
        let counted = Entity::update_many().col_expr(Column::Downloads, Expr::col(Column::Downloads).add(1));
        counted.filter(Column::Id.eq(row.id)).exec(&unit).await?;
        note(&unit, context, "exports.download", row, json!({ "sm3": sm3, "rows": row.rows })).await
    });
    noted.await?;
    let Model { title, format, asked_at, size, .. } = export;
    let day = calendar::beijing_day(asked_at.at());
    let name = format!("{title}-{}.{}", day.format("%Y%m%d"), format.ending());
    Ok(Taken { name, format, hash, pieces: pieces(context.clone(), id, size.unwrap_or(0)).boxed() })
}

/// A file's pieces as long as it is. One that goes while it is fetched, as its time is over or who asked deletes it, breaks off:
/// where it just ended, the part that came would be taken for the whole.
fn pieces(context: Context, id: Id, size: i64) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send {
    stream::try_unfold((0, size), move |(number, left)| {
        let context = context.clone();
        async move {
            let piece = store::piece(context.read(), &context, id, number).await.map_err(|problem| {
                let fault = problem.fault.unwrap_or(Fault::Stored(problem.detail));
                tracing::error!(%fault, "a file broke off while it was fetched");
                std::io::Error::other("the file can't be read on")
            })?;
            match piece {
                None if left > 0 => Err(std::io::Error::other("the file went while it was fetched")),
                None => Ok(None),
                Some(piece) => {
                    let left = left - i64::try_from(piece.len()).unwrap_or(left);
                    Ok(Some((Bytes::from(piece), (number + 1, left))))
                }
            }
        }
    })
}

/// 下载导出文件
#[utoipa::path(get, path = "/exports/{id}/file", tag = "export", operation_id = "download_export",
    extensions(("x-permission" = json!("logged_in"))), params(("id" = Id, Path)),
    responses((
        status = 200,
        content(
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/pdf")
        )
    ), FetchRefusal))]
pub(super) async fn download_export(
    caller: Caller<LoggedIn>,
    Path(id): Path<Id>,
) -> Result<impl IntoResponse, Problem> {
    let Taken { name, format, hash, pieces } = fetch(&caller, id).await?;
    let media = match format {
        ExportFormat::Xlsx => XLSX,
        ExportFormat::Csv => CSV,
        ExportFormat::Pdf => PDF,
    };
    let hash = HeaderValue::from_str(&hash).map_err(|err| Fault::Stored(err.to_string()))?;
    Ok((attachment(media, &name), [(HeaderName::from_static("x-content-sm3"), hash)], Body::from_stream(pieces)))
}
