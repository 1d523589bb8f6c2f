//! The way to a station in the phone's own map program, and its place in the numbers of other maps.

use places::Point;
use serde_json::{Value, json};
use station::{
    find::maps::MapLinks,
    register::{convert::convert, position::Position},
};

#[test]
fn each_map_gets_its_own_numbers() {
    let point = Point::from_units(1_164_040_000, 399_150_000).unwrap();
    let links = MapLinks::of(point, "东河驿站", "和平路2号");
    assert!(
        links.geo.starts_with("geo:39.9150000,116.4040000?q=39.9150000%2C116.4040000%28%E4%B8%9C"),
        "{}",
        links.geo
    );
    // The published GCJ-02 of this point is 116.41024449916938, 39.91640428150164.
    assert!(links.amap.contains("to=116.4102445%2C39.9164043%2C"), "{}", links.amap);
    assert!(links.tencent.contains("tocoord=39.9164043%2C116.4102445"), "{}", links.tencent);
    assert!(links.baidu.contains("location=39.922") && links.baidu.contains("%2C116.416"), "{}", links.baidu);
    assert!(links.baidu.contains("coord_type=bd09ll"));
}

#[test]
fn a_name_stays_a_name() {
    let point = Point::from_units(1_164_040_000, 399_150_000).unwrap();
    let links = MapLinks::of(point, "a,b&c=d|e", "#1");
    assert!(links.amap.contains("%2Ca+b%26c%3Dd+e&mode=walk"), "{}", links.amap);
    assert!(links.baidu.contains("title=a%2Cb%26c%3Dd%7Ce&content=%231"), "{}", links.baidu);
}

#[test]
fn a_place_is_told_in_the_system_that_is_asked_for() {
    let told = |asked: Value| convert(serde_json::from_value(asked).unwrap());
    let place = |place: Value| serde_json::from_value::<Position>(place).unwrap();
    let wgs = json!({ "longitude": 116.404, "latitude": 39.915, "system": "wgs84" });
    let gcj = told(json!({ "longitude": 116.404, "latitude": 39.915, "show": "gcj02" })).unwrap();
    assert_eq!(gcj, place(json!({ "longitude": 116.4102445, "latitude": 39.9164043, "system": "gcj02" })));
    assert_eq!(told(wgs.clone()).unwrap(), place(wgs));
    let there = json!({ "longitude": 113.9171765, "latitude": 22.5407961, "system": "gcj02" });
    let back = told(there).unwrap();
    assert!((back.longitude.units() - 1_139_123_160).abs() <= 2 && (back.latitude.units() - 225_438_470).abs() <= 2);
    let beyond = told(json!({ "longitude": 40.6, "latitude": 110 })).unwrap_err();
    assert_eq!(beyond.fields.first().unwrap().field, "latitude");
}
