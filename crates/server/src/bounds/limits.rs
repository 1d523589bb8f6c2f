//! The bounds of each operation, made once from the document.

use std::collections::HashMap;

use serde_json::Value;

use super::{PARAMETER, operations, shape::Shape};

/// The bounds of one operation.
#[derive(Debug, Default)]
pub(super) struct Operation {
    /// Of its body in JSON.
    pub(super) body: Option<Shape>,
    /// Of its query parameters, by name.
    pub(super) query: HashMap<String, Shape>,
}

/// The bounds of all operations.
#[derive(Debug)]
pub(crate) struct Table(HashMap<String, Operation>);

impl Table {
    /// Reads them from the document.
    pub(crate) fn of(document: &Value) -> Self {
        let bounds = |at: &str| {
            let body = document.pointer(&format!("{at}/requestBody/content/application~1json/schema"));
            let parameters = document.pointer(&format!("{at}/parameters")).and_then(Value::as_array);
            let asked = parameters
                .into_iter()
                .flatten()
                .filter(|parameter| parameter.get("in").is_some_and(|place| place == "query"));
            let shape = |parameter: &Value| {
                let name = parameter["name"].as_str().unwrap_or_default().to_owned();
                (name, Shape::of_text(&parameter["schema"], PARAMETER))
            };
            Operation { body: body.map(|schema| Shape::of(document, schema)), query: asked.map(shape).collect() }
        };
        let all = operations(document).into_iter();
        Self(all.map(|(method, path, at)| (format!("{} {path}", method.to_uppercase()), bounds(&at))).collect())
    }

    /// The bounds of an operation, by its method and its path with the names of its parameters.
    pub(super) fn get(&self, method: &str, path: &str) -> Option<&Operation> {
        self.0.get(&format!("{method} {path}"))
    }
}
