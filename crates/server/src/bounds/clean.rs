//! Signs that nobody sees and that turn round what stands behind them are taken out of all that is sent as JSON, as forms with
//! files do it themselves ([`kernel::files::FileForm`]): a reason or a name with one is read otherwise than it was written. They
//! come along when text is pasted, so nobody is refused for them.

use codes::text::unhide;
use serde_json::Value;

/// Takes them out of the texts of a value, and says whether there were any.
pub(super) fn clean(value: &mut Value) -> bool {
    match value {
        Value::String(text) => unhide(text),
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
