//! How large a value may be, as its schema says it, in a form that is quick to ask.

use std::collections::HashMap;

use kernel::problem::FieldProblem;
use serde_json::Value;

use super::{ITEMS, TEXT, behind, is};

/// Lists in forms in lists: no form goes deeper.
const DEEPEST: usize = 16;

/// Ends a text for many programs, and not every database keeps one that has it.
pub(super) const NOTHING: char = '\0';

/// What is said of a text that has it.
pub(super) fn unreadable(field: &str) -> FieldProblem {
    let field = field.replace(NOTHING, "");
    let message = format!("“{field}”里有无法识别的字符，请删去后重新输入。");
    FieldProblem { field, code: "unreadable_sign".into(), message }
}

/// Whether a text names a day of more than four digits' years, or before our era: only such a year has a sign. No database
/// keeps all of these, and a file sorts them before all others.
fn is_far(day: &str) -> bool {
    day.trim_start().starts_with(['+', '-'])
}

/// The bounds of one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Whatever is not described: the common bounds.
    Common,
    /// A text of so many characters.
    Text(usize),
    /// A day.
    Day,
    /// A list of so many.
    List(usize, Box<Shape>),
    /// A form.
    Form(HashMap<String, Shape>),
    /// Values by names that are not known before.
    Map(usize, Box<Shape>),
}

impl Shape {
    pub(super) fn of(document: &Value, schema: &Value) -> Self {
        Self::within(document, schema, 0)
    }

    fn within(document: &Value, schema: &Value, depth: usize) -> Self {
        // What contains itself is held to the common bounds from some depth on.
        if depth > DEEPEST {
            return Self::Common;
        }
        let next = |schema: &Value| Self::within(document, schema, depth + 1);
        if let Some(place) = behind(schema) {
            return document.pointer(place).map_or(Self::Common, next);
        }
        let bound = |word: &str, common: usize| {
            schema[word].as_u64().and_then(|bound| usize::try_from(bound).ok()).unwrap_or(common)
        };
        let several = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|word| schema[word].as_array()).flatten();
        let mut shape = several.map(next).fold(Self::Common, Self::or);
        if is(schema, "string") {
            shape = shape.or(Self::of_text(schema, TEXT));
        }
        if is(schema, "array") {
            shape = shape.or(Self::List(bound("maxItems", ITEMS), Box::new(next(&schema["items"]))));
        }
        if let Some(fields) = schema["properties"].as_object() {
            shape = shape.or(Self::Form(fields.iter().map(|(name, schema)| (name.clone(), next(schema))).collect()));
        } else if schema["additionalProperties"].is_object() {
            let value = Box::new(next(&schema["additionalProperties"]));
            shape = shape.or(Self::Map(bound("maxProperties", ITEMS), value));
        }
        shape
    }

    /// That of a text, which has `common` characters at most if its schema says nothing.
    pub(super) fn of_text(schema: &Value, common: usize) -> Self {
        let most = schema["maxLength"].as_u64().and_then(|most| usize::try_from(most).ok());
        if schema["format"] == "date" { Self::Day } else { Self::Text(most.unwrap_or(common)) }
    }

    /// The wider of two.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Common, one) | (one, Self::Common) => one,
            (Self::Text(a), Self::Text(b)) => Self::Text(a.max(b)),
            (Self::Day, Self::Day) => Self::Day,
            (Self::List(a, x), Self::List(b, y)) => Self::List(a.max(b), Box::new(x.or(*y))),
            (Self::Form(mut a), Self::Form(b)) => {
                for (name, shape) in b {
                    let both = a.remove(&name).unwrap_or(Self::Common).or(shape);
                    a.insert(name, both);
                }
                Self::Form(a)
            }
            _ => Self::Common,
        }
    }

    /// What of a value is too large, if anything is.
    pub(super) fn refuses(&self, value: &Value) -> Option<FieldProblem> {
        self.check(value, &mut String::new(), 0).err()
    }

    fn check(&self, value: &Value, path: &mut String, depth: usize) -> Result<(), FieldProblem> {
        let told = |code: &str, message: String| Err(FieldProblem { field: path.clone(), code: code.into(), message });
        if depth > DEEPEST {
            return told("too_deep", "提交的内容层次太多，请检查后再提交。".into());
        }
        match value {
            Value::String(text) => {
                if text.contains(NOTHING) {
                    return Err(unreadable(path.as_str()));
                }
                self.check_text(path, text)
            }
            Value::Array(items) => {
                let (most, shape) =
                    if let Self::List(most, shape) = self { (*most, &**shape) } else { (ITEMS, &Self::Common) };
                if items.len() > most {
                    return told("too_many", format!("“{path}”最多 {most} 项，请分次提交。"));
                }
                items
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, item)| shape.below(&format!("[{index}]"), item, path, depth))
            }
            Value::Object(fields) => {
                let most = if let Self::Map(most, _) = self { *most } else { ITEMS };
                if fields.len() > most {
                    return told("too_many", format!("“{path}”最多 {most} 项，请分次提交。"));
                }
                if let Some(name) = fields.keys().find(|name| name.contains(NOTHING)) {
                    return Err(unreadable(&name.chars().take(100).collect::<String>()));
                }
                fields.iter().try_for_each(|(name, value)| {
                    let shape = match self {
                        Self::Form(known) => known.get(name).unwrap_or(&Self::Common),
                        Self::Map(_, shape) => shape,
                        _ => &Self::Common,
                    };
                    shape.below(name, value, path, depth)
                })
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        }
    }

    /// What of a text is too large, or too far off.
    pub(super) fn check_text(&self, field: &str, text: &str) -> Result<(), FieldProblem> {
        let told = |code: &str, message| Err(FieldProblem { field: field.into(), code: code.into(), message });
        let most = if let Self::Text(most) = self { *most } else { TEXT };
        // Bytes first: counting characters is only worth it for a text that could be too long.
        if text.len() > most && text.chars().count() > most {
            return told("too_long", format!("“{field}”最多 {most} 个字，请缩短后再提交。"));
        }
        if *self == Self::Day && is_far(text) {
            return told("far_day", format!("“{field}”的年份太远，请写成 2026-12-31 的样子。"));
        }
        Ok(())
    }

    fn below(&self, name: &str, value: &Value, path: &mut String, depth: usize) -> Result<(), FieldProblem> {
        let length = path.len();
        if !path.is_empty() && !name.starts_with('[') {
            path.push('.');
        }
        // A name as it was sent may be as long as the body.
        path.extend(name.chars().take(100));
        let checked = self.check(value, path, depth + 1);
        path.truncate(length);
        checked
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape() -> Shape {
        let document = json!({ "components": { "schemas": {
            "Tree": { "type": "object", "properties": {
                "name": { "type": ["string", "null"], "maxLength": 3 },
                "below": { "type": "array", "maxItems": 2, "items": { "$ref": "#/components/schemas/Tree" } },
            } },
            "Both": { "allOf": [{ "$ref": "#/components/schemas/Tree" }, { "type": "object", "properties": {
                "note": { "oneOf": [{ "type": "null" }, { "type": "string", "maxLength": 5 }] },
                "day": { "type": ["string", "null"], "format": "date" },
            } }] },
        } } });
        Shape::of(&document, &json!({ "$ref": "#/components/schemas/Both" }))
    }

    fn told(value: &Value) -> Option<(String, String)> {
        shape().refuses(value).map(|problem| (problem.field, problem.code))
    }

    fn some(field: &str, code: &str) -> Option<(String, String)> {
        Some((field.to_owned(), code.to_owned()))
    }

    #[test]
    fn what_is_too_large_is_named() {
        assert_eq!(told(&json!({ "name": "一二三", "note": "12345", "below": [{ "name": null }, {}] })), None);
        assert_eq!(told(&json!({ "name": "一二三四" })), some("name", "too_long"));
        assert_eq!(told(&json!({ "note": "123456" })), some("note", "too_long"));
        assert_eq!(
            told(&json!({ "below": [{ "below": [{ "name": "abcd" }] }] })),
            some("below[0].below[0].name", "too_long")
        );
        assert_eq!(told(&json!({ "below": [1, 2, 3] })), some("below", "too_many"));
    }

    #[test]
    fn a_text_that_would_end_in_its_midst_is_named() {
        assert_eq!(told(&json!({ "below": [{ "name": "a\0" }] })), some("below[0].name", "unreadable_sign"));
        assert_eq!(told(&json!({ "more": ["\0"] })), some("more[0]", "unreadable_sign"));
        assert_eq!(told(&json!({ "na\0me": 1 })), some("name", "unreadable_sign"));
    }

    #[test]
    fn days_that_no_database_keeps_are_named() {
        assert_eq!(told(&json!({ "day": "2026-12-31" })), None);
        assert_eq!(told(&json!({ "day": null })), None);
        for day in ["+10000-01-01", " +99999-1-1", "-0001-12-31"] {
            assert_eq!(told(&json!({ "day": day })), some("day", "far_day"), "{day}");
        }
        assert_eq!(told(&json!({ "note": "+1" })), None);
    }

    #[test]
    fn what_is_not_described_is_bounded_too() {
        assert_eq!(told(&json!({ "more": "字".repeat(TEXT + 1) })), some("more", "too_long"));
        assert_eq!(told(&json!({ "more": vec![0; ITEMS + 1] })), some("more", "too_many"));
        let mut deep = json!(1);
        for _ in 0..=DEEPEST {
            deep = json!([deep]);
        }
        assert_eq!(told(&deep).unwrap().1, "too_deep");
        let long = json!({ "n".repeat(10_000): "字".repeat(TEXT + 1) });
        assert_eq!(told(&long).unwrap().0.len(), 100);
    }
}
