//! Signs that nobody sees and that turn round what stands behind them are taken out of all that is sent: a reason or a name with
//! one is read otherwise than it was written. They come along when text is pasted, so nobody is refused for them.

use serde_json::Value;

/// What embeds, overrides and isolates a direction, and controls of old machines. Marks that only join or part the letters of
/// Mongolian and Uighur stay, as do the ends of lines.
fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') || (sign.is_control() && !sign.is_whitespace())
}

/// Takes them out of the texts of a value, and says whether there were any.
pub(super) fn clean(value: &mut Value) -> bool {
    match value {
        Value::String(text) => {
            let before = text.len();
            text.retain(|sign| !is_hidden(sign));
            text.len() < before
        }
        // Each is cleaned: none that held some may end the walk.
        Value::Array(items) => items.iter_mut().map(clean).filter(|held| *held).count() > 0,
        Value::Object(fields) => fields.values_mut().map(clean).filter(|held| *held).count() > 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_turns_a_text_is_taken_out_wherever_it_stands() {
        let mut value =
            json!({ "reason": "核对\u{202e}名册\u{7}", "more": [{ "name": "甲\u{2066}乙" }, "\u{202a}138"], "n": 1 });
        assert!(clean(&mut value));
        assert_eq!(value, json!({ "reason": "核对名册", "more": [{ "name": "甲乙" }, "138"], "n": 1 }));
        assert!(!clean(&mut value));
    }

    #[test]
    fn lines_joiners_and_variants_stay() {
        let text = "一行\r\n\t二行 ᠮᠣᠩᠭᠣᠯ\u{180B} 👨\u{200D}👩 \u{3000}";
        let mut value = json!(text);
        assert!(!clean(&mut value));
        assert_eq!(value, text);
    }
}
