//! A report as a workbook.

use documents::{
    Value,
    sheet_out::{Workbook, WorkbookProblem},
};

use super::{Content, Line};

/// Writes it.
pub(super) fn write(content: &Content) -> Result<Vec<u8>, WorkbookProblem> {
    let mut book = Workbook::new(content.made_on.and_time(chrono::NaiveTime::MIN))?;
    let headings = ["章节", "指标", "目标", "完成", "完成率", "进度", "预计", "口径"];
    let title = format!("{}（数据截至{}）", content.title, calendar::day_in_words(content.as_of));
    let mut sheet = book.sheet("指标完成情况", &title, &headings)?;
    for chapter in &content.chapters {
        for line in &chapter.lines {
            let more = [Value::from(line.forecast.as_str()), line.definition.as_str().into()];
            sheet.row(standing(&chapter.title, line).into_iter().chain(more))?;
        }
    }
    let mut sheet = book.sheet("下级单位", "各下级单位指标进展（项数）", &["单位", "已完成", "进展正常", "滞后"])?;
    for below in &content.below {
        let count = |count: u32| Value::Integer(i64::from(count));
        sheet.row([
            Value::from(below.organisation.as_str()),
            count(below.reached),
            count(below.on_course),
            count(below.behind),
        ])?;
    }
    let headings = ["单位", "指标", "目标", "完成", "完成率", "进度"];
    let mut sheet = book.sheet("下级单位各项指标", "各下级单位各项指标完成情况", &headings)?;
    for below in &content.below {
        for line in &below.lines {
            sheet.row(standing(&below.organisation, line))?;
        }
    }
    let mut sheet = book.sheet("经费执行", "经费执行（元）", &["项目", "预算", "已支付", "结余"])?;
    for line in &content.budget {
        sheet.row([
            Value::from(line.name.as_str()),
            Value::Fen(line.allotted_fen),
            Value::Fen(line.paid_fen),
            Value::Fen(line.left_fen),
        ])?;
    }
    book.to_bytes()
}

/// Where an indicator stands, behind what it stands under.
fn standing<'a>(under: &'a str, line: &'a Line) -> [Value<'a>; 6] {
    [
        under.into(),
        line.name.as_str().into(),
        line.target.as_str().into(),
        line.actual.as_str().into(),
        line.share_bp.map_or(Value::Empty, Value::BasisPoints),
        line.status.as_str().into(),
    ]
}
