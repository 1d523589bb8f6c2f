//! Several lists counted by one call.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testing::{App, Client};

use crate::{privacy::encoded, stations::day};

const STATIONS: &str = "/stations";
const NEGLECTED: &str = "/stations?attention=climbed";

async fn counted(client: &mut Client, lists: &[&str]) -> (StatusCode, Value) {
    let answer = client.get(&format!("/api/v1/counts?of={}", encoded(&lists.join("\n")))).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn each_list_is_counted_as_if_it_were_asked_for_alone() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let lists = [STATIONS, NEGLECTED, "/members", "/organisations?q=东河区"];
        assert_eq!(counted(&mut day.officer, &lists).await, (StatusCode::OK, json!({ "totals": [1, 0, 2, 1] })));
        let alone: Value = day.officer.get("/api/v1/members?limit=0").await.ok();
        assert_eq!(alone, json!({ "items": [], "next": null, "total": 2 }));

        // A worker may ask for none of them, and is told so instead of a number.
        let (status, refused) = counted(&mut day.worker, &[STATIONS]).await;
        assert_eq!((status, &refused["code"]), (StatusCode::FORBIDDEN, &json!("forbidden")));
        let mut nobody = Client::new(server::router(app.house()).unwrap());
        assert_eq!(counted(&mut nobody, &[STATIONS]).await.0, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_list_is_not_counted() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let station = format!("/stations/{}", day.station);
        let many = [STATIONS; 51];
        let itself = format!("/counts?of={}", encoded(STATIONS));
        for lists in [
            &["/session"][..],
            &[&station],
            &["/nothing"],
            &["/members/approve"],
            &[&itself],
            &["/../api/v1/counts?of=/stations"],
            &["stations"],
            &["//elsewhere.cn/stations"],
            &["/sta tions"],
            &["/stations?attention=unheard_of"],
            &["", STATIONS],
            &many,
        ] {
            let (status, refused) = counted(&mut day.officer, lists).await;
            assert_eq!(
                (status, &refused["fields"][0]["code"]),
                (StatusCode::UNPROCESSABLE_ENTITY, &json!("not_lists"))
            );
        }
    })
    .await;
}
