//! Every input is bounded, at one place: what the document says of a request's texts and lists is what the door holds each
//! request to, before a handler sees it. Where a form says nothing itself, the bounds below are written into the document.

mod clean;
mod door;
mod limits;
mod shape;

use std::collections::HashSet;

use serde_json::{Value, json};

pub(crate) use door::door;
pub(crate) use limits::Table;

/// Characters of a text in a body that says nothing itself.
pub(crate) const TEXT: usize = 2_000;
/// Entries of a list in a body that says nothing itself.
pub(crate) const ITEMS: usize = 5_000;
/// Characters of a parameter that says nothing itself.
pub(crate) const PARAMETER: usize = 1_000;

/// What stands behind a schema's reference, if it is one: its place in the document.
fn behind(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'))
}

/// Whether a schema is of a type, alone or beside null.
fn is(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(one) => one == kind,
        Value::Array(several) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

/// Every operation: its method in small letters, its path, and where it stands.
fn operations(document: &Value) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            if operation.get("responses").is_some() {
                let at = format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1"));
                all.push((method.clone(), path.clone(), at));
            }
        }
    }
    all
}

/// Writes the bounds into the document where it says nothing.
pub(crate) fn write_into(document: &mut Value) {
    let mut missing = Vec::new();
    let mut seen = HashSet::new();
    for (_, _, at) in operations(document) {
        for kind in
            document.pointer(&format!("{at}/requestBody/content")).and_then(Value::as_object).into_iter().flatten()
        {
            let schema = format!("{at}/requestBody/content/{}/schema", kind.0.replace('/', "~1"));
            visit(document, &schema, TEXT, &mut seen, &mut missing);
        }
        let parameters = document.pointer(&format!("{at}/parameters")).and_then(Value::as_array);
        for index in 0..parameters.map_or(0, Vec::len) {
            visit(document, &format!("{at}/parameters/{index}/schema"), PARAMETER, &mut seen, &mut missing);
        }
    }
    for (at, word, bound) in missing {
        if let Some(Value::Object(schema)) = document.pointer_mut(&at) {
            schema.insert(word.to_owned(), json!(bound));
        }
    }
}

fn visit(
    document: &Value,
    at: &str,
    text: usize,
    seen: &mut HashSet<String>,
    missing: &mut Vec<(String, &'static str, usize)>,
) {
    let Some(schema) = document.pointer(at) else { return };
    if let Some(place) = behind(schema) {
        if seen.insert(place.to_owned()) {
            visit(document, place, text, seen, missing);
        }
        return;
    }
    let mut below = Vec::new();
    for word in ["allOf", "oneOf", "anyOf"] {
        below.extend((0..schema[word].as_array().map_or(0, Vec::len)).map(|index| format!("{at}/{word}/{index}")));
    }
    below.extend(
        schema["properties"].as_object().into_iter().flatten().map(|(name, _)| format!("{at}/properties/{name}")),
    );
    below.extend(["items", "additionalProperties"].into_iter().map(|word| format!("{at}/{word}")));
    let says = |word: &str| schema.get(word).is_some();
    if is(schema, "string") && !["enum", "maxLength", "format"].into_iter().any(says) {
        missing.push((at.to_owned(), "maxLength", text));
    }
    if is(schema, "array") && !says("maxItems") {
        missing.push((at.to_owned(), "maxItems", ITEMS));
    }
    if schema["additionalProperties"].is_object() && !says("maxProperties") {
        missing.push((at.to_owned(), "maxProperties", ITEMS));
    }
    for place in below {
        visit(document, &place, text, seen, missing);
    }
}
