//! The copy that a person takes of what is kept of him is read without knowing the program: each part and each column in it has
//! a name, and what officers wrote for each other stays with them.

use serde_json::{Value, json};
use testing::App;

use crate::join::rider;

/// Whatever stands in a part is called something, also inside of what is in it.
fn each_is_named(part: &str, columns: &Value, told: &Value) {
    match told {
        Value::Array(rows) => rows.iter().for_each(|row| each_is_named(part, columns, row)),
        Value::Object(row) => {
            for (column, value) in row {
                let is_named = columns[column].as_str().is_some_and(|name| !name.is_ascii());
                assert!(is_named, "say in `me::parts` what {part}.{column} is called");
                each_is_named(part, columns, value);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn each_part_and_each_column_is_called_something() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        let me: Value = phone.get("/api/v1/me").await.ok();
        let person = me["person_id"].as_str().unwrap();
        let dues = json!({
            "member_ids": [me["member"]["id"]], "month": "2026-07-01", "amount_fen": 1_000, "paid_on": "2026-07-01",
        });
        let _: Value = hall.officer.post("/api/v1/dues", &dues).await.ok();
        let opens = json!({ "field": "phone", "purpose": "contact", "reason": "通知体检" });
        let _: Value = hall.officer.post(&format!("/api/v1/people/{person}/reveal"), &opens).await.ok();
        let wish = json!({ "kind": "correct", "text": "请更正我的手机号" });
        let asked: Value = phone.post("/api/v1/me/privacy/requests", &wish).await.ok();
        let pause = format!("/api/v1/privacy-requests/{}/pause", asked["id"].as_str().unwrap());
        let _: Value = hall.officer.post(&pause, &json!({ "reason": "等待本人说明" })).await.ok();

        let copy: Value = phone.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let parts = copy["parts"].as_object().unwrap();
        let own = ["about", "parts", "exported_at", "others"];
        for (name, told) in copy.as_object().unwrap().iter().filter(|(name, _)| !own.contains(&name.as_str())) {
            let part = parts.get(name).unwrap_or_else(|| panic!("say in `me::parts` what {name} is called"));
            assert!(part["heading"].as_str().is_some_and(|heading| !heading.is_ascii()), "{part}");
            assert!(told.as_array().is_none_or(|rows| !rows.is_empty()), "nothing of {name} is looked at");
            each_is_named(name, &part["columns"], told);
        }
        let asked = &copy["requests"][0];
        assert_eq!((&asked["kind"], &asked["state"]), (&json!("更正"), &json!("待答复")), "{asked}");
        assert_eq!(asked["pauses"][0]["reason"], "等待本人说明");
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_noted_beside_a_service_is_not_told_to_whom_it_was_done_for() {
    App::each(&server::programmes(), async |app| {
        let (mut hall, mut phone) = rider(&app).await;
        let me: Value = phone.get("/api/v1/me").await.ok();
        let meal = json!({
            "kind": "love_meal", "organisation_id": me["member"]["organisation_id"], "person_id": me["person_id"],
            "quantity": 1, "amount_fen": 0, "day": "2026-07-01", "note": "替李师傅领",
        });
        let recorded: Value = hall.officer.post("/api/v1/facts", &meal).await.ok();
        let back = format!("/api/v1/facts/{}/reverse", recorded["id"].as_str().unwrap());
        let undone = hall.officer.post(&back, &json!({ "reason": "应记在李师傅名下" })).await;
        assert!(undone.status.is_success(), "{}", undone.json());
        let copy: Value = phone.post("/api/v1/me/privacy/export", &json!({})).await.ok();
        let record: Value = phone.get("/api/v1/me/records").await.ok();
        for told in [copy, record] {
            let text = told.to_string();
            assert!(text.contains("手工登记") && text.contains("冲销") && !text.contains("李师傅"), "{text}");
        }
    })
    .await;
}
