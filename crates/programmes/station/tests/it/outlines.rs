//! Files of divisions' outlines: what is read, and what is wrong in words.

use serde_json::{Value, json};
use station::find::outlines::{DivisionOutlines, OutlinesProblem};

fn file(properties: &Value, geometry: &Value) -> String {
    let feature = json!({ "type": "Feature", "properties": properties, "geometry": geometry });
    json!({ "type": "FeatureCollection", "features": [feature] }).to_string()
}

fn polygon(ring: &Value) -> Result<DivisionOutlines, OutlinesProblem> {
    let division = json!({ "name": "包头市", "code": "150200" });
    DivisionOutlines::read(&file(&division, &json!({ "type": "Polygon", "coordinates": [ring] })))
}

#[test]
fn what_is_good_comes_back_without_what_nobody_asked_for() {
    let ring = json!([[109.1, 40.2, 1065.0], [110.0, 40.2], [110.123_456_789, 41.0], [109.1, 40.2]]);
    let read = polygon(&ring).unwrap();
    let kept = json!([[[109.1, 40.2], [110.0, 40.2], [110.1234568, 41.0], [109.1, 40.2]]]);
    assert_eq!(serde_json::to_value(&read).unwrap()["features"][0]["geometry"]["coordinates"], kept);
    let again = serde_json::to_string(&read).unwrap();
    assert_eq!(DivisionOutlines::read(&format!("\u{feff}{again}")).unwrap(), read);
    let square = json!([[[1, 1], [2, 1], [2, 2], [1, 1]]]);
    let pieces = json!({ "type": "MultiPolygon", "coordinates": [square, square] });
    assert!(DivisionOutlines::read(&file(&json!({ "name": "甲", "code": "150000" }), &pieces)).is_ok());
}

#[test]
fn what_is_no_collection_is_told() {
    for text in ["", "code,name\n150200,包头市", "[]", r#"{"type":"Feature"}"#, r#"{"type":"Topology","features":[]}"#]
    {
        assert!(matches!(DivisionOutlines::read(text), Err(OutlinesProblem::Shape(_))), "{text}");
    }
    let empty = r#"{"type":"FeatureCollection","features":[]}"#;
    assert_eq!(DivisionOutlines::read(empty), Err(OutlinesProblem::Empty));
}

#[test]
fn a_division_without_name_code_or_area_is_told_by_its_number() {
    let area = json!({ "type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]] });
    let read = |properties: &Value, geometry: &Value| DivisionOutlines::read(&file(properties, geometry)).unwrap_err();
    assert_eq!(read(&json!(null), &area), OutlinesProblem::Name(1));
    for code in [json!(150_200), json!("15020"), json!("15020x"), json!("１５０２００")] {
        let properties = json!({ "name": "包头市", "code": code });
        assert_eq!(read(&properties, &area), OutlinesProblem::Code(1, "包头市".into()));
    }
    for geometry in [
        json!(null),
        json!({ "type": "Point", "coordinates": [109, 40] }),
        json!({ "type": "LineString", "coordinates": [[1, 1], [2, 2]] }),
        json!({ "type": "Polygon", "coordinates": [] }),
        json!({ "type": "MultiPolygon", "coordinates": [[]] }),
        json!({ "type": "Polygon", "coordinates": "@@FCBG" }),
    ] {
        let problem = read(&json!({ "name": "包头市", "code": "150200" }), &geometry);
        assert_eq!(problem, OutlinesProblem::Geometry(1, "包头市".into()), "{geometry}");
        assert!(problem.to_string().contains("Polygon"));
    }
}

#[test]
fn a_ring_is_closed_and_on_the_earth() {
    let (open, range) = (OutlinesProblem::Open(1, "包头市".into()), OutlinesProblem::Range(1, "包头市".into()));
    assert_eq!(polygon(&json!([[1, 1], [2, 1], [2, 2], [1, 2]])), Err(open.clone()));
    assert_eq!(polygon(&json!([[1, 1], [2, 1], [1, 1]])), Err(open));
    // The usual mistake: the two numbers changed places.
    assert_eq!(polygon(&json!([[40, 109], [41, 109], [41, 110], [40, 109]])), Err(range.clone()));
    assert_eq!(polygon(&json!([[181, 1], [2, 1], [2, 2], [181, 1]])), Err(range.clone()));
    assert_eq!(polygon(&json!([[1], [2, 1], [2, 2], [1]])), Err(range));
}
