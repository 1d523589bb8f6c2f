//! The columns of a workbook of stations, and the names of the same in GeoJSON.

use std::collections::BTreeMap;

use documents::sheet_in::formula_error;
use kernel::table_in;
use places::{Coordinates, Degrees, System};
use sea_orm::Iterable;

use crate::{
    catalogue::{CatalogueEntry, CatalogueKind},
    register::{
        form::{Partner, StationForm},
        position::Position,
    },
    rules::hours::OpeningHours,
    tables::station::{StationAccess, StationKind},
};

/// A column: its heading, and its name in GeoJSON.
pub const COLUMNS: &[(&str, &str)] = &[
    (CODE, "code"),
    (NAME, "name"),
    (KIND, "kind"),
    (ACCESS, "access"),
    (HOST, "host"),
    (UNION, "organisation_code"),
    (DIVISION, "division"),
    (ADDRESS, "address"),
    (EAST, "longitude"),
    (NORTH, "latitude"),
    (SYSTEM, "system"),
    (AREA, "area"),
    (CAPACITY, "capacity"),
    (LINE, "service_line"),
    (HOURS, "hours"),
    (EXCEPTIONS, "exceptions"),
    (EQUIPMENT, "equipment"),
    (SERVICES, "services"),
    (PARTNERS, "partners"),
    (STATE, "state"),
    (STATE_REASON, "state_reason"),
    (MASTER, "master"),
    (MASTER_PHONE, "master_phone"),
];

/// The number on the sign.
pub const CODE: &str = "驿站编号";
/// What it is called.
pub const NAME: &str = "驿站名称";
/// Whether a union runs it alone.
pub const KIND: &str = "类型";
/// Whom it is for.
pub const ACCESS: &str = "使用对象";
/// Whose house it is.
pub const HOST: &str = "场地提供单位";
/// The code of the union that answers for it.
pub const UNION: &str = "所属工会代码";
/// The division.
pub const DIVISION: &str = "行政区划代码";
/// Where, in words.
pub const ADDRESS: &str = "地址";
/// Degrees east.
pub const EAST: &str = "经度";
/// Degrees north.
pub const NORTH: &str = "纬度";
/// Of which coordinate system.
pub const SYSTEM: &str = "坐标系";
/// Square metres.
pub const AREA: &str = "面积（平方米）";
/// People at once.
pub const CAPACITY: &str = "容纳人数";
/// The number to call.
pub const LINE: &str = "服务电话";
/// When it is open.
pub const HOURS: &str = "开放时间";
/// On which single days it is open otherwise.
pub const EXCEPTIONS: &str = "特殊开放日";
/// What it has.
pub const EQUIPMENT: &str = "设施";
/// What it gives.
pub const SERVICES: &str = "服务";
/// Who helps.
pub const PARTNERS: &str = "共建单位";

/// Where it stands.
pub const STATE: &str = "状态";
/// Why it pauses or was closed.
pub const STATE_REASON: &str = "状态原因";
/// Who answers for it.
pub const MASTER: &str = "站长";
/// His mobile number, by which a new one is known; never told.
pub const MASTER_PHONE: &str = "站长手机号码";

/// What stands between the labels of equipment and services in a cell.
pub const BETWEEN: [char; 5] = ['、', '，', ',', ';', '；'];
/// What ends a partner in a cell.
const PARTNER_ENDS: [char; 3] = ['；', ';', '\n'];
/// What ends its name, behind which stands what it gives.
const NAME_ENDS: [char; 2] = ['：', ':'];

/// A row as it was read: the text below each heading that the file has; an empty cell is an empty text.
pub type Cells = BTreeMap<&'static str, String>;

/// A station as the cells of a row.
#[must_use]
pub fn cells(form: &StationForm, union_code: &str, catalogue: &[CatalogueEntry]) -> Cells {
    let items = |kind: CatalogueKind| {
        let own = catalogue.iter().filter(|entry| entry.kind == kind && form.items.contains(&entry.code));
        own.map(|entry| entry.label.as_str()).collect::<Vec<_>>().join("、")
    };
    // Who has a sign in his words that divides partners would come back from a cell that was added to as two.
    let partners = form.partners.iter().map(|partner| {
        let whole = |words: &str| words.trim().replace(PARTNER_ENDS, "，");
        format!("{}：{}", whole(&partner.name).replace(NAME_ENDS, "，"), whole(&partner.gives))
    });
    let position = form.position;
    let filled = |text: &Option<String>| text.clone().unwrap_or_default();
    BTreeMap::from([
        (CODE, form.code.clone()),
        (NAME, form.name.clone()),
        (KIND, form.kind.label().to_owned()),
        (ACCESS, form.access.label().to_owned()),
        (HOST, filled(&form.host)),
        (UNION, union_code.to_owned()),
        (DIVISION, filled(&form.division)),
        (ADDRESS, form.address.clone()),
        (EAST, position.map(|at| at.longitude.to_string()).unwrap_or_default()),
        (NORTH, position.map(|at| at.latitude.to_string()).unwrap_or_default()),
        (SYSTEM, position.map(|_| "WGS-84".to_owned()).unwrap_or_default()),
        (AREA, form.area.to_string()),
        (CAPACITY, form.capacity.to_string()),
        (LINE, filled(&form.service_line)),
        (HOURS, form.hours.text()),
        (EXCEPTIONS, form.hours.exceptions_text()),
        (EQUIPMENT, items(CatalogueKind::Equipment)),
        (SERVICES, items(CatalogueKind::Service)),
        (PARTNERS, partners.collect::<Vec<_>>().join("；")),
    ])
}

/// Lays a row over what stands already, or over a blank form. A column that the file leaves out changes nothing, nor does a
/// cell that says what is so already; an empty cell empties. Pure.
///
/// # Errors
/// A Chinese sentence for each cell that is not understood.
pub fn form(cells: &Cells, base: StationForm, catalogue: &[CatalogueEntry]) -> Result<StationForm, Vec<String>> {
    let lost: Vec<String> = cells.iter().filter_map(|(name, text)| formula_error(name, text)).collect();
    if !lost.is_empty() {
        return Err(lost);
    }
    let own = self::cells(&base, "", catalogue);
    let said = |name: &str| {
        let text = cells.get(name)?.trim();
        (own.get(name).map(String::as_str) != Some(text)).then_some(text)
    };
    let mut wrong = Vec::new();
    let mut or = |column: &str, before: i64| {
        whole(column, said(column), before).unwrap_or_else(|why| {
            wrong.push(why);
            before
        })
    };
    let area = or(AREA, base.area);
    let capacity = or(CAPACITY, base.capacity);
    let kind = choice(KIND, said(KIND), base.kind, StationKind::label).unwrap_or_else(|why| {
        wrong.push(why);
        base.kind
    });
    let access = choice(ACCESS, said(ACCESS), base.access, StationAccess::label).unwrap_or_else(|why| {
        wrong.push(why);
        base.access
    });
    let mut hours = match said(HOURS).map(OpeningHours::read) {
        None => base.hours,
        Some(Ok(hours)) => OpeningHours { exceptions: base.hours.exceptions, ..hours },
        Some(Err(why)) => {
            wrong.push(why);
            base.hours
        }
    };
    match said(EXCEPTIONS).map(OpeningHours::read_exceptions) {
        None => {}
        Some(Ok(exceptions)) => hours.exceptions = exceptions,
        Some(Err(why)) => wrong.push(why),
    }
    let position = position(cells, base.position).unwrap_or_else(|why| {
        wrong.push(why);
        base.position
    });
    let mut items = Vec::new();
    for (column, kind) in [(EQUIPMENT, CatalogueKind::Equipment), (SERVICES, CatalogueKind::Service)] {
        let Some(text) = said(column) else {
            let kept = catalogue.iter().filter(|entry| entry.kind == kind && base.items.contains(&entry.code));
            items.extend(kept.map(|entry| entry.code.clone()));
            continue;
        };
        for label in parts(text) {
            match catalogue.iter().find(|entry| entry.kind == kind && entry.label == label) {
                Some(entry) => items.push(entry.code.clone()),
                None => wrong.push(format!("目录的“{column}”里没有“{label}”，请改用目录中的名称，或先在目录中新增。")),
            }
        }
    }
    let text = |column: &str, before: String| said(column).map_or(before, str::to_owned);
    let maybe = |column: &str, before: Option<String>| said(column).map(str::to_owned).or(before);
    let form = StationForm {
        code: text(CODE, base.code),
        name: text(NAME, base.name),
        kind,
        access,
        host: maybe(HOST, base.host),
        division: maybe(DIVISION, base.division),
        address: text(ADDRESS, base.address),
        position,
        area,
        capacity,
        service_line: maybe(LINE, base.service_line),
        hours,
        partners: said(PARTNERS).map_or(base.partners, partners),
        items,
        ..base
    };
    let form = form.tidy();
    if let Err(problem) = form.check() {
        wrong.extend(problem.fields.into_iter().map(|field| field.message));
    }
    if wrong.is_empty() { Ok(form) } else { Err(wrong) }
}

fn whole(column: &str, text: Option<&str>, before: i64) -> Result<i64, String> {
    let text = match text {
        None => return Ok(before),
        Some("") => return Ok(0),
        Some(text) => text,
    };
    table_in::whole(text).ok_or_else(|| format!("“{column}”请填写整数，现在是“{text}”。"))
}

/// What a cell chooses by its label; as it was before, if it is empty.
pub(super) fn choice<T: Iterable + Copy>(
    column: &str,
    text: Option<&str>,
    before: T,
    label: fn(T) -> &'static str,
) -> Result<T, String> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(before) };
    table_in::choice(column, text, label)
}

fn position(cells: &Cells, before: Option<Position>) -> Result<Option<Position>, String> {
    if !cells.contains_key(EAST) && !cells.contains_key(NORTH) {
        return Ok(before);
    }
    let text = |name: &str| cells.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let (east, north) = match (text(EAST), text(NORTH)) {
        (None, None) => return Ok(None),
        (Some(east), Some(north)) => (east, north),
        _ => return Err("经度和纬度请一起填写。".to_owned()),
    };
    let degrees = |text: &str| codes::text::compact(text).parse::<Degrees>().map_err(|err| err.message());
    let system = match text(SYSTEM) {
        None => System::Wgs84,
        Some(word) => System::named(word)
            .ok_or_else(|| format!("“{SYSTEM}”应为 WGS-84、GCJ-02（高德、腾讯）或 BD-09（百度），现在是“{word}”。"))?,
    };
    let meant = Coordinates { system, longitude: degrees(east)?, latitude: degrees(north)? };
    let point = meant.point().map_err(|err| err.message())?;
    Ok(Some(Position::of(point, System::Wgs84)))
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    // In a cell each may stand on a line of its own.
    let ends = |sign: char| sign == '\n' || BETWEEN.contains(&sign);
    text.split(ends).map(str::trim).filter(|part| !part.is_empty())
}

fn partners(text: &str) -> Vec<Partner> {
    let split = text.split(PARTNER_ENDS).map(str::trim).filter(|part| !part.is_empty());
    let partner = |part: &str| {
        let (name, gives) = part.split_once(NAME_ENDS).unwrap_or((part, "共建支持"));
        Partner { name: name.trim().to_owned(), gives: gives.trim().to_owned() }
    };
    split.map(partner).collect()
}
