//! What a use case answers when it does not do what was asked: a refusal that the caller can mend, or a fault that he
//! can't. Both leave the server as RFC 9457 problem documents.

use std::ops::RangeInclusive;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use database::{Fault, Trouble};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A reason not to do what was asked, which the caller can mend. Made by [`crate::refusals!`].
pub trait Refusal: std::fmt::Debug + Send + Sync {
    /// The HTTP status.
    fn status(&self) -> u16;
    /// The stable code, in snake case.
    fn code(&self) -> &'static str;
    /// A Chinese sentence that says what to do.
    fn message(&self) -> String;
}

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// The field's name as it was sent.
    pub field: String,
    /// The stable code.
    pub code: String,
    /// A Chinese sentence that says what to do.
    pub message: String,
}

/// The answer of a use case that did not do what was asked.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: &'static str,
    /// A Chinese sentence that says what to do.
    pub detail: String,
    /// What is wrong with single fields.
    pub fields: Vec<FieldProblem>,
    /// For a lost update: the fields that somebody else changed meanwhile.
    pub changed: Vec<String>,
    /// More that a page needs to help (for instance both hand-overs of a kit), as JSON.
    pub extra: Option<serde_json::Value>,
    /// Seconds after which it may be tried again; the answer's `Retry-After`.
    pub retry_after: Option<i64>,
    /// For a fault: what went wrong, for the log only.
    pub fault: Option<Fault>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}（{}）", self.detail, self.code)?;
        self.fault.iter().try_for_each(|fault| write!(to, "{fault}"))
    }
}

impl std::error::Error for Problem {}

/// What is wrong with the fields of a form, so that all of it is told at once.
#[derive(Debug, Default)]
pub struct Wrong(pub Vec<FieldProblem>);

impl Wrong {
    /// Notes what is wrong with a field.
    pub fn tell(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.0.push(FieldProblem { field: field.into(), code: code.into(), message: message.into() });
    }

    /// Notes it if what is demanded doesn't hold.
    pub fn demand(&mut self, holds: bool, field: &str, code: &str, message: &str) {
        if !holds {
            self.tell(field, code, message);
        }
    }

    /// The same where the field's name also says what is wrong with it.
    pub fn want(&mut self, holds: bool, field: &str, message: &str) {
        self.demand(holds, field, field, message);
    }

    /// Refuses the form if anything is wrong.
    ///
    /// # Errors
    /// 422 naming the fields.
    pub fn refuse(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::invalid(self.0)) }
    }
}

/// How many minutes some seconds are for whoever waits: a begun one is told as whole.
#[must_use]
pub fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}

/// A reason as it was typed, 2 to 200 characters without blanks around it; `wanted` asks for it.
///
/// # Errors
/// 422 naming the field `reason`.
pub fn reason<'a>(text: &'a str, wanted: &str) -> Result<&'a str, Problem> {
    words("reason", text, 2..=200, wanted)
}

/// The same for another field and of another length; the field's name also says what is wrong with it.
///
/// # Errors
/// 422 naming the field.
pub fn words<'a>(field: &str, text: &'a str, length: RangeInclusive<usize>, wanted: &str) -> Result<&'a str, Problem> {
    let ((least, most), text) = (length.into_inner(), text.trim());
    if (least..=most).contains(&text.chars().count()) { Ok(text) } else { Err(Problem::field(field, field, wanted)) }
}

/// The same in plain signs, as names are kept.
pub(crate) fn name(field: &str, text: &str, length: RangeInclusive<usize>, wanted: &str) -> Result<String, Problem> {
    words(field, &codes::text::plain(text), length, wanted).map(str::to_owned)
}

impl Problem {
    /// A problem with a code and a sentence.
    #[must_use]
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self {
            status,
            code,
            detail,
            fields: Vec::new(),
            changed: Vec::new(),
            extra: None,
            retry_after: None,
            fault: None,
        }
    }

    /// Absent or of another organisation: both read the same.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(404, "not_found", "没有找到，可能已被删除，或不在您的管辖范围内。")
    }

    /// Nobody is logged in, or the log-in has run out.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(401, "unauthenticated", "请先登录。")
    }

    /// The caller lacks the permission.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(403, "forbidden", "您没有这项权限，请联系本级工会的安全管理员。")
    }

    /// What was sent can't be understood; `fields` tells where.
    #[must_use]
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        let detail = match fields.as_slice() {
            [only] => only.message.clone(),
            _ => "有几处填写需要改正。".to_owned(),
        };
        Self { fields, ..Self::new(422, "invalid", detail) }
    }

    /// One field can't be taken as it was sent.
    #[must_use]
    pub fn field(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldProblem { field: field.into(), code: code.into(), message: message.into() }])
    }

    /// The same of a part of what was sent: its fields are named below `part`, as in `person.document_number`.
    #[must_use]
    pub fn of_part(mut self, part: &str) -> Self {
        for field in &mut self.fields {
            field.field = format!("{part}.{}", field.field);
        }
        self
    }

    /// The same, told as `other` where it says that nothing was found; a fault stays what it is.
    #[must_use]
    pub fn absent_as(self, other: impl Into<Self>) -> Self {
        if self.status == 404 { other.into() } else { self }
    }

    /// Somebody else saved meanwhile; `changed` names the fields that differ.
    #[must_use]
    pub fn stale(changed: Vec<String>) -> Self {
        Self {
            changed, ..Self::new(412, "stale", "别人刚刚改过这条记录，请看过最新内容后再保存。")
        }
    }

    /// Says when it may be tried again.
    #[must_use]
    pub fn after(mut self, seconds: i64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// What stands in the way for now, if that is why: no mistake of who asked, nor of the program.
    #[must_use]
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.fault.as_ref().and_then(Fault::trouble)
    }

    /// Adds what a page needs to help.
    #[must_use]
    pub fn with_extra(mut self, extra: impl Serialize) -> Self {
        self.extra = serde_json::to_value(extra).ok();
        self
    }
}

impl<R: Refusal> From<R> for Problem {
    fn from(refusal: R) -> Self {
        Self::new(refusal.status(), refusal.code(), refusal.message())
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let problem = fault.trouble().map_or_else(
            || Self::new(500, "fault", "系统出了问题，请稍后再试；如仍不行，请把追踪号告诉管理员。"),
            passing,
        );
        Self { fault: Some(fault), ..problem }
    }
}

/// What stands in the way for now, and when to ask again.
fn passing(trouble: Trouble) -> Problem {
    let (code, seconds, detail) = match trouble {
        Trouble::Away => ("database_away", 5, "系统暂时连不上数据库，请过几秒再试；如果一直这样，请告诉系统管理员。"),
        Trouble::Full => {
            ("disk_full", 30, "服务器磁盘已满，刚才的操作没有保存。请告诉系统管理员清理磁盘，之后再提交一次。")
        }
        Trouble::ReadOnly => (
            "read_only",
            30,
            "服务器存储现在只能读不能写，刚才的操作没有保存。请告诉系统管理员检查磁盘，之后再提交一次。",
        ),
        Trouble::Disk => {
            ("disk_failed", 30, "服务器存储读写出错，刚才的操作没有保存。请告诉系统管理员检查磁盘，之后再提交一次。")
        }
        Trouble::Busy => ("busy", 5, "系统正忙，刚才的操作没有完成，请稍后再试。"),
        Trouble::Unsure => {
            ("unsure", 10, "与数据库的连接中断，不能确定刚才的操作是否已保存。请先查看结果，没有保存再提交一次。")
        }
        Trouble::Stopping => ("stopping", 5, "系统正在重新启动，请过几秒再试。"),
    };
    Problem::new(503, code, detail).after(seconds)
}

impl From<sea_orm::DbErr> for Problem {
    fn from(err: sea_orm::DbErr) -> Self {
        Fault::from(err).into()
    }
}

/// The problem document of RFC 9457, as it goes over the wire.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ProblemDocument {
    /// A URI for the kind of problem.
    pub r#type: String,
    /// The status's own name.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// A Chinese sentence that says what to do.
    pub detail: String,
    /// The number under which the log tells more; the same as the header `x-request-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// What is wrong with single fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// For a lost update: the fields that somebody else changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// More that a page needs to help.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub extra: Option<serde_json::Value>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let document = ProblemDocument {
            r#type: format!("/api/docs#{}", self.code),
            title: status.canonical_reason().unwrap_or("").to_owned(),
            status: self.status,
            code: self.code.to_owned(),
            detail: self.detail,
            trace_id: None,
            fields: self.fields,
            changed: self.changed,
            extra: self.extra,
        };
        let mut response = (status, Json(document)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(fault) = self.fault {
            // The server's outermost layer logs it with the request's number and writes that number into the document.
            response.extensions_mut().insert(fault);
        }
        response
    }
}

/// Declares how one use case can be refused: `Variant { fields } = status "code" "sentence with {fields}"`.
///
/// The enum implements [`Refusal`] and utoipa's `IntoResponses`, so it stands in the use case's `#[utoipa::path]`.
#[macro_export]
macro_rules! refusals {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident $({ $($field:ident : $ty:ty),* $(,)? })? = $status:literal $code:literal $message:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $name { $($(#[$vmeta])* $variant $({ $(#[doc = "Stands in the sentence."] $field: $ty),* })?),* }

        impl $crate::Refusal for $name {
            fn status(&self) -> u16 { match self { $(Self::$variant { .. } => $status),* } }
            fn code(&self) -> &'static str { match self { $(Self::$variant { .. } => $code),* } }
            fn message(&self) -> String { match self { $(Self::$variant $({ $($field),* })? => format!($message)),* } }
        }

        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
                $crate::problem::describe(&[$(($status, $code, $message)),*])
            }
        }
    };
}

/// Describes refusals for the OpenAPI document: one response a status, which lists the codes.
#[must_use]
pub fn describe(
    refusals: &[(u16, &str, &str)],
) -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
    let mut texts = std::collections::BTreeMap::<String, String>::new();
    for (status, code, message) in refusals {
        let text = texts.entry(status.to_string()).or_default();
        text.push_str(&format!("{}`{code}`: {message}", if text.is_empty() { "" } else { "\n\n" }));
    }
    let content = || {
        utoipa::openapi::content::ContentBuilder::new()
            .schema(Some(utoipa::openapi::Ref::from_schema_name("ProblemDocument")))
            .build()
    };
    let response = |text| {
        utoipa::openapi::ResponseBuilder::new().description(text).content("application/problem+json", content()).build()
    };
    texts.into_iter().map(|(status, text)| (status, response(text).into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_is_told_otherwise_and_a_fault_is_not() {
        assert_eq!(Problem::not_found().absent_as(Problem::forbidden()).code, "forbidden");
        let told = Problem::from(Fault::Stopped).absent_as(Problem::forbidden());
        assert_eq!((told.status, told.code, told.fault.is_some()), (503, "stopping", true));
    }
}
