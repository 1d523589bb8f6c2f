//! The smallest body that an operation's schema takes.

use serde_json::{Map, Value, json};

/// What stands behind the reference, if it is one.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.map_or(schema, |at| document.pointer(at).unwrap())
}

/// A body with the fields that must be there and its place, every key in it `key`; null for operations without a body.
pub(crate) fn minimal(document: &Value, request: &Value, key: &str) -> Value {
    let schema = &request["content"]["application/json"]["schema"];
    if schema.is_null() { Value::Null } else { value(document, schema, key) }
}

fn value(document: &Value, schema: &Value, key: &str) -> Value {
    if schema["$ref"] == "#/components/schemas/Id" {
        return json!(key);
    }
    let schema = resolved(document, schema);
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().map(|part| value(document, part, key));
        let fields = parts.flat_map(|part| part.as_object().cloned().unwrap_or_default());
        return Value::Object(fields.collect());
    }
    if let Some(first) = schema["oneOf"].as_array().and_then(|kinds| kinds.first()) {
        return value(document, first, key);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
        return first.clone();
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), Some("date")) => json!("2026-06-30"),
        (Some("string"), Some("date-time")) => json!("2026-07-01T01:00:00Z"),
        (Some("string"), _) => json!("情况".repeat(4)),
        (Some("integer"), _) => json!(schema["minimum"].as_i64().unwrap_or(1).max(1)),
        (Some("boolean"), _) => json!(false),
        (Some("array"), _) => json!([value(document, &schema["items"], key)]),
        _ => Value::Object(fields(document, schema, key)),
    }
}

fn fields(document: &Value, schema: &Value, key: &str) -> Map<String, Value> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let place = schema["properties"].get("organisation_id").map(|_| "organisation_id");
    required.chain(place).map(|name| (name.to_owned(), value(document, &schema["properties"][name], key))).collect()
}
