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
