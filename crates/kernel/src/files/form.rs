//! A form with a file, as pages send it.

use std::{collections::BTreeMap, str::FromStr};

use axum::extract::Multipart;

use crate::Problem;

/// A form with a file. How long it may be, the server's bound of a body decides.
#[derive(Debug, Default)]
pub struct FileForm {
    /// The file's name, of at most 120 characters, and its bytes.
    pub file: Option<(String, Vec<u8>)>,
    fields: BTreeMap<String, String>,
}

impl FileForm {
    /// Reads a form whose part `file` is the file; a file without a name gets the usual one.
    ///
    /// # Errors
    /// `broken` if the form breaks off.
    pub async fn read(mut parts: Multipart, usual: &str, broken: impl Fn() -> Problem) -> Result<Self, Problem> {
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                let file_name = part.file_name().unwrap_or(usual).chars().take(120).collect();
                form.file = Some((file_name, part.bytes().await.map_err(|_| broken())?.to_vec()));
            } else {
                form.fields.insert(name, part.text().await.map_err(|_| broken())?);
            }
        }
        Ok(form)
    }

    /// What stands in a field; `None` if it is absent or can't be read.
    #[must_use]
    pub fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.fields.get(name)?.trim().parse().ok()
    }
}
