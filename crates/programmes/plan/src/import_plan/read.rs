//! What the rows of a plan's table say.

use std::collections::BTreeMap;

use documents::sheet_in::{self, Cell};
use kernel::{Problem, table_in::day};

use crate::{
    draft::{IndicatorDraft, MeasureDraft, PlanDraft},
    rules::{progress::Goal, scale::Scale},
    tables::indicator::{Counting, Source},
};

/// What an indicator is called.
const NAME: &str = "指标名称";
/// What is aimed at.
const TARGET: &str = "目标值";
/// Whether more is better.
pub(super) const GOAL: &str = "目标类型";
/// Where things stood before.
const BASE: &str = "基期值";
/// The headings without which a row is none.
pub(super) const WANTED: [&str; 2] = [NAME, TARGET];
/// The template's columns.
pub(super) const COLUMNS: [&str; 16] = [
    "章节",
    "关爱举措",
    NAME,
    "数据来源",
    "台账事项",
    "计数方式",
    "职工群体",
    "企业类别",
    "计量单位",
    TARGET,
    GOAL,
    "完成时限",
    "责任单位代码",
    "口径说明",
    BASE,
    "基期",
];
pub(super) const SOURCES: &[(&str, Source)] = &[
    ("台账", Source::Ledger),
    ("入会率", Source::MemberShare),
    ("建会率", Source::BranchCoverage),
    ("手工", Source::Manual),
];
pub(super) const COUNTINGS: &[(&str, Counting)] = &[
    ("人次", Counting::PersonTimes),
    ("人", Counting::People),
    ("件", Counting::Items),
    ("份", Counting::Items),
    ("金额", Counting::Yuan),
];
pub(super) const GOALS: &[(&str, Goal)] = &[("不少于", Goal::AtLeast), ("左右", Goal::About)];
pub(super) const RANKS: &[(&str, &str)] = &[("头部", "head"), ("重点", "key"), ("其他", "other")];

/// The words that cells use, with the codes they stand for.
pub(super) struct Words {
    pub(super) groups: BTreeMap<String, String>,
    pub(super) kinds: BTreeMap<String, String>,
}

/// A table that could be read.
pub(super) struct ReadPlan {
    pub(super) draft: PlanDraft,
    /// The row of each indicator, from 1.
    rows: Vec<usize>,
}

/// What is wrong with a row: its number from 1, the stable code, and the sentence.
pub(super) type WrongRow = (usize, String, String);

impl ReadPlan {
    /// The rows whose indicators are why no plan was made of the draft.
    ///
    /// # Errors
    /// The problem, where it is with no indicator.
    pub(super) fn wrong_rows(&self, problem: Problem) -> Result<Vec<WrongRow>, Problem> {
        let row = |field: &str| {
            let (place, _) = field.strip_prefix("indicators.")?.split_once('.')?;
            self.rows.get(place.parse::<usize>().ok()?.checked_sub(1)?).copied()
        };
        let wrong = problem.fields.iter().map(|one| Some((row(&one.field)?, one.code.clone(), one.message.clone())));
        match wrong.collect::<Option<Vec<_>>>() {
            Some(wrong) if !wrong.is_empty() => Ok(wrong),
            _ => Err(problem),
        }
    }
}

/// The plan that the rows below the headings make; `place` says in which columns they stand.
///
/// # Errors
/// The rows that can't be read.
pub(super) fn draft(
    rows: &[Vec<Cell>],
    (head, place): (usize, &BTreeMap<&str, usize>),
    (year, title): (i32, String),
    words: &Words,
) -> Result<ReadPlan, Vec<WrongRow>> {
    let draft = PlanDraft { year, title, chapters: vec![], measures: vec![], indicators: vec![], budget: vec![] };
    let mut read = ReadPlan { draft, rows: vec![] };
    let mut wrong: Vec<WrongRow> = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        let text = |name: &str| {
            let cell = place.get(name).and_then(|at| row.get(*at));
            cell.map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
        };
        let mut cells = place.iter().filter_map(|(name, at)| Some((name, row.get(*at)?)));
        if let Some(told) = cells.find_map(|(name, cell)| sheet_in::formula_error(name, &cell.text)) {
            wrong.push((at + 1, "formula_error".into(), told));
            continue;
        }
        match (text(NAME), text(TARGET)) {
            (Some(_), _) => {}
            // A title between the rows, or a note below them.
            (None, None) => continue,
            (None, Some(_)) => {
                wrong.push((at + 1, "name".into(), "这一行有目标值，但没有填写指标名称。".into()));
                continue;
            }
        }
        // A spreadsheet keeps 100% as 1, as it keeps 60% as 0.6.
        let is_whole = |name: &str| {
            let cell = place.get(name).and_then(|at| row.get(*at));
            cell.is_some_and(|cell| cell.from_number && &*cell.text == "1")
        };
        match indicator(&text, &is_whole, words) {
            Ok(one) => {
                let draft = &mut read.draft;
                remember(&mut draft.chapters, one.chapter.as_ref());
                if let Some(title) =
                    one.measure.clone().filter(|title| draft.measures.iter().all(|m| m.title != *title))
                {
                    draft.measures.push(MeasureDraft { title, description: String::new() });
                }
                draft.indicators.push(one);
                read.rows.push(at + 1);
            }
            Err((code, message)) => wrong.push((at + 1, code.into(), message)),
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

fn remember(titles: &mut Vec<String>, title: Option<&String>) {
    if let Some(title) = title.filter(|title| !titles.contains(title)) {
        titles.push(title.clone());
    }
}

type Wrong = (&'static str, String);

fn indicator<'a>(
    text: &impl Fn(&str) -> Option<&'a str>,
    is_whole: &impl Fn(&str) -> bool,
    words: &Words,
) -> Result<IndicatorDraft, Wrong> {
    let one_of = |column: &'static str, known: &mut dyn Iterator<Item = &str>| -> Wrong {
        let known = known.collect::<Vec<_>>().join("、");
        ("word", format!("“{column}”应为：{known}。"))
    };
    let source = text("数据来源").unwrap_or("台账");
    let source = SOURCES.iter().find(|(word, _)| *word == source).map(|(_, source)| *source);
    let source = source.ok_or_else(|| one_of("数据来源", &mut SOURCES.iter().map(|(word, _)| *word)))?;
    let counting = match text("计数方式") {
        Some(word) => {
            let found = COUNTINGS.iter().find(|(known, _)| *known == word).map(|(_, counting)| *counting);
            Some(found.ok_or_else(|| one_of("计数方式", &mut COUNTINGS.iter().map(|(word, _)| *word)))?)
        }
        None => None,
    };
    let unit = text("计量单位").unwrap_or("%").to_owned();
    let scale = match (source, counting) {
        (Source::MemberShare | Source::BranchCoverage, _) => Scale::Share,
        (Source::Ledger, Some(Counting::Yuan)) => Scale::Money,
        (Source::Ledger, _) => Scale::Count,
        (Source::Manual, _) => Scale::of_unit(&unit),
    };
    let number = |column: &str, value: &str| match scale {
        Scale::Share if is_whole(column) => Some(scale.most()),
        _ => scale.parse(value, &unit),
    };
    let target = text(TARGET).and_then(|value| number(TARGET, value));
    let base = match text(BASE) {
        Some(value) => {
            Some(number(BASE, value).ok_or_else(|| ("base", "基期值看不懂，请填写数字，比率可写成60%。".to_owned()))?)
        }
        None => None,
    };
    let goal = match text(GOAL) {
        None => Goal::AtLeast,
        Some(word) => {
            let found = GOALS.iter().find(|(known, _)| *known == word).map(|(_, goal)| *goal);
            found.ok_or_else(|| one_of(GOAL, &mut GOALS.iter().map(|(word, _)| *word)))?
        }
    };
    let unreal = || ("due_on", "完成时限请写成 2026-12-31 的样子。".to_owned());
    let due = text("完成时限").map(|text| day(text).ok_or_else(unreal)).transpose()?;
    Ok(IndicatorDraft {
        chapter: text("章节").map(str::to_owned),
        measure: text("关爱举措").map(str::to_owned),
        name: text(NAME).unwrap_or_default().to_owned(),
        source,
        kinds: coded("台账事项", text("台账事项"), &words.kinds)?,
        groups: coded("职工群体", text("职工群体"), &words.groups)?,
        counting,
        ranks: ranks(text("企业类别"))?,
        unit,
        target: target.ok_or_else(|| ("target", "目标值看不懂，请填写数字，比率可写成60%。".to_owned()))?,
        goal,
        due_on: due,
        responsible: text("责任单位代码").map(str::to_owned),
        definition: text("口径说明").unwrap_or_default().to_owned(),
        base,
        base_period: text("基期").map(str::to_owned),
    })
}

fn parts(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(['、', '，', ',', ';', '；']).map(str::trim).filter(|part| !part.is_empty())
}

fn coded(column: &str, text: Option<&str>, known: &BTreeMap<String, String>) -> Result<Vec<String>, Wrong> {
    let code = |part: &str| {
        let missing = || ("unknown", format!("“{column}”里没有“{part}”，请用模板第二张表中的名称。"));
        known.get(part).cloned().ok_or_else(missing)
    };
    parts(text).map(code).collect()
}

fn ranks(text: Option<&str>) -> Result<Vec<String>, Wrong> {
    let rank = |part: &str| {
        let found = RANKS.iter().find(|(word, _)| part.starts_with(word)).map(|(_, code)| (*code).to_owned());
        found.ok_or_else(|| ("rank", "“企业类别”应为：头部、重点、其他。".to_owned()))
    };
    parts(text).map(rank).collect()
}
