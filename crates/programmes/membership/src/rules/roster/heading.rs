//! Headings, in the words that unions' rosters use.

use documents::sheet_in::Cell;
use kernel::table_in;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RosterField)]
pub enum Field {
    /// 姓名
    Name,
    /// 证件类型
    DocumentKind,
    /// 证件号码
    DocumentNumber,
    /// 手机号码
    Phone,
    /// 职工群体
    Group,
    /// 平台企业
    Platform,
    /// 工作单位
    Employer,
    /// 单位的统一社会信用代码
    CreditCode,
    /// 入会日期
    MemberSince,
}

impl Field {
    /// Every field, in the order of the template.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::DocumentKind,
        Self::DocumentNumber,
        Self::Phone,
        Self::Group,
        Self::Platform,
        Self::Employer,
        Self::CreditCode,
        Self::MemberSince,
    ];

    /// Its name among a row's problems.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::DocumentKind => "document_kind",
            Self::DocumentNumber => "document_number",
            Self::Phone => "phone",
            Self::Group => "group",
            Self::Platform => "platform",
            Self::Employer => "employer",
            Self::CreditCode => "credit_code",
            Self::MemberSince => "member_since",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::DocumentKind => "证件类型",
            Self::DocumentNumber => "证件号码",
            Self::Phone => "手机号码",
            Self::Group => "职工群体",
            Self::Platform => "平台企业",
            Self::Employer => "工作单位",
            Self::CreditCode => "单位统一社会信用代码",
            Self::MemberSince => "入会日期",
        }
    }
}

/// Words that a heading may be, after what is in brackets or behind a stroke is left out.
const WORDS: &[(Field, &[&str])] = &[
    (Field::DocumentKind, &["证件类型", "证件种类", "证件类别", "证照类型", "身份证件类型", "有效证件类型"]),
    (
        Field::DocumentNumber,
        &[
            "证件号码",
            "证件号",
            "身份证号码",
            "身份证号",
            "身份证",
            "身份证件号码",
            "身份证件号",
            "有效证件号码",
            "有效证件号",
            "公民身份号码",
            "公民身份证号码",
            "居民身份证号",
            "居民身份证号码",
            "身份号码",
            "证件编号",
            "证照号码",
        ],
    ),
    (Field::Name, &["姓名", "名字", "真实姓名", "人员姓名"]),
    (
        Field::Phone,
        &[
            "手机号码",
            "手机号",
            "手机",
            "联系电话",
            "联系方式",
            "电话号码",
            "电话",
            "移动电话",
            "联系手机",
            "手机电话",
            "联系号码",
        ],
    ),
    (
        Field::Group,
        &[
            "职工群体",
            "群体",
            "群体类别",
            "群体类型",
            "就业群体",
            "新就业形态群体",
            "新就业形态类型",
            "职业",
            "职业类型",
            "职业类别",
            "从事职业",
            "工种",
            "岗位",
            "就业形态",
            "人员类别",
            "人员类型",
            "从业类型",
        ],
    ),
    (Field::Platform, &["平台企业", "平台企业名称", "平台", "所属平台", "平台名称", "合作平台", "从业平台"]),
    (
        Field::Employer,
        &[
            "工作单位",
            "工作单位名称",
            "单位",
            "单位名称",
            "所在单位",
            "用人单位",
            "用人单位名称",
            "所属公司",
            "公司名称",
            "企业名称",
            "站点",
        ],
    ),
    (
        Field::CreditCode,
        &[
            "统一社会信用代码",
            "社会信用代码",
            "信用代码",
            "单位统一社会信用代码",
            "单位信用代码",
            "企业统一社会信用代码",
            "用人单位统一社会信用代码",
        ],
    ),
    (Field::MemberSince, &["入会日期", "入会时间", "入会年月", "加入工会时间", "加入工会日期"]),
];

/// Words before a heading that say whose it is; nobody else's name, number or phone is meant by them.
const OWN: &[&str] = &["会员", "职工", "员工", "本人", "骑手", "司机", "劳动者", "从业人员", "申请人", "入会人"];

/// The field that a heading names, if any.
#[must_use]
pub fn recognise(heading: &str) -> Option<Field> {
    let text = table_in::heading(heading);
    let named = |text: &str| WORDS.iter().find(|(_, words)| words.contains(&text)).map(|(field, _)| *field);
    named(&text).or_else(|| OWN.iter().find_map(|own| named(text.strip_prefix(own)?)))
}

/// Where the headings stand, and what each column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The row, from 0.
    pub row: usize,
    /// The columns' headings and fields.
    pub columns: Vec<(String, Option<Field>)>,
}

/// What to do about [two lists side by side](Heading::is_double).
pub const DOUBLE: &str =
    "一行里有两组“姓名”和“证件号码”，只能读一组：请把名单接成一列，家属等其他人的列请先删去，再上传。";

impl Heading {
    /// Whether two lists stand side by side, as they are set to save paper: of the right one nobody would be read. A merged
    /// heading stands in each column that it spans.
    #[must_use]
    pub fn is_double(&self) -> bool {
        let runs = || self.columns.chunk_by(|(one, _), (next, _)| one == next).filter_map(<[_]>::first);
        let stands_twice = |wanted| runs().filter(|(text, _)| recognise(text) == Some(wanted)).count() > 1;
        stands_twice(Field::Name) && stands_twice(Field::DocumentNumber)
    }
}

/// Rows above which headings are looked for: titles, units, dates of a table stand there.
const DEEPEST: usize = 30;

/// Finds the row of headings: that in which most fields are recognised, the first of equals, where one of them tells who it is
/// about. A sheet of the words for other columns, such as kinds of papers and groups, lists nobody. Each field is taken once.
#[must_use]
pub fn find_heading(rows: &[Vec<Cell>]) -> Option<Heading> {
    let known = |row: &[Cell]| {
        let fields: Vec<Field> = row.iter().filter_map(|cell| recognise(&cell.text)).collect();
        let tells_who = fields.iter().any(|field| matches!(field, Field::Name | Field::DocumentNumber));
        if tells_who { fields.len() } else { 0 }
    };
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in rows.iter().take(DEEPEST).enumerate() {
        let count = known(row);
        if count >= 2 && best.is_none_or(|(_, most)| count > most) {
            best = Some((at, count));
        }
    }
    let (row, _) = best?;
    let mut seen = Vec::new();
    let column = |cell: &Cell| {
        let field = recognise(&cell.text).filter(|field| !seen.contains(field));
        seen.extend(field);
        (cell.text.to_string(), field)
    };
    Some(Heading { row, columns: rows.get(row)?.iter().map(column).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<Cell> {
        cells.iter().map(|text| Cell { text: (*text).into(), from_number: false }).collect()
    }

    #[test]
    fn headings_are_known_in_many_words() {
        for (text, field) in [
            ("姓 名", Field::Name),
            ("*姓名", Field::Name),
            ("身份证号（18位）", Field::DocumentNumber),
            ("公民身份号码", Field::DocumentNumber),
            ("联系电话", Field::Phone),
            ("手机号　码", Field::Phone),
            ("从业类型", Field::Group),
            ("所属平台:", Field::Platform),
            ("（必填）姓名", Field::Name),
            ("骑手姓名", Field::Name),
            ("本人手机号码", Field::Phone),
            ("手机/电话", Field::Phone),
            ("身份证件号码", Field::DocumentNumber),
            ("证件号码：身份证", Field::DocumentNumber),
            ("单位统一社会信用代码", Field::CreditCode),
        ] {
            assert_eq!(recognise(text), Some(field), "{text}");
        }
        assert_eq!(recognise("序号"), None);
        for other in ["家属姓名", "紧急联系人电话", "推荐人手机", "单位电话", "入职日期", "工会统一社会信用代码"]
        {
            assert_eq!(recognise(other), None, "{other}");
        }
    }

    #[test]
    fn headings_are_found_below_titles_and_each_field_once() {
        let rows = [
            row(&["某某街道新就业形态劳动者花名册", "某某街道新就业形态劳动者花名册"]),
            row(&["填报单位：某某", "", "填报日期：2026年6月"]),
            row(&["序号", "姓名", "身份证号", "手机", "电话", "备注"]),
            row(&["1", "王芳", "150105199001010028", "13800000000"]),
        ];
        let heading = find_heading(&rows).unwrap();
        assert_eq!(heading.row, 2);
        let fields: Vec<_> = heading.columns.iter().map(|(_, field)| *field).collect();
        let phone = Some(Field::Phone);
        assert_eq!(fields, [None, Some(Field::Name), Some(Field::DocumentNumber), phone, None, None]);
        assert_eq!(find_heading(&rows[..2]), None);
        let is_double = |headings: &[&str]| find_heading(&[row(headings)]).unwrap().is_double();
        assert!(is_double(&["序号", "姓名", "身份证号", "序号", "姓名", "身份证号"]));
        assert!(!is_double(&["姓名", "姓名", "身份证号", "身份证号", "手机"]), "merged over two columns each");
        assert!(!is_double(&["姓名", "身份证号", "姓名", "联系电话"]));
        let words = [row(&["证件类型", "职工群体", "平台企业"]), row(&["护照", "外卖配送员", "美团"])];
        assert_eq!(find_heading(&words), None);
    }
}
