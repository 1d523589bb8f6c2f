//! How the items of an inspection were marked, with the words and weights of its day.

use database::Connection;
use kernel::{Context, Problem, files};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StandardItem, Strength};
use crate::{register::form::Photo, rules::standard::Mark};

/// How an item is marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewMark {
    /// The checklist's code.
    #[schema(max_length = 40)]
    pub code: String,
    /// How many points; absent where it doesn't apply to this station.
    #[schema(minimum = 0, maximum = 100)]
    pub score: Option<i64>,
    /// What was seen.
    #[schema(max_length = 200)]
    pub note: Option<String>,
    /// Pictures that prove it.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub photos: Vec<Photo>,
}

/// How an item was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InspectionMark {
    /// The checklist's code.
    pub code: String,
    /// Of which strength.
    pub strength: Strength,
    /// Its strength, in words.
    pub strength_label: String,
    /// What was wanted.
    pub label: String,
    /// How it is looked at and marked.
    pub guide: String,
    /// The most points it gives.
    pub weight: i64,
    /// Whether a station without any point of it is below standard.
    pub critical: bool,
    /// How many points; absent where it doesn't apply, or isn't marked yet.
    pub score: Option<i64>,
    /// What was seen.
    pub note: Option<String>,
    /// Pictures that prove it.
    pub photos: Vec<Photo>,
}

/// The most pictures of one item.
const MOST_PHOTOS: usize = 6;

impl InspectionMark {
    /// An item that isn't marked yet.
    #[must_use]
    pub fn blank(item: &StandardItem) -> Self {
        Self {
            code: item.code.clone(),
            strength: item.strength,
            strength_label: item.strength.label().to_owned(),
            label: item.label.clone(),
            guide: item.guide.clone(),
            weight: item.weight,
            critical: item.critical,
            score: None,
            note: None,
            photos: Vec::new(),
        }
    }

    /// What the rules make of it.
    #[must_use]
    pub fn rule(&self) -> Mark {
        Mark { weight: self.weight, critical: self.critical, score: self.score }
    }
}

/// The checklist with what was sent laid over it: each item once, and none but these.
///
/// # Errors
/// 422 that names the field.
pub fn laid_over(items: &[StandardItem], sent: &[NewMark]) -> Result<Vec<InspectionMark>, Problem> {
    let known = |mark: &NewMark| items.iter().any(|item| item.code == mark.code);
    if sent.len() != items.len() || !sent.iter().all(known) {
        return Err(Problem::field(
            "marks",
            "marks_incomplete",
            "检查表已更新或有漏项，请刷新页面，逐项评分后再提交。",
        ));
    }
    let mut marks = Vec::with_capacity(items.len());
    for item in items {
        let Some(place) = sent.iter().position(|mark| mark.code == item.code) else {
            return Err(Problem::field("marks", "marks_incomplete", format!("“{}”还没有评分。", item.label)));
        };
        let Some(mark) = sent.get(place) else { continue };
        let wrong = |field: &str, message: String| Problem::field(&format!("marks.{place}.{field}"), "mark", message);
        if mark.score.is_some_and(|score| !(0..=item.weight).contains(&score)) {
            return Err(wrong("score", format!("“{}”请评 0 至 {} 分。", item.label, item.weight)));
        }
        let note = mark.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        if note.is_some_and(|note| note.chars().count() > 200) {
            return Err(wrong("note", format!("“{}”的说明不超过 200 字。", item.label)));
        }
        if mark.photos.len() > MOST_PHOTOS || mark.photos.iter().any(|photo| photo.caption.chars().count() > 60) {
            return Err(wrong("photos", format!("“{}”最多 {MOST_PHOTOS} 张照片，说明不超过 60 字。", item.label)));
        }
        let (note, photos) = (note.map(str::to_owned), mark.photos.clone());
        marks.push(InspectionMark { score: mark.score, note, photos, ..InspectionMark::blank(item) });
    }
    Ok(marks)
}

/// Refuses pictures that aren't there, or aren't the caller's to show.
///
/// # Errors
/// 422 that names the field.
pub async fn check_photos<'a>(
    conn: &Connection,
    context: &Context,
    photos: impl Iterator<Item = &'a Photo>,
    field: &str,
) -> Result<(), Problem> {
    for photo in photos {
        let found = files::get(conn, context.scope(), photo.attachment_id).await;
        found.map_err(|absent| {
            let text = "有的照片不存在或不在您的管辖范围内，请重新上传。";
            absent.absent_as(Problem::field(field, "unknown_photo", text))
        })?;
    }
    Ok(())
}
