//! One row of a roster.

use chrono::{Datelike, NaiveDate};
use codes::document::{DocumentKind, DocumentProblem, detect, parse};
use documents::sheet_in::{Cell, formula_error};
use kernel::problem::FieldProblem;
use serde::{Deserialize, Serialize};

use super::{Field, day::day};

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
    /// The employer's unified social credit code.
    pub credit_code: Option<String>,
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
    /// What is odd about it, though it is taken: somebody should look.
    #[serde(default)]
    pub warnings: Vec<FieldProblem>,
}

/// The worker groups that a house knows: code and [compact](codes::text::compact) label. The list is the officers' to change.
pub type Groups = [(String, String)];

/// Words for the worker groups that every house begins with, beside the labels that officers give them.
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

/// Reads a row by the worker groups that every house begins with. `columns` says what each cell is; an empty row gives
/// `None`.
#[must_use]
pub fn check_row(cells: &[Cell], columns: &[Option<Field>], today: NaiveDate) -> Option<CheckedRow> {
    check_row_of(cells, columns, &[], today)
}

/// Reads a row of a house that knows these worker groups beside those that every house begins with.
#[must_use]
pub fn check_row_of(
    cells: &[Cell],
    columns: &[Option<Field>],
    groups: &Groups,
    today: NaiveDate,
) -> Option<CheckedRow> {
    let stands = Field::ALL.map(|wanted| {
        let at = columns.iter().position(|field| *field == Some(wanted))?;
        cells.get(at).filter(|cell| !codes::text::is_blank(&cell.text))
    });
    if stands.iter().all(Option::is_none) {
        return None;
    }
    let cell = |wanted: Field| Field::ALL.into_iter().zip(stands).find(|(field, _)| *field == wanted)?.1;
    let mut row = CheckedRow::default();
    for field in Field::ALL {
        if let Some(message) = cell(field).and_then(|cell| formula_error(field.label(), &cell.text)) {
            row.wrong(field.code(), "formula_error", message);
        }
    }
    if !row.problems.is_empty() {
        return Some(row);
    }
    let text = |field: Field| cell(field).map_or("", |cell| unquoted(&cell.text));
    match codes::name::normalise(text(Field::Name)) {
        Ok(name) => row.normal.name = Some(name),
        Err(problem) => row.wrong("name", problem.code(), problem.message()),
    }
    row.read_document(cell(Field::DocumentNumber), text(Field::DocumentKind), today);
    let phone = whole(text(Field::Phone));
    if !phone.is_empty() {
        match codes::phone::normalise(phone) {
            Ok(phone) => row.normal.phone = Some(phone),
            Err(problem) => row.wrong("phone", problem.code(), problem.message()),
        }
    }
    row.read_group(text(Field::Group), groups);
    let kept = |field: Field| Some(codes::text::plain(text(field)).trim().to_owned()).filter(|text| !text.is_empty());
    (row.normal.platform, row.normal.employer) = (kept(Field::Platform), kept(Field::Employer));
    row.read_credit_code(text(Field::CreditCode));
    if let Some(cell) = cell(Field::MemberSince) {
        match day(cell) {
            Ok(day) if day <= today && day.year() >= 1925 => row.normal.member_since = Some(day),
            Ok(_) => row.wrong("member_since", "day_outside", "入会日期不能晚于今天，也不能早于1925年。".into()),
            Err((code, message)) => row.wrong("member_since", code, message.to_owned()),
        }
    }
    Some(row)
}

impl CheckedRow {
    fn wrong(&mut self, field: &str, code: &str, message: String) {
        self.problems.push(FieldProblem { field: field.into(), code: code.into(), message });
    }

    fn odd(&mut self, field: &str, code: &str, message: String) {
        self.warnings.push(FieldProblem { field: field.into(), code: code.into(), message });
    }

    fn read_document(&mut self, cell: Option<&Cell>, kind: &str, today: NaiveDate) {
        let raw = cell.map_or("", |cell| whole(unquoted(&cell.text)));
        let told = Some(kind).filter(|kind| !kind.trim().is_empty());
        let known = told.map(DocumentKind::from_words);
        if known == Some(None) {
            let message = "证件类型看不懂，请写“居民身份证”“护照”等全称。";
            self.wrong("document_kind", "unknown_document_kind", message.into());
            return;
        }
        let kind = known.flatten().or_else(|| detect(raw)).unwrap_or(DocumentKind::CitizenNumber);
        self.normal.document_kind = Some(kind);
        // The digits are gone; whatever is shown of them only looks like a number.
        if cell.is_some_and(Cell::lost_digits) {
            let lost = DocumentProblem::Rounded;
            self.wrong("document_number", lost.code(), lost.message());
            return;
        }
        match parse(kind, raw, today) {
            Ok(document) => {
                for warning in &document.warnings {
                    self.odd("document_number", warning.code(), warning.message());
                }
                self.normal.document_number = Some(document.number);
            }
            Err(problem) => self.wrong("document_number", problem.code(), problem.message()),
        }
    }

    fn read_group(&mut self, text: &str, groups: &Groups) {
        let group = codes::text::compact(text);
        if group.is_empty() {
            return;
        }
        let own = groups.iter().find(|(code, label)| *code == group || *label == group);
        let first = || GROUPS.iter().find(|(code, words)| *code == group || words.contains(&group.as_str()));
        match own.map(|(code, _)| code.clone()).or_else(|| first().map(|(code, _)| (*code).to_owned())) {
            Some(code) => self.normal.group = Some(code),
            None => {
                let message = "职工群体不在名录中，请改为名录里的名称，如“外卖配送员”。";
                self.wrong("group", "unknown_group", message.into());
            }
        }
    }

    fn read_credit_code(&mut self, text: &str) {
        if codes::text::is_blank(text) {
            return;
        }
        match codes::credit_code::parse(text) {
            Ok(parsed) => {
                for warning in &parsed.warnings {
                    self.odd("credit_code", warning.code(), warning.message());
                }
                self.normal.credit_code = Some(parsed.code);
            }
            Err(problem) => self.wrong("credit_code", problem.code(), problem.message()),
        }
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
    fn what_a_formula_could_not_find_is_nobodys_employer() {
        let columns = [Some(Field::Name), Some(Field::DocumentNumber), Some(Field::Employer)];
        let read = |employer: &str| {
            let number = testing::people::number(3);
            let cells = ["王芳", &number, employer].map(|text| Cell { text: text.into(), from_number: false });
            check_row(&cells, &columns, today()).unwrap()
        };
        assert_eq!(codes(&read("#N/A")), [("employer", "formula_error")]);
        assert_eq!(codes(&read("#1站点")), []);
    }

    #[test]
    fn an_empty_row_is_no_row() {
        assert_eq!(
            check_row(&[Cell::default(), Cell { text: "　".into(), from_number: false }], COLUMNS, today()),
            None
        );
    }

    #[test]
    fn a_group_is_known_by_the_label_that_officers_give_it() {
        let cells: Vec<Cell> = ["王芳", &testing::people::number(3), "", "代驾司机", ""]
            .iter()
            .map(|text| Cell { text: (*text).into(), from_number: false })
            .collect();
        let own = [("designated_driver".to_owned(), "代驾司机".to_owned())];
        let row = check_row_of(&cells, COLUMNS, &own, today()).unwrap();
        assert_eq!((codes(&row), row.normal.group.as_deref()), (vec![], Some("designated_driver")));
        assert_eq!(codes(&check_row(&cells, COLUMNS, today()).unwrap()), [("group", "unknown_group")]);
    }

    #[test]
    fn what_is_odd_is_told_and_taken_all_the_same() {
        let columns = [Some(Field::Name), Some(Field::DocumentNumber), Some(Field::CreditCode)];
        let read = |number: &str, code: &str| {
            let cells = ["王芳", number, code].map(|text| Cell { text: text.into(), from_number: false });
            check_row(&cells, &columns, today()).unwrap()
        };
        // 118001 is no county, past or present; the check of positions 9 to 17 is GB 11714's.
        let body = "11800119900307001";
        let number = format!("{body}{}", codes::document::check_character(body).unwrap());
        let body = "91150100MA0N000A0";
        let code = format!("{body}{}", codes::credit_code::check_character(body).unwrap());
        let row = read(&number, &code);
        assert_eq!(codes(&row), []);
        let odd: Vec<_> = row.warnings.iter().map(|odd| (odd.field.as_str(), odd.code.as_str())).collect();
        let expected =
            [("document_number", "document_unknown_division"), ("credit_code", "credit_code_organisation_check")];
        assert_eq!(odd, expected);
        assert_eq!((row.normal.document_number, row.normal.credit_code), (Some(number.clone()), Some(code)));
        let wrong = read(&number, "Q1150100MA0N000A00");
        assert_eq!(codes(&wrong), [("credit_code", "credit_code_department")]);
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
