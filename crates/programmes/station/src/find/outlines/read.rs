//! Reading a file of outlines: what it must be, and what is wrong with it in words that its owner can mend it by.

use places::{Degrees, Point};
use serde::Deserialize;
use serde_json::Value;

use super::{DivisionOutline, DivisionOutlines, OutlineGeometry, OutlinedDivision};

/// What is wrong with a file of outlines. Divisions are counted from 1, and named where they have a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutlinesProblem {
    /// No GeoJSON, or another kind of it.
    #[error("不是 GeoJSON 的 FeatureCollection，请用地图软件导出为 GeoJSON（{0}）")]
    Shape(String),
    /// Nothing in it.
    #[error("一个区划也没有（features 是空的）")]
    Empty,
    /// No name.
    #[error("第 {0} 个区划没有名称，properties 里要有 name")]
    Name(usize),
    /// No code, or none of GB/T 2260.
    #[error("第 {0} 个区划（{1}）的代码不对，properties 里的 code 应是 6 位行政区划代码，例如 \"150200\"")]
    Code(usize, String),
    /// No area.
    #[error("第 {0} 个区划（{1}）不是面，geometry 应是 Polygon 或 MultiPolygon")]
    Geometry(usize, String),
    /// A ring that isn't one.
    #[error("第 {0} 个区划（{1}）的边界没有闭合，每一圈至少 4 个点，首尾两点相同")]
    Open(usize, String),
    /// A place that isn't on the earth.
    #[error("第 {0} 个区划（{1}）有坐标不在地球上，应按 [经度, 纬度] 写 WGS-84 的度数")]
    Range(usize, String),
}

/// A collection before anyone looked at it.
#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: String,
    features: Vec<RawFeature>,
}

#[derive(Deserialize)]
struct RawFeature {
    #[serde(default)]
    properties: Value,
    #[serde(default)]
    geometry: Value,
}

impl DivisionOutlines {
    /// Reads a file's text. What else its divisions tell is left out; coordinates keep seven places, heights none.
    ///
    /// # Errors
    /// [`OutlinesProblem`] for the first thing that is wrong.
    pub fn read(text: &str) -> Result<Self, OutlinesProblem> {
        let raw: Raw = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|err| OutlinesProblem::Shape(err.to_string()))?;
        if raw.kind != "FeatureCollection" {
            return Err(OutlinesProblem::Shape(format!("type 是“{}”", raw.kind)));
        }
        if raw.features.is_empty() {
            return Err(OutlinesProblem::Empty);
        }
        let features = raw.features.into_iter().zip(1..).map(|(feature, at)| outline(feature, at));
        Ok(Self { kind: raw.kind, features: features.collect::<Result<_, _>>()? })
    }
}

fn outline(raw: RawFeature, at: usize) -> Result<DivisionOutline, OutlinesProblem> {
    let text = |field: &str| raw.properties.get(field).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let (name, code) = (text("name").to_owned(), text("code").to_owned());
    if name.is_empty() {
        return Err(OutlinesProblem::Name(at));
    }
    if code.len() != 6 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(OutlinesProblem::Code(at, name));
    }
    let mut geometry: OutlineGeometry =
        serde_json::from_value(raw.geometry).map_err(|_| OutlinesProblem::Geometry(at, name.clone()))?;
    let mut polygons: Vec<&mut Vec<Vec<Vec<f64>>>> = match &mut geometry {
        OutlineGeometry::Polygon(rings) => vec![rings],
        OutlineGeometry::MultiPolygon(polygons) => polygons.iter_mut().collect(),
    };
    if polygons.is_empty() || polygons.iter().any(|rings| rings.is_empty()) {
        return Err(OutlinesProblem::Geometry(at, name));
    }
    for ring in polygons.iter_mut().flat_map(|rings| rings.iter_mut()) {
        for spot in ring.iter_mut() {
            *spot = point(spot).ok_or_else(|| OutlinesProblem::Range(at, name.clone()))?;
        }
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(OutlinesProblem::Open(at, name));
        }
    }
    Ok(DivisionOutline { kind: "Feature".into(), properties: OutlinedDivision { name, code }, geometry })
}

/// A place in degrees, if it is one of the earth.
fn point(spot: &[f64]) -> Option<Vec<f64>> {
    let (longitude, latitude) = (Degrees::from_float(*spot.first()?).ok()?, Degrees::from_float(*spot.get(1)?).ok()?);
    let point = Point::new(longitude, latitude).ok()?;
    Some(vec![point.longitude().float(), point.latitude().float()])
}
