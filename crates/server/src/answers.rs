//! What any operation may answer beside what it says itself, written into the document at one place: an operation knows its
//! own refusals, not that somebody may not be logged in or may send what can't be read.

use kernel::permission::{Everyone, LoggedIn, Permission};
use serde_json::{Map, Value, json};

/// Completes every operation's answers.
pub(crate) fn write_into(document: &mut Value) {
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for (path, methods) in paths {
        let operations = methods.as_object_mut().into_iter().flatten();
        for (method, operation) in operations.filter(|(_, operation)| operation.get("responses").is_some()) {
            let common = common(method, path, operation);
            let Some(told) = operation["responses"].as_object_mut() else { continue };
            for (status, text) in common {
                told.entry(status).or_insert_with(|| answer(text));
            }
        }
    }
}

fn common(method: &str, path: &str, operation: &Value) -> Vec<(&'static str, &'static str)> {
    let permission = operation["x-permission"].as_str().unwrap_or_default();
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let has = |place: &str| parameters.iter().any(|parameter| parameter["in"] == place);
    let has_body = !operation["requestBody"].is_null();
    let mut all = Vec::new();
    if permission != Everyone::CODE {
        all.push(("401", "`unauthenticated`: 请先登录。"));
    }
    if ![Everyone::CODE, LoggedIn::CODE].contains(&permission) {
        all.push(("403", "`forbidden`: 没有这项权限。"));
    } else if method != "get" {
        all.push(("403", "`forged`: 请求来源不明。"));
    }
    if permission != Everyone::CODE || path.contains('{') || has_body {
        all.push(("404", "`not_found`: 没有找到，或不在管辖范围内。"));
    }
    // Any operation may be sent an idempotency key, or a query, that is too long.
    all.push(("400", "`unreadable`、`invalid`: 提交的内容或查询条件无法读取。"));
    all.push(("414", "`address_too_long`: 查询条件太长。"));
    if parameters
        .iter()
        .any(|parameter| parameter["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case("if-match")))
    {
        all.push(("412", "`stale`: 别人刚刚改过这条记录，`changed` 列出改了什么。"));
        all.push(("428", "`if_match_missing`: 请先打开这条记录的最新内容再保存。"));
    }
    if has_body {
        all.push(("413", "`too_large`: 提交的内容太大。"));
        all.push(("415", "`media_type`: 请求的格式不对。"));
    }
    if has_body {
        let text = "`invalid`: 有填写需要改正，`fields` 指明是哪一处；`key_used_otherwise`: 同一个 `Idempotency-Key` 先前提交的是别的内容。";
        all.push(("422", text));
    } else if has("query") {
        all.push(("422", "`invalid`: 有填写需要改正，`fields` 指明是哪一处。"));
    }
    all
}

fn answer(text: &str) -> Value {
    let content =
        json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemDocument" } } });
    let mut answer = Map::new();
    answer.insert("description".into(), json!(text));
    answer.insert("content".into(), content);
    Value::Object(answer)
}
