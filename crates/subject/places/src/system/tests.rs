//! Agreement with published values, and the way there and back.

use proptest::prelude::*;

use super::*;

fn coordinates(system: System, longitude: f64, latitude: f64) -> Coordinates {
    let degrees = |float| Degrees::from_float(float).unwrap();
    Coordinates { system, longitude: degrees(longitude), latitude: degrees(latitude) }
}

fn near(one: Coordinates, other: Coordinates, most: i32) -> bool {
    let apart = |one: Degrees, other: Degrees| (one.units() - other.units()).abs() <= most;
    apart(one.longitude, other.longitude) && apart(one.latitude, other.latitude)
}

fn known(system: System, wgs: (f64, f64), there: (f64, f64), most: i32) {
    let (wgs, there) = (coordinates(System::Wgs84, wgs.0, wgs.1), coordinates(system, there.0, there.1));
    let point = wgs.point().unwrap();
    let forward = Coordinates::of(point, system);
    assert!(near(forward, there, most), "{forward:?} should be {there:?}");
    let back = Coordinates::of(there.point().unwrap(), System::Wgs84);
    assert!(near(back, wgs, most), "{back:?} should be {wgs:?}");
}

/// The test values of eviltransform, which its ports in a dozen languages share, and those on coordtransform's page.
/// (Eviltransform's values for BD-09 are left out: they were made with π where the formula has 3000π ÷ 180.)
#[test]
fn agrees_with_published_values() {
    known(System::Gcj02, (121.5272106, 31.1774276), (121.531541859215, 31.17530398364597), 2);
    known(System::Gcj02, (113.912316, 22.543847), (113.9171764808363, 22.540796131694766), 2);
    known(System::Gcj02, (116.377817, 39.911954), (116.38404722455657, 39.91334545536069), 2);
    known(System::Gcj02, (116.404, 39.915), (116.41024449916938, 39.91640428150164), 2);
    let gcj = coordinates(System::Gcj02, 116.404, 39.915);
    let bd = coordinates(System::Bd09, 116.41036949371029, 39.92133699351021);
    assert!(near(Coordinates::of(gcj.point().unwrap(), System::Bd09), bd, 2));
    assert!(near(Coordinates::of(bd.point().unwrap(), System::Gcj02), gcj, 2));
}

/// These were published with an inverse of one step, which misses by about a metre.
#[test]
fn lies_within_a_metre_of_a_one_step_inverse() {
    let bd = coordinates(System::Bd09, 116.404, 39.915).point().unwrap();
    let gcj = coordinates(System::Gcj02, 116.39762729119315, 39.90865673957631);
    assert!(near(Coordinates::of(bd, System::Gcj02), gcj, 110));
    known(System::Gcj02, (116.39775550083061, 39.91359571849836), (116.404, 39.915), 110);
}

#[test]
fn systems_have_words() {
    assert_eq!(System::named("GCJ-02"), Some(System::Gcj02));
    assert_eq!(System::named("bd09"), Some(System::Bd09));
    for (words, system) in [
        ("WGS-84（GPS、天地图）", System::Wgs84),
        ("gps", System::Wgs84),
        ("高德", System::Gcj02),
        ("GCJ-02（高德、腾讯）", System::Gcj02),
        ("百度地图", System::Bd09),
    ] {
        assert_eq!(System::named(words), Some(system), "{words}");
    }
    for system in System::ALL {
        assert_eq!(System::named(system.label()), Some(system));
    }
    for none in ["火星", "", "高德转百度", "由GCJ-02换算为WGS-84"] {
        assert_eq!(System::named(none), None, "{none}");
    }
    let json = r#"{"longitude":121.5,"latitude":31.25}"#;
    assert_eq!(serde_json::from_str::<Coordinates>(json).unwrap().system, System::Wgs84);
}

#[test]
fn the_box_ends_where_it_ends() {
    let moved = |longitude, latitude| {
        let here = coordinates(System::Wgs84, longitude, latitude);
        !near(Coordinates::of(here.point().unwrap(), System::Gcj02), here, 0)
    };
    assert!(moved(72.004, 30.0) && !moved(72.0039999, 30.0));
    assert!(moved(137.8347, 30.0) && !moved(137.8347001, 30.0));
    assert!(moved(100.0, 0.8293) && !moved(100.0, 0.8292999));
    assert!(moved(100.0, 55.8271) && !moved(100.0, 55.8271001));
}

fn inside() -> impl Strategy<Value = Point> {
    // A twentieth of a degree from the edge: nearer, an offset point may lie outside, and either reading is as good.
    (720_600_000i64..1_377_800_000, 8_800_000i64..557_700_000).prop_map(|(x, y)| Point::from_units(x, y).unwrap())
}

fn outside() -> impl Strategy<Value = Point> {
    let anywhere = (-1_800_000_000i64..=1_800_000_000, -900_000_000i64..=900_000_000);
    let far = |(x, y): &(i64, i64)| !(719_500_000..1_378_900_000).contains(x) || !(7_700_000..558_800_000).contains(y);
    anywhere.prop_filter("in the box", far).prop_map(|(x, y)| Point::from_units(x, y).unwrap())
}

proptest! {
    #[test]
    fn there_and_back(point in inside(), system in prop::sample::select(System::ALL.to_vec())) {
        let there = Coordinates::of(point, system);
        let back = there.point().unwrap();
        let whole = |point| Coordinates::of(point, System::Wgs84);
        prop_assert!(near(whole(back), whole(point), 1), "{:?} came back as {:?}", point, back);
        prop_assert!(near(Coordinates::of(back, system), there, 1));
    }

    #[test]
    fn in_the_box_the_systems_differ_by_less_than_two_kilometres(point in inside()) {
        let [wgs, gcj, bd] = System::ALL.map(|system| Coordinates::of(point, system));
        prop_assert!(!near(wgs, gcj, 20) && near(wgs, gcj, 130_000));
        prop_assert!(!near(gcj, bd, 40_000) && near(gcj, bd, 80_000));
    }

    #[test]
    fn outside_nothing_changes(point in outside(), system in prop::sample::select(System::ALL.to_vec())) {
        let there = Coordinates::of(point, system);
        prop_assert_eq!((there.longitude, there.latitude), (point.longitude(), point.latitude()));
        prop_assert_eq!(there.point().unwrap(), point);
    }
}
