//! A report as a letter.

use documents::letter_out::{Letter, LetterProblem, Level};

use super::{Chapter, Content, Line};
use crate::rules::scale::Scale;

const HEADINGS: &[&str] = &["指标", "目标", "完成", "完成率", "进度"];

/// Writes it.
pub(super) fn write(content: &Content) -> Result<Vec<u8>, LetterProblem> {
    let created = content.made_on.and_time(chrono::NaiveTime::MIN);
    let mut letter = Letter::new(&content.title, created).paragraph(&format!(
        "本报告数据截至{}，数量和金额自年初累计，由工作台账自动计数；最后一笔入账时间为{}，此后补记或冲销的记录不影响本报告。",
        calendar::day_in_words(content.as_of),
        calendar::minute_in_words(content.cut_off.at()),
    ));
    for chapter in &content.chapters {
        letter = letter.heading(Level::First, &chapter.title);
        letter = letter.paragraph(&summary(chapter));
        letter = letter.table(HEADINGS, &chapter.lines.iter().map(row).collect::<Vec<_>>());
    }
    if !content.below.is_empty() {
        let rows = content.below.iter().map(|below| {
            let count = |count: u32| count.to_string();
            vec![below.organisation.clone(), count(below.reached), count(below.on_course), count(below.behind)]
        });
        letter = letter.heading(Level::First, "各下级单位指标进展（项数）");
        letter = letter.table(&["单位", "已完成", "进展正常", "滞后"], &rows.collect::<Vec<_>>());
    }
    if !content.budget.is_empty() {
        let yuan = |fen: i64| Scale::Money.text(fen, "元");
        let rows = content
            .budget
            .iter()
            .map(|line| vec![line.name.clone(), yuan(line.allotted_fen), yuan(line.paid_fen), yuan(line.left_fen)]);
        letter = letter.heading(Level::First, "经费执行");
        letter = letter.table(&["项目", "预算", "已支付", "结余"], &rows.collect::<Vec<_>>());
    }
    letter.signature(&content.organisation).signature(&calendar::day_in_words(content.made_on)).to_bytes()
}

fn summary(chapter: &Chapter) -> String {
    let told = chapter.lines.iter().map(|line| format!("{}目标{}，已完成{}", line.name, line.target, line.actual));
    format!("{}。", told.collect::<Vec<_>>().join("；"))
}

fn row(line: &Line) -> Vec<String> {
    let share = line.share_bp.map_or("—".to_owned(), |share| Scale::Share.text(share, "%"));
    vec![line.name.clone(), line.target.clone(), line.actual.clone(), share, line.status.clone()]
}
