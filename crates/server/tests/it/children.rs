//! A child below fourteen comes along to a batch by a guardian's consent, and no longer once that is taken back.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    batch::{Ward, chooses, ward},
    benefit::{Worker, asks},
};

/// A number of somebody born on 1 January 2016.
const CHILD: &str = "152201201601010013";

async fn posts(phone: &Client, worker: &Worker, path: &str, body: &Value) -> Answer {
    let headers = [("cookie", worker.cookie.as_str())];
    phone.clone().send_json(Method::POST, &format!("/api/v1/me/{path}"), &headers, body).await
}

/// Somebody known by his phone, born on a day.
fn born(day: &str) -> Value {
    json!({ "name": "王小宝", "number_kind": "phone", "number": people::phone(77), "birth_date": day })
}

/// Who comes to the batch, as its officers read it.
async fn seats(ward: &mut Ward, batch: &Value) -> Value {
    let path = format!("/api/v1/benefit-batches/{}/seats", batch["id"].as_str().unwrap());
    ward.town.officer.get(&path).await.ok::<Value>()["items"][0].clone()
}

#[tokio::test]
async fn a_child_comes_along_as_long_as_a_guardian_agrees() {
    App::each(&server::programmes(), async |app| {
        let mut ward = ward(&app, 1, 3).await;
        let batch = ward.arranges("2026-07-10", 6).await;
        let phone = ward.town.phone.clone();
        let (rider, voucher) = (ward.riders.remove(0), ward.vouchers[0].clone());
        let with = async |along: Value| chooses(&phone, &rider, &voucher, &batch, &along).await;

        // A phone tells no age; on the day of fourteen nobody is asked, a day before his guardian is.
        let ageless = json!([{ "name": "王小宝", "number_kind": "phone", "number": people::phone(77) }]);
        for (along, why) in [(ageless, "请填写出生日期"), (json!([born("2026-07-09")]), "出生日期在今天之后")]
        {
            let wrong = with(along).await.json()["fields"][0].clone();
            assert_eq!(wrong["field"], "companions.0.birth_date");
            assert!(wrong["message"].as_str().unwrap().contains(why), "{wrong}");
        }
        assert_eq!(with(json!([born("2012-07-01")])).await.status, StatusCode::OK);
        assert_eq!(seats(&mut ward, &batch).await["companions"][0]["guardian_label"], Value::Null);
        let refused = with(json!([born("2012-07-02")])).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "consent_missing"));
        let child = json!({ "name": "王小贝", "number_kind": "citizen_number", "number": CHILD });
        let refused = with(json!([child])).await.json();
        let notice = &refused["extra"];
        assert!(notice["text"].as_str().unwrap().contains("监护人"), "{refused}");
        assert_eq!(ward.batch(&batch).await["taken"], 2);

        // He agrees; two children and one who is old enough take a seat each, and officers read who agreed when, to what.
        let agreed = json!({ "purpose": notice["purpose"], "version": notice["version"] });
        assert_eq!(posts(&phone, &rider, "consents", &agreed).await.status, StatusCode::OK);
        let all = json!([child, born("2012-07-02"), born("2012-07-01")]);
        assert_eq!(with(all).await.status, StatusCode::OK);
        let listed = seats(&mut ward, &batch).await;
        let labels: Vec<&Value> =
            listed["companions"].as_array().unwrap().iter().map(|one| &one["guardian_label"]).collect();
        assert!(labels[..2].iter().all(|label| label.as_str().unwrap().contains("同意（告知书2026-1版）")), "{listed}");
        assert_eq!(labels[2], &Value::Null);
        let export = format!("/api/v1/benefit-batches/{}/exports", batch["id"].as_str().unwrap());
        let form = json!({ "format": "csv", "reason": "交体检中心核对", "filter": {} });
        let (_, file) = ward.town.officer.take_away(&export, &form).await;
        assert!(String::from_utf8_lossy(&file).contains("未满14周岁，监护人"));

        // Taken back, the children are forgotten and their seats are free; he and the older one keep theirs.
        let withdrawn = posts(&phone, &rider, "consents/child_companion/withdraw", &json!({})).await;
        assert_eq!(withdrawn.status, StatusCode::OK, "{}", withdrawn.json());
        let listed = seats(&mut ward, &batch).await;
        assert_eq!((&listed["along"], listed["companions"].as_array().unwrap().len()), (&json!(1), 1), "{listed}");
        assert_eq!(ward.batch(&batch).await["taken"], 2);
        let mine = asks(&phone, &rider, &format!("vouchers/{voucher}")).await;
        assert_eq!(mine["batch"]["companions"].as_array().unwrap().len(), 1, "{mine}");
        assert_eq!(with(json!([child])).await.code(), "consent_missing");
        drop(ward);
    })
    .await;
}
