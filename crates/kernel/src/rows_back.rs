//! Rows of a table that an import did not take, sent back within its answer as a workbook to mend them in. Nothing of the
//! table is kept for it, so this comes after the unit of work, whose answer is. They go to whoever sent them in, so the right
//! to do that is enough; that they went, and the file's digests, stand in the audit chain.

use chrono::NaiveDateTime;
use database::Id;
use documents::{
    sheet_back::{RowsBack, name_back},
    sheet_in::Sheet,
    sheet_out::WorkbookProblem,
};
use secret::digest::{Digests, Running};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{Context, Fault, Problem, access::Actors, audit};

/// A workbook of rows to mend and bring in again: the columns of the file that came, and behind them what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowsToMend {
    /// The file's name.
    pub name: String,
    /// The file in base64.
    #[serde(with = "base64_text")]
    #[schema(value_type = String, format = Byte)]
    pub bytes: Vec<u8>,
}

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
    /// Sends rows back, by their numbers in the file (from 1), with what is wrong; none if there are none. `of` says what the
    /// rows are (`membership/due`), and whose, where that is known to lie in the caller's scope.
    ///
    /// # Errors
    /// A fault if the file can't be written.
    pub async fn send_back(
        self,
        context: &Context,
        (of, organisation): (&'static str, Option<Id>),
        rows: Vec<(usize, String)>,
    ) -> Result<Option<RowsToMend>, Problem> {
        if rows.is_empty() {
            return Ok(None);
        }
        let (created, mark, count) = (calendar::beijing_time(context.now()), mark(context).await?, rows.len());
        let write =
            move || self.written(created, &mark, &rows).map_err(|err| Fault::Stored(format!("a workbook: {err}")));
        let written = tokio::task::spawn_blocking(write).await.map_err(|err| Fault::Stored(err.to_string()))??;
        let (apart, told) = (&context.apart(), &told(count, &written.bytes));
        let noted = apart.unit(|unit| async move {
            audit::record(&unit, apart, ("rows_back.send", of, None), organisation, told).await
        });
        noted.await?;
        Ok(Some(written))
    }

    fn written(
        &self,
        created: NaiveDateTime,
        mark: &str,
        rows: &[(usize, String)],
    ) -> Result<RowsToMend, WorkbookProblem> {
        let row = |at: usize| self.sheet.rows.get(at).map_or(&[][..], Vec::as_slice);
        let mut back = RowsBack::new(created, mark, row(self.heading).iter().map(|cell| &*cell.text))?;
        for (number, words) in rows {
            back.row(*number, row(number.saturating_sub(1)), words)?;
        }
        Ok(RowsToMend { name: name_back(&self.file_name), bytes: back.to_bytes()? })
    }
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
    let mut running = Running::default();
    running.update(bytes);
    let Digests { sm3, sha256 } = running.finish();
    json!({ "rows": rows, "bytes": bytes.len(), "sm3": sm3, "sha256": sha256 })
}

/// Bytes as text (RFC 4648, section 4).
mod base64_text {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_go_as_text_and_come_back() {
        let file = RowsToMend { name: "会费-待改正.xlsx".into(), bytes: vec![80, 75, 3, 4, 255] };
        let text = serde_json::to_string(&file).unwrap();
        assert_eq!(text, r#"{"name":"会费-待改正.xlsx","bytes":"UEsDBP8="}"#);
        assert_eq!(serde_json::from_str::<RowsToMend>(&text).unwrap(), file);
    }
}
