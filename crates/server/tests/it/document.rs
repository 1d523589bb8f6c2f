//! The OpenAPI document: complete, and the same as the committed one, from which the web client's types are generated.

use serde_json::Value;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

pub(crate) fn document() -> Value {
    serde_json::to_value(server::document(&server::programmes())).unwrap()
}

/// Every operation: method, path, and the operation itself.
pub(crate) fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation.get("responses").is_some() {
                all.push((method.to_uppercase(), path.clone(), operation.clone()));
            }
        }
    }
    all
}

/// A path with its parameters filled in.
pub(crate) fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn every_operation_names_its_permission() {
    let programmes = server::programmes();
    let mut known: Vec<&str> = programmes.iter().flat_map(|one| one.permissions).map(|one| one.code).collect();
    known.extend(["everyone", "logged_in", "oneself"]);
    let operations = operations(&document());
    assert!(!operations.is_empty());
    for (method, path, operation) in operations {
        let permission = operation["x-permission"].as_str().unwrap_or("");
        assert!(known.contains(&permission), "{method} {path} names the permission {permission:?}");
    }
}

/// After a wanted change: `UPDATE_OPENAPI=1 cargo test -p server document`.
#[test]
fn the_committed_document_is_the_one_the_program_serves() {
    let text = serde_json::to_string_pretty(&document()).unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(COMMITTED, &text).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(committed == text, "crates/server/openapi.json is out of date");
}

/// Every reference in a part of the document.
fn references(part: &Value) -> Vec<&str> {
    match part {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    for reference in references(&document) {
        let found = reference.strip_prefix('#').and_then(|path| document.pointer(path));
        assert!(found.is_some(), "{reference} (a query parameter's enum wants #[param(inline)])");
    }
}
