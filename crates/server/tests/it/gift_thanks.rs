//! What is said in thanks for a gift: lists tell the last and how many, the giver reads all.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::{
    station_faults::stranger,
    stations::{day, done},
};

#[tokio::test]
async fn the_giver_reads_all_that_was_said_and_others_the_last_of_how_many() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let here = format!("/api/v1/me/stations/{}", day.station);
        let code: Value = day.worker.get("/api/v1/me/station-code").await.ok();
        let gift = json!({
            "name": "保温杯", "unit": "个", "quantity": 2, "each": 1, "giver_kind": "worker", "code": code["text"],
        });
        let gift: Value = day.master.post(&format!("{here}/gifts"), &gift).await.ok();
        let own = format!("/api/v1/me/station-gifts/{}", gift["id"].as_str().unwrap());
        for (n, words) in [(3, "正好用得上"), (4, "谢谢师傅")] {
            let (_, mut phone) = stranger(&app, n, &day.county).await;
            let claim: Value = phone.post(&format!("{own}/reserve"), &json!({ "quantity": 1 })).await.ok();
            let of = json!({ "claim_id": claim["id"] });
            done(&day.master.post(&format!("{here}/gift-hand-over"), &of).await);
            done(&phone.post(&format!("{own}/thank"), &json!({ "text": words })).await);
            app.pass(TimeDelta::minutes(1));
        }
        let mine: Value = day.worker.get("/api/v1/me/station-gifts").await.ok();
        assert_eq!(mine["given"][0]["said"], json!(["谢谢师傅", "正好用得上"]));
        let list: Value = day.officer.get("/api/v1/station-gifts").await.ok();
        let corner: Value = day.master.get(&format!("{here}/gifts")).await.ok();
        for told in [&list["items"][0], &corner["gifts"][0]] {
            assert_eq!((&told["thanks"], &told["thanked"]), (&json!("谢谢师傅"), &json!(2)), "{told}");
        }
    })
    .await;
}
