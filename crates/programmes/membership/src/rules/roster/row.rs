//! One row of a roster.

use chrono::{Datelike, NaiveDate};
use codes::document::{DocumentKind, DocumentProblem, detect, parse};
use documents::sheet_in::Cell;
use kernel::problem::FieldProblem;
use serde::{Deserialize, Serialize};

use super::Field;

/// A row's fields in their normal form; what is wrong is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Normal {
    /// The name.
    pub name: Option<String>,
    /// The kind of paper.
    pub document_kind: Option<DocumentKind>,
    /// The paper's number.
    pub document_number: Option<String>,
    /// The mobile number.
    pub phone: Option<String>,
    /// The worker group's code.
    pub group: Option<String>,
    /// The platform company, as the roster names it.
    pub platform: Option<String>,
    /// The employer, as the roster names it.
    pub employer: Option<String>,
    /// The day from which the membership counts.
    pub member_since: Option<NaiveDate>,
}

/// A row that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedRow {
    /// Its normal form.
    pub normal: Normal,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

/// Words for worker groups, beside their own labels.
const GROUPS: &[(&str, &[&str])] = &[
    ("truck_driver", &["货车司机", "货车驾驶员", "卡车司机", "货运司机"]),
    ("ride_hailing_driver", &["网约车司机", "网约车驾驶员", "网约车"]),
    ("courier", &["快递员", "快递小哥", "快递", "快递从业人员", "揽投员"]),
    ("delivery_rider", &["外卖配送员", "外卖骑手", "外卖员", "外卖小哥", "骑手", "网约配送员", "送餐员"]),
    ("domestic_worker", &["家政服务员", "家政", "保洁员", "家政人员"]),
    ("care_worker", &["护工护理员", "护工", "护理员"]),
    ("security_guard", &["保安员", "保安"]),
    ("cleaner", &["环卫工", "环卫工人", "清洁工"]),
    ("other", &["其他", "其它"]),
];

/// Reads a row. `columns` says what each cell is; an empty row gives `None`.
#[must_use]
pub fn check_row(cells: &[Cell], columns: &[Option<Field>], today: NaiveDate) -> Option<CheckedRow> {
    let cell = |wanted: Field| {
        let at = columns.iter().position(|field| *field == Some(wanted))?;
        cells.get(at).filter(|cell| !codes::text::compact(&cell.text).is_empty())
    };
    if Field::ALL.into_iter().all(|field| cell(field).is_none()) {
        return None;
    }
    let mut problems = Vec::new();
    let mut wrong = |field: &str, code: &str, message: String| {
        problems.push(FieldProblem { field: field.into(), code: code.into(), message });
    };
    let mut normal = Normal::default();
    let text = |field: Field| cell(field).map_or("", |cell| unquoted(&cell.text));
    match codes::name::normalise(text(Field::Name)) {
        Ok(name) => normal.name = Some(name),
        Err(problem) => wrong("name", problem.code(), problem.message()),
    }
    read_document(cell(Field::DocumentNumber), text(Field::DocumentKind), today, &mut normal, &mut wrong);
    let phone = whole(text(Field::Phone));
    if !phone.is_empty() {
        match codes::phone::normalise(phone) {
            Ok(phone) => normal.phone = Some(phone),
            Err(problem) => wrong("phone", problem.code(), problem.message()),
        }
    }
    let group = codes::text::compact(text(Field::Group));
    if !group.is_empty() {
        let known = GROUPS.iter().find(|(code, words)| *code == group || words.contains(&group.as_str()));
        match known {
            Some((code, _)) => normal.group = Some((*code).to_owned()),
            None => wrong("group", "unknown_group", "职工群体不在名录中，请改为名录里的名称，如“外卖配送员”。".into()),
        }
    }
    let kept = |field: Field| Some(codes::text::plain(text(field)).trim().to_owned()).filter(|text| !text.is_empty());
    (normal.platform, normal.employer) = (kept(Field::Platform), kept(Field::Employer));
    let since = whole(text(Field::MemberSince));
    if !since.is_empty() {
        match day(since) {
            Some(day) if day <= today && day.year() >= 1925 => normal.member_since = Some(day),
            Some(_) => wrong("member_since", "day_outside", "入会日期不能晚于今天，也不能早于1925年。".into()),
            None => wrong("member_since", "day_shape", "入会日期看不懂，请写成 2026-06-01 的样子。".into()),
        }
    }
    Some(CheckedRow { normal, problems })
}

fn read_document(
    cell: Option<&Cell>,
    kind: &str,
    today: NaiveDate,
    normal: &mut Normal,
    wrong: &mut impl FnMut(&str, &str, String),
) {
    let raw = cell.map_or("", |cell| whole(unquoted(&cell.text)));
    let told = Some(kind).filter(|kind| !kind.trim().is_empty());
    let known = told.map(DocumentKind::from_words);
    if known == Some(None) {
        wrong("document_kind", "unknown_document_kind", "证件类型看不懂，请写“居民身份证”“护照”等全称。".into());
        return;
    }
    let kind = known.flatten().or_else(|| detect(raw)).unwrap_or(DocumentKind::CitizenNumber);
    normal.document_kind = Some(kind);
    // The digits are gone; whatever is shown of them only looks like a number.
    if cell.is_some_and(Cell::lost_digits) {
        let lost = DocumentProblem::Rounded;
        wrong("document_number", lost.code(), lost.message());
        return;
    }
    match parse(kind, raw, today) {
        Ok(document) => normal.document_number = Some(document.number),
        Err(problem) => wrong("document_number", problem.code(), problem.message()),
    }
}

/// Without the apostrophe that keeps a spreadsheet from reading a number.
fn unquoted(text: &str) -> &str {
    text.trim().trim_start_matches(['\'', '’', '`'])
}

/// Without the `.0` that a spreadsheet's number leaves.
fn whole(text: &str) -> &str {
    text.trim().strip_suffix(".0").unwrap_or(text.trim())
}

fn day(text: &str) -> Option<NaiveDate> {
    let text = codes::text::compact(text);
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(serial) = date.parse::<i64>() {
        return match date.len() {
            8 => NaiveDate::parse_from_str(date, "%Y%m%d").ok(),
            // Days since 1899-12-30, as a spreadsheet keeps a day whose cell lost its format.
            5 => NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(serial.unsigned_abs())),
            _ => None,
        };
    }
    let mut parts = date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty());
    let number = |part: Option<&str>| part.map(str::parse::<u32>).transpose().ok();
    let year = number(parts.next())??;
    let month = number(parts.next())??;
    let day = number(parts.next())?.unwrap_or(1);
    parts.next().is_none().then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)).flatten()
}

/// What makes two rows of one file the same person.
#[must_use]
pub fn key_of(normal: &Normal) -> Option<String> {
    Some(format!("{}:{}", normal.document_kind?.code(), normal.document_number.as_deref()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: &[Option<Field>] = &[
        Some(Field::Name),
        Some(Field::DocumentNumber),
        Some(Field::Phone),
        Some(Field::Group),
        Some(Field::MemberSince),
    ];

    fn today() -> NaiveDate {
        "2026-07-01".parse().unwrap()
    }

    fn read(cells: &[&str]) -> CheckedRow {
        let cells: Vec<Cell> = cells.iter().map(|text| Cell { text: (*text).into(), from_number: false }).collect();
        check_row(&cells, COLUMNS, today()).unwrap()
    }

    fn codes(row: &CheckedRow) -> Vec<(&str, &str)> {
        row.problems.iter().map(|problem| (problem.field.as_str(), problem.code.as_str())).collect()
    }

    #[test]
    fn a_messy_row_becomes_normal() {
        let number = testing::people::number(7);
        let wide: String = number.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let row = read(&["阿合买提 . 赛买提", &wide, "+86 138-0000-0000", "外卖骑手", "2025年3月"]);
        assert_eq!(codes(&row), []);
        let expected = Normal {
            name: Some("阿合买提·赛买提".into()),
            document_kind: Some(DocumentKind::CitizenNumber),
            document_number: Some(number),
            phone: Some("13800000000".into()),
            group: Some("delivery_rider".into()),
            member_since: "2025-03-01".parse().ok(),
            ..Normal::default()
        };
        assert_eq!(row.normal, expected);
    }

    #[test]
    fn what_is_wrong_is_named_field_by_field() {
        let row = read(&["王1", "150105199001010027", "12345", "宇航员", "明年"]);
        let fields: Vec<_> = row.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "document_number", "phone", "group", "member_since"]);
        let destroyed = Cell { text: "1.50105E+17".into(), from_number: true };
        let cells = [Cell { text: "王芳".into(), from_number: false }, destroyed];
        let row = check_row(&cells, COLUMNS, today()).unwrap();
        assert_eq!(row.problems[0].code, DocumentProblem::Rounded.code());
        assert_eq!(row.normal.document_number, None);
    }

    #[test]
    fn an_empty_row_is_no_row() {
        assert_eq!(
            check_row(&[Cell::default(), Cell { text: "　".into(), from_number: false }], COLUMNS, today()),
            None
        );
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2025-06-01", "2025/6/1", "2025.06.01", "2025年6月1日", "20250601", "45809", "2025年6月"] {
            assert_eq!(day(text), "2025-06-01".parse().ok(), "{text}");
        }
        assert_eq!(day("2025-02-30"), None);
        assert_eq!(day("六月"), None);
    }

    proptest! {
        #[test]
        fn no_row_makes_it_panic(cells in prop::collection::vec(".{0,30}", 0..8), number: bool) {
            let cells: Vec<Cell> = cells.iter().map(|text| Cell { text: text.as_str().into(), from_number: number }).collect();
            let _row = check_row(&cells, COLUMNS, today());
        }

        #[test]
        fn a_normal_form_stays_itself(n in 0_u32..5_000) {
            let row = read(&[&testing::people::name(n), &testing::people::number(n), &testing::people::phone(n), "", ""]);
            prop_assert!(row.problems.is_empty(), "{:?}", row.problems);
            let normal = row.normal.clone();
            let again = read(&[normal.name.as_deref().unwrap(), normal.document_number.as_deref().unwrap(), normal.phone.as_deref().unwrap(), "", ""]);
            prop_assert_eq!(again, row);
        }
    }
}
