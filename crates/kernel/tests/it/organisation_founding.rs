//! The life of a union on paper, over HTTP: in order, each paper by whom it belongs to, and the particulars follow.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use axum::http::StatusCode;
use kernel::organisation::{
    Kind, Level,
    create::{self, NewOrganisation},
    form::OrganisationForm,
    permissions::Manage,
};
use serde_json::{Value, json};
use testing::{Answer, App, Client};

use crate::{
    access_world::{logged_in, officer},
    organisation_world::{form, programmes, region},
};

/// A grassroots union's code whose check holds.
fn union_code() -> String {
    let body = "81152201MC0000001";
    let check = codes::credit_code::check_character(body).unwrap();
    format!("{body}{check}")
}

struct Desk {
    client: Client,
    path: String,
}

impl Desk {
    async fn enter(&mut self, step: &str, day: &str, more: Value) -> Answer {
        let mut form = json!({ "step": step, "day": day });
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.client.post(&format!("{}/steps", self.path), &form).await
    }

    async fn entered(&mut self, step: &str, day: &str, more: Value) -> Value {
        let answer = self.enter(step, day, more).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{step}: {}", answer.json());
        answer.json()
    }

    async fn refused(&mut self, step: &str, day: &str, more: Value, code: &str) {
        let answer = self.enter(step, day, more).await;
        let told = answer.json();
        let named = told["fields"].as_array().is_some_and(|fields| fields.len() == 1 && fields[0]["code"] == code);
        assert!(told["code"] == code || named, "{step}: {told}");
    }

    async fn shown(&mut self) -> Value {
        self.client.get(&self.path).await.ok()
    }
}

#[tokio::test]
async fn a_union_is_founded_step_by_step() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let form = OrganisationForm { kind: Kind::GrassrootsUnion, founded_on: None, ..form("G1", "第一工会") };
        let new = NewOrganisation { parent_id: Some(region.county), level: Level::Grassroots, form };
        let union = create::create(&app.caller::<Manage>(), &new).await.unwrap().id;
        let path = format!("/api/v1/organisations/{union}");
        for (name, place) in [("union", union), ("county", region.county)] {
            officer(&app, name, "业务干部", place).await;
        }
        let mut own = Desk { client: logged_in(&app, "union").await, path: path.clone() };
        let mut county = Desk { client: logged_in(&app, "county").await, path };

        own.entered("preparing", "2026-03-01", json!({})).await;
        own.refused("elected", "2026-03-05", json!({}), "out_of_order").await;
        own.refused("applied", "2026-02-28", json!({ "document_number": "乌工请〔2026〕1号" }), "day").await;
        own.refused("applied", "2026-07-02", json!({ "document_number": "乌工请〔2026〕1号" }), "day").await;
        own.refused("applied", "2026-03-05", json!({ "document_number": " " }), "missing").await;
        own.entered("applied", "2026-03-05", json!({ "document_number": "乌工请〔2026〕1号" })).await;
        let paper = json!({ "document_number": "乌工发〔2026〕9号" });
        own.refused("approved_to_prepare", "2026-03-10", paper.clone(), "higher_decides").await;
        county.entered("approved_to_prepare", "2026-03-10", paper.clone()).await;

        let election = |present: i64| {
            json!({
                "term_years": 3, "chair": "其其格",
                "election": { "entitled": 30, "present": present, "votes": 16, "seats": 5, "candidates": 6 },
            })
        };
        own.refused("elected", "2026-04-01", election(19), "too_few_present").await;
        let line = own.entered("elected", "2026-04-01", election(20)).await;
        assert_eq!(line["next"][0]["step"], "approved");
        let shown = own.shown().await;
        assert_eq!((&shown["chair"], &shown["term_ends_on"]), (&json!("其其格"), &json!("2029-03-31")));

        // A mistake is taken back with what it had set, and stays to be read.
        let last = json!({ "step_id": line["last"], "reason": "日期填错" });
        let back = own.client.post(&format!("{}/steps/take-back", own.path), &last).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.json());
        assert_eq!(back.json()["steps"][3]["taken_back"], "日期填错");
        assert_eq!(own.client.post(&format!("{}/steps/take-back", own.path), &last).await.code(), "not_the_last_step");
        let shown = own.shown().await;
        assert_eq!((&shown["chair"], &shown["term_ends_on"]), (&Value::Null, &Value::Null));
        own.entered("elected", "2026-04-02", election(20)).await;

        county.entered("approved", "2026-04-10", paper.clone()).await;
        let certificate = |code: &str| json!({ "document_number": "法证字第1号", "credit_code": code });
        own.refused("legal_person", "2026-04-20", certificate(&union_code()), "county_issues").await;
        county.refused("legal_person", "2026-04-20", certificate("914403001922038216"), "not_a_union").await;
        county.refused("legal_person", "2026-04-20", certificate(""), "missing").await;
        county.entered("legal_person", "2026-04-20", certificate(&union_code())).await;
        let shown = own.shown().await;
        assert_eq!((&shown["credit_code"], &shown["term_ends_on"]), (&json!(union_code()), &json!("2029-04-01")));
        assert!(shown["missing"].as_array().unwrap().iter().all(|word| word != "统一社会信用代码"), "{shown}");

        // Its end is done on the tree, with its paper; then nothing more is entered.
        county.refused("dissolved", "2026-06-01", paper.clone(), "by_reshaping").await;
        let end = json!({ "day": "2026-07-01", "document_number": "乌工发〔2026〕30号" });
        officer(&app, "admin", "系统管理员", region.county).await;
        let mut admin = logged_in(&app, "admin").await;
        let ended = admin.post(&format!("{}/close", county.path), &end).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.json());
        let line: Value = county.client.get(&format!("{}/steps", county.path)).await.ok();
        let last = line["steps"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["step"], &last["document_number"]), (&json!("dissolved"), &json!("乌工发〔2026〕30号")));
        assert_eq!((&line["next"], &line["last"]), (&json!([]), &Value::Null));
        county
            .refused("changed", "2026-06-30", json!({ "document_number": "1号", "note": "更名" }), "founding_ended")
            .await;
        drop((own, county, admin));
    })
    .await;
}
