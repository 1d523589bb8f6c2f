//! A shift that goes on, or is over, is changed no more, and whoever would reads which of the two it is.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testing::App;

use crate::{
    roles::PASSWORD,
    roster::{afternoon, put_up},
    stations::day,
};

#[tokio::test]
async fn what_goes_on_and_what_is_over_are_told_apart() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let shift = put_up(&mut day, &afternoon(1)).await;
        let off = format!("/api/v1/me/stations/{}/shift-off", day.station);
        let reason = json!({ "shift_id": shift, "reason": "驿站停电" });
        // From 14:00 to 16:00; the day begins at 09:00.
        for (hours, code, ended) in [(6, "shift_begun", false), (1, "shift_past", true)] {
            app.pass(TimeDelta::hours(hours));
            assert_eq!(day.master.post(&off, &reason).await.code(), code);
            assert!(day.officer.log_in("officer", PASSWORD).await.status.is_success());
            let shown: Value = day.officer.get(&format!("/api/v1/station-shifts/{shift}")).await.ok();
            assert_eq!((&shown["begun"], &shown["ended"]), (&json!(true), &json!(ended)));
        }
    })
    .await;
}
