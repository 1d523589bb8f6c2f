//! A plan from a workbook: the template that the page offers, filled in.

use std::collections::BTreeMap;

use axum::{Json, extract::Multipart, http::StatusCode, response::IntoResponse};
use chrono::NaiveDate;
use database::Id;
use documents::{
    sheet_in::{self, Cell, Limits, Sheet},
    sheet_out::{Workbook, WorkbookProblem},
};
use kernel::{
    Caller, Context, Fault, Problem,
    download::{XLSX, attachment},
    files::{Cut, FileForm},
    organisation::worker_group,
    problem,
};

use crate::{
    create::create_from,
    draft::{IndicatorDraft, MeasureDraft, PlanDraft},
    permissions::{EditPlans, SeePlans},
    rules::{progress::Goal, scale::Scale},
    tables::indicator::{Counting, Source},
    view::{PlanDetail, detail},
};

kernel::refusals! {
    /// Why a workbook is not taken.
    pub enum PlanFileRefusal {
        /// A part is missing.
        Incomplete = 422 "upload_incomplete" "请选择单位、填写年度和计划名称，并选择按模板填好的文件。",
        /// The reader can't read it.
        Unreadable { why: String } = 422 "file_unreadable" "{why}",
        /// No heading was recognised.
        NotTheTemplate = 422 "not_the_template" "没有找到模板的表头，请先下载模板，填好后再上传。",
        /// Two columns of one heading.
        HeadingTwice { heading: String } = 422 "heading_twice" "表头“{heading}”出现了两次，请只保留一列再上传。",
    }
}

/// What an indicator is called.
const NAME: &str = "指标名称";
/// What is aimed at.
const TARGET: &str = "目标值";
/// Where things stood before.
const BASE: &str = "基期值";
/// The template's columns.
const COLUMNS: [&str; 16] = [
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
    "目标类型",
    "完成时限",
    "责任单位代码",
    "口径说明",
    BASE,
    "基期",
];
/// The biggest file, in bytes.
const LARGEST: usize = 4 << 20;

const SOURCES: &[(&str, Source)] = &[
    ("台账", Source::Ledger),
    ("入会率", Source::MemberShare),
    ("建会率", Source::BranchCoverage),
    ("手工", Source::Manual),
];
const COUNTINGS: &[(&str, Counting)] = &[
    ("人次", Counting::PersonTimes),
    ("人", Counting::People),
    ("件", Counting::Items),
    ("份", Counting::Items),
    ("金额", Counting::Yuan),
];
const RANKS: &[(&str, &str)] = &[("头部", "head"), ("重点", "key"), ("其他", "other")];

/// A file as it came.
pub struct PlanFile {
    /// Whose plan.
    pub organisation_id: Id,
    /// The year.
    pub year: i32,
    /// The title.
    pub title: String,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a filled-in template and writes the plan as a draft.
///
/// # Errors
/// [`PlanFileRefusal`]; 422 that names each row (`row.N`); what making a plan refuses.
pub async fn import(caller: &Caller<EditPlans>, file: PlanFile) -> Result<PlanDetail, Problem> {
    let context: &Context = caller;
    let (bytes, name) = (file.bytes, file.file_name);
    let limits = Limits { file_bytes: LARGEST, rows: 2_000, unpacked_bytes: 64 << 20, ..Limits::default() };
    let is_plan = |sheet: &Sheet| head(&sheet.rows).is_some();
    let read = tokio::task::spawn_blocking(move || sheet_in::read_where(&bytes, &name, limits, is_plan));
    let sheet = read.await.map_err(|err| Fault::Stored(err.to_string()))?;
    let sheet = sheet.map_err(|problem| PlanFileRefusal::Unreadable { why: problem.to_string() })?;
    let groups = worker_group::list(context.read()).await?.into_iter().map(|group| (group.label, group.code)).collect();
    let kinds = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
    let words = Words { groups, kinds: kinds.map(|kind| (kind.label.to_owned(), kind.code.to_owned())).collect() };
    let draft = draft(&sheet.rows, file.year, file.title, &words)?;
    let id = create_from(caller, file.organisation_id, &draft).await?;
    detail(context, id).await
}

/// The words that cells use, with the codes they stand for.
struct Words {
    groups: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
}

/// The row of the headings.
fn head(rows: &[Vec<Cell>]) -> Option<usize> {
    let is_heading = |row: &Vec<Cell>| [NAME, TARGET].iter().all(|name| row.iter().any(|cell| &*cell.text == *name));
    rows.iter().position(is_heading)
}

fn draft(rows: &[Vec<Cell>], year: i32, title: String, words: &Words) -> Result<PlanDraft, Problem> {
    let head = head(rows).ok_or(PlanFileRefusal::NotTheTemplate)?;
    let headings = rows.get(head).into_iter().flatten().map(|cell| &*cell.text);
    if let Some(heading) = sheet_in::twice(headings.filter(|heading| COLUMNS.contains(heading))) {
        return Err(PlanFileRefusal::HeadingTwice { heading: heading.to_owned() }.into());
    }
    let place: BTreeMap<&str, usize> =
        rows.get(head).into_iter().flatten().enumerate().map(|(at, cell)| (&*cell.text, at)).collect();
    let mut draft = PlanDraft { year, title, chapters: vec![], measures: vec![], indicators: vec![], budget: vec![] };
    let mut wrong = problem::Wrong::default();
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        let text = |name: &str| {
            let cell = place.get(name).and_then(|at| row.get(*at));
            cell.map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
        };
        let mut cells = place.iter().filter_map(|(name, at)| Some((name, row.get(*at)?)));
        if let Some(told) = cells.find_map(|(name, cell)| sheet_in::formula_error(name, &cell.text)) {
            wrong.tell(&format!("row.{}", at + 1), "formula_error", told);
            continue;
        }
        match (text(NAME), text(TARGET)) {
            (Some(_), _) => {}
            // A title between the rows, or a note below them.
            (None, None) => continue,
            (None, Some(_)) => {
                wrong.tell(&format!("row.{}", at + 1), "name", "这一行有目标值，但没有填写指标名称。");
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
                remember(&mut draft.chapters, one.chapter.as_ref());
                if let Some(title) =
                    one.measure.clone().filter(|title| draft.measures.iter().all(|m| m.title != *title))
                {
                    draft.measures.push(MeasureDraft { title, description: String::new() });
                }
                draft.indicators.push(one);
            }
            Err((code, message)) => wrong.tell(&format!("row.{}", at + 1), code, message),
        }
    }
    wrong.refuse().map(|()| draft)
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
        goal: if text("目标类型") == Some("左右") { Goal::About } else { Goal::AtLeast },
        due_on: due,
        responsible: text("责任单位代码").map(str::to_owned),
        definition: text("口径说明").unwrap_or_default().to_owned(),
        base,
        base_period: text("基期").map(str::to_owned),
    })
}

/// A day as people write it: 2026-12-31, 2026/12/31, 2026年12月31日.
fn day(text: &str) -> Option<NaiveDate> {
    let text = codes::text::plain(text);
    let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
    let parts = date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty());
    let numbers: Vec<u32> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = <[u32; 3]>::try_from(numbers).ok()?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
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

/// The template, with a sheet of the words that its cells may use.
///
/// # Errors
/// A fault.
pub async fn template(context: &Context) -> Result<Vec<u8>, Problem> {
    let groups = worker_group::list(context.read()).await?;
    let write = || -> Result<Vec<u8>, WorkbookProblem> {
        let mut book = Workbook::new(calendar::beijing_time(context.now()))?;
        book.sheet("指标", "", &COLUMNS)?.to_fill_in()?;
        let mut words = book.sheet("可用名称", "", &["列", "名称"])?;
        let kinds = context.house().programmes().iter().flat_map(|programme| programme.fact_kinds);
        let own = SOURCES.iter().map(|(word, _)| ("数据来源", *word));
        let own = own.chain(COUNTINGS.iter().map(|(word, _)| ("计数方式", *word)));
        let own = own.chain(RANKS.iter().map(|(word, _)| ("企业类别", *word)));
        let own = own.chain([("目标类型", "不少于"), ("目标类型", "左右")]);
        let listed = kinds.map(|kind| ("台账事项", kind.label));
        for (column, word) in own.chain(listed).chain(groups.iter().map(|group| ("职工群体", group.label.as_str())))
        {
            words.row([column.into(), word.into()])?;
        }
        book.to_bytes()
    };
    write().map_err(|err| Fault::Stored(format!("a workbook: {err}")).into())
}

/// 下载计划模板
#[utoipa::path(
    get, path = "/plans/template.xlsx", tag = "plan", operation_id = "download_plan_template",
    extensions(("x-permission" = json!("plan.view"))),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
)]
pub async fn get_template(caller: Caller<SeePlans>) -> Result<impl IntoResponse, Problem> {
    Ok((attachment(XLSX, "工作计划模板.xlsx"), template(&caller).await?))
}

/// 导入计划
#[utoipa::path(
    post, path = "/plans/import", tag = "plan", operation_id = "import_plan",
    extensions(("x-permission" = json!("plan.edit"))),
    request_body(content_type = "multipart/form-data", description = "`file`、`organisation_id`、`year`、`title`"),
    responses((status = 201, body = PlanDetail), PlanFileRefusal),
)]
pub async fn post_import(
    caller: Caller<EditPlans>,
    parts: Multipart,
) -> Result<(StatusCode, Json<PlanDetail>), Problem> {
    let cut = |cut: Cut| PlanFileRefusal::Unreadable { why: cut.to_string() }.into();
    let form = FileForm::read(parts, "plan.xlsx", LARGEST, cut).await?;
    let told = (form.get("organisation_id"), form.get("year"), form.get("title"), form.file);
    let (Some(organisation_id), Some(year), Some(title), Some((file_name, bytes))) = told else {
        return Err(PlanFileRefusal::Incomplete.into());
    };
    let file = PlanFile { organisation_id, year, title, file_name, bytes };
    Ok((StatusCode::CREATED, Json(import(&caller, file).await?)))
}
