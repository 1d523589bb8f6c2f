//! What is kept is changed over HTTP, each kind that no other test changes once: the client fails where a change leaves no
//! entry in the audit chain.

use axum::http::Method;
use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    roles::{found, officer},
    sent_once::told,
};

/// A province, and an officer of it with one of the first day's roles.
async fn province(app: &App, role: &'static str) -> (Id, Client) {
    let root = found(app, None, "150000", "自治区总工会", Level::Province).await;
    (root, officer(app, "officer", role, root).await)
}

/// Makes a record and changes one field of it; answers how it is named.
async fn changed(
    officer: &mut Client,
    (made_at, kept_at): (&str, &str),
    form: &Value,
    (field, value): (&str, Value),
) -> String {
    let made: Value = officer.post(&format!("/api/v1/{made_at}"), form).await.ok();
    let name = made["id"].as_str().or(made["code"].as_str()).unwrap().to_owned();
    let mut other = form.clone();
    other[field] = value.clone();
    other["version"] = made["version"].clone();
    let after: Value = officer.put(&format!("/api/v1/{kept_at}/{name}"), &other).await.ok();
    assert_eq!(after[field], value, "{kept_at}");
    name
}

#[tokio::test]
async fn companies_branches_and_employers() {
    App::each(&server::programmes(), async |app| {
        let (root, mut officer) = province(&app, "业务干部").await;
        let platforms = ("platforms", "platforms");
        let renamed = ("name", json!("改过的名称"));
        let platform = json!({ "name": "美团", "rank": "head" });
        let platform = changed(&mut officer, platforms, &platform, renamed.clone()).await;
        let branch = json!({ "platform_id": platform, "organisation_id": root, "name": "东河站点" });
        changed(&mut officer, ("branches", "branches"), &branch, renamed.clone()).await;
        let employer = json!({
            "organisation_id": root, "name": "东河物流有限公司", "credit_code": "914403001922038216", "kind": "enterprise",
        });
        changed(&mut officer, ("employers", "employers"), &employer, renamed).await;
    })
    .await;
}

#[tokio::test]
async fn what_stations_have_and_what_they_are_held_to() {
    App::each(&server::programmes(), async |app| {
        let (_, mut officer) = province(&app, "业务干部").await;
        let entry = json!({ "code": "ice_water", "kind": "equipment", "label": "冰水", "offered": true });
        let catalogue = ("station-catalogue", "station-catalogue");
        changed(&mut officer, catalogue, &entry, ("label", json!("冰镇饮水"))).await;
        let item = json!({
            "code": "norm_quiet", "strength": "norm", "label": "安静", "weight": 2, "offered": true, "guide": "午间无喧哗",
        });
        let standard = ("station-standard", "station-standard");
        changed(&mut officer, standard, &item, ("label", json!("安静整洁"))).await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_of_a_plan_and_its_lines() {
    App::each(&server::programmes(), async |app| {
        let (root, mut officer) = province(&app, "业务干部").await;
        let plan = json!({ "organisation_id": root, "year": 2026, "title": "2026年工作要点" });
        let plan: Value = officer.post("/api/v1/plans", &plan).await.ok();
        let path = format!("plans/{}", plan["id"].as_str().unwrap());
        let line = json!({ "name": "走访经费", "allotted_fen": 1_000_000 });
        let lines = format!("{path}/budget");
        changed(&mut officer, (&lines, "budget-lines"), &line, ("allotted_fen", json!(2_000_000))).await;
        let indicator = json!({ "name": "走访慰问", "source": "manual", "unit": "次", "target": 1000 });
        let indicators = format!("{path}/indicators");
        let key = changed(&mut officer, (&indicators, "indicators"), &indicator, ("target", json!(1200))).await;
        let gone = format!("/api/v1/indicators/{key}");
        told(&officer.send_json(Method::DELETE, &gone, &[], &json!({})).await);
        let seen: Value = officer.get(&format!("/api/v1/{path}")).await.ok();
        let form = json!({ "title": "2026年重点工作", "chapters": [], "measures": [], "version": seen["version"] });
        let after: Value = officer.put(&format!("/api/v1/{path}"), &form).await.ok();
        assert_eq!(after["title"], "2026年重点工作");
    })
    .await;
}

/// Brings a plan of a year in from a table, under a key.
async fn brought_in(officer: &mut Client, key: &str, union: Id, year: &str) -> Answer {
    let table = "指标名称,数据来源,计量单位,目标值\n走访慰问,手工,次,1000\n";
    let union = union.to_string();
    let texts = [("organisation_id", union.as_str()), ("year", year), ("title", "工作要点")];
    let file = ("要点.csv", table.as_bytes());
    officer.post_form("/api/v1/plans/import", &[("idempotency-key", key)], &texts, file).await
}

#[tokio::test]
async fn a_plan_is_brought_in_once_and_that_of_another_year_not_under_its_key() {
    App::each(&server::programmes(), async |app| {
        let (root, mut officer) = province(&app, "业务干部").await;
        let plan: Value = brought_in(&mut officer, "key", root, "2026").await.ok();
        assert_eq!(plan["indicators"][0]["name"], "走访慰问");
        let again: Value = brought_in(&mut officer, "key", root, "2026").await.ok();
        assert_eq!(again["id"], plan["id"]);
        let other = brought_in(&mut officer, "key", root, "2027").await;
        assert_eq!((other.status.as_u16(), other.code()), (422, "key_used_otherwise".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_union_is_moved_and_closed() {
    App::each(&server::programmes(), async |app| {
        let (root, mut system) = province(&app, "系统管理员").await;
        let one = found(&app, Some(root), "150202", "东河区总工会", Level::County).await;
        let other = found(&app, Some(root), "150203", "昆都仑区总工会", Level::County).await;
        let path = format!("/api/v1/organisations/{one}");
        let under = json!({ "parent_id": other, "day": "2026-07-01" });
        told(&system.post(&format!("{path}/move"), &under).await);
        let closed: Value = system.post(&format!("{path}/close"), &json!({ "day": "2026-07-01" })).await.ok();
        assert_eq!(closed["closed_on"], "2026-07-01");
    })
    .await;
}
