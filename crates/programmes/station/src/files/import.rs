//! Stations from a file: a dry run says in words what would become of each row; the import writes all rows or none, or, where
//! that is asked for, those that are right.

use axum::Json;
use kernel::{
    Caller, Context, Id, Problem, audit,
    export::{ExportKind, MADE},
    files::Parts,
    organisation,
    table_in::{self, TableRefusal},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    judge::{Judged, judge},
    past,
    read::{self, ReadFile},
    standing::Rights,
};
use crate::permissions::ImportStations;

kernel::refusals! {
    /// Why a file of stations is not taken.
    pub enum StationFileRefusal {
        /// Some rows are wrong.
        HasWrong { wrong: usize } = 409 "rows_wrong" "有{wrong}行需要改正，没有导入任何驿站。请先检查文件，改正后再导入。",
    }
}

/// Rows of a table of stations that can't be taken.
pub const WRONG_STATIONS: ExportKind =
    ExportKind { code: "wrong_stations", label: "驿站表中有问题的行", permission: "station.import", ..MADE };

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowVerdict {
    /// A new station.
    New,
    /// A known one changes.
    Changed,
    /// It is as it is.
    Same,
    /// It can't be taken.
    Wrong,
}

/// A row of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationFileRow {
    /// Its number in the file.
    pub row: i64,
    /// The number on the sign.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What becomes of it.
    pub verdict: RowVerdict,
    /// In words.
    pub words: String,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationFileAnswer {
    /// Whether it was written, or only looked at.
    pub written: bool,
    /// How many are new.
    pub new: i64,
    /// How many change.
    pub changed: i64,
    /// How many are as they are.
    pub same: i64,
    /// How many can't be taken.
    pub wrong: i64,
    /// Each row.
    pub rows: Vec<StationFileRow>,
    /// The export by which those that can't be taken are fetched as they stood in a table; absent for GeoJSON.
    pub to_mend: Option<Id>,
}

impl StationFileAnswer {
    fn of(judged: Vec<Judged>, written: bool) -> Self {
        let count = |verdict| {
            let found = judged.iter().filter(|one| one.told.verdict == verdict).count();
            i64::try_from(found).unwrap_or(i64::MAX)
        };
        Self {
            written,
            new: count(RowVerdict::New),
            changed: count(RowVerdict::Changed),
            same: count(RowVerdict::Same),
            wrong: count(RowVerdict::Wrong),
            rows: judged.into_iter().map(|one| one.told).collect(),
            to_mend: None,
        }
    }

    /// The rows that can't be taken, by their numbers, with what is wrong.
    fn wrong_rows(&self) -> Vec<(usize, String)> {
        let wrong = self.rows.iter().filter(|row| row.verdict == RowVerdict::Wrong);
        wrong.filter_map(|row| Some((usize::try_from(row.row).ok()?, row.words.clone()))).collect()
    }
}

/// A file as it came.
pub struct StationFile {
    /// Whose are new stations, where a row doesn't say.
    pub organisation_id: Id,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Only look.
    pub dry_run: bool,
    /// Bring the others in where some rows are wrong.
    pub skip_wrong: bool,
}

/// Looks a file through, or brings its stations in: all or none, or those that are right.
///
/// # Errors
/// 404 for the union, [`TableRefusal`], [`StationFileRefusal`].
pub async fn import(caller: &Caller<ImportStations>, file: StationFile) -> Result<StationFileAnswer, Problem> {
    let (context, conn): (&Context, _) = (caller, caller.read());
    let union = organisation::get(conn, caller.scope(), file.organisation_id).await?.id;
    let name = file.file_name.clone();
    let read = read::read(file.bytes, file.file_name).await?;
    let rights = Rights::of(context).await?;
    if !file.dry_run {
        return write((context, &rights), (union, &name), &read, file.skip_wrong).await;
    }
    let mut looked = StationFileAnswer::of(judge(conn, (context, &rights), union, &read.rows).await?, false);
    if let Some(table) = read.table {
        looked.to_mend = table.send_back(context, (&WRONG_STATIONS, union), &looked.wrong_rows()).await?;
    }
    Ok(looked)
}

async fn write(
    (context, rights): (&Context, &Rights),
    (union, name): (Id, &str),
    ReadFile { rows, table }: &ReadFile,
    skip_wrong: bool,
) -> Result<StationFileAnswer, Problem> {
    context
        .unit(|unit| async move {
            let mut judged = judge(&unit, (context, rights), union, rows).await?;
            let wrong = judged.iter().filter(|one| one.told.verdict == RowVerdict::Wrong).count();
            if wrong > 0 && !skip_wrong {
                return Err(StationFileRefusal::HasWrong { wrong }.into());
            }
            let (file, mut written) = (context.id(), Vec::new());
            for one in &mut judged {
                if let Some(plan) = one.write.take() {
                    written.extend(plan.write(&unit, (context, rights), file).await?);
                }
            }
            past::keep(&unit, context, (file, union, name), written).await?;
            let detail = serde_json::json!({ "rows": judged.len() - wrong });
            audit::record(&unit, context, ("stations.import", "kernel/organisation", union), union, detail).await?;
            let mut answer = StationFileAnswer::of(judged, true);
            if let Some(table) = table {
                let wrong = answer.wrong_rows();
                answer.to_mend = table.keep_back(&unit, context, (&WRONG_STATIONS, union), &wrong).await?;
            }
            Ok(answer)
        })
        .await
}

/// 导入驿站（Excel、CSV 或 GeoJSON；可先检查）
#[utoipa::path(
    post, path = "/stations/import", tag = "station", operation_id = "import_stations",
    extensions(("x-permission" = json!("station.import"))),
    request_body(content_type = "multipart/form-data", description = "`file`、`organisation_id`、`dry_run`（true 表示只检查）、`skip_wrong`（true 表示跳过有问题的行，导入其余）"),
    responses((status = 200, body = StationFileAnswer), TableRefusal, StationFileRefusal),
)]
pub async fn post_import(caller: Caller<ImportStations>, parts: Parts) -> Result<Json<StationFileAnswer>, Problem> {
    let form = table_in::form(parts, "stations.xlsx", read::LARGEST).await?;
    let organisation_id = form.need("organisation_id", "请选择所属工会。")?;
    let (dry_run, skip_wrong) = (form.get("dry_run").unwrap_or_default(), form.get("skip_wrong").unwrap_or_default());
    let (file_name, bytes) = form.file.ok_or(TableRefusal::NoFile)?;
    let file = StationFile { organisation_id, file_name, bytes, dry_run, skip_wrong };
    import(&caller, file).await.map(Json)
}
