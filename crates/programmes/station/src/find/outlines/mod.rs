//! The outlines of divisions: what a page draws where the house shows nobody's map, or where no tile of one comes. The house
//! names a file of them; they are checked at its start and handed out as they were checked.

mod read;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Caller, etag, permission::Everyone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use read::OutlinesProblem;

/// Outlines of divisions: a GeoJSON `FeatureCollection` in WGS-84. A drawing; no border is decided by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DivisionOutlines {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The divisions, in the file's order.
    pub features: Vec<DivisionOutline>,
}

/// A division's outline: a GeoJSON `Feature`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DivisionOutline {
    /// `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which division.
    pub properties: OutlinedDivision,
    /// Where it lies.
    pub geometry: OutlineGeometry,
}

/// A division that has an outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OutlinedDivision {
    /// What it is called.
    pub name: String,
    /// Its code of GB/T 2260, six digits.
    pub code: String,
}

/// A division's area as GeoJSON: polygons of rings of `[longitude, latitude]` in degrees. A ring's last point is like its first;
/// of each polygon's rings the first is its border, others are holes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum OutlineGeometry {
    /// One piece of land.
    Polygon(Vec<Vec<Vec<f64>>>),
    /// Several pieces of land.
    MultiPolygon(Vec<Vec<Vec<Vec<f64>>>>),
}

/// What a house without outlines tells.
const NOTHING: &str = r#"{"type":"FeatureCollection","features":[]}"#;
/// How long a phone keeps them before it asks again: borders move seldom, and a day later is soon enough.
const KEEP: &str = "public, max-age=86400";

/// 各地区划轮廓
#[utoipa::path(
    get, path = "/public/stations/outlines", tag = "public", operation_id = "station_outlines",
    extensions(("x-permission" = json!("everyone"))),
    responses(
        (status = 200, body = DivisionOutlines, description = "Empty where the house has none. To be kept for a day."),
        (status = 304, description = "As `If-None-Match` names them."),
    ),
)]
pub async fn get_outlines(caller: Caller<Everyone>, asked: HeaderMap) -> Response {
    let (json, tag) = match &caller.house().settings().map.outlines {
        Some(outlines) => (outlines.json.clone(), outlines.tag.clone()),
        None => (NOTHING.into(), etag::content_tag(NOTHING)),
    };
    let keep: [(HeaderName, HeaderValue); 1] = [(header::CACHE_CONTROL, HeaderValue::from_static(KEEP))];
    if etag::is_known(&asked, &tag) {
        return (StatusCode::NOT_MODIFIED, keep, etag::tagged(&tag)).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (kind, keep, etag::tagged(&tag), json).into_response()
}
