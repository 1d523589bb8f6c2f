//! What is kept for a time only is swept every hour, by a job that orders its own return.

use axum::http::Method;
use chrono::TimeDelta;
use kernel::{organisation::Level, outbox, permission::LoggedIn};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use testing::{App, Client};

use crate::roles::{found, officer};

async fn rows(app: &App) -> [i64; 4] {
    let caller = app.caller::<LoggedIn>();
    let mut counts = [0; 4];
    for (count, table) in counts.iter_mut().zip(["given_answer", "one_time_code", "session", "search_miss"]) {
        let sql = format!("SELECT COUNT(*) AS number FROM {table}");
        let asked = Statement::from_string(caller.read().get_database_backend(), sql);
        *count = caller.read().query_one_raw(asked).await.unwrap().unwrap().try_get("", "number").unwrap();
    }
    counts
}

#[tokio::test]
async fn what_has_run_out_is_swept() {
    App::each(&server::programmes(), async |app| {
        let root = found(&app, None, "150000", "自治区总工会", Level::Province).await;
        let start = app.house().ambient().now();
        let mut desk = officer(&app, "officer", "业务干部", root).await;
        assert!(desk.get("/api/v1/people?q=13800138009").await.status.is_success());
        let mut nobody = Client::new(server::router(app.house()).unwrap());
        let phone = json!({ "phone": "13800138000" });
        let key = [("idempotency-key", "a-key")];
        nobody.send_json(Method::POST, "/api/v1/worker/code", &key, &phone).await;
        outbox::schedule(app.house()).await.unwrap();
        app.schedule().await;
        assert_eq!(rows(&app).await, [1, 1, 1, 1]);

        // The idle log-in and the hour's count go first; the answer and the day's count of codes stay a day.
        app.set_clock(start + TimeDelta::minutes(61));
        app.settle().await;
        assert_eq!(rows(&app).await, [1, 1, 0, 0]);
        // More answers than go in one unit, of an instant long ago.
        let answers = "INSERT INTO given_answer (fingerprint, key, answer, given_at) \
                       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) \
                       SELECT 'f' || CAST(i AS varchar), i, '', 1 FROM n";
        app.write(answers).await;
        app.set_clock(start + TimeDelta::hours(25));
        app.settle().await;
        assert_eq!(rows(&app).await, [0, 0, 0, 0]);
    })
    .await;
}
