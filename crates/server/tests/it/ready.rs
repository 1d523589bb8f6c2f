//! Whoever hands out requests is told when a process can't write, though it still reads.

use axum::http::StatusCode;
use testing::{App, Client};

#[tokio::test]
async fn who_can_read_and_not_write_is_not_ready_until_he_can() {
    App::each(&server::programmes(), async |app| {
        // One that has not written yet, so that nothing proves that it can.
        let process = app.another_process().await;
        let mut watch = Client::new(server::router(&process).unwrap());
        app.write("ALTER TABLE outbox_cursor RENAME TO away").await;
        let not = watch.get("/readyz").await;
        app.write("ALTER TABLE away RENAME TO outbox_cursor").await;
        assert_eq!(not.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!not.body.is_empty(), "it says why");
        let ready = watch.get("/readyz").await;
        assert_eq!((ready.status, &ready.body[..]), (StatusCode::OK, &b"ready"[..]));
        drop((watch, process));
    })
    .await;
}
