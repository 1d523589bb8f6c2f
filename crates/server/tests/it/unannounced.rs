//! An unannounced inspection is told to nobody below the union that planned it, until it was done.

use axum::http::StatusCode;
use kernel::{Id, organisation, permission::LoggedIn};
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{
    roles::{self, officer},
    scope::system,
    stations::{Day, day, done},
};

/// How many inspections of the station somebody sees.
async fn seen(client: &mut Client, day: &Day) -> Value {
    let listed: Value = client.get(&format!("/api/v1/station-inspections?station={}", day.station)).await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len() as u64, listed["total"].as_u64().unwrap());
    listed["total"].clone()
}

/// The result of an inspection that found nothing wrong.
pub fn faultless(sheet: &Value) -> Value {
    let full = |mark: &Value| json!({ "code": mark["code"], "score": mark["weight"] });
    let marks: Vec<Value> = sheet["marks"].as_array().unwrap().iter().map(full).collect();
    json!({ "done_on": "2026-07-01", "marks": marks })
}

/// The union above all of them.
pub(crate) async fn root(app: &App) -> Id {
    let caller = app.caller::<LoggedIn>();
    organisation::by_code(caller.read(), caller.scope(), "150000").await.unwrap().id
}

#[tokio::test]
async fn nobody_below_knows_of_an_unannounced_inspection_before_it_was_done() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let county: Id = day.county.parse().unwrap();
        let root = root(&app).await;
        let mut keeper = officer(&app, "keeper", "业务干部", county).await;
        let mut reader = officer(&app, "reader", "只读领导", root).await;
        let mut planned = Vec::new();
        for kind in ["planned", "unannounced"] {
            let form = json!({
                "station_id": day.station, "kind": kind, "planned_on": "2026-07-02", "team": "区总工会检查组",
            });
            let made: Value = day.officer.post("/api/v1/station-inspections", &form).await.ok();
            planned.push(format!("/api/v1/station-inspections/{}", made["id"].as_str().unwrap()));
        }
        let mut officer = day.officer.clone();
        assert_eq!(seen(&mut officer, &day).await, 2);
        // Nor does the chain tell it there.
        for (username, place, known) in [("auditor", county, 1), ("auditor.above", root, 2)] {
            let mut auditor = roles::officer(&app, username, "审计管理员", place).await;
            let acts: Value = auditor.get("/api/v1/audit?action=station_inspections.plan").await.ok();
            assert_eq!(acts["items"].as_array().unwrap().len(), known, "{acts}");
        }
        let why = json!({ "reason": "另行安排" });
        for below in [&mut keeper, &mut reader] {
            assert_eq!(seen(below, &day).await, 1);
            assert_eq!(below.get(&planned[1]).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(keeper.post(&format!("{}/cancel", planned[1]), &why).await.status, StatusCode::NOT_FOUND);
        let sheet: Value = officer.get(&planned[1]).await.ok();
        assert!(officer.post(&format!("{}/finish", planned[1]), &faultless(&sheet)).await.status.is_success());
        for below in [&mut keeper, &mut reader] {
            assert_eq!(seen(below, &day).await, 2);
            assert_eq!(below.get(&planned[1]).await.status, StatusCode::OK);
        }
        let refused = keeper.post(&format!("{}/take-back", planned[1]), &why).await;
        assert_eq!(refused.code(), "inspection_from_above");
        // What a union plans for its own station its own inspectors see.
        let own = json!({
            "station_id": day.station, "kind": "unannounced", "planned_on": "2026-07-03", "team": "区总工会检查组",
        });
        assert!(keeper.post("/api/v1/station-inspections", &own).await.status.is_success());
        assert_eq!((seen(&mut keeper, &day).await, seen(&mut reader, &day).await), (json!(3), json!(2)));
        assert_eq!(seen(&mut officer, &day).await, 3);
    })
    .await;
}

#[tokio::test]
async fn another_system_knows_by_its_role_what_an_inspector_knows() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let root = root(&app).await;
        let form =
            json!({ "station_id": day.station, "kind": "unannounced", "planned_on": "2026-07-02", "team": "检查组" });
        done(&day.officer.post("/api/v1/station-inspections", &form).await);
        let mut security = officer(&app, "security", "安全管理员", root).await;
        for (permissions, known) in [(&["station.view", "station.inspect"][..], 1), (&["station.view"], 0)] {
            let role = format!("检查系统{known}");
            let mut system = system(&app, &mut security, (&role, permissions), root).await;
            assert_eq!(seen(&mut system, &day).await, known);
        }
    })
    .await;
}
