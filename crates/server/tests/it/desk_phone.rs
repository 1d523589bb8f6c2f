//! What a desk hears of the phone that it typed for somebody who is known.

use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{App, Client, people};

use crate::roles::{found, officer};

/// The answer when this person is entered with a phone.
async fn entered(officer: &mut Client, union: Id, phone: &str) -> Value {
    let form = json!({
        "name": people::name(1), "document_kind": "citizen_number", "document_number": people::number(1), "phone": phone,
        "group": "courier", "organisation_id": union,
    });
    officer.post("/api/v1/members", &form).await.ok()
}

#[tokio::test]
async fn of_another_unions_people_it_hears_the_same_whichever_phone_it_types() {
    App::each(&server::programmes(), async |app| {
        let league = found(&app, None, "1522", "兴安盟总工会", Level::Prefecture).await;
        let here = found(&app, Some(league), "152201R", "骑手联合工会", Level::Grassroots).await;
        let there = found(&app, Some(league), "152202K", "快递员联合工会", Level::Grassroots).await;
        let mut own = officer(&app, "officer.here", "业务干部", here).await;
        let mut other = officer(&app, "officer.there", "业务干部", there).await;
        let (right, wrong) = (people::phone(1), people::phone(2));
        let applied = entered(&mut own, here, &right).await;
        let approved = own.post("/api/v1/members/approve", &json!({ "ids": [applied["id"]] })).await;
        assert!(approved.status.is_success(), "{}", approved.json());
        for (typed, is_told) in [(&right, false), (&wrong, true)] {
            assert_eq!(!entered(&mut own, here, typed).await["warning"].is_null(), is_told);
        }
        let told = entered(&mut other, there, &right).await["warning"].take();
        assert!(told.is_string());
        assert_eq!(entered(&mut other, there, &wrong).await["warning"], told);
    })
    .await;
}
