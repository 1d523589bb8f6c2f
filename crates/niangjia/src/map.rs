//! What pages draw places on, as the operator set it.

use std::{fmt::Display, fs, path::Path};

use kernel::house::{MapSource, Outlines};
use station::find::outlines::DivisionOutlines;

use crate::{
    house::Failure,
    settings::{self, Settings},
};

/// The leagues of the demo's region; taken from the npm package echarts 4.9.0 (Apache-2.0), `map/json/province/neimenggu.json`,
/// decoded into GeoJSON and with fewer points.
const DEMO: &str = include_str!("../data/outlines_15.geojson");

/// The largest file of outlines, in bytes. Phones load it whole.
const LARGEST: u64 = 5 * 1024 * 1024;

/// The map that pages may show.
///
/// # Errors
/// When an address names no tiles, nobody is told whose map it is, or the file of outlines is none.
pub fn source(settings: &Settings) -> Result<MapSource, Failure> {
    let names_tiles = |address: &&String| {
        settings::has_beginning(address) && ["{z}", "{x}", "{y}"].iter().all(|part| address.contains(part))
    };
    if let Some(wrong) = settings.map_tiles.iter().find(|address| !names_tiles(address)) {
        let why =
            format!("map_tiles 中的“{wrong}”不是瓦片地址：应以 https:// 或 http:// 开头，并含 {{z}}、{{x}}、{{y}}");
        return Err(Failure::Settings(why));
    }
    let notice = settings.map_notice.clone().unwrap_or_default();
    if !settings.map_tiles.is_empty() && notice.trim().is_empty() {
        let why = "设置了 map_tiles，还须设置 map_notice：写明地图来源和审图号，与地图一同显示";
        return Err(Failure::Settings(why.into()));
    }
    Ok(MapSource { tiles: settings.map_tiles.clone(), notice, outlines: outlines(settings)? })
}

/// The outlines of divisions; in the demo those of its region, unless others are set.
fn outlines(settings: &Settings) -> Result<Option<Outlines>, Failure> {
    let (text, path) = match &settings.map_outlines {
        Some(path) => (file(path)?, path.as_path()),
        None if settings.demo => (DEMO.to_owned(), Path::new("outlines_15.geojson")),
        None => return Ok(None),
    };
    let outlines = DivisionOutlines::read(&text).map_err(|problem| wrong(path, &problem))?;
    let json = serde_json::to_string(&outlines).map_err(|err| wrong(path, &err))?;
    Ok(Some(Outlines::new(json)))
}

fn file(path: &Path) -> Result<String, Failure> {
    let size = fs::metadata(path).map_err(|err| wrong(path, &format_args!("打不开：{err}")))?.len();
    if size > LARGEST {
        let (size, most) = (size.div_ceil(1024 * 1024), LARGEST / (1024 * 1024));
        let why = format_args!("有 {size} MB，超过 {most} MB，手机下载太慢，请先简化边界（减少点数）");
        return Err(wrong(path, &why));
    }
    fs::read_to_string(path).map_err(|err| wrong(path, &format_args!("读不出来：{err}")))
}

fn wrong(path: &Path, why: &dyn Display) -> Failure {
    Failure::Settings(format!("map_outlines 的文件“{}”{why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(map_outlines: Option<&Path>, demo: bool) -> Result<MapSource, Failure> {
        source(&Settings { demo, map_outlines: map_outlines.map(Into::into), ..Settings::default() })
    }

    fn refusal(path: &Path) -> String {
        told(Some(path), true).unwrap_err().to_string()
    }

    #[test]
    fn the_demo_has_its_region_and_another_house_has_what_it_names() {
        let demo = told(None, true).unwrap().outlines.unwrap();
        let leagues: DivisionOutlines = serde_json::from_slice(&demo.json).unwrap();
        let codes: Vec<_> = leagues.features.iter().map(|one| one.properties.code.as_str()).collect();
        assert_eq!((codes.len(), codes.first(), codes.last()), (12, Some(&"150100"), Some(&"152900")));
        assert_eq!(told(None, false).unwrap().outlines, None);

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outlines.geojson");
        fs::write(&path, DEMO).unwrap();
        assert_eq!(told(Some(&path), false).unwrap().outlines, Some(demo));
    }

    #[test]
    fn a_file_that_is_none_is_refused_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outlines.geojson");
        assert!(refusal(&path).contains("打不开"), "{}", refusal(&path));
        fs::write(&path, "code,name").unwrap();
        assert!(refusal(&path).contains("outlines.geojson”不是 GeoJSON"), "{}", refusal(&path));
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(refusal(&path).contains("读不出来"), "{}", refusal(&path));
        fs::File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
        assert!(refusal(&path).contains("有 6 MB，超过 5 MB"), "{}", refusal(&path));
    }
}
