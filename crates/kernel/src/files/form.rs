//! A form with a file, as pages send it.

use std::{collections::BTreeMap, fmt, str::FromStr};

use axum::extract::{
    FromRequest, Multipart, Request,
    multipart::{Field, MultipartRejection},
};
use codes::text::{is_hidden, unhide};

use crate::{Problem, caller::Said};

/// The longest that the fields beside the file may be altogether, with their names, in bytes.
const FIELDS: usize = 64 << 10;

/// Why a form is not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It breaks off.
    Off,
    /// Its file, or what stands beside it, is longer than it may be.
    TooLong {
        /// The longest file.
        megabytes: usize,
    },
}

impl fmt::Display for Cut {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => to.write_str("文件没有传完，请重新上传。"),
            Self::TooLong { megabytes } => {
                write!(to, "文件不能超过 {megabytes} MB，请删去没有内容的行和列，或拆成几个文件再上传。")
            }
        }
    }
}

/// A form as it comes, part by part. Sent again under the same `Idempotency-Key`, it is known by what its parts hold.
pub struct Parts {
    form: Multipart,
    said: Said,
}

impl<S: Send + Sync> FromRequest<S> for Parts {
    type Rejection = MultipartRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, MultipartRejection> {
        let said = Said::of(&request);
        let form = <Multipart as FromRequest<S>>::from_request(request, state).await?;
        Ok(Self { form, said })
    }
}

/// A form with a file. Its texts and the file's name are without what is hidden in them, as the texts of all other bodies are.
#[derive(Debug, Default)]
pub struct FileForm {
    /// The file's name, of at most 120 characters, and its bytes.
    pub file: Option<(String, Vec<u8>)>,
    /// What whoever sent the file says that it is; empty if he says nothing.
    pub media_type: String,
    fields: BTreeMap<String, String>,
}

impl FileForm {
    /// Reads a form whose part `file` is the file, of at most `largest` bytes; a file without a name gets the usual one.
    ///
    /// # Errors
    /// `refuse` says what, if the form breaks off or is too long.
    pub async fn read(
        parts: Parts,
        usual: &str,
        largest: usize,
        refuse: impl Fn(Cut) -> Problem,
    ) -> Result<Self, Problem> {
        let Parts { form: mut parts, mut said } = parts;
        let (mut form, mut left) = (Self::default(), FIELDS);
        while let Some(part) = parts.next_field().await.map_err(|_| refuse(Cut::Off))? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                let file_name = part.file_name().unwrap_or(usual).chars();
                let file_name: String = file_name.filter(|sign| !is_hidden(*sign)).take(120).collect();
                part.content_type().unwrap_or_default().clone_into(&mut form.media_type);
                let bytes = bounded(part, largest, &refuse, &mut said).await?;
                said.end_part(&name, &file_name);
                form.file = Some((file_name, bytes));
            } else {
                let too_long = || refuse(Cut::TooLong { megabytes: largest >> 20 });
                left = left.checked_sub(name.len()).ok_or_else(too_long)?;
                let cut_short = |cut: Cut| if cut == Cut::Off { refuse(cut) } else { too_long() };
                let bytes = bounded(part, left, &cut_short, &mut said).await?;
                said.end_part(&name, "");
                left -= bytes.len();
                let mut text = String::from_utf8_lossy(&bytes).into_owned();
                unhide(&mut text);
                form.fields.insert(name, text);
            }
        }
        said.end();
        Ok(form)
    }

    /// What stands in a field; `None` if it is absent or can't be read.
    #[must_use]
    pub fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.fields.get(name)?.trim().parse().ok()
    }

    /// What stands in a field that may be absent; `wanted` asks for one that can be read.
    ///
    /// # Errors
    /// 422 naming the field.
    pub fn find<T: FromStr>(&self, name: &str, wanted: &str) -> Result<Option<T>, Problem> {
        let Some(text) = self.fields.get(name) else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| Problem::field(name, "wrong_form", wanted))
    }

    /// What stands in a field that must be there; `wanted` asks for it.
    ///
    /// # Errors
    /// 422 naming the field.
    pub fn need<T: FromStr>(&self, name: &str, wanted: &str) -> Result<T, Problem> {
        self.get(name).ok_or_else(|| Problem::field(name, "missing", wanted))
    }
}

/// Reads a part as far as it may be long.
async fn bounded(
    mut part: Field<'_>,
    most: usize,
    refuse: &impl Fn(Cut) -> Problem,
    said: &mut Said,
) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|_| refuse(Cut::Off))? {
        if bytes.len() + piece.len() > most {
            return Err(refuse(Cut::TooLong { megabytes: most >> 20 }));
        }
        said.piece(&piece);
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[tokio::test]
    async fn what_is_hidden_in_a_form_is_taken_out_and_its_file_stays_as_it_is() {
        let part =
            |said: &str, held: &str| format!("--edge\r\ncontent-disposition: form-data; {said}\r\n\r\n{held}\r\n");
        let body = [
            part("name=\"note\"", "核对\u{202e}名\u{2066}册\u{7}\0\nᠮᠣᠩ\u{180B}"),
            part("name=\"organisation_id\"", "\u{202a}42\u{202c}"),
            part("name=\"file\"; filename=\"名册\u{202e}vsc.exe\"", "甲\u{202e}乙"),
            "--edge--\r\n".to_owned(),
        ];
        let request = Request::post("/forms").header("content-type", "multipart/form-data; boundary=edge");
        let parts = Parts::from_request(request.body(Body::from(body.concat())).unwrap(), &()).await.unwrap();
        let refuse = |cut: Cut| Problem::new(422, "cut", cut.to_string());
        let form = FileForm::read(parts, "", 100, refuse).await.unwrap();
        assert_eq!(form.get::<String>("note").as_deref(), Some("核对名册\nᠮᠣᠩ\u{180B}"));
        assert_eq!(form.get::<u32>("organisation_id"), Some(42));
        assert_eq!(form.file, Some(("名册vsc.exe".to_owned(), "甲\u{202e}乙".into())));
    }
}
