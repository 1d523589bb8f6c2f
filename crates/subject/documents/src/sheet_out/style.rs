//! How cells look, and how wide columns must be.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Widest column, in half-width characters.
pub(super) const WIDEST: u16 = 60;

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) integer: Format,
    pub(super) yuan: Format,
    pub(super) day: Format,
    pub(super) percent: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let cell = Format::new().set_font_name("等线").set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let number = |format: &str| cell.clone().set_num_format(format).set_align(FormatAlign::Right);
        Self {
            title: cell.clone().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            heading: cell
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00F2_DEDE))
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Center),
            text: cell.clone().set_num_format("@"),
            integer: number("#,##0"),
            yuan: number("#,##0.00"),
            day: cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            percent: number("0.00%"),
        }
    }
}

/// Width of a text's widest line in half-width characters: what isn't Latin counts two.
pub(super) fn width(text: &str) -> u16 {
    let line = |line: &str| line.chars().take(200).map(|sign| if sign < '\u{1100}' { 1 } else { 2 }).sum::<u16>();
    text.lines().map(line).max().unwrap_or(0).min(WIDEST)
}
