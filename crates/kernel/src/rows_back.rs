//! Rows of a table that an import did not take, sent back within its answer as a workbook to mend them in. Nothing of the
//! table is kept for it, so this comes after the unit of work, whose answer is.

use chrono::NaiveDateTime;
use documents::{
    sheet_back::{RowsBack, name_back},
    sheet_in::Sheet,
    sheet_out::WorkbookProblem,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Context, Fault, Problem};

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
    /// Sends rows back, by their numbers in the file (from 1), with what is wrong; none if there are none.
    ///
    /// # Errors
    /// A fault if the file can't be written.
    pub async fn send_back(self, context: &Context, rows: Vec<(usize, String)>) -> Result<Option<RowsToMend>, Problem> {
        if rows.is_empty() {
            return Ok(None);
        }
        let created = calendar::beijing_time(context.now());
        let write = move || self.written(created, &rows).map_err(|err| Fault::Stored(format!("a workbook: {err}")));
        let written = tokio::task::spawn_blocking(write).await.map_err(|err| Fault::Stored(err.to_string()))?;
        Ok(Some(written?))
    }

    fn written(&self, created: NaiveDateTime, rows: &[(usize, String)]) -> Result<RowsToMend, WorkbookProblem> {
        let row = |at: usize| self.sheet.rows.get(at).map_or(&[][..], Vec::as_slice);
        let mut back = RowsBack::new(created, row(self.heading).iter().map(|cell| &*cell.text))?;
        for (number, words) in rows {
            back.row(*number, row(number.saturating_sub(1)), words)?;
        }
        Ok(RowsToMend { name: name_back(&self.file_name), bytes: back.to_bytes()? })
    }
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
