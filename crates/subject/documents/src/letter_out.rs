//! Reports and letters as docx, laid out by GB/T 9704-2012: A4, its margins, 22 lines a page, 仿宋 for the text, 黑体 and
//! 楷体 for headings, page numbers between dashes. The same input gives the same bytes.
//!
//! A docx names its fonts and doesn't carry them: a computer without 仿宋 shows another font, which Word reports in its
//! font list.

use crate::xml::held;
use chrono::NaiveDateTime;
use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run, RunFonts,
    SpecialIndentType, Table, TableCell, TableRow, WidthType,
};
use std::io::Cursor;

/// Why a letter can't be written.
#[derive(Debug, thiserror::Error)]
#[error("文档生成失败：{0}")]
pub struct LetterProblem(String);

/// Sizes in half points: 2号, 3号, 4号, 小4号.
const SECOND: usize = 44;
const THIRD: usize = 32;
const FOURTH: usize = 28;
const TABLE: usize = 24;
/// 225 mm for 22 lines, in twentieths of a point.
const LINE: i32 = 580;
/// Two characters of 3号, in twentieths of a point.
const TWO_CHARACTERS: i32 = 640;
/// 156 mm, in twentieths of a point.
const TEXT_WIDTH: usize = 8_844;

/// A heading's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 一、
    First,
    /// （一）
    Second,
    /// 1.
    Third,
}

/// A letter or report under construction.
pub struct Letter {
    docx: Docx,
    // Given by hand: the library counts paragraphs through a whole thread's life, which would change the bytes.
    paragraphs: u32,
}

impl Letter {
    /// Starts a letter with its title; `created` stands in its properties.
    #[must_use]
    pub fn new(title: &str, created: NaiveDateTime) -> Self {
        let instant = created.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let margin =
            PageMargin { top: 2098, right: 1474, bottom: 1984, left: 1588, header: 851, footer: 1587, gutter: 0 };
        let docx = Docx::new()
            .page_size(11_906, 16_838)
            .page_margin(margin)
            .created_at(&instant)
            .updated_at(&instant)
            .default_fonts(fonts("仿宋"))
            .default_size(THIRD);
        let mut letter = Self { docx, paragraphs: 0 };
        let odd = letter.page_number(AlignmentType::Right);
        let even = letter.page_number(AlignmentType::Left);
        letter.docx = letter.docx.footer(odd).even_footer(even);
        let run = Run::new().add_text(held(title)).fonts(fonts("方正小标宋简体")).size(SECOND);
        let title =
            letter.start().add_run(run).align(AlignmentType::Center).line_spacing(exact().after(LINE.unsigned_abs()));
        letter.add(title)
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(mut self, level: Level, text: &str) -> Self {
        let font = match level {
            Level::First => "黑体",
            Level::Second => "楷体",
            Level::Third => "仿宋",
        };
        let outline = match level {
            Level::First => 0,
            Level::Second => 1,
            Level::Third => 2,
        };
        let run = Run::new().add_text(held(text)).fonts(fonts(font)).size(THIRD);
        let paragraph = indented(self.start()).add_run(run).line_spacing(exact()).outline_lvl(outline).keep_next(true);
        self.add(paragraph)
    }

    /// Adds a paragraph, indented by two characters.
    #[must_use]
    pub fn paragraph(mut self, text: &str) -> Self {
        let run = Run::new().add_text(held(text)).fonts(fonts("仿宋")).size(THIRD);
        let paragraph = indented(self.start()).add_run(run).line_spacing(exact());
        self.add(paragraph)
    }

    /// Adds a line at the right edge, such as who signs and when.
    #[must_use]
    pub fn signature(mut self, text: &str) -> Self {
        let run = Run::new().add_text(held(text)).fonts(fonts("仿宋")).size(THIRD);
        // Four characters from the right, where the seal will be.
        let paragraph = self.start().add_run(run).line_spacing(exact()).align(AlignmentType::Right);
        self.add(paragraph.indent(None, None, Some(2 * TWO_CHARACTERS), None))
    }

    /// Adds a table with a heading row; short rows are filled up with empty cells, long ones are cut.
    #[must_use]
    pub fn table(mut self, headings: &[&str], rows: &[Vec<String>]) -> Self {
        let columns = headings.len().max(1);
        let width = TEXT_WIDTH / columns;
        let mut lines = vec![self.table_row(headings.iter().copied(), columns, width, "黑体")];
        for row in rows {
            let texts = row.iter().map(String::as_str);
            lines.push(self.table_row(texts, columns, width, "仿宋"));
        }
        let table = Table::new(lines).set_grid(vec![width; columns]).width(TEXT_WIDTH, WidthType::Dxa);
        self.docx = self.docx.add_table(table);
        // Word joins two tables that follow each other, unless something stands between them.
        let between = self.start();
        self.add(between)
    }

    /// Finishes the letter.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn to_bytes(self) -> Result<Vec<u8>, LetterProblem> {
        let mut bytes = Cursor::new(Vec::new());
        self.docx.pack(&mut bytes).map_err(|problem| LetterProblem(problem.to_string()))?;
        Ok(bytes.into_inner())
    }

    fn table_row<'t>(
        &mut self,
        texts: impl Iterator<Item = &'t str>,
        columns: usize,
        width: usize,
        font: &str,
    ) -> TableRow {
        let filled = texts.chain(std::iter::repeat("")).take(columns);
        let cells = filled.map(|text| {
            let run = Run::new().add_text(held(text)).fonts(fonts(font)).size(TABLE);
            let paragraph = self.start().add_run(run).align(AlignmentType::Center);
            TableCell::new().add_paragraph(paragraph).width(width, WidthType::Dxa)
        });
        TableRow::new(cells.collect()).cant_split()
    }

    fn page_number(&mut self, side: AlignmentType) -> Footer {
        let dash = || Run::new().add_text("—").fonts(fonts("宋体")).size(FOURTH);
        let line = self.start().add_run(dash()).add_page_num(PageNum::new()).add_run(dash());
        Footer::new().add_paragraph(line.align(side).fonts(fonts("宋体")).size(FOURTH))
    }

    fn start(&mut self) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08x}", self.paragraphs))
    }

    fn add(mut self, paragraph: Paragraph) -> Self {
        self.docx = self.docx.add_paragraph(paragraph);
        self
    }
}

/// A Chinese font, and for Latin letters and digits one that every computer has.
fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new().east_asia(chinese).ascii("Times New Roman").hi_ansi("Times New Roman")
}

fn exact() -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(LINE)
}

fn indented(paragraph: Paragraph) -> Paragraph {
    paragraph.indent(None, Some(SpecialIndentType::FirstLine(TWO_CHARACTERS)), None, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use std::io::Read;

    fn letter() -> Vec<u8> {
        let created = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(8, 0, 0).unwrap();
        Letter::new("2026年第三季度工作报告", created)
            .heading(Level::First, "一、总体情况")
            .paragraph("截至9月30日，新增会员 1 < 2 & 3 人。")
            .heading(Level::Second, "（一）进度")
            .table(&["单位", "目标", "完成"], &[vec!["赛罕区".into(), "100".into()], vec!["新城区".into(); 5]])
            .signature("呼和浩特市总工会")
            .to_bytes()
            .unwrap()
    }

    fn part(file: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn layout_is_that_of_the_standard() {
        let text = part(&letter(), "word/document.xml");
        for expected in [
            r#"<w:pgSz w:w="11906" w:h="16838""#,
            r#"w:top="2098""#,
            r#"w:left="1588""#,
            r#"w:eastAsia="仿宋""#,
            r#"w:eastAsia="黑体""#,
            r#"w:firstLine="640""#,
            "1 &lt; 2 &amp; 3 人",
            "赛罕区",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert_eq!(text.matches("<w:tc>").count(), 9);
        assert!(part(&letter(), "word/footer1.xml").contains("PAGE"));
    }

    #[test]
    fn same_input_same_bytes() {
        let file = letter();
        assert!(file == letter());
        // Nor does the archive tell when it was written.
        let mut archive = zip::ZipArchive::new(Cursor::new(&file)).unwrap();
        for index in 0..archive.len() {
            let entry = archive.by_index(index).unwrap();
            assert_eq!(entry.last_modified().map(|moment| moment.year()), Some(1980));
        }
    }

    #[test]
    fn opens_again() {
        assert!(docx_rs::read_docx(&letter()).is_ok());
    }

    #[test]
    fn signs_that_no_file_may_hold_are_left_out() {
        let created = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(8, 0, 0).unwrap();
        let odd = "爱心餐\u{B}（份）\u{1}\u{FFFF}";
        let file = Letter::new(odd, created)
            .heading(Level::First, odd)
            .paragraph(odd)
            .table(&[odd], &[vec![odd.into()]])
            .signature(odd)
            .to_bytes()
            .unwrap();
        let text = part(&file, "word/document.xml");
        assert_eq!((text.matches("爱心餐 （份）").count(), text.contains(['\u{B}', '\u{1}', '\u{FFFF}'])), (6, false));
        assert!(docx_rs::read_docx(&file).is_ok());
    }
}
