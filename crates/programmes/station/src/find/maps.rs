//! The way to a station in the phone's own map program. Each address carries the numbers of the system that its map draws:
//! with others the pin stands some hundred metres off.

use places::{Coordinates, Point, System};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

/// Who asks, as the map programs want to be told.
const WHO: &str = "niangjia";

/// Addresses that open a station in a map program. Pages show them as links; nothing is loaded from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MapLinks {
    /// Whatever the phone opens places with: RFC 5870, WGS-84, latitude first; the name behind `q` as Android reads it.
    pub geo: String,
    /// 高德: the way on foot by its URI API (`uri.amap.com/navigation`), GCJ-02, longitude first.
    pub amap: String,
    /// 百度: the place by its URI API (`api.map.baidu.com/marker`), BD-09 (`coord_type=bd09ll`), latitude first.
    pub baidu: String,
    /// 腾讯: the way on foot by its URI API (`apis.map.qq.com/uri/v1/routeplan`), GCJ-02, latitude first.
    pub tencent: String,
}

impl MapLinks {
    /// The addresses of a place with a name.
    #[must_use]
    pub fn of(point: Point, name: &str, address: &str) -> Self {
        let [(wgs, _), (gcj, gcj_turned), (bd, _)] = System::ALL.map(|system| {
            let Coordinates { longitude, latitude, .. } = Coordinates::of(point, system);
            (format!("{latitude},{longitude}"), format!("{longitude},{latitude}"))
        });
        // A comma would end the name.
        let plain = name.replace([',', '|', ';', ':'], " ");
        let named = format!("{wgs}({plain})");
        let label: String = url::form_urlencoded::byte_serialize(named.as_bytes()).collect();
        let amap = [("to", &*format!("{gcj_turned},{plain}")), ("mode", "walk"), ("coordinate", "gaode"), ("src", WHO)];
        let baidu = [("location", &*bd), ("title", name), ("content", address), ("coord_type", "bd09ll")];
        let tencent = [("type", "walk"), ("to", name), ("tocoord", &*gcj), ("referer", WHO)];
        Self {
            geo: format!("geo:{wgs}?q={}", label.replace('+', "%20")),
            amap: with("https://uri.amap.com/navigation", amap.into_iter().chain([("callnative", "1")])),
            baidu: with(
                "https://api.map.baidu.com/marker",
                baidu.into_iter().chain([("output", "html"), ("src", WHO)]),
            ),
            tencent: with("https://apis.map.qq.com/uri/v1/routeplan", tencent),
        }
    }
}

fn with<'a>(address: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    Url::parse_with_params(address, parameters).map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
