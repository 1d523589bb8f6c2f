//! A file's name as it is kept: without folders and signs that systems stumble over.

/// The longest name, in characters without the ending.
const LONGEST: usize = 100;

/// The name, cleaned, with the ending that its content asks for.
pub(super) fn clean(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let fits = |sign: &char| !sign.is_control() && !is_invisible(*sign) && !r#"<>:"|?*"#.contains(*sign);
    let stem: String = stem.chars().filter(fits).take(LONGEST).collect();
    let stem = stem.trim().trim_matches('.');
    format!("{}.{ending}", if stem.is_empty() { "附件" } else { stem })
}

/// Signs that turn the direction or have no width hide what a name says.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folders_and_signs_go_and_the_ending_follows_the_content() {
        assert_eq!(clean("走访照片.JPEG", "jpg"), "走访照片.jpg");
        assert_eq!(clean("../../etc/passwd", "pdf"), "passwd.pdf");
        assert_eq!(clean(r"C:\文件\报告.v2.docx", "docx"), "报告.v2.docx");
        assert_eq!(clean("x\u{202e}fdp.exe", "pdf"), "xfdp.pdf");
        assert_eq!(clean("...", "pdf"), "附件.pdf");
    }

    proptest! {
        #[test]
        fn any_name_becomes_a_harmless_one(name in ".*") {
            let clean = clean(&name, "pdf");
            prop_assert!(clean.ends_with(".pdf") && clean.chars().count() <= LONGEST + 4);
            prop_assert!(!clean.contains(['/', '\\', '"', '\n', '\r']) && !clean.starts_with('.'));
        }
    }
}
