//! Rows of a table that an import did not take, as a workbook to mend them in. It is kept as an export that is done, in the unit
//! that took the others: whoever sent them in fetches it as often as he likes until its time is over. The right to send them in
//! is enough for it. That it was made, and the file's digests, stand in the audit chain.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use database::{Id, Unit};
use documents::{
    sheet_back::{RowsBack, title_back},
    sheet_in::{Cell, Sheet},
    sheet_out::WorkbookProblem,
};
use secret::digest::Digests;
use serde_json::{Value, json};

use crate::{
    Context, Fault, Problem,
    access::Actors,
    audit,
    export::{self, ExportKind},
    problem,
};

/// So many things that are wrong are told beside the table in which all of them stand.
const TOLD: usize = 100;

/// A table as it came.
#[derive(Debug)]
pub struct Table {
    /// The file's name.
    pub file_name: String,
    /// The sheet with the table.
    pub sheet: Sheet,
    /// The row of the headings, from 0.
    pub heading: usize,
}

impl Table {
    /// Keeps rows, by their numbers in the file (from 1), with what is wrong, and answers the key of the export by which they
    /// are fetched; none if there are none. `kind` says what they are, and `place` for which organisation they came.
    ///
    /// # Errors
    /// A fault if the file can't be written.
    pub async fn keep_back(
        &self,
        unit: &Unit,
        context: &Context,
        of: (&ExportKind, Id),
        rows: &[(usize, String)],
    ) -> Result<Option<Id>, Problem> {
        if rows.is_empty() {
            return Ok(None);
        }
        let bytes = self.written(context, rows).await?;
        Ok(Some(self.keep(unit, context, of, (rows.len(), &bytes)).await?))
    }

    /// The same in a unit of its own, where nothing of the table was taken. What is wrong is known before, so nobody waits for
    /// the workbook to be written.
    ///
    /// # Errors
    /// As [`Self::keep_back`].
    pub async fn send_back(
        &self,
        context: &Context,
        of: (&ExportKind, Id),
        rows: &[(usize, String)],
    ) -> Result<Option<Id>, Problem> {
        if rows.is_empty() {
            return Ok(None);
        }
        let (apart, bytes) = (&context.apart(), &self.written(context, rows).await?);
        let kept = apart.unit(|unit| async move { self.keep(&unit, apart, of, (rows.len(), bytes)).await });
        Ok(Some(kept.await?))
    }

    /// The refusal of a table of which all rows are taken or none: the fields of `refused` name wrong rows by their numbers, as
    /// `row.4`. The table comes back within it as a whole, since those rows alone would be another one once they are mended. What
    /// names no row is refused as it is.
    pub async fn refused(&self, context: &Context, of: (&ExportKind, Id), refused: Problem) -> Problem {
        let row_of = |field: &str| field.strip_prefix("row.").and_then(|row| row.parse::<usize>().ok());
        let filled = self.sheet.filled_from(self.heading + 1);
        let mut rows: BTreeMap<usize, String> = filled.map(|(number, _)| (number, String::new())).collect();
        let mut told = problem::Wrong::default();
        for one in &refused.fields {
            let Some(row) = row_of(&one.field) else { continue };
            rows.entry(row).or_default().push_str(&one.message);
            told.tell(&one.field, &one.code, format!("第{row}行：{}", one.message));
        }
        if told.0.is_empty() || told.0.len() < refused.fields.len() {
            return refused;
        }
        let more = told.0.len().saturating_sub(TOLD);
        told.0.truncate(TOLD);
        told.demand(more == 0, "rows", "more_rows", &format!("另有{more}处要改正，见标出问题的表格。"));
        let rows: Vec<_> = rows.into_iter().collect();
        match self.send_back(context, of, &rows).await {
            Ok(to_mend) => Problem::invalid(told.0).with_extra(json!({ "to_mend": to_mend })),
            Err(fault) => fault,
        }
    }

    async fn written(&self, context: &Context, rows: &[(usize, String)]) -> Result<Vec<u8>, Problem> {
        let (created, mark) = (calendar::beijing_time(context.now()), mark(context).await?);
        let cells = |at: usize| self.sheet.rows.get(at).cloned().unwrap_or_default();
        let headings = cells(self.heading);
        let wrong = |(number, words): &(usize, String)| (*number, cells(number.saturating_sub(1)), words.clone());
        let wrong: Vec<Wrong> = rows.iter().map(wrong).collect();
        let write = move || workbook((created, &mark), &headings, &wrong);
        let written = tokio::task::spawn_blocking(write).await.map_err(|err| Fault::Stored(err.to_string()))?;
        Ok(written.map_err(|err| Fault::Stored(format!("a workbook: {err}")))?)
    }

    async fn keep(
        &self,
        unit: &Unit,
        context: &Context,
        (kind, place): (&ExportKind, Id),
        (rows, bytes): (usize, &[u8]),
    ) -> Result<Id, Problem> {
        let id = export::keep(unit, context, kind, (title_back(&self.file_name), place, rows), bytes).await?;
        audit::record(unit, context, ("rows_back.send", "kernel/export", id), place, told(rows, bytes)).await?;
        Ok(id)
    }
}

/// A row with its number in the file, and what is wrong with it.
type Wrong = (usize, Vec<Cell>, String);

fn workbook(
    (created, mark): (NaiveDateTime, &str),
    headings: &[Cell],
    rows: &[Wrong],
) -> Result<Vec<u8>, WorkbookProblem> {
    let mut back = RowsBack::new(created, mark, headings.iter().map(|cell| &*cell.text))?;
    for (number, cells, words) in rows {
        back.row(*number, cells, words)?;
    }
    back.to_bytes()
}

/// What each printed page says: who took the rows away, and when.
///
/// # Errors
/// A fault of the database.
pub async fn mark(context: &Context) -> Result<String, Problem> {
    let word = context.actor().word();
    let who = Actors::of(context.read(), [word.as_str()]).await?.label(&word);
    Ok(format!("{who} {} 下载", calendar::beijing_time(context.now()).format("%Y-%m-%d %H:%M")))
}

/// What the audit chain keeps of a file with rows: how many, and by what it is known again.
#[must_use]
pub fn told(rows: usize, bytes: &[u8]) -> Value {
    let Digests { sm3, sha256 } = Digests::of(bytes);
    json!({ "rows": rows, "bytes": bytes.len(), "sm3": sm3, "sha256": sha256 })
}
