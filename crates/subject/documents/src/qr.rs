//! QR codes as SVG.

use qrcode::{QrCode, render::svg};

/// Why a QR code can't be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrProblem {
    /// More than fits into the largest code.
    #[error("内容太长，无法生成二维码")]
    TooLong,
}

/// A QR code as an SVG document that scales to its box, with the quiet zone that scanners need.
///
/// # Errors
/// The text doesn't fit.
pub fn svg(text: &str) -> Result<String, QrProblem> {
    let code = QrCode::new(text).map_err(|_| QrProblem::TooLong)?;
    Ok(code.render::<svg::Color<'_>>().module_dimensions(4, 4).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_and_refuses() {
        let code = svg("https://gh.example.cn/j/内蒙古").unwrap();
        assert!(code.starts_with("<?xml") && code.contains("<svg") && code.contains("viewBox"), "{code}");
        assert_ne!(code, svg("https://gh.example.cn/j/").unwrap());
        assert_eq!(svg(&"长".repeat(2000)), Err(QrProblem::TooLong));
    }
}
