//! PDF by typst. Fonts are looked for once a process and read when first used; without a Chinese font nothing is
//! rendered, since a page of boxes helps nobody.

mod world;

use std::sync::OnceLock;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Array, Dict, IntoValue, Value};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use world::Page;

/// Families that hold Chinese, best first. Templates set `font` from `sys.inputs.fonts`, so that what is installed is used.
const CHINESE: [&str; 8] = [
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "Source Han Serif SC",
    "Source Han Sans SC",
    "FangSong",
    "SimSun",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
];

/// Why a PDF can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfProblem {
    /// The server has no Chinese font.
    #[error(
        "服务器缺少中文字体，无法生成 PDF；请管理员安装 fonts-noto-cjk（Debian/Ubuntu：apt install fonts-noto-cjk，openEuler/麒麟：dnf install google-noto-cjk-fonts）后重启服务"
    )]
    NoChineseFont,
    /// A font named by the template isn't there, and would be replaced silently.
    #[error("模板所用的字体不可用：{0}；请管理员安装后重启服务")]
    FontMissing(String),
    /// The template is wrong, or doesn't fit its inputs.
    #[error("PDF 模板有误：{0}")]
    Template(String),
}

/// What a template gets, as `sys.inputs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Nothing.
    Nothing,
    /// A text. A picture is its SVG text, shown by `image(bytes(…), format: "svg")`.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Yes(bool),
    /// Several.
    List(Vec<Input>),
    /// By name.
    Map(Vec<(&'static str, Input)>),
}

/// Renders a template with its inputs. The template finds the installed Chinese families, best first, in
/// `sys.inputs.fonts`. Neither clock nor files nor network are in reach, so the same input gives the same bytes.
///
/// # Errors
/// A font is missing, or the template is wrong.
pub fn render(template: &'static str, inputs: Vec<(&'static str, Input)>) -> Result<Vec<u8>, PdfProblem> {
    let fonts = installed();
    let chinese = chinese(fonts);
    if chinese.is_empty() {
        return Err(PdfProblem::NoChineseFont);
    }
    let mut given = dictionary(inputs);
    given.insert("fonts".into(), chinese.into_value());
    let page = Page::new(template, given, fonts);
    let made = export(&page);
    // The cache holds this person's name, and is of no use to the next page.
    comemo::evict(0);
    made
}

fn export(page: &Page<'_>) -> Result<Vec<u8>, PdfProblem> {
    let compiled = typst::compile::<PagedDocument>(page);
    let missing = compiled.warnings.iter().find(|warning| warning.message.starts_with("unknown font family"));
    if let Some(warning) = missing {
        return Err(PdfProblem::FontMissing(warning.message.to_string()));
    }
    let document = compiled.output.map_err(|problems| faulty(&problems))?;
    typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).map_err(|problems| faulty(&problems))
}

/// Is there a font to render Chinese? For the start of the program, which should say so early.
///
/// # Errors
/// There is none.
pub fn check_fonts() -> Result<(), PdfProblem> {
    if chinese(installed()).is_empty() { Err(PdfProblem::NoChineseFont) } else { Ok(()) }
}

/// The machine's fonts.
fn installed() -> &'static FontStore {
    static FONTS: OnceLock<FontStore> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut store = FontStore::new();
        store.extend(typst_kit::fonts::system());
        store
    })
}

/// The Chinese families among these fonts.
fn chinese(fonts: &FontStore) -> Vec<&'static str> {
    CHINESE.into_iter().filter(|family| fonts.book().contains_family(&family.to_lowercase())).collect()
}

fn dictionary(inputs: Vec<(&'static str, Input)>) -> Dict {
    inputs.into_iter().map(|(name, input)| (name.into(), value(input))).collect()
}

fn value(input: Input) -> Value {
    match input {
        Input::Nothing => Value::None,
        Input::Text(text) => text.into_value(),
        Input::Number(number) => number.into_value(),
        Input::Yes(yes) => yes.into_value(),
        Input::List(items) => items.into_iter().map(value).collect::<Array>().into_value(),
        Input::Map(items) => dictionary(items).into_value(),
    }
}

fn faulty(problems: &[SourceDiagnostic]) -> PdfProblem {
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    PdfProblem::Template(messages.join("; "))
}

#[cfg(test)]
mod tests;
