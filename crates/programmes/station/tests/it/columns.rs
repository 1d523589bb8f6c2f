//! A station as a row of a workbook.

use std::collections::BTreeMap;

use kernel::Id;
use station::{
    catalogue::{CatalogueEntry, CatalogueKind},
    files::columns::*,
    register::form::{Partner, StationAccess, StationForm},
    rules::{clock::Clock, hours::OpeningHours},
};

fn catalogue() -> Vec<CatalogueEntry> {
    let entry = |kind, code: &str, label: &str| CatalogueEntry {
        code: code.into(),
        kind,
        label: label.into(),
        offered: true,
        sort: 0,
        version: 1,
    };
    vec![entry(CatalogueKind::Equipment, "microwave", "微波炉"), entry(CatalogueKind::Service, "haircut", "义剪")]
}

#[test]
fn what_goes_out_comes_in_again() {
    let cells_in = BTreeMap::from([
        (CODE, "BT-001".to_owned()),
        (NAME, "昆区驿站".to_owned()),
        (KIND, "共建".to_owned()),
        (ACCESS, "仅工会会员".to_owned()),
        (HOST, "建设银行".to_owned()),
        (ADDRESS, "钢铁大街1号".to_owned()),
        (EAST, "109.84".to_owned()),
        (NORTH, "40.65".to_owned()),
        (SYSTEM, "高德 GCJ02".to_owned()),
        (AREA, "35.0".to_owned()),
        (HOURS, "周一至周五 8:30-18:00".to_owned()),
        (EXCEPTIONS, "2026/10/8 9:00-12:00（换岗）；2026年10月1日 休息".to_owned()),
        (EQUIPMENT, "微波炉".to_owned()),
        (SERVICES, "义剪".to_owned()),
        (PARTNERS, "司法局：每周三律师值班；大药房：常用药".to_owned()),
    ]);
    let read = form(&cells_in, StationForm::blank(Id(7)), &catalogue()).unwrap();
    assert_ne!(read.position.unwrap().longitude, "109.84".parse().unwrap());
    assert_eq!(read.items, ["haircut", "microwave"]);
    assert_eq!(read.access, StationAccess::Members);
    let days: Vec<String> = read.hours.exceptions.iter().map(|one| one.day.to_string()).collect();
    assert_eq!(
        (days, read.hours.exceptions[1].reason.as_deref()),
        (vec!["2026-10-01".into(), "2026-10-08".into()], Some("换岗"))
    );
    assert_eq!(read.hours.on("2026-11-23".parse().unwrap(), &Default::default())[0].opens, Clock::new(510).unwrap());
    let again = form(&cells(&read, "150202", &catalogue()), StationForm::blank(Id(7)), &catalogue()).unwrap();
    assert_eq!(again, read);
}

#[test]
fn what_a_formula_could_not_find_is_no_address() {
    let lost = BTreeMap::from([
        (CODE, "BT-001".to_owned()),
        (NAME, "昆区驿站".to_owned()),
        (ADDRESS, "#N/A".to_owned()),
        (HOURS, "每天 8:00-20:00".to_owned()),
    ]);
    let told = form(&lost, StationForm::blank(Id(7)), &catalogue()).unwrap_err();
    assert!(told.len() == 1 && told[0].contains("“地址”一格是公式出错的结果（#N/A）"), "{told:?}");
}

#[test]
fn a_column_that_is_left_out_changes_nothing_and_an_empty_cell_empties() {
    let partner = Partner { name: "大药房：东河店".into(), gives: "常用药；体温计".into() };
    let base = StationForm {
        code: "BT-001".into(),
        name: "昆区驿站".into(),
        address: "钢铁大街1号".into(),
        area: 35,
        hours: OpeningHours {
            exceptions: OpeningHours::read_exceptions("2026-10-01 不开放").unwrap(),
            ..OpeningHours::read("每天 8:00-20:00").unwrap()
        },
        partners: vec![partner],
        items: vec!["haircut".into(), "microwave".into()],
        ..StationForm::blank(Id(7))
    };
    let read = |row: &[(&'static str, &str)]| {
        let row = row.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        form(&row, base.clone(), &catalogue()).unwrap()
    };
    assert_eq!(read(&[(CODE, "BT-001")]), base);
    // The partners' own words have a sign in them that divides partners; what a file took out says the same nevertheless.
    assert_eq!(form(&cells(&base, "150202", &catalogue()), base.clone(), &catalogue()).unwrap(), base);
    let more = format!("{}；红十字会：急救培训", cells(&base, "150202", &catalogue())[PARTNERS]);
    let partner = |name: &str, gives: &str| Partner { name: name.into(), gives: gives.into() };
    let partners = [partner("大药房，东河店", "常用药，体温计"), partner("红十字会", "急救培训")];
    assert_eq!(read(&[(PARTNERS, more.as_str())]).partners, partners);
    let other = read(&[(HOURS, "每天 9:00-20:00")]);
    assert_eq!(other.hours.exceptions, base.hours.exceptions);
    let other = read(&[(EQUIPMENT, "\n微波炉\r\n微波炉\n"), (SERVICES, "义剪")]);
    assert_eq!(other.items, base.items, "each on a line of its own");
    let emptied = read(&[(AREA, ""), (EQUIPMENT, ""), (PARTNERS, ""), (HOURS, ""), (EXCEPTIONS, "")]);
    assert_eq!((emptied.area, emptied.items.len(), emptied.partners.len()), (0, 1, 0));
    assert!(!emptied.hours.is_ever_open() && emptied.hours.exceptions.is_empty());
}

#[test]
fn each_cell_that_is_not_understood_is_named() {
    let row = BTreeMap::from([
        (CODE, "BT-001".to_owned()),
        (NAME, "昆区驿站".to_owned()),
        (ADDRESS, "钢铁大街1号".to_owned()),
        (KIND, "租用".to_owned()),
        (ACCESS, "内部".to_owned()),
        (EAST, "40.6".to_owned()),
        (NORTH, "109.8".to_owned()),
        (AREA, "三十".to_owned()),
        (EXCEPTIONS, "国庆 不开放".to_owned()),
        (EQUIPMENT, "微波炉、热水器".to_owned()),
    ]);
    let wrong = form(&row, StationForm::blank(Id(7)), &catalogue()).unwrap_err();
    assert_eq!(wrong.len(), 6, "{wrong:?}");
}
